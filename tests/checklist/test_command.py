"""``python -m kokoro_demo check``, as a shell and CI run it."""

import json
import os
import subprocess
import sys
from xml.etree import ElementTree

import pytest

WORDS = "text,expected\nread,ɹˈid\nlead,/lɛd/\nHello there.,\n"
BLOCK_TORCH = "import sys\nsys.modules['torch'] = None\nsys.modules['gradio'] = None\n"


@pytest.fixture
def run(tmp_path):
    def command(*arguments, words=None, stdin=None):
        if words is not None:
            (tmp_path / "words.csv").write_bytes(words.encode() if isinstance(words, str) else words)
        (tmp_path / "sitecustomize.py").write_text(BLOCK_TORCH)
        environment = {**os.environ, "PYTHONPATH": f"{tmp_path}{os.pathsep}{os.getcwd()}", "PYTHONIOENCODING": "utf-8"}
        return subprocess.run(
            [sys.executable, "-m", "kokoro_demo", "check", *arguments],
            input=stdin,
            cwd=tmp_path,
            env=environment,
            capture_output=True,
        )

    return command


def test_a_difference_is_shown_and_is_status_1(run, tmp_path):
    done = run("words.csv", "--junit", "out.xml", "--json", "out.json", "--csv", "out.csv", words=WORDS)
    assert done.returncode == 1, done.stderr
    printed = done.stdout.decode().splitlines()
    assert printed[:4] == [
        "line 3    differs  lead",
        "          expected lɛd",
        "          is       lid",
        "                    ^",
    ]
    assert printed[-1] == "3 rows: 1 differs, 1 not compared, 1 matches."
    suite = ElementTree.parse(tmp_path / "out.xml").getroot()[0]
    assert (suite.get("name"), suite.get("failures")) == ("words.csv", "1")
    assert json.loads((tmp_path / "out.json").read_bytes())["summary"]["differs"] == 1
    again = run("out.csv")
    assert again.stdout == done.stdout


def test_if_everything_matches_the_status_is_0(run):
    done = run("-", stdin="text\texpected\nread\tɹˈid\nHello\t\n".encode())
    assert done.returncode == 0, done.stderr
    assert done.stdout.decode().endswith("2 rows: 1 not compared, 1 matches.\n")


def test_a_row_that_cannot_be_read_is_status_1(run):
    done = run("words.csv", words="text,voice\nhi,nobody\nhi,af_hart\nhi,bf_emma")
    assert done.returncode == 1
    assert "There is no voice 'nobody'" in done.stdout.decode()
    assert "Did you mean af_heart" in done.stdout.decode()


def test_a_blend_speaks_the_language_of_its_first_voice(run):
    done = run("-", stdin="text,expected,voice\nwater,wˈɔːtə,bf_emma(2)+af_heart\nhi,,af_heart+nobody".encode())
    assert "There is no voice 'nobody'" in done.stdout.decode()
    assert done.stdout.decode().endswith("2 rows: 1 cannot be checked, 1 matches.\n")


def test_voice_language_and_lexicon_count(run, tmp_path):
    (tmp_path / "fixes.txt").write_text("Xylquith = busy\n", encoding="utf-8")
    words = "text,expected,voice,language\nwater,wˈɔːtə,bf_emma,\nwater,wˈɔːtə,,en-gb\nXylquith,bˈɪzi,,\n"
    assert run("words.csv", "--lexicon", "fixes.txt", words=words).returncode == 0
    assert run("-", "--language", "en-gb", stdin="text,expected\nwater,wˈɔːtə".encode()).returncode == 0
    assert run("-", stdin="text,expected\nwater,wˈɔːtə".encode()).returncode == 1


def test_the_content_of_a_list_cannot_control_the_terminal(run):
    done = run("-", stdin=b"text,expected\n\x1b[31mred\x07,x\x1b\n")
    assert b"\x1b" not in done.stdout + done.stderr
    assert b"\x07" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("arguments", "words", "message"),
    [
        (["missing.csv"], None, "missing.csv: No such file"),
        (["."], None, "Is a directory"),
        ([], None, "required: list"),
        (["words.csv", "--language", "klingon"], WORDS, "klingon"),
        (["words.csv", "--junit", "nowhere/out.xml"], WORDS, "nowhere/out.xml"),
        (["words.csv", "--lexicon", "missing.txt"], WORDS, "missing.txt"),
        (["words.csv"], WORDS.encode("utf-16-le"), "NUL"),
        (["words.csv", "--csv", "."], WORDS, "'.': it is a folder"),
        (["words.csv"], b"text," + b"c," * 9_999, "10,001 columns"),
        (["words.csv"], b"a,b\n" * 1_250_000, "larger than 1 MB"),
        (["words.csv"], b"", "list is empty"),
    ],
)
def test_a_mistake_is_one_clear_line_and_status_2(run, arguments, words, message):
    done = run(*arguments, words=words)
    assert done.returncode == 2, done.stdout
    assert message in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()
