"""The word tables of a language, from its TSV file beside this module: units, currencies, abbreviations, genders.

Columns: kind, written (several forms are parted by "|"), spoken, plural, gender, and a currency's hundredth part in
the singular and the plural. An abbreviation may have several rows: the first whose kind fits its place is taken. In
one, a space may be missing, and so may a character before "?". A row "feminine" or "masculine" lists nouns whose
form does not tell their gender.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import NamedTuple, cast, get_args

from kokoro_demo.text.languages.tongue import Abbreviation, AbbreviationKind, Currency, Gender, Noun


class Tables(NamedTuple):
    """What a TSV file holds. feminine, masculine: nouns in small letters, as the file has them."""

    units: dict[str, Noun]
    currencies: dict[str, Currency]
    abbreviations: dict[str, tuple[Abbreviation, ...]]
    feminine: frozenset[str]
    masculine: frozenset[str]


def read_tables(code: str) -> Tables:
    """The tables of one language.

    Raises:
        ValueError: if a row is of no known kind.
    """
    units: dict[str, Noun] = {}
    currencies: dict[str, Currency] = {}
    abbreviations: dict[str, tuple[Abbreviation, ...]] = {}
    nouns: dict[str, set[str]] = {"feminine": set(), "masculine": set()}
    path = Path(__file__).with_name(f"{code}.tsv")
    for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
        kind, written = row["kind"], row["written"].split("|")
        if kind in nouns:
            nouns[kind].update(row["written"].split())
            continue
        gender: Gender = "f" if row["gender"] == "f" else "m"
        noun = Noun(row["spoken"], row["plural"] or row["spoken"], gender)
        if kind == "unit":
            units.update(dict.fromkeys(written, noun))
        elif kind == "currency":
            part = Noun(row["part"], row["parts"]) if row["part"] else None
            currencies.update(dict.fromkeys(written, Currency(noun, part)))
        elif kind in get_args(AbbreviationKind):
            for short in written:
                entry = Abbreviation(row["spoken"], cast(AbbreviationKind, kind))
                abbreviations[short] = (*abbreviations.get(short, ()), entry)
        else:
            raise ValueError(f"{path.name}: unknown kind {kind!r} in {row}")
    return Tables(units, currencies, abbreviations, frozenset(nouns["feminine"]), frozenset(nouns["masculine"]))
