"""The same question of the same library is answered with the same bytes, in every process."""

import os
import subprocess
import sys
from pathlib import Path
from random import Random

from places import SEEDS

from blogkit import Library

PROGRAM = Path(__file__).parent / "same_bytes.py"
WORDS = ("卷积", "神经", "网络", "池化", "激活", "归一", "正则", "损失")


def test_no_command_depends_on_the_hash_seed(tmp_path: Path) -> None:
    (tmp_path / "等值.md").write_text(ties(), encoding="utf-8")
    with Library.open(tmp_path / "library") as library:
        library.add(SEEDS, tmp_path / "等值.md")
        library.find_formula("x")
    answers = [run(tmp_path / "library", seed) for seed in range(4)]
    assert len(answers[0]) > 20
    assert answers[1:] == answers[:1] * 3


def ties() -> str:
    """Sections whose middle sentence has two neighbours with the same words, room for one."""
    chosen, filler = Random(7), "这是一个很长很长的句子" * 5
    sections = ["# 等值的句子"]
    for number in range(40):
        words = chosen.sample(WORDS, len(WORDS))
        beside = [chosen.sample(words[5:], 3), chosen.sample(words[5:], 3)]
        before, middle, after = ("、".join(w) + filler for w in (beside[0], words[:5], beside[1]))
        sections.append(f"## 第{number}节\n\n{before}。{middle}。{after}。")
    return "\n\n".join(sections)


def run(library: Path, seed: int) -> list[str]:
    """A line for each command, with a digest of what it said."""
    environment = {**os.environ, "PYTHONHASHSEED": str(seed), "BLOGKIT_LIBRARY": str(library)}
    ran = subprocess.run(
        [sys.executable, PROGRAM], env=environment, capture_output=True, text=True, check=True
    )
    return ran.stdout.splitlines()
