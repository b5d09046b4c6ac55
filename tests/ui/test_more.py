"""The lexicon is checked as it is typed."""

import pytest

from kokoro_demo.g2p import phonemize
from kokoro_demo.speech import MAX_CHARACTERS
from kokoro_demo.ui.more import MAX_SHOWN, lexicon_html


def test_valid_fixes_are_counted_and_an_empty_lexicon_shows_nothing():
    assert "2 fixes in use." in lexicon_html("Nguyen = win\n# a remark\nKokoro = /kˈOkəɹO/")
    assert "1 fix in use." in lexicon_html("Nguyen = win")
    assert lexicon_html("") == lexicon_html(None) == ""


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("a = b\nno equals here", ["Line 2", "no “=”"]),
        ("= /win/", ["Line 1", "no word"]),
        ("\n\nNguyen = /win", ["Line 3", "slash"]),
        ("Nguyen = /wʘn/", ["“Nguyen”", "ʘ (U+0298, nearest: p)"]),
        ("Nguyen = /ʘ/", ["“Nguyen”", "no sounds"]),
    ],
)
def test_a_problem_is_reported_with_its_line_or_word(lines, message):
    shown = lexicon_html(lines, "en-gb")
    for part in message:
        assert part in shown


def test_the_problems_shown_are_those_that_pronouncing_warns_about():
    lines = "Nguyen = /wʘn/\nno equals\nwin = /ʘ/"
    warnings = phonemize("Nguyen and win", "en-us", lines).warnings
    assert len(warnings) == 4
    assert lexicon_html(lines).count("<li>") == 4


def test_a_lexicon_is_escaped_and_many_problems_are_counted():
    shown = lexicon_html("<script>alert(1)</script>\n" * (MAX_SHOWN + 3))
    assert "<script>" not in shown
    assert "And 3 more." in shown
    assert f"{MAX_CHARACTERS + 1:,} characters" in lexicon_html("a" * (MAX_CHARACTERS + 1))
