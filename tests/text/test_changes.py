"""What is spoken differently from how it is written, with its span and its rule."""

from __future__ import annotations

import kokoro_demo
from kokoro_demo.text import Change


def test_a_change_has_a_span_its_words_and_its_rule() -> None:
    changes = kokoro_demo.normalise("Dr. Lee paid $5 at 5 pm, twice.", "en-us").changes
    assert changes[:2] == (Change(0, 3, "Dr.", "Doctor", "title"), Change(13, 15, "$5", "five dollars", "money"))
    assert {change.rule for change in changes[2:]} == {"time"}


def test_text_that_is_left_out_is_a_change_without_words() -> None:
    (change,) = kokoro_demo.normalise("It rained.¹² Then it froze.", "en-us").changes
    assert (change.written, change.spoken, change.rule) == ("¹²", "", "left out")


def test_plain_words_are_not_changes() -> None:
    assert kokoro_demo.normalise("Nothing is changed here, “not a word”.", "en-us").changes == ()


def test_other_languages_have_changes_too() -> None:
    (change, *_) = kokoro_demo.normalise("Cuesta 5 €.", "es").changes
    assert change.written.startswith("5")
    assert change.rule
