"""The command ``coverage``."""

import csv
import io
import json

import pytest

from kokoro_demo.__main__ import main


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "script.txt").write_text("Zyxon met Zyxon.\nThey recieve it.", "utf-8")
    (tmp_path / "good.txt").write_text("All of these words are known.", "utf-8")
    (tmp_path / "mine.csv").write_text("zyxon,zicks-on\n", "utf-8")
    return tmp_path


def test_unknown_words_fail_a_build_unless_allowed_or_in_the_lexicon(capsys):
    assert main(["coverage", "good.txt"]) == 0
    assert capsys.readouterr().out == "All 6 words are in a dictionary.\n"
    assert main(["coverage", "script.txt"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("Zyxon    ×2    line 1, column 1: /zˈIksən/  Zyxon met Zyxon.")
    assert lines[1].startswith("recieve  ×1    line 2, column 6: /")
    assert lines[2] == "2 words, used 3 times among 6, are not in a dictionary."
    assert main(["coverage", "script.txt", "--allow", "1"]) == 1
    assert main(["coverage", "script.txt", "--allow", "2"]) == 0
    assert main(["coverage", "script.txt", "--lexicon", "mine.csv", "--allow", "1"]) == 0


def test_files_for_a_program_a_spreadsheet_and_a_lexicon(folder):
    main(["coverage", "script.txt", "--json", "a.json", "--csv", "a.csv", "--lines", "a.txt"])
    coverage = json.loads((folder / "a.json").read_text("utf-8"))
    assert (coverage["language"], coverage["total"], coverage["unknown"]) == ("en-us", 6, 3)
    assert coverage["words"][0]["start"] == 0
    rows = list(csv.DictReader(io.StringIO((folder / "a.csv").read_bytes().decode("utf-8-sig"))))
    assert [(row["word"], row["count"]) for row in rows] == [("Zyxon", "2"), ("recieve", "1")]
    assert main(["coverage", "script.txt", "--lexicon", "a.txt"]) == 0


@pytest.mark.slow
def test_a_book_is_read_part_by_part(folder, capsys):
    book = "\n\n".join(["The house was quiet and the dog slept."] * 700 + ["Then Zyxon came home."])
    (folder / "book.txt").write_text(book, "utf-8")
    assert main(["coverage", "book.txt"]) == 1
    assert "line 1401, column 6" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["coverage", "missing.txt"], 1, "missing.txt"),
        (["coverage", "script.txt", "--language", "es"], 2, "without a dictionary"),
        (["coverage", "script.txt", "--json", "nowhere/a.json"], 2, "no folder"),
        (["coverage", "binary"], 2, "not a text file"),
    ],
)
def test_a_mistake_is_one_clear_line(folder, arguments, status, message, capsys):
    (folder / "binary").write_bytes(b"\0\1\2")
    assert main(arguments) == status
    assert message in capsys.readouterr().err


def test_a_script_and_ssml_are_covered_without_their_names_and_tags(folder, capsys):
    lines = "\n".join(f"Zorblax: I know line {number}." for number in range(200))
    (folder / "play.txt").write_text(f"{lines}\nQuuxa: the zyxon.", "utf-8")
    (folder / "cast.txt").write_text("Zorblax = bf_emma\nQuuxa = am_adam", "utf-8")
    assert main(["coverage", "play.txt", "--cast", "cast.txt", "--json", "a.json"]) == 1
    found = json.loads((folder / "a.json").read_text("utf-8"))
    assert [(word["word"], word["line"], word["column"]) for word in found["words"]] == [("zyxon", 201, 12)]
    document = '<speak>All <xyzzyq foo="bazzq">of these</xyzzyq>\n<sub alias="words">zyxon</sub> quuxaz.</speak>'
    (folder / "a.xml").write_text(document, "utf-8")
    assert main(["coverage", "a.xml", "--json", "a.json"]) == 1
    found = json.loads((folder / "a.json").read_text("utf-8"))
    assert [(word["word"], word["line"], word["column"]) for word in found["words"]] == [("quuxaz", 2, 32)]
    assert document[found["words"][0]["start"] :].startswith("quuxaz")
    (folder / "b.xml").write_text("<speak>a & b</speak>", "utf-8")
    assert main(["coverage", "b.xml"]) == 2
    assert "Line 1, column 10" in capsys.readouterr().err
