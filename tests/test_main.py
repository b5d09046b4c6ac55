"""The command line, in this process and from a shell."""

import errno
import io
import os
import subprocess
import sys

import pytest
import soundfile

from kokoro_demo import phonemize
from kokoro_demo.__main__ import main
from kokoro_demo.commands.terminal import COMMANDS
from kokoro_demo.share import share_link
from kokoro_demo.speech import SpeechRequest


@pytest.fixture
def run(small_folder, tmp_path, monkeypatch, capfdbinary):
    """Run a command in this process."""
    monkeypatch.chdir(tmp_path)

    def command(*arguments, stdin=None, checkpoint=small_folder):
        monkeypatch.setenv("KOKORO_CHECKPOINT", str(checkpoint))
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin or b"")))
        try:
            status = main(arguments)
        except SystemExit as ended:
            status = ended.code
        out, err = capfdbinary.readouterr()
        return subprocess.CompletedProcess(arguments, status, out, err)

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


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_text_and_a_lexicon_are_read_in_any_usual_encoding(run, tmp_path, encoding):
    (tmp_path / "text.txt").write_bytes("“Café”, said Zoë – naïve.".encode(encoding))
    (tmp_path / "fixes.txt").write_bytes("Zoë = ZOH-ee\n".encode(encoding))
    done = run("--file", "text.txt", "--lexicon", "fixes.txt", "--phonemes")
    assert done.returncode == 0, done.stderr
    expected = phonemize("“Café”, said Zoë – naïve.", lexicon="Zoë = ZOH-ee").phonemes
    assert done.stdout.decode().strip() == expected
    assert (b"text.txt is not UTF-8; it is read as Windows-1252" in done.stderr) == (encoding == "cp1252")


@pytest.mark.parametrize("word", COMMANDS)
def test_a_text_that_is_the_name_of_a_command_can_be_spoken(run, word):
    assert run("speak", word, "--phonemes").stdout.decode().strip() == phonemize(word).phonemes


def shell(command, tmp_path, checkpoint, **variables):
    """Run a line in a shell, in which $k is the program."""
    environment = {**os.environ, "KOKORO_CHECKPOINT": str(checkpoint), "OMP_NUM_THREADS": "1", **variables}
    environment |= {"PYTHONPATH": os.getcwd(), "k": f"{sys.executable} -m kokoro_demo"}
    return subprocess.run(["bash", "-c", command], cwd=tmp_path, env=environment, capture_output=True)


@pytest.mark.parametrize(
    ("command", "status", "message"),
    [
        ("$k Hello. --phonemes >&-", 2, "Standard output is closed"),
        ("$k Hello. -o - >&-", 2, "Standard output is closed"),
        ("$k Hello. -o a.wav >&- 2>&- <&-; s=$?; test -s a.wav && exit $s", 0, ""),
        ("$k Hello. -o - 2>&- | head -c 4; exit ${PIPESTATUS[0]}", 0, ""),
        ("$k <&-", 2, "There is nothing to speak"),
        ("$k Hello. -o - | true; exit ${PIPESTATUS[0]}", 1, "closed it before everything was written"),
        ("$k Hello. --phonemes | true; exit ${PIPESTATUS[0]}", 1, "closed it before everything was written"),
        ("$k Hello. --phonemes > /dev/full", 1, "No space left on device"),
        ("$k check - <&-", 2, "Standard input is closed"),
    ],
)
def test_streams_that_are_closed_or_full(tmp_path, small_folder, command, status, message):
    done = shell(command, tmp_path, small_folder)
    assert done.returncode == status, done.stderr
    assert message in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()
    assert "Exception ignored" not in done.stderr.decode()


def test_letters_that_the_output_lacks_are_escaped(tmp_path, small_folder):
    done = shell("$k Hello. --phonemes", tmp_path, small_folder, PYTHONIOENCODING="latin-1")
    assert done.returncode == 0, done.stderr
    assert done.stdout.decode("latin-1").encode().decode("unicode_escape").strip() == "həlˈO."


def test_on_a_full_disk_the_old_files_are_kept_and_sound_is_written_first(tmp_path, small_folder):
    (tmp_path / "old.json").write_text("old")
    done = shell("ulimit -f 20; $k 'Hello there.' -o new.wav --captions old.json", tmp_path, small_folder)
    assert done.returncode == 1
    assert "new.wav" in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()
    assert [path.name for path in tmp_path.iterdir()] == ["old.json"]


