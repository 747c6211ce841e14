"""Fuzzes the reader of LaTeX files, for a number of seconds; needs nothing but blogkit.

    python tests/fuzz/tex_fuzz.py 600 [seed]

Inputs are pieces of LaTeX that the reader looks for, in any order, closed or not; damaged cases of
the tests; and pieces repeated by the thousand. An input is at fault if reading it raises anything
but a SourceError, if a block or formula lies elsewhere than it says, or if it takes longer than
SLOW_SECONDS. The fault is printed, as short as it can be made, and the run goes on.
"""

import random
import sys
import time
import traceback
from pathlib import Path

from blogkit.errors import SourceError
from blogkit.posts import Post
from blogkit.sources.read import Told, read_posts

SLOW_SECONDS = 5.0
_CASES = Path(__file__).parents[1] / "sources"
_SEEDS = [
    path.read_text(encoding="utf-8")
    for path in (_CASES / "latex.txt", *sorted(_CASES.glob("cases/latex-*/*.tex")))
]
_MARKS = r"""
\documentclass{article} \begin{document} \end{document} \title{ \date{2020-06-05} \keywords{甲,乙}
\section{ \section[a]{ \section* \caption{ \caption[ \paragraph{ \begin{frame}{ \frametitle{ \item
\item[ \par \newcommand{ \newcommand\a \newcommand{\a}[1]{#1\a} \newcommand{\b}[2][x]{#2#1}
\renewcommand{\a}{\b} \providecommand\c{} \def\a{ \def\a#1.{#1} \def\p(#1|#2){#2#1} \edef\a{\a}
\gdef \let\a=\b \let\a\b \let \DeclareMathOperator{\op}{op} \DeclarePairedDelimiter\abs{|}{|}
\abs*{x} \abs[\big]{ \NewDocumentCommand{\d}{O{x}sm}{#1#2#3} \newenvironment{q}{\begin{b}}{\end{b}}
\begin{q} \end{q} \newenvironment{r}[1]{#1}{\fi} \begin{r} \end{r} \newif\ifa \atrue \afalse \ifa
\ifx\a\b \ifnum1>0 \ifnum \if \iffalse \iftrue \ifdefined\a \ifcsname \endcsname \ifmmode \else \fi
\ifthenelse{\boolean{a}}{ \iftoggle{a}{ \newtoggle{a} \settoggle{a}{true} \newacronym{k}{K}{long}
\gls{k} \Gls{k} \GLS{k} \glspl{ \newglossaryentry{k}{name={x},plural= \acro{k}[K]{ \verb|$| \verb
\verb*!a! \lstinline{ \lstinline[a]|x| \mintinline{py}{ \url{ \href{a%}{ \begin{verbatim}
\end{verbatim} \begin{lstlisting}[a={[b]}] \end{lstlisting} \begin{comment} \end{comment}
\begin{filecontents} \input{ \input{a} \include{b} \import{a}{b} \usepackage[ngerman]{babel}
\begin{tabular}{c|c} \begin{tabularx}{ \end{tabular} \multicolumn{2}{c}{ & \\ \\[2pt] \hline
\footnote{ \cite{ \cite[ ~ \ref{a} \label{a} \eqref{a} \emph{ \textbf{ \textcolor{red}{
\ensuremath{ \xspace \protect \enquote{ \texorpdfstring{ \'e \"{ \H{o} \v "a "` "' `` '' ` ' -- ---
$ $$ \( \) \[ \] \begin{equation} \end{equation} \begin{align*} \end{align*} \begin{dmath}
\begin{IEEEeqnarray}{c} \begin{math} \begin \end { } [ ] % # #1 ## ^ _ \ \, \% \& \# \{ \} \$ @ \a
\b \c \d \p( ) . | x 1 梯度 。 \begin{blogkit-code} \blogkitpair \csname \global \be \ee \alpha
\frac{a}{b} \text{$x$} \mbox{ \left( \right) \begin{thebibliography}{9} \bibitem{a} \begin{minipage}
"""
_TOKENS = _MARKS.split()
_SPACES = [
    *(
        "\n",
        "\n\n",
        " ",
        "  ",
        "\t",
        "\r\n",
        "%\n",
        "% $ {\n",
        "\0",
        "\u202e",
        "\ue0f5",
        "\U000f0000",
    ),
    *("\ud800", "\u3000", ""),
]


def made(random_: random.Random) -> str:
    """An input: tokens, a damaged case, or a few tokens many times."""
    kind = random_.random()
    if kind < 0.15:
        seed = random_.choice(_SEEDS)
        start = random_.randrange(len(seed))
        piece = seed[start : start + random_.randrange(2000)]
        cut = random_.randrange(len(piece) + 1)
        return piece[:cut] + _tokens(random_, random_.randrange(4)) + piece[cut:]
    if kind < 0.2:
        unit = _tokens(random_, random_.randint(1, 4))
        return _tokens(random_, 4) + unit * random_.choice((50, 2000)) + _tokens(random_, 4)
    return _tokens(random_, random_.randint(1, 60))


def _tokens(random_: random.Random, count: int) -> str:
    return "".join(
        random_.choice(_TOKENS) + (random_.choice(_SPACES) if random_.random() < 0.4 else "")
        for _ in range(count)
    )


def fault(text: str) -> str | None:
    """What is wrong with how an input is read; None if nothing is."""
    started = time.process_time()
    try:
        reading = read_posts(text.encode("utf-8", "replace"), "case", Told("latex", "utf-8"))
        for post in reading.posts:
            _check_places(post, text.count("\n") + text.count("\r") + 1)
    except SourceError:
        return None
    except Exception:  # noqa: BLE001 - what else is raised is the find
        return traceback.format_exc(limit=-3)
    seconds = time.process_time() - started
    return f"took {seconds:.1f} s" if seconds > SLOW_SECONDS else None


def _check_places(post: Post, lines: int) -> None:
    end = 0
    for block in post.blocks:
        assert end <= block.span.start <= block.span.end <= len(post.text), block
        assert 1 <= block.line <= lines, (block, lines)
        end = block.span.end
    for formula in post.formulas:
        assert formula.latex in formula.span.of(post.text), formula
        assert 1 <= formula.line <= lines, (formula, lines)
    assert post.title == " ".join(post.title.split())
    assert "\ue0f5" not in post.text, "a mark is left in the text"


def shortened(text: str) -> str:
    """An input at fault with all left out that the fault does not need."""
    size = len(text) // 2
    until = time.monotonic() + 60
    while size and time.monotonic() < until:
        at = 0
        while at < len(text) and time.monotonic() < until:
            shorter = text[:at] + text[at + size :]
            if fault(shorter):
                text = shorter
            else:
                at += size
        size //= 2
    return text


def run(seconds: float, seed: int) -> int:
    """Try inputs for a time; how many were at fault."""
    random_ = random.Random(seed)
    until, tried, faults = time.monotonic() + seconds, 0, 0
    while time.monotonic() < until:
        text = made(random_)
        tried += 1
        if fault(text):
            faults += 1
            short = shortened(text)
            sys.stderr.write(f"input: {short[:600]!r} of {len(short)}\n{fault(short)}\n")
    sys.stderr.write(f"{tried} inputs, {faults} at fault\n")
    return faults


if __name__ == "__main__":
    arguments = sys.argv[1:] or ["60"]
    sys.exit(run(float(arguments[0]), int(arguments[1]) if len(arguments) > 1 else 0) > 0)
