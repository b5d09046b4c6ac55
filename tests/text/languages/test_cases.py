"""Sentences in each language, with the words that a native speaker reads and the source of the rule.

There is a table beside this module for each language: ``written``, ``spoken``, ``source``. Words are compared without
case, punctuation and hyphens.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from kokoro_demo.languages import ENGLISH, LANGUAGES
from kokoro_demo.text import normalise
from kokoro_demo.text.languages import locale_of

TABLES = {path.stem: path for path in sorted(Path(__file__).parent.glob("*.tsv"))}


def cases(language: str) -> list[dict[str, str]]:
    with TABLES[language].open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def plain(spoken: str) -> str:
    return " ".join(re.sub(r"[-—]", " ", re.sub(r"[.,;:!?¿¡…“”()।]", "", spoken.lower())).split())


@pytest.mark.parametrize(
    ("language", "case"),
    [pytest.param(name, case, id=f"{name}: {case['written']}") for name in TABLES for case in cases(name)],
)
def test_sentences_are_read_as_native_speakers_read_them(language: str, case: dict[str, str]) -> None:
    assert plain(normalise(case["written"], language).spoken) == plain(case["spoken"])


@pytest.mark.parametrize("language", TABLES)
def test_there_are_enough_cases_each_with_its_source(language: str) -> None:
    assert len(cases(language)) >= 60
    assert all(case["source"] for case in cases(language))


def test_every_language_with_rules_has_cases() -> None:
    assert set(TABLES) == {code for code in LANGUAGES if code not in ENGLISH and locale_of(code)}
