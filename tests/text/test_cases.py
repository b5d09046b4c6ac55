"""Sentences that were reported as wrong elsewhere, or that other projects test, each with its source.

`cases.tsv` is tab-separated without quoting; a newline in an input is written as ``\n``.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from kokoro_demo.text import normalise

# Their expected form is a respelling of the sound, which shows in the phonemes and not in the spoken words: see
# tests/g2p.
RESPELLED = (
    "I reread this chapter weekly.",
    "I read it yesterday.",
    "The pipe was made of lead.",
    "They will lead the way.",
    "A tear rolled down her cheek.",
    "Please close the door.",
    "They want to project the project.",
    "NASA, NATO and OK",
)


def cases() -> list[dict[str, str]]:
    with (Path(__file__).parent / "cases.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def plain(spoken: str) -> str:
    """Return what is compared: the words, without case, hyphens, punctuation and "and"."""
    words = re.sub(r"[,\"“”.'‘’()]", "", re.sub(r"[-—]", " ", spoken.lower())).split()
    return re.sub(r"\b([ap]) m\b", r"\1m", " ".join(word for word in words if word != "and"))


@pytest.mark.parametrize(
    "case", [case for case in cases() if case["input"] not in RESPELLED], ids=lambda case: case["input"]
)
def test_reported_cases_are_spoken_as_expected(case: dict[str, str]) -> None:
    text = case["input"].replace("\\n", "\n")
    assert plain(normalise(text, f"en-{case['accent']}").spoken) == plain(case["expected"])


@pytest.mark.parametrize("text", RESPELLED[:-1])
def test_words_that_differ_only_in_sound_stay_as_written(text: str) -> None:
    assert normalise(text, "en-us").spoken == text
