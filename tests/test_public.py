"""The public names, frozen; and what importing them costs."""

import subprocess
import sys

import blogkit


def test_public_names() -> None:
    assert blogkit.__all__ == [
        "BlogkitError",
        "CheckReport",
        "Corpus",
        "Formula",
        "FormulaIndex",
        "Hit",
        "Hits",
        "Library",
        "Post",
        "PostDate",
        "Snippet",
        "Study",
        "__version__",
        "check_formula",
        "parse_formula",
    ]
    for name in blogkit.__all__:
        assert getattr(blogkit, name) is not None


def test_importing_blogkit_imports_nothing_else() -> None:
    program = (
        "import sys; before = set(sys.modules); import blogkit; "
        "print(sorted(set(sys.modules) - before))"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert ran.stdout.decode().strip() == "['blogkit']"
