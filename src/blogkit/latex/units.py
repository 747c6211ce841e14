r"""siunitx's numbers and units as LaTeX: `\kilo\metre\per\second`, `m.s^{-1}`, `3.2e5`."""

from blogkit.regexes import regex

_PREFIX_NAMES = """
yocto y zepto z atto a femto f pico p nano n milli m centi c deci d deca da hecto h kilo k mega M
giga G tera T peta P exa E zetta Z yotta Y
"""
_PREFIXES = dict(zip(_PREFIX_NAMES.split()[::2], _PREFIX_NAMES.split()[1::2], strict=True))
_NAMES = """
metre m meter m gram g kilogram kg second s ampere A kelvin K mole mol candela cd hertz Hz newton N
pascal Pa joule J watt W coulomb C volt V farad F siemens S weber Wb tesla T henry H lumen lm lux lx
becquerel Bq gray Gy sievert Sv minute min hour h day d litre L liter L tonne t electronvolt eV
bar bar bit bit byte B radian rad steradian sr decibel dB m m s s g g kg kg km km cm cm mm mm nm nm
kHz kHz MHz MHz GHz GHz Hz Hz ms ms ns ns K K A A V V W W J J N N Pa Pa mol mol eV eV L L
"""
_UNITS = dict(zip(_NAMES.split()[::2], _NAMES.split()[1::2], strict=True))
_UNITS |= {"ohm": r"\Omega ", "degree": r"{}^\circ ", "percent": r"\%", "micro": r"\mu "}
_UNITS |= {"celsius": r"{}^\circ C", "degreeCelsius": r"{}^\circ C", "angstrom": "Å"}
_POWERS = {"squared": "2", "cubed": "3"}
_COMMAND = regex(r"\\([A-Za-z]+)(?:\{(-?\d+)\})?")
_PLAIN = regex(r"[A-Za-zΩµμÅ°%/.~^{}\d\s()-]+")
_NUMBER = regex(r"([-+]?)\s*(\d[\d ]*(?:[.,]\d+)?)?\s*(?:[eEdD]([-+]?\d+))?")


def number_latex(text: str) -> str | None:
    r"""A number as siunitx sets it; None where it is none.

    >>> number_latex("3.2e-5"), number_latex("-1,5"), number_latex("x")
    ('3.2\\times 10^{-5}', '-1.5', None)
    """
    match = _NUMBER.fullmatch(text.strip())
    if match is None or not (match[2] or match[3]):
        return None
    number = (match[2] or "").replace(",", ".").replace(" ", "")
    power = f"10^{{{match[3]}}}" if match[3] else ""
    return match[1] + number + (r"\times " if number and power else "") + power


def unit_latex(text: str) -> str | None:
    r"""A unit as siunitx sets it; None where a command in it is not known.

    >>> unit_latex(r"\kilo\metre\per\second\squared"), unit_latex("m.s^{-1}"), unit_latex(r"\foo")
    ('\\mathrm{km}\\,\\mathrm{s}^{-2}', '\\mathrm{m\\cdot s^{-1}}', None)
    """
    text = text.strip()
    if "\\" not in text:
        plain = text.replace(".", r"\cdot ").replace("~", r"\,").replace("%", r"\%")
        return rf"\mathrm{{{plain}}}" if _PLAIN.fullmatch(text) else None
    if _COMMAND.sub("", text).strip():
        return None
    parts: list[tuple[str, str]] = []
    prefix, power, sign = "", "", ""
    for name, number in _COMMAND.findall(text):
        if name in _PREFIXES or name == "micro":
            prefix = _PREFIXES.get(name, r"\mu ")
        elif name == "per":
            sign = "-"
        elif name in ("square", "cubic"):
            power = "2" if name == "square" else "3"
        elif name in _UNITS:
            parts.append((prefix + _UNITS[name], sign + (power or ("1" if sign else ""))))
            prefix = power = sign = ""
        elif (name in _POWERS or name == "tothe") and parts:
            unit, before = parts[-1]
            parts[-1] = (unit, before[:1].replace("1", "") + _POWERS.get(name, number))
        else:
            return None
    written = (rf"\mathrm{{{unit}}}" + (f"^{{{p}}}" if p else "") for unit, p in parts)
    return r"\,".join(written) if parts and not prefix else None


def quantity_latex(number: str, unit: str) -> str | None:
    r"""A number with its unit, as siunitx sets it; None where one is not understood.

    >>> quantity_latex("3", r"\kilo\metre")
    '3\\,\\mathrm{km}'
    """
    value, measured = number_latex(number), unit_latex(unit)
    return None if value is None or measured is None else rf"{value}\,{measured}"
