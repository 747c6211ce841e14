"""Runs many commands over one library in one process and prints a digest of what each said.

    BLOGKIT_LIBRARY=… python same_bytes.py

What a set or a hash decides differs between processes, so the test runs this under several hash
seeds. A query of many words is here because sums of floats round by their order.
"""

import contextlib
import hashlib
import io

from blogkit.cli.app import main

COMMANDS = (
    ("posts", "--json"),
    ("show", "梯度裁剪能加速", "--json"),
    ("show", "为什么梯度裁剪能加速训练过程?一个简明的分析"),
    ("search", "梯度裁剪", "--json"),
    (
        "search",
        "为什么梯度裁剪能加速训练过程的一个简明分析，学习率和模型参数的更新",
        "--json",
        "--explain",
    ),
    ("search", "语言模型的采样和模拟退火以及分词的句法分析", "--by", "section", "--json"),
    ("search", "卷积神经网络池化激活归一正则损失", "--by", "section", "--limit", "40", "--json"),
    ("search", "采样 -模拟退火 OR 裁剪 date:01", "--json"),
    ("search", "裁剪 $\\frac{a}{a+b}$", "--explain", "--json"),
    ("search", "梯渡裁剪", "--json"),
    ("search", "tidu caijian", "--pinyin", "--json"),
    ("related", "为什么梯度裁剪能加速训练过程?一个简明的分析", "--json"),
    ("duplicates", "--json"),
    ("words", "--json"),
    ("formula", "list", "--json"),
    ("formula", "find", "\\frac{?a}{?a+?b}", "--json"),
    ("formula", "find", "x + y", "--json"),
    ("formula", "find", "梯度", "--json"),
    ("formula", "show", "a4b675f702#8", "--json"),
    ("formula", "render", "a4b675f702#8", "--to", "mathml"),
    ("study", "new", "--json"),
    ("study", "cards", "--json"),
    ("export", "--to", "jsonl"),
)


def said(command: tuple[str, ...]) -> str:
    """What a command prints, with its status."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = main(list(command))
    return f"{status}\n{out.getvalue()}\n{err.getvalue()}"


if __name__ == "__main__":
    for words in COMMANDS:
        digest = hashlib.sha256(said(words).encode()).hexdigest()[:16]
        print(digest, " ".join(words))
