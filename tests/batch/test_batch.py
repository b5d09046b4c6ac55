"""Batches, spoken by the small checkpoint, whose model makes noise at once."""

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import soundfile

from kokoro_demo.__main__ import main
from kokoro_demo.batch.texts import items_of_table
from kokoro_demo.errors import RequestError
from kokoro_demo.speech import SpeechRequest

ROOT = Path(__file__).parents[2]
USUAL = SpeechRequest("any text")
TABLE = (
    "text,name,voice,speed,comment\n"
    "Hello there.,hello,bm_george,1.5,first\n"
    '"One, two.",,,,\n'
    "Hello there.,again,bm_george,1.5,the same\n"
)
BOOK = "\n\n".join(f"Chapter {n}\n\nThe old man looked at river {n}. He said it twice." for n in (1, 2, 3))


@pytest.fixture(autouse=True)
def surroundings(tmp_path, small_folder, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KOKORO_CHECKPOINT", str(small_folder))
    (tmp_path / "texts.csv").write_text(TABLE, encoding="utf-8")
    (tmp_path / "book.txt").write_text(BOOK, encoding="utf-8")


def manifest(folder):
    lines = (folder / "manifest.jsonl").read_text("utf-8").splitlines()
    return {entry["file"]: entry for entry in map(json.loads, lines)}


def test_rows_give_the_same_bytes_as_single_requests_and_equal_ones_are_spoken_once(tmp_path, spoken, capsys):
    assert main(["batch", "texts.csv", "--to", "out", "--captions", "srt"]) == 0
    assert spoken == ["Hello there.", "One, two."]
    assert "are ignored: comment" in capsys.readouterr().err
    out = tmp_path / "out"
    names = ["again.srt", "again.wav", "hello.srt", "hello.wav", "manifest.jsonl"]
    assert sorted(os.listdir(out)) == [*names, "texts-00002.srt", "texts-00002.wav"]
    assert (
        main(["Hello there.", "--voice", "bm_george", "--speed", "1.5", "-o", "one.wav", "--captions", "one.srt"]) == 0
    )
    for name in ("hello", "again"):
        assert (out / f"{name}.wav").read_bytes() == (tmp_path / "one.wav").read_bytes()
        assert (out / f"{name}.srt").read_bytes() == (tmp_path / "one.srt").read_bytes()
    entries = manifest(out)
    assert list(entries) == ["hello.wav", "texts-00002.wav", "again.wav"]
    entry = entries["texts-00002.wav"]
    assert entry["text_sha256"] == hashlib.sha256(b"One, two.").hexdigest()
    assert entry["sha256"] == hashlib.sha256((out / "texts-00002.wav").read_bytes()).hexdigest()
    assert entry["duration"] == pytest.approx(soundfile.info(out / "texts-00002.wav").duration, abs=1e-3)
    assert entry["fingerprint"]
    assert entry["setting"]


def test_a_text_gives_the_same_bytes_as_its_chapters(tmp_path):
    assert main(["batch", "book.txt", "--to", "out", "--format", "flac", "--captions", "json"]) == 0
    assert main(["--file", "book.txt", "--chapters", "-o", "book.flac", "--captions", "book.json"]) == 0
    for path in [*tmp_path.glob("book-*.flac"), *tmp_path.glob("book-*.json")]:
        assert (tmp_path / "out" / path.name).read_bytes() == path.read_bytes()
    assert len(manifest(tmp_path / "out")) == len(list(tmp_path.glob("book-*.flac"))) == 3


def test_a_second_run_makes_only_changed_or_missing_files(tmp_path, spoken):
    assert main(["batch", "texts.csv", "book.txt", "--to", "out"]) == 0
    spoken.clear()
    before = (tmp_path / "out" / "manifest.jsonl").read_bytes()
    assert main(["batch", "texts.csv", "book.txt", "--to", "out"]) == 0
    assert spoken == []
    assert (tmp_path / "out" / "manifest.jsonl").read_bytes() == before
    (tmp_path / "texts.csv").write_text(TABLE.replace("One", "Ten"), encoding="utf-8")
    (tmp_path / "out" / "hello.wav").write_bytes(b"half")
    assert main(["batch", "texts.csv", "book.txt", "--to", "out"]) == 0
    assert spoken == ["Hello there.", "Ten, two."]


def test_failures_are_in_the_manifest_and_the_rest_is_made(tmp_path, capsys):
    (tmp_path / "texts.csv").write_text("text,voice\nHello.,nobody\nHello.,\n* * *,\n", encoding="utf-8")
    assert main(["batch", "texts.csv", "--to", "out"]) == 1
    entries = manifest(tmp_path / "out")
    assert "nobody" in entries["texts-00001.wav"]["error"]
    assert entries["texts-00002.wav"]["error"] == ""
    assert entries["texts-00003.wav"]["error"]
    assert not (tmp_path / "out" / "texts-00001.wav").exists()
    assert "texts-00001.wav was not written" in capsys.readouterr().err


@pytest.mark.slow
def test_a_kill_costs_the_text_that_was_being_spoken(tmp_path):
    rows = "".join(f"The old man looked at river {n}.\n" for n in range(40))
    (tmp_path / "lines.txt").write_text(rows, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "kokoro_demo", "batch", "lines.txt", "--lines", "--to", "out"]
    process = subprocess.Popen(command, cwd=tmp_path, env=environment, stderr=subprocess.DEVNULL)
    kept = tmp_path / "out" / "manifest.jsonl"
    deadline = time.monotonic() + 120
    while not kept.exists() or kept.read_bytes().count(b"\n") < 3:
        assert time.monotonic() < deadline
        assert process.poll() is None
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    made = {
        entry["file"]: (tmp_path / "out" / entry["file"]).stat().st_mtime_ns for entry in manifest(kept.parent).values()
    }
    assert 3 <= len(made) < 40
    kept.write_bytes(kept.read_bytes() + b'{"file": "torn')
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True)
    assert done.returncode == 0, done.stderr
    assert f"{len(made)} of 40 files are there" in done.stderr.decode()
    assert len(manifest(kept.parent)) == 40
    assert all((kept.parent / file).stat().st_mtime_ns == when for file, when in made.items())


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("words\nHello.\n", "names no column “text”"),
        ("text,speed\nHello.,9\nHello.,fast\n", "Line 2 of texts.csv: Speed must be"),
        ("text,speed\nHello.,1\nHello.,fast\n", "Line 3 of texts.csv: speed must be a number, not 'fast'"),
        ("text,name\nHello.,../../etc/passwd\n", "cannot be the name of a file"),
        ("text,name\nHello.,a\nHello.,A\n", "Two texts would be written to 'A'"),
        ("text,text\nHello.,a\n", "Two columns of texts.csv are named text"),
        ("text,seed\nHello, there,1\n", "Put quotes around"),
        ("text,voice\n,af_heart\n", "Line 2 of texts.csv: There is nothing to speak"),
        ("text\n", "no row in texts.csv"),
    ],
)
def test_mistakes_are_found_before_anything_is_spoken(tmp_path, spoken, capsys, table, message):
    (tmp_path / "texts.csv").write_text(table, encoding="utf-8")
    assert main(["batch", "texts.csv", "--to", "out"]) == 2
    assert message in capsys.readouterr().err
    assert spoken == []


def test_a_long_row_is_spoken_chapter_by_chapter():
    long = "\n\n".join(f"Chapter {n}\n\n" + "The old man looked at the river. " * 400 for n in (1, 2))
    items, unread = items_of_table(f'text;name;speed\n"{long}";novel;1,5\n', "texts.csv", USUAL)
    assert [item.stem for item in items] == ["novel-01-chapter-1", "novel-02-chapter-2"]
    assert "".join(item.text for item in items) == long
    assert {item.request.speed for item in items} == {1.5}
    assert unread == []


def test_errors_are_listed_ten_at_a_time():
    with pytest.raises(RequestError, match=r"Line 11 of t.csv.*\nand 5 more lines"):
        items_of_table("text,speed\n" + "Hello.,9\n" * 15, "t.csv", USUAL)
