"""What is written or read differently in British English: `british.tsv`, ``written`` and ``spoken``."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from kokoro_demo.text import normalise
from kokoro_demo.text.rules.british import one_by_one
from tests.text.test_cases import plain


def cases() -> list[dict[str, str]]:
    with (Path(__file__).parent / "british.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["written"])
def test_a_sentence_is_read_as_a_briton_reads_it(case: dict[str, str]) -> None:
    assert plain(normalise(case["written"], "en-gb").spoken) == plain(case["spoken"])


@pytest.mark.parametrize(
    ("digits", "spoken"),
    [("0018", "double oh one eight"), ("555", "treble five"), ("0000", "double oh double oh"), ("12", "one two")],
)
def test_repeated_digits_are_double_and_triple(digits: str, spoken: str) -> None:
    assert one_by_one(digits) == spoken


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("It weighs 0.5 lb.", "It weighs zero point five pounds."),
        ("They won 2-0.", "They won two zero."),
        ("Take A127 north.", "Take A one twenty seven north."),
        ("CD", "C D"),
        ("Washington and DC", "Washington and D C"),
        ("Parts I and II", "Parts one and two"),
        ("10 K-pop songs", "ten K pop songs"),
        ("She got 5 A's.", "She got five A's."),
    ],
)
def test_american_english_is_not_affected(written: str, spoken: str) -> None:
    assert normalise(written, "en-us").spoken == spoken
