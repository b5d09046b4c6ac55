"""A file merged into a lexicon: what is taken, replaced, unchanged and refused, and the lines that result."""

import pytest

from kokoro_demo import phonemize
from kokoro_demo.errors import RequestError
from kokoro_demo.lexicons import entries_for, export_lexicon, merge_lexicon

BEFORE = "# mine\nNguyen = win\n\nKokoro = /kˈOkəɹO/\nnot a line\nGif = jif"


def test_the_report_and_the_lines():
    merged = merge_lexicon(BEFORE, "word,said\nNguyen,/ˈnjʊən/\nKokoro,/kˈOkəɹO/\nXiaomi,shao-mee\nacme,\n")
    assert merged.lines == "# mine\nNguyen = /ˈnjʊən/\n\nKokoro = /kˈOkəɹO/\nnot a line\nGif = jif\nXiaomi = shao-mee"
    assert [step.word for step in merged.taken] == ["Xiaomi"]
    assert merged.replaced[0].before == "Nguyen = win"
    assert merged.replaced[0].phonemes == "njˈʊən"
    assert merged.unchanged == 1
    assert [refused.word for refused in merged.refused] == ["acme"]
    assert merged.summary == "CSV, two columns: 1 taken, 1 replaced, 1 as before, 1 refused."


def test_a_word_with_two_lines_keeps_one():
    merged = merge_lexicon("a b = one\na  b = two\nc = three", "a b = four\nd = five")
    assert merged.lines.splitlines() == ["a b = four", "c = three", "d = five"]
    assert phonemize("a b", lexicon=merged.lines).phonemes == phonemize("four").phonemes


def test_symbols_that_kokoro_lacks_are_reported():
    merged = merge_lexicon("", '{"x": "ˈɬæb", "y": "ǁ"}')
    assert len(merged.warnings) == 1
    assert "ɬ" in merged.warnings[0]
    assert "nearest" in merged.warnings[0]
    assert merged.taken[0].phonemes == "ˈæb"
    assert [(entry.word, "has none of" in entry.why) for entry in merged.refused] == [("y", True)]


def test_no_more_than_a_request_can_hold():
    merged = merge_lexicon("a = b", "\n".join(f"word{number} = x" for number in range(50)), limit=100)
    assert len(merged.lines) <= 100
    assert len(merged.taken) + len(merged.refused) == 50
    assert "more than 100 characters" in merged.refused[0].why


def test_the_lexicon_of_another_service_applies_at_once():
    pls = (
        '<lexicon xmlns="http://www.w3.org/2005/01/pronunciation-lexicon" alphabet="ipa" xml:lang="en-US">'
        "<lexeme><grapheme>Kokoro</grapheme><phoneme>ˈkoʊkəɹoʊ</phoneme></lexeme></lexicon>"
    )
    lines = merge_lexicon("", pls).lines
    assert phonemize("Kokoro.", lexicon=lines).phonemes == "kˈOkəɹO."
    assert phonemize("Kokoro.", "en-gb", lines).phonemes == "kˈQkəɹQ."


def test_exporting_reports_invalid_entries_and_unknown_formats():
    assert export_lexicon(BEFORE, "csv").warnings[0].startswith("Line 5 of the fixes is left out")
    with pytest.raises(RequestError, match="no lexicon format 'docx'"):
        export_lexicon(BEFORE, "docx")
    with pytest.raises(RequestError):
        export_lexicon(BEFORE, "csv", "klingon")


def test_entries_that_a_text_may_need():
    lines = "Kokoro = koh\nNew York = noo\nvan Gogh = van go\nit's = its"
    assert entries_for(lines, "In new YORK, it’s Kokoro’s day.").splitlines() == [
        "Kokoro = koh",
        "New York = noo",
        "it's = its",
    ]
