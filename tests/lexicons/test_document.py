"""The examples of docs/lexicons.md are correct."""

import doctest
import re
import shlex
from pathlib import Path

import kokoro_demo.lexicons
from kokoro_demo.__main__ import main
from kokoro_demo.lexicons import FORMATS, export_lexicon

DOCUMENT = Path(__file__).parents[2] / "docs" / "lexicons.md"


def test_python():
    assert doctest.testfile(str(DOCUMENT), module_relative=False).failed == 0
    assert doctest.testmod(kokoro_demo.lexicons).failed == 0


def test_commands(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, form in (("mine.pls", "pls"), ("base.json", "misaki"), ("team.csv", "csv")):
        Path(name).write_bytes(export_lexicon("Kokoro = /kˈOkəɹO/\nNguyen = win", form).data)
    commands = re.findall("^python -m kokoro_demo (lexicon .+)$", DOCUMENT.read_text("utf-8"), re.MULTILINE)
    assert len(commands) == 2
    for command in commands:
        assert main(shlex.split(command)) == 0
    assert Path("mine.csv").exists()
    assert Path("all.pls").exists()


def test_the_coverage_that_it_shows(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    Path("script.txt").write_text("Zyxon met Zyxon.\nThey recieve it.", "utf-8")
    assert main(["coverage", "script.txt"]) == 1
    assert f"```text\n{capsys.readouterr().out}```" in DOCUMENT.read_text("utf-8")


def test_the_table_has_every_format():
    assert re.findall(r"^\| `(\w+)` \|", DOCUMENT.read_text("utf-8"), re.MULTILINE) == list(FORMATS)
