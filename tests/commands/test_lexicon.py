"""The command ``lexicon``, and ``--lexicon`` with files in any format."""

import json

import pytest

from kokoro_demo import phonemize
from kokoro_demo.__main__ import main
from kokoro_demo.lexicons import FORMATS

PLS = """<?xml version="1.0" encoding="UTF-8"?>
<lexicon version="1.0" xmlns="http://www.w3.org/2005/01/pronunciation-lexicon" alphabet="ipa" xml:lang="en-US">
  <lexeme><grapheme>Kokoro</grapheme><phoneme>ˈkoʊkəɹoʊ</phoneme></lexeme>
  <lexeme><grapheme>Nguyen</grapheme><alias>win</alias></lexeme>
  <lexeme><grapheme>Xhosa</grapheme><phoneme>ˈǁoʊsə</phoneme></lexeme>
  <lexeme><grapheme>broken</grapheme></lexeme>
</lexicon>"""


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.pls").write_text(PLS, "utf-8")
    (tmp_path / "more.csv").write_text("Nguyen,nwin\nacme,ACK-mee\n", "utf-8")
    return tmp_path


def test_a_lexicon_in_another_format_with_a_report(folder, capsys):
    assert main(["lexicon", "mine.pls", "more.csv", "--to", "elevenlabs", "-o", "out.json"]) == 0
    rules = json.loads((folder / "out.json").read_text("utf-8"))["rules"]
    assert {rule["string_to_replace"]: rule.get("alias") for rule in rules} == {
        "Kokoro": None,
        "Nguyen": "nwin",
        "Xhosa": None,
        "acme": "ACK-mee",
    }
    printed = capsys.readouterr().err
    assert "mine.pls: PLS 1.0 (W3C): 3 taken, 1 refused." in printed
    assert "refused: lexeme 4: “broken”" in printed
    assert "ǁ" in printed
    assert "nearest: k" in printed
    assert "more.csv: CSV, two columns: 1 taken, 1 replaced." in printed
    assert "replaced: Nguyen = win → Nguyen = nwin" in printed


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_written_and_can_be_used_again(name, capsys):
    assert main(["lexicon", "mine.pls", "--to", name, "-o", f"out.{name}"]) == 0
    assert main(["--lexicon", f"out.{name}", "--phonemes", "Kokoro."]) == 0
    assert capsys.readouterr().out.strip() == "kˈOkəɹO."


def test_the_format_follows_from_the_outputs_name_and_the_output_may_be_the_terminal(folder, capsys):
    assert main(["lexicon", "mine.pls", "-o", "out.csv"]) == 0
    assert (folder / "out.csv").read_bytes().startswith(b"\xef\xbb\xbfword,pronunciation\r\nKokoro,/")
    assert main(["lexicon", "mine.pls"]) == 0
    assert "Nguyen = win\n" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["lexicon", "missing.pls"], 1, "missing.pls"),
        (["lexicon", "mine.pls", "-o", "out.docx"], 2, "Choose one with --to"),
        (["lexicon", "mine.pls", "-o", "nowhere/out.csv"], 2, "no folder"),
        (["lexicon", "letter.txt"], 2, "letter.txt: This is not a lexicon in a known form"),
        (["Hi.", "--phonemes", "--lexicon", "own.txt"], 2, "own.txt: Line 2 of the fixes"),
        (["check", "more.csv", "--lexicon", "letter.txt"], 2, "letter.txt: This is not a lexicon"),
    ],
)
def test_a_mistake_is_one_clear_line(folder, arguments, status, message, capsys):
    (folder / "letter.txt").write_text("Dear Sir\nhow are you", "utf-8")
    (folder / "own.txt").write_text("a = b\nwrong\nc = d", "utf-8")
    assert main(arguments) == status
    assert message in capsys.readouterr().err


def test_a_dictionary_longer_than_a_request_gives_what_the_text_needs(folder, capsys):
    lines = [f"word{number},nothing" for number in range(3_000)]
    (folder / "long.csv").write_text("\n".join([*lines, "Xylquith,zil-kwith"]), "utf-8")
    assert main(["--lexicon", "long.csv", "--phonemes", "Xylquith."]) == 0
    printed = capsys.readouterr()
    assert printed.out.strip() == phonemize("Xylquith.", lexicon="Xylquith = zil-kwith").phonemes
    assert "1 of its 3,001 entries are used" in printed.err


def test_the_content_of_a_file_cannot_control_the_terminal(folder, capsys):
    (folder / "evil.json").write_text(json.dumps([{"text": "a\x1b[2J", "pronunciation": ""}] * 2), "utf-8")
    assert main(["lexicon", "evil.json"]) == 0
    assert "\x1b" not in capsys.readouterr().err
