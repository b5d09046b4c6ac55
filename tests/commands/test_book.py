"""A long text, spoken part by part by the small checkpoint, whose model makes noise at once."""

import errno
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
import soundfile

from kokoro_demo.__main__ import main
from kokoro_demo.audio import SoundWriter
from kokoro_demo.commands import chapters
from kokoro_demo.commands.kept_parts import KeptParts

ROOT = Path(__file__).parents[2]
BOOK = "\n\n".join(
    f"Chapter {chapter}\n\n"
    + "\n\n".join(
        f"The old man [looked](+1) at river {chapter} {page}. He spoken_part: [naʊ](/nˈW/)!" for page in "abcdef"
    )
    for chapter in (1, 2, 3)
)


@pytest.fixture(autouse=True)
def surroundings(tmp_path, small_folder, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KOKORO_CHECKPOINT", str(small_folder))
    monkeypatch.setattr(chapters, "PART", 150)
    monkeypatch.setattr(chapters.parts, "__defaults__", (150,))
    monkeypatch.setattr("kokoro_demo.commands.speak.MAX_CHARACTERS", 400)
    (tmp_path / "book.txt").write_text(BOOK, encoding="utf-8")


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_long_text_is_one_file_with_captions_and_no_leftovers(tmp_path, spoken):
    assert main(["--file", "book.txt", "-o", "book.wav", "--captions", "book.json"]) == 0
    assert names(tmp_path) == ["book.json", "book.txt", "book.wav"]
    assert "".join(spoken).split() == BOOK.split()
    timeline = json.loads((tmp_path / "book.json").read_text("utf-8"))
    assert timeline["duration"] == pytest.approx(soundfile.info(tmp_path / "book.wav").duration, abs=1e-3)
    assert [word["text"] for word in timeline["words"]].count("old") == 18
    starts = [word["start"] for word in timeline["words"] if word["start"] is not None]
    assert starts == sorted(starts)
    assert timeline["text"] == BOOK
    assert max(piece["end"] for piece in timeline["captions"]) <= timeline["duration"] + 1e-3


def test_words_are_heard_when_the_captions_say(tmp_path):
    """The audio of a word in the book is that of the word in its part."""
    assert main(["--file", "book.txt", "-o", "book.wav", "--captions", "book.json"]) == 0
    sound, _ = soundfile.read(tmp_path / "book.wav", dtype="int16")
    timeline = json.loads((tmp_path / "book.json").read_text("utf-8"))
    last = timeline["parts"][-1]
    alone = BOOK[last["position"] :]
    (tmp_path / "last.txt").write_text(alone, encoding="utf-8")
    assert main(["--file", "last.txt", "-o", "last.wav", "--captions", "last.json"]) == 0
    first_word = next(word for word in json.loads((tmp_path / "last.json").read_text("utf-8"))["words"])
    in_book = next(word for word in timeline["words"] if word["start"] and word["start"] >= last["start"])
    assert in_book["text"] == first_word["text"]
    assert in_book["start"] - last["start"] == pytest.approx(first_word["start"], abs=2e-3)
    expected = soundfile.read(tmp_path / "last.wav", dtype="int16")[0]
    assert np.array_equal(sound[-len(expected) :], expected)


def test_a_file_for_each_chapter(tmp_path):
    assert main(["--file", "book.txt", "-o", "book.flac", "--captions", "book.srt", "--chapters"]) == 0
    chapter_names = [f"book-{number:02}-chapter-{number}" for number in (1, 2, 3)]
    expected = [f"{name}{suffix}" for name in chapter_names for suffix in (".flac", ".srt")]
    assert names(tmp_path) == [*expected, "book.txt"]
    assert "river 2" in (tmp_path / "book-02-chapter-2.srt").read_text("utf-8").replace("\n", " ")


def test_finished_parts_are_not_made_again_after_an_error(tmp_path, spoken, monkeypatch, capsys):
    whole = tmp_path / "whole.wav"
    assert main(["--file", "book.txt", "-o", str(whole)]) == 0
    number = len(spoken)
    spoken.clear()
    keep, calls = KeptParts.keep, []

    def fail(self, *arguments):
        calls.append(1)
        if len(calls) == 4:
            raise OSError(errno.ENOSPC, "No space left on device", "book.wav.parts/x.flac")
        keep(self, *arguments)

    monkeypatch.setattr(KeptParts, "keep", fail)
    assert main(["--file", "book.txt", "-o", "book.wav"]) == 1
    printed = capsys.readouterr().err
    assert f"3 of {number} parts are kept in book.wav.parts. Run the same command again" in printed
    assert "No space left on device" in printed
    monkeypatch.setattr(KeptParts, "keep", keep)
    spoken.clear()
    assert main(["--file", "book.txt", "-o", "book.wav"]) == 0
    assert len(spoken) == number - 3
    assert f"3 of {number} parts are already in book.wav.parts" in capsys.readouterr().err
    assert (tmp_path / "book.wav").read_bytes() == whole.read_bytes()
    assert names(tmp_path) == ["book.txt", "book.wav", "whole.wav"]


def test_a_damaged_part_or_one_of_another_voice_is_made_again(tmp_path, spoken, monkeypatch):
    monkeypatch.setattr(KeptParts, "remove", lambda self: None)
    assert main(["--file", "book.txt", "-o", "book.wav"]) == 0
    before = (tmp_path / "book.wav").read_bytes()
    kept = sorted((tmp_path / "book.wav.parts").glob("*.json"))
    kept[0].write_text('{"words": 1}')
    kept[1].with_suffix(".flac").write_bytes(b"damaged")
    for done in (tmp_path / "book.wav.parts").glob("*.done"):
        done.unlink()
    spoken.clear()
    assert main(["--file", "book.txt", "-o", "book.wav"]) == 0
    assert len(spoken) == 2
    assert (tmp_path / "book.wav").read_bytes() == before
    spoken.clear()
    assert main(["--file", "book.txt", "-o", "book.wav", "--voice", "bm_george"]) == 0
    assert len(spoken) == len(kept)


def test_other_files_in_the_folder_are_kept(tmp_path):
    (tmp_path / "book.wav.parts").mkdir()
    (tmp_path / "book.wav.parts" / "mine.txt").write_text("mine")
    assert main(["--file", "book.txt", "-o", "book.wav"]) == 0
    assert names(tmp_path / "book.wav.parts") == ["mine.txt"]


def test_a_kill_costs_one_part(tmp_path, small_folder):
    pages = "\n\n".join(f"Chapter {n}\n\nThe old man looked at river {n}." for n in range(1, 13))
    (tmp_path / "long.txt").write_text(pages, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "kokoro_demo", "--file", "long.txt", "-o", "long.opus", "--chapters"]
    process = subprocess.Popen(command, cwd=tmp_path, env=environment, stderr=subprocess.DEVNULL)
    folder = tmp_path / "long.opus.parts"
    deadline = time.monotonic() + 120
    while len(list(folder.glob("*.json"))) < 3:
        assert time.monotonic() < deadline
        assert process.poll() is None
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    made = len(list(folder.glob("*.json")))
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True)
    assert done.returncode == 0, done.stderr
    assert f"{made} of 12 parts are already in long.opus.parts" in done.stderr.decode()
    sounds = [f"long-{n:02}-chapter-{n}.opus" for n in range(1, 13)]
    left = [name for name in names(tmp_path) if not name.startswith(".kokoro-")]  # a killed process cannot tidy up
    assert left == ["book.txt", *sounds, "long.txt"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--file", "book.txt", "-o", "-"], "is spoken to a file"),
        (["--file", "book.txt", "-o", "nowhere/book.mp3", "--chapters"], "no folder 'nowhere'"),
        (["--file", "book.txt", "--speed", "9"], "Speed must be"),
        (["--file", "empty.txt", "--chapters"], "nothing to speak"),
        (["--link", "?text=Hi", "--chapters"], "Leave out --chapters"),
        (["--file", "signs.txt", "-o", "signs.wav", "--chapters"], "nothing in signs.wav that can be spoken"),
        (["--file", "huge.txt"], "at most 2,000,000 can be spoken"),
    ],
)
def test_mistakes_are_found_before_anything_is_spoken(tmp_path, spoken, capsys, arguments, message):
    (tmp_path / "empty.txt").write_text("  ")
    (tmp_path / "signs.txt").write_text("* * *")
    (tmp_path / "huge.txt").write_text("a " * 1_000_001)
    assert main(arguments) == 2
    assert message in capsys.readouterr().err
    assert spoken == []


