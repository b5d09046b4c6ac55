"""Chemical formulas, letter by letter: "TiO2", "Ca(OH)2", "NaCl", "Fe3+"."""

from __future__ import annotations

import re

from kokoro_demo.text.patterns import listed
from kokoro_demo.text.rules import number_words
from kokoro_demo.text.scanner import Context, Piece, Rule, RuleResult, letters, words

_ELEMENTS = listed(
    "H He Li Be B C N O F Ne Na Mg Al Si P S Cl Ar K Ca Sc Ti V Cr Mn Fe Co Ni Cu Zn Ga Ge As Se Br Kr Rb Sr Y Zr Nb",
    "Mo Tc Ru Rh Pd Ag Cd In Sn Sb Te I Xe Cs Ba La Ce Nd Sm Eu Gd Tb Dy Er Yb Lu Hf Ta W Re Os Ir Pt Au Hg Tl Pb Bi",
    "Po Rn Ra Th U Pu",
)
# Salts and oxides without a digit; other pairs of symbols may be words or brands ("CoS", "BaSe").
_METALS = "Li Na K Rb Cs Mg Ca Sr Ba Ti Fe Ni Cu Zn Ag Cd Hg Al Pb Mn H".replace(" ", "|")
_SALT = re.compile(rf"(?:{_METALS})(?:Cl|Br|OH|CN|[FIOSHN])")
_CHARGED = re.compile(rf"(?:{_METALS}|(?:{_METALS})?[A-Z]\w*)")
_SYMBOL = re.compile(r"[A-Z][a-z]?")
_PIECE = re.compile(r"[A-Z][a-z]?|\d+|\+")
_ATOM = r"[A-Z][a-z]?\d{0,2}"


def _is_formula(formula: str, charged: bool) -> bool:
    """Whether all symbols are elements and there is a count or a charge, or the two halves of a salt.

    Formulas of single capitals need no rule of their own: other rules also read them letter by letter.
    """
    symbols = _SYMBOL.findall(formula)
    if not all(symbol in _ELEMENTS for symbol in symbols):
        return False
    if "(" not in formula and all(len(symbol) == 1 for symbol in symbols):
        return False
    if len(symbols) == 1:
        return formula in ("Cl2", "Br2") or (charged and _CHARGED.fullmatch(formula) is not None)
    return any(sign.isdecimal() for sign in formula) or _SALT.fullmatch(formula) is not None


def _formula(match: re.Match[str], context: Context) -> RuleResult | None:
    if not _is_formula(match["formula"], match["charge"] is not None):
        return None
    spoken: list[Piece] = []
    for piece in _PIECE.finditer(match.string, *match.span()):
        run, span = piece.group(), piece.span()
        if run.isdecimal():
            spoken += words(number_words.cardinal(run, False), *span)
        else:
            spoken += words("plus", *span) if run == "+" else letters(run.upper(), *span)
    return RuleResult(spoken, match.end())


def _molar(match: re.Match[str], context: Context) -> RuleResult:
    """Read "0.1 M NaCl"."""
    number = number_words.decimal(match["number"], context.british)
    return RuleResult(words(f"{number} {'milli' if match['milli'] else ''}molar"), match.end())


def _many(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read the "2" of "2NaOH", before the formula."""
    following = FORMULA.pattern.match(match.string, match.end())
    if not following or not FORMULA.read(following, context):
        return None
    return RuleResult(words(number_words.cardinal(match.group(), context.british)), match.end())


def _carbon(match: re.Match[str], context: Context) -> RuleResult:
    """Read "14C dating"."""
    return RuleResult(words(f"carbon {number_words.cardinal(match['mass'], context.british)}"), match.end())


def _ion(match: re.Match[str], context: Context) -> RuleResult:
    """Read "OH-", "NO3-"."""
    spoken: list[Piece] = []
    for piece in _PIECE.finditer(match.string, *match.span()):
        run, span = piece.group(), piece.span()
        spoken += words(number_words.cardinal(run, False), *span) if run.isdecimal() else letters(run.upper(), *span)
    return RuleResult([*spoken, *words("minus", match.end() - 1)], match.end())


def _share(match: re.Match[str], context: Context) -> RuleResult:
    """Read the "w/v" of "10% w/v"."""
    first, second = (_SHARES[match.group()[index]] for index in (0, 2))
    return RuleResult(words(f"{first} per {second}"), match.end())


FORMULA = Rule(
    "formula",
    re.compile(rf"(?P<formula>(?:{_ATOM}|\((?:{_ATOM}){{1,4}}\)\d{{1,2}}){{1,8}}?)(?P<charge>\d?\+)?(?![\w+(/@'’-])"),
    _formula,
)
_SHARES = {"w": "weight", "v": "volume"}
DIGIT_RULES = (
    Rule(
        "measure",
        re.compile(
            r"(?P<number>\d{1,4}(?:\.\d{1,4})?) ?(?P<milli>m?)M"
            r"(?=\s(?:(?:[A-Z][a-z]?\d{0,2}|\([A-Z]\w{1,4}\)\d){2,6}(?!\w)"
            r"|HCl|KCl|solutions?\b|Tris\b|EDTA\b|glucose|sucrose|urea|acetic|hydrochloric|sulph?uric|nitric|sodium|potassium"
            r"|phosphate|buffer))"
        ),
        _molar,
    ),
    Rule("formula", re.compile(r"(?:[2-9]|1\d)(?=[A-Z])"), _many),
    Rule(
        "formula",
        re.compile(r"(?P<mass>1[1-4])C(?=[\s-](?:dating|dated|dates|label+ed|isotopes?|content|ages?|activity|NMR)\b)"),
        _carbon,
    ),
)
LETTER_RULES = (
    Rule("measure", re.compile(r"(?:w/v|v/v|w/w)(?![\w/])"), _share),
    Rule("formula", re.compile(r"(?:OH|Cl|Br|CN|NO[23]|HCO3|HSO4|MnO4|ClO4)-(?=[\s,.;:)]|$)(?!-\s\d)"), _ion),
)
