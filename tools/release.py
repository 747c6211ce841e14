"""Whether what would be released works: build, install from the wheel, run the main job.

    python tools/release.py

The wheel is installed in a new virtual environment, without the checkout, and the README's main job
runs there on the seeds. Ends with status 1, and what failed, where a step does.
"""

import os
import subprocess
import sys
import tempfile
import tomllib
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SEARCHED = "梯度裁剪"


def main() -> None:
    """Build, look, install, run."""
    with tempfile.TemporaryDirectory() as folder:
        wheel = built(Path(folder))
        expect_whole(wheel)
        blogkit = installed(wheel, Path(folder) / "venv")
        environment = {**os.environ, "BLOGKIT_LIBRARY": f"{folder}/library"}
        run(blogkit, "add", str(ROOT / "seeds"), env=environment)
        found = run(blogkit, "search", SEARCHED, env=environment)
        if SEARCHED not in found:
            sys.exit(f"the search found nothing: {found}")
        print(run(blogkit, "--version").strip(), "works from", wheel.name)


def built(folder: Path) -> Path:
    """The wheel."""
    run(sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(folder), str(ROOT))
    (wheel,) = folder.glob("*.whl")
    return wheel


def expect_whole(wheel: Path) -> None:
    """End where the wheel lacks a file of the package, or bears another version than it says."""
    package = ROOT / "src" / "blogkit"
    wanted = {
        f"blogkit/{path.relative_to(package).as_posix()}"
        for path in package.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    missing = wanted - set(zipfile.ZipFile(wheel).namelist())
    if missing:
        sys.exit(f"{wheel.name} lacks {', '.join(sorted(missing)[:5])}")
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    version = told["project"]["version"]
    if f'__version__ = "{version}"' not in (package / "__init__.py").read_text(encoding="utf-8"):
        sys.exit(f"pyproject.toml says {version}, blogkit.__version__ another")


def installed(wheel: Path, folder: Path) -> str:
    """The command, in a new environment."""
    venv.create(folder, with_pip=True)
    run(str(folder / "bin" / "python"), "-m", "pip", "install", "-q", str(wheel))
    return str(folder / "bin" / "blogkit")


def run(*command: str, env: dict[str, str] | None = None) -> str:
    """What a command prints; ends where it fails."""
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command[:4])} … failed:\n{done.stdout}{done.stderr}")
    return done.stdout


if __name__ == "__main__":
    main()
