r"""`to_png`: a formula as a bitmap, by resvg over the SVG that MathJax makes.

MathJax brings its own shapes for math; Chinese in it is text, for which a font of the system is
looked up. resvg_py belongs to the extra `blogkit[images]`.
"""

import re
from functools import lru_cache
from pathlib import Path

from blogkit.errors import FormulaError, MissingExtraError
from blogkit.language import Message
from blogkit.latex.nodes import Row
from blogkit.render.svg import to_svg

_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "~/.fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
    "C:/Windows/Fonts",
)
_FONTS = (
    ("NotoSerifCJK-Regular.ttc", "Noto Serif CJK SC"),
    ("NotoSansCJK-Regular.ttc", "Noto Sans CJK SC"),
    ("SourceHanSerif.ttc", "Source Han Serif SC"),
    ("wqy-zenhei.ttc", "WenQuanYi Zen Hei"),
    ("wqy-microhei.ttc", "WenQuanYi Micro Hei"),
    ("Songti.ttc", "Songti SC"),
    ("PingFang.ttc", "PingFang SC"),
    ("STHeiti Light.ttc", "Heiti SC"),
    ("simsun.ttc", "SimSun"),
    ("msyh.ttc", "Microsoft YaHei"),
    ("DroidSansFallbackFull.ttf", "Droid Sans Fallback"),
)
_CHINESE = re.compile("[\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")
_SIZE_EX = re.compile(r'<svg[^>]*? width="([\d.]+)ex" height="([\d.]+)ex"')
_LATEX = re.compile(r' data-latex(?:-item)?="[^"]*"')
_PX_PER_EX = 8.0
MAX_SIDE_PX = 16_000
"""Longest side of a picture, in pixels."""


def to_png(
    formula: str | Row, *, display: bool = True, scale: float = 2.0, background: str = "white"
) -> bytes:
    r"""A formula as a PNG picture, black on its ground.

    Args:
        formula: as in `to_mathml`.
        display: whether it is set as a display.
        scale: pixels per CSS pixel; letters are 16 px times this high.
        background: a CSS colour, or nothing for a transparent ground.

    Raises:
        FormulaError: the picture would be larger than `MAX_SIDE_PX`, or it has Chinese in it and no
            font for it is found.
        MissingExtraError: quickjax or resvg_py is not installed.

    Cost: about 35 ms.
    """
    svg = _in_pixels(to_svg(formula, display=display))
    font = _font_for(svg)
    return rasterized(svg, font, scale=_zoom(svg, scale), background=background)


def rasterized(
    svg: str, font: tuple[str, str] | None, *, scale: float, background: str = ""
) -> bytes:
    """An SVG with its size in pixels as PNG.

    Args:
        svg: the picture.
        font: file and family for its text; see `chinese_font`.
        scale: pixels per pixel of the SVG.
        background: a CSS colour, or nothing for a transparent ground.

    Raises:
        MissingExtraError: resvg_py is not installed.
    """
    try:
        from resvg_py import svg_to_bytes
    except ImportError:
        raise MissingExtraError("resvg_py", "images", Message("Drawing a formula as PNG")) from None
    return bytes(
        svg_to_bytes(
            svg_string=svg,
            zoom=scale,
            background=background or None,
            skip_system_fonts=True,
            font_files=[font[0]] if font else None,
            serif_family=font[1] if font else None,
            font_family=font[1] if font else None,
        )
    )


def _in_pixels(svg: str) -> str:
    """The SVG with its size in pixels and its colour set: resvg knows no page to take them from."""
    match = _SIZE_EX.search(svg)
    if match is None:
        return svg
    width, height = (max(1.0, float(side) * _PX_PER_EX) for side in match.groups())
    sized = match[0].replace(f'{match[1]}ex"', f'{width:g}"', 1)
    sized = sized.replace(f'{match[2]}ex"', f'{height:g}"', 1)
    return svg.replace(match[0], sized, 1).replace("currentColor", "black")


def _zoom(svg: str, scale: float) -> float:
    sides = re.search(r' width="([\d.e+]+)" height="([\d.e+]+)"', svg)
    longest = max(map(float, sides.groups())) * scale if sides else 0.0
    if longest > MAX_SIDE_PX:
        raise FormulaError(
            Message(
                "PNG: expected at most {max_side_px} pixels a side, found {longest:.0f}: "
                "lower the scale or draw it as SVG",
                max_side_px=MAX_SIDE_PX,
                longest=longest,
            )
        )
    return scale


def _font_for(svg: str) -> tuple[str, str] | None:
    """File and family of a font for the text in a picture; None where none is needed or found."""
    font = chinese_font()
    if font is None and _CHINESE.search(_LATEX.sub("", svg)):
        raise FormulaError(
            Message(
                "PNG: the formula has Chinese in it and no font for that is found: install "
                "one, such as Noto CJK (fonts-noto-cjk)"
            )
        )
    return font


@lru_cache(maxsize=1)
def chinese_font() -> tuple[str, str] | None:
    """File and family of the system's best font with Chinese, by `_FONTS`; None without any."""
    files = {path.name: path for folder in _FOLDERS for path in _files(Path(folder).expanduser())}
    return next(((str(files[name]), family) for name, family in _FONTS if name in files), None)


def _files(folder: Path) -> list[Path]:
    return list(folder.rglob("*.tt[cf]")) if folder.is_dir() else []
