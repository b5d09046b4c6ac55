"""Numbers that are typed, not counted: codes, cards, ISBNs, ZIP codes, hardware addresses, sections."""

from __future__ import annotations

import pytest

from kokoro_demo.text import normalise


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("Your security code is 90417.", "Your security code is nine zero four one seven."),
        ("Enter the code 3906 now.", "Enter the code three nine zero six now."),
        ("PIN: 0071", "PIN: zero zero seven one"),
        ("code 318-204", "code three one eight, two zero four"),
        ("your Visa card ending in 3108", "your Visa card ending in three one zero eight"),
        ("Invoice #20417 is due.", "Invoice number two zero four one seven is due."),
        ("confirmation number 4512", "confirmation number four five one two"),
        ("zip code 60614", "zip code six zero six one four"),
        ("near Oak Park 60301", "near Oak Park six zero three zero one"),
        ("ISBN 978-0-14-032872-1", "I S B N nine seven eight, zero, one four, zero three two eight seven two, one"),
        ("ISBN 043942089X", "I S B N zero four three nine four two zero eight nine X"),
        ("3c:22:fb:0a:9d:41", "three C, two two, F B, zero A, nine D, four one"),
        ("Section 2.11.4", "Section two point eleven point four"),
        ("the v2.0.1 release", "the version two point zero point one release"),
    ],
)
def test_what_is_typed(written: str, spoken: str) -> None:
    assert normalise(written, "en-us").spoken == spoken


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("a code 400 characters long", "a code four hundred characters long"),
        ("In Kenya 12345 people", "In Kenya twelve thousand three hundred forty five people"),
        ("in order 10 eggs", "in order ten eggs"),
        ("raised rates by 50 bps", "raised rates by fifty basis points"),
        ("a 300 bps modem", "a three hundred bit per second modem"),
        ("2 c. sugar, 1 c. milk", "two cups sugar, one cup milk"),
    ],
)
def test_what_is_counted(written: str, spoken: str) -> None:
    assert normalise(written, "en-us").spoken == spoken
