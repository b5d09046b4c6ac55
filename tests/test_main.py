"""The command line, run as a shell runs it."""

import os
import subprocess
import sys

import pytest
import soundfile

from kokoro_demo.share import share_link
from kokoro_demo.speech import SpeechRequest


@pytest.fixture
def run(small_folder, tmp_path):
    def command(*arguments, stdin=None, checkpoint=small_folder):
        environment = {**os.environ, "KOKORO_CHECKPOINT": str(checkpoint), "OMP_NUM_THREADS": "1"}
        return subprocess.run(
            [sys.executable, "-m", "kokoro_demo", *arguments],
            input=stdin,
            cwd=tmp_path,
            env=environment | {"PYTHONPATH": os.getcwd()},
            capture_output=True,
        )

    return command


def test_speaks_to_a_file(run, tmp_path):
    done = run("Hello there.", "--voice", "bm_george", "--speed", "1.1", "-o", "hello.wav")
    assert done.returncode == 0, done.stderr
    assert soundfile.info(tmp_path / "hello.wav").samplerate == 24_000
    assert b"hello.wav" in done.stderr
    assert done.stdout == b""


def test_speaks_a_file_to_standard_output(run, tmp_path):
    (tmp_path / "notes.txt").write_text("\ufeffHello there.", encoding="utf-8")
    done = run("--file", "notes.txt", "-o", "-")
    assert done.returncode == 0, done.stderr
    assert done.stdout[:4] == b"RIFF"


def test_captions_beside_the_sound(run, tmp_path):
    done = run("Hello there.", "-o", "hello.wav", "--captions", "hello.vtt")
    assert done.returncode == 0, done.stderr
    assert "Hello there." in (tmp_path / "hello.vtt").read_text("utf-8")
    refused = run("Hello there.", "-o", "other.wav", "--captions", "hello.txt")
    assert (refused.returncode, b"TextGrid" in refused.stderr) == (2, True)
    assert not (tmp_path / "other.wav").exists()


def test_reads_standard_input(run, tmp_path):
    done = run("-o", "piped.flac", stdin=b"Hello from a pipe.")
    assert done.returncode == 0, done.stderr
    assert soundfile.info(tmp_path / "piped.flac").frames > 5000


def test_prints_phonemes_without_a_checkpoint(run, tmp_path):
    done = run("Kokoro reads [this](/ðˈæt/).", "--phonemes", checkpoint=tmp_path / "none")
    assert done.returncode == 0, done.stderr
    assert "ðˈæt" in done.stdout.decode()


def test_a_lexicon_file_fixes_words(run, tmp_path):
    (tmp_path / "fixes.txt").write_text("Xylquith = busy\n", encoding="utf-8")
    plain = run("Xylquith", "--phonemes").stdout
    fixed = run("Xylquith", "--phonemes", "--lexicon", "fixes.txt").stdout
    assert fixed != plain
    assert fixed.decode() == "bˈɪzi\n"


def test_a_link_speaks_what_was_shared(run, tmp_path):
    request = SpeechRequest("Hello there.", voice="bm_george", speed=1.5, seed=3)
    link = share_link(request, "http://localhost:7860/")
    done = run("--link", link, "-o", "link.wav")
    assert done.returncode == 0, done.stderr
    run("Hello there.", "--voice", "bm_george", "--speed", "1.5", "--seed", "3", "-o", "options.wav")
    assert (tmp_path / "link.wav").read_bytes() == (tmp_path / "options.wav").read_bytes()


def test_a_links_phonemes_are_what_is_spoken_and_its_bad_values_are_named(run):
    done = run("--link", "?text=Hello&phonemes=ðˈæt&speed=9", "--phonemes")
    assert done.returncode == 0, done.stderr
    assert done.stdout.decode() == "ðˈæt\n"
    assert "speed '9' was ignored" in done.stderr.decode()


def test_lists_the_voices_best_first(run):
    lines = run("--list-voices").stdout.decode().splitlines()
    assert lines[0].startswith("af_heart\ten-us\tF\tA")
    assert len(lines) == 4


@pytest.mark.parametrize(
    ("arguments", "stdin", "status", "message"),
    [
        (["Hello.", "-o", "hello.aac"], None, 2, "end the name in one of"),
        (["Hello.", "-o", "nowhere/hello.wav"], None, 2, "no folder"),
        (["Hello.", "--voice", "af_hart"], None, 2, "af_heart"),
        (["Hello.", "--speed", "9"], None, 2, "Speed must be"),
        (["Hello.", "--file", "a.txt"], None, 2, "not both"),
        (["--link", "http://localhost:7860/?voice=af_heart"], None, 2, "nothing to speak"),
        (["--link", "?text=Hi", "--voice", "bm_george"], None, 2, "Leave out the voice"),
        (["--file", "missing.txt"], None, 1, "missing.txt"),
        ([], b"\xff\xfe\x00", 2, "UTF-8"),
        ([""], None, 2, "nothing to speak"),
        (["Hello.", "--checkpoint", "no/such/folder"], None, 1, "no/such/folder"),
        (["Hello.", "--colour", "red"], None, 2, "--colour"),
    ],
)
def test_a_mistake_gets_one_clear_line_and_a_status(run, tmp_path, arguments, stdin, status, message):
    done = run(*arguments, stdin=stdin)
    assert done.returncode == status, done.stderr
    assert message in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()
    assert not list(tmp_path.glob("*.wav"))