def test_phonemes_of_a_long_text_have_one_line_for_each_part(capsys):
    assert main(["--file", "book.txt", "--phonemes"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) > 3
    assert all(lines)


def test_a_disk_that_fills_up_while_sound_is_written_is_one_error():
    class Full:
        def __init__(self):
            self.left = 3

        def write(self, data):
            self.left -= 1
            if self.left < 0:
                raise OSError(errno.ENOSPC, "No space left on device")
            return len(data)

        def seek(self, *_):
            return 0

        def tell(self):
            return 0

    def write_for_ever(sound):
        while True:
            sound.write(np.zeros(48_000, np.int16))

    with pytest.raises(OSError, match="No space left"), SoundWriter(Full(), 24_000, "wav") as sound:
        write_for_ever(sound)


def test_a_long_script_has_one_cast_and_its_speakers_in_the_captions(tmp_path):
    line = "I was there and saw it all. "
    script = f"It rained.\n\nEmma: {line * 12}\nTom: {line * 9}\n\nThey left. {line * 3}"
    (tmp_path / "script.txt").write_text(script, "utf-8")
    (tmp_path / "cast.txt").write_text("Emma = bf_emma\nTom = am_adam, 1.2", "utf-8")
    command = ["--file", "script.txt", "--cast", "cast.txt", "-o", "a.wav"]
    assert main([*command, "--captions", "a.json"]) == 0
    timeline = json.loads((tmp_path / "a.json").read_text("utf-8"))
    assert len(timeline["parts"]) > 5
    turns = [(turn["speaker"], turn["voice"], turn["speed"]) for turn in timeline["turns"]]
    assert list(dict.fromkeys(turns)) == [
        ("", "af_heart", 1.0), ("Emma", "bf_emma", 1.0), ("Tom", "am_adam", 1.2)
    ]  # fmt: skip
    speakers = [caption.get("speaker", "") for caption in timeline["captions"]]
    assert [name for at, name in enumerate(speakers) if not at or speakers[at - 1] != name] == ["", "Emma", "Tom", ""]
    for turn in timeline["turns"]:
        spoken_part = script[slice(*turn["position"])]
        assert spoken_part.strip()
        assert turn["speaker"] != "Emma" or "Tom" not in spoken_part
    assert "Emma" not in [word["text"] for word in timeline["words"]]
    assert main([*command, "--captions", "a.srt"]) == 0
    subtitles = (tmp_path / "a.srt").read_text("utf-8")
    assert subtitles.count("Emma: ") == 1
    assert subtitles.count("Tom: ") == 1


def test_ssml_is_not_cut_into_parts(capsys, tmp_path):
    (tmp_path / "long.xml").write_text(f"<speak>{'One two. ' * 60}</speak>", "utf-8")
    assert main(["--file", "long.xml", "-o", "a.wav"]) == 2
    assert "SSML is spoken as a whole" in capsys.readouterr().err