def test_captions_that_cannot_be_written_lose_neither_the_sound_nor_the_old_captions(
    tmp_path, small_folder, monkeypatch
):
    (tmp_path / "old.json").write_text("old")
    replace = os.replace

    def full(partial, target):
        if target.suffix == ".json":
            raise OSError(errno.ENOSPC, "No space left on device", str(partial))
        replace(partial, target)

    monkeypatch.setattr("kokoro_demo.files.os.replace", full)
    monkeypatch.setenv("KOKORO_CHECKPOINT", str(small_folder))
    monkeypatch.chdir(tmp_path)
    assert main(["Hello.", "-o", "new.wav", "--captions", "old.json"]) == 1
    assert (tmp_path / "old.json").read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new.wav", "old.json"]


def test_sigterm_leaves_no_unfinished_file(tmp_path, small_folder):
    script = (
        "import os, signal, sys; from kokoro_demo import __main__, files\n"
        "files.os.fsync = lambda number: os.kill(os.getpid(), signal.SIGTERM)\n"
        "sys.exit(__main__.main(['Hello.', '-o', 'a.wav']))"
    )
    (tmp_path / "script.py").write_text(script)
    done = shell(f"{sys.executable} script.py; exit $?", tmp_path, small_folder)
    assert done.returncode == 143, done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["script.py"]


def test_prints_phonemes_without_a_checkpoint(run, tmp_path):
    done = run("Kokoro reads [this](/ðˈæt/).", "--phonemes", checkpoint=tmp_path / "none")
    assert done.returncode == 0, done.stderr
    assert "ðˈæt" in done.stdout.decode()


def test_prints_the_spoken_text_and_its_changes(run, tmp_path):
    done = run("It cost $5.", "--spoken", checkpoint=tmp_path / "none")
    assert done.returncode == 0, done.stderr
    assert done.stdout.decode().splitlines() == ["It cost five dollars.", "8-10\tmoney\t$5\tfive dollars"]


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


def test_a_links_phonemes_are_spoken_and_its_bad_values_are_reported(run):
    done = run("--link", "?text=Hello&phonemes=ðˈæt&speed=9", "--phonemes")
    assert done.returncode == 0, done.stderr
    assert done.stdout.decode() == "ðˈæt\n"
    assert "speed '9' was ignored" in done.stderr.decode()


def test_lists_the_voices_best_first(run):
    lines = run("--list-voices").stdout.decode().splitlines()
    assert lines[0].startswith("af_heart\ten-us\tF\tA")
    assert len(lines) == 5, "four of the folder and the first voice"


@pytest.mark.parametrize(
    ("arguments", "stdin", "status", "message"),
    [
        (["Hello.", "-o", "hello.aac"], None, 2, "end the name in one of"),
        (["Hello.", "-o", "nowhere/hello.wav"], None, 2, "no folder"),
        (["Hello.", "--voice", "af_hart"], None, 2, "af_heart"),
        (["Hello.", "--speed", "9"], None, 2, "Speed must be"),
        (["Hello.", "-o", "folder.wav"], None, 2, "'folder.wav': it is a folder"),
        (["Hello.", "-o", "n" * 300 + ".wav"], None, 2, "File name too long"),
        (["Hello.", "--captions", "nowhere/a.srt"], None, 2, "no folder 'nowhere'"),
        (["--file", "folder.wav"], None, 1, "Is a directory: folder.wav"),
        (["Hello.", "--lexicon", "bad.txt"], None, 2, "bad.txt: This is not a lexicon in a known form"),
        (["Hello.", "--lexicon", "binary.txt"], None, 2, "binary.txt: The lexicon is not a text file"),
        (["Hello", "there."], None, 2, "Put a text of several words in quotes"),
        (["compact", "--phonemes"], None, 2, "python -m kokoro_demo speak compact"),
        (["Hello.", "--file", "a.txt"], None, 2, "not both"),
        (["--link", "http://localhost:7860/?voice=af_heart"], None, 2, "nothing to speak"),
        (["--link", "?text=Hi", "--voice", "bm_george"], None, 2, "Leave out the voice"),
        (["--file", "missing.txt"], None, 1, "missing.txt"),
        ([], b"\x00\x01\xff", 2, "Standard input is not a text file. Save it as plain text (UTF-8)"),
        ([""], None, 2, "nothing to speak"),
        (["Hello.", "--checkpoint", "no/such/folder"], None, 1, "no/such/folder"),
        (["Hello.", "--colour", "red"], None, 2, "--colour"),
    ],
)
def test_a_mistake_gets_one_clear_line_and_a_status(run, tmp_path, arguments, stdin, status, message):
    (tmp_path / "folder.wav").mkdir()
    (tmp_path / "bad.txt").write_text("no equals sign", encoding="utf-8")
    (tmp_path / "binary.txt").write_bytes(b"PK\x03\x04\x00")
    done = run(*arguments, stdin=stdin)
    assert done.returncode == status, done.stderr
    assert message in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()
    assert [path.name for path in tmp_path.rglob("*.*") if path.suffix in (".wav", ".part")] == ["folder.wav"]
