"""Importing lexicon files into My fixes, and exporting them."""

import base64
import json

from kokoro_demo.lexicons import FORMATS, merge_lexicon
from kokoro_demo.speech import MAX_CHARACTERS
from kokoro_demo.ui.chosen_file import TOO_LARGE
from kokoro_demo.ui.lexicon_files import MAX_SHOWN, export_file, import_file


def encoded(text):
    return base64.b64encode(text.encode()).decode()


def is_unchanged(update):
    return isinstance(update, dict) and update.get("__type__") == "update"


def test_a_file_is_merged_and_reported():
    file = json.dumps([{"text": "Nguyen", "pronunciation": "nwin"}, {"text": "<b>", "pronunciation": ""}])
    lines, report = import_file(encoded(file), "# mine\nNguyen = win", "en-gb")
    assert lines == "# mine\nNguyen = nwin"
    assert "Cartesia (JSON): 1 replaced, 1 refused." in report
    assert "Nguyen = win is now nwin" in report
    assert "&lt;b&gt;" in report
    assert "<b>" not in report


def test_an_invalid_file_leaves_the_lexicon_unchanged():
    for chosen in (encoded("Dear Sir"), TOO_LARGE, "no base64!", encoded("<lexicon><lexeme>")):
        lines, report = import_file(chosen, "a = b", "")
        assert is_unchanged(lines)
        assert 'class="warnings"' in report
    assert all(map(is_unchanged, import_file("", "a = b", None)))


def test_the_lexicon_and_the_report_are_limited():
    lines, report = import_file(encoded("\n".join(f"word{number},nothing" for number in range(5_000))), "", "")
    assert len(lines) <= MAX_CHARACTERS
    assert report.count("<li>") == MAX_SHOWN + 1
    assert "more." in report


def test_every_format_can_be_exported():
    for name, form in FORMATS.items():
        made, message = export_file(name, "Kokoro = /kˈOkəɹO/", "")
        assert made["name"].endswith(f".{form.suffix}")
        assert merge_lexicon("", base64.b64decode(made["data"])).format == name
        assert message == ""
    assert export_file("docx", "a = b", "")[0] is None
    assert "no words with spaces" in export_file("cmudict", "New York = noo york", "")[1]
