"""Saints and streets, house numbers, compass points, and states after a town."""

from __future__ import annotations

import pytest

from kokoro_demo.text import normalise


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("Admiral Lord St. Vincent", "Admiral Lord Saint Vincent"),
        ("She wrote to Henry St. John.", "She wrote to Henry Saint John."),
        ("near Ottery St. Mary", "near Ottery Saint Mary"),
        ("9 High St. Andrew waited.", "nine High Street Andrew waited."),
        ("a shop on Pine St. Martin opened", "a shop on Pine Street Martin opened"),
        ("down Mill st, then left", "down Mill street, then left"),
        ("The Atari ST was cheap.", "The Atari S T was cheap."),
        ("415 ELM ST", "four fifteen ELM Street"),
        ("a house on 8th ave", "a house on eighth avenue"),
        ("2210 Old Mill Expy", "twenty two ten Old Mill Expressway"),
        ("at 506 E 3rd St.", "at five oh six East third Street."),
        ("1200 K St NW", "twelve hundred K Street Northwest"),
        ("in 305 boxes on Main Street", "in three hundred five boxes on Main Street"),
    ],
)
def test_streets(written: str, spoken: str) -> None:
    assert normalise(written, "en-us").spoken == spoken


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("born in Dayton, Ohio, or in Macon, Ga., in May", "born in Dayton, Ohio, or in Macon, Georgia, in May"),
        ("They met in Trenton, N. J. Then he left.", "They met in Trenton, New Jersey. Then he left."),
        ("BOSTON, MASS.", "BOSTON, Massachusetts."),
        ("Reno, NV, 89501", "Reno, Nevada eight nine five zero one"),
    ],
)
def test_states(written: str, spoken: str) -> None:
    assert normalise(written, "en-us").spoken == spoken
