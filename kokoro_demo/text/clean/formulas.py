"""Simple formulas in LaTeX, ``$E = mc^2$`` or ``\\(\\frac{1}{2}\\)``: their commands become words and signs."""

from __future__ import annotations

import re

from kokoro_demo.text.patterns import listed
from kokoro_demo.text.traced import Traced

_FORMULA = re.compile(
    r"\$\$(?P<display>[^$]{1,1000})\$\$"
    r"|(?<![\w$\\])\$(?=[^\s$])(?P<inline>[^$\n]{0,300}[^\s$\\])\$(?![\w$])"
    r"|\\\((?P<round>(?:[^\\\n]|\\(?![()])){1,300})\\\)"
    r"|\\\[(?P<square>(?:[^\\]|\\(?![\[\]])){1,1000})\\\]"
)
# Text between two dollar signs is a formula if it has one of these; otherwise the signs may belong to two prices.
_MATHEMATICAL = re.compile(r"[\\^_={}<>+]")
_AMOUNT = re.compile(r"[\d.,]+(?:\s|$)")
_PART = re.compile(
    r"\\(?P<over>int|sum|prod)_(?:\{(?P<from>[^{}]{1,30})\}|(?P<from_one>[^\s{}]))\^(?:\{(?P<to>[^{}]{1,30})\}|(?P<to_one>\\?\w{1,6}))"
    r"|\\(?:frac|dfrac|tfrac)\s?\{(?P<above>[^{}]{1,60})\}\s?\{(?P<below>[^{}]{1,60})\}"
    r"|\\sqrt\s?\{(?P<root>[^{}]{1,60})\}|\\(?:text|mathrm|mathbf|mathbb|operatorname)\s?\{(?P<text>[^{}]{1,60})\}"
    r"|\^\{(?P<power>[^{}]{1,20})\}|_\{?(?P<index>[A-Za-z\d]{1,6})\}?"
    r"|\\(?P<command>[A-Za-z]{1,20})\s?|\\[,;:!> ]|[{}]|(?P<variables>(?<![A-Za-z\\])[A-Za-z]{2,3}(?![A-Za-z]))"
)
_SPOKEN = {
    "times": " × ", "cdot": " × ", "div": " ÷ ", "pm": " ± ", "leq": " ≤ ", "le": " ≤ ", "geq": " ≥ ", "ge": " ≥ ",
    "neq": " ≠ ", "ne": " ≠ ", "approx": " ≈ ", "equiv": " ≡ ", "infty": " infinity ", "to": " to ",
    "rightarrow": " → ", "sum": " the sum of ", "prod": " the product of ", "int": " the integral of ", "in": " in ",
    "partial": " partial ", "nabla": " nabla ", "left": "", "right": "", "quad": " ", "cup": " union ",
    "cap": " intersection ", "sqrt": " the square root of ", "degree": "°", "circ": "°", "ldots": "…", "dots": "…",
    "percent": "%", "forall": " for all ", "exists": " there exists ",
}  # fmt: skip
_OVER = {"int": "integral", "sum": "sum", "prod": "product"}
_FUNCTIONS = listed(
    "sin cos tan log ln max min lim mod exp cot sec csc gcd det dim is and or if for of to in at by as be it"
)


def read_formulas(traced: Traced) -> Traced:
    """Return the text with its formulas in words and signs."""
    if "$" not in traced.text and "\\" not in traced.text:
        return traced
    edits: list[tuple[int, int, str]] = []
    for match in _FORMULA.finditer(traced.text):
        group = match.lastgroup or ""
        body = match[group]
        if group == "inline" and (not _MATHEMATICAL.search(body) or _AMOUNT.match(body)) and len(body) > 1:
            continue
        start, end = match.span(group)
        edits.append((match.start(), start, ""))
        edits += [(*part.span(), _words(part)) for part in _PART.finditer(traced.text, start, end)]
        edits.append((end, match.end(), ""))
    return traced.edited(edits)


def _words(part: re.Match[str]) -> str:
    """Return one part of a formula in words and signs."""
    if part["over"]:
        low, high = (_inner(part[f"{end}"] or part[f"{end}_one"]) for end in ("from", "to"))
        return f" the {_OVER[part['over']]} from {low} to {high} of "
    if part["above"]:
        if part["above"].isdecimal() and part["below"].isdecimal():
            return f" {part['above']}/{part['below']} "
        return f" {_inner(part['above'])} over {_inner(part['below'])} "
    if part["root"]:
        return f" the square root of {_inner(part['root'])} "
    if part["text"]:
        return part["text"]
    if power := part["power"]:
        return f"^{power}" if re.fullmatch(r"[-+]?\d+", power) else f" to the power of {_inner(power)} "
    if part["index"]:
        return f" {' '.join(part['index'])} "
    if command := part["command"]:
        return _SPOKEN.get(command, f" {command} ")
    if variables := part["variables"]:
        return variables if variables.lower() in _FUNCTIONS else " ".join(variables)
    return " " if part.group()[0] == "\\" else ""


def _inner(formula: str) -> str:
    """Return a formula within a formula in words and signs."""
    return _PART.sub(_words, formula)
