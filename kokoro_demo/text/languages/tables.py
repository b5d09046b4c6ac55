"""The word tables of a language, from its TSV file in this folder: units, currencies, abbreviations, genders.

Columns: kind, written (several forms are separated by "|"), spoken, plural, gender, and a currency's hundredth part in
the singular and the plural. An abbreviation may have several rows: the first whose kind fits is used. In an
abbreviation, spaces are optional, and so is a character before "?". A row "feminine" or "masculine" lists nouns whose
gender does not follow from their form.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import NamedTuple, cast, get_args

from kokoro_demo.text.languages.locale import Abbreviation, AbbreviationKind, Currency, Gender, Noun


class Tables(NamedTuple):
    """The contents of a TSV file. feminine, masculine: nouns in small letters, in the forms that the file lists."""

    units: dict[str, Noun]
    currencies: dict[str, Currency]
    abbreviations: dict[str, tuple[Abbreviation, ...]]
    feminine: frozenset[str]
    masculine: frozenset[str]


def read_tables(code: str) -> Tables:
    """Read the tables of one language.

    Raises:
        ValueError: if the kind of a row is unknown.
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
