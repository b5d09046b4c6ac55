"""What happens if the library cannot be used; in other processes, since it may crash them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import espeakng_loader
import pytest

ROOT = Path(__file__).parents[2]
READ = """
import sys
from kokoro_demo import phonemize
for language in ("en-us", "es"):
    reading = phonemize("Hello, zobo glyster.", language)
    print(reading.phonemes, reading.warnings)
"""


def read(tmp_path: Path, library: str, data: str, code: str = READ, **variables: str) -> tuple[str, str]:
    """Run code in a new process whose library and data are at these paths; returns its output and standard error."""
    loader = f"get_library_path = lambda: {library!r}\nget_data_path = lambda: {data!r}\n"
    (tmp_path / "espeakng_loader.py").write_text(loader, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run([sys.executable, "-c", code], env=environment | variables, capture_output=True, timeout=120)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode(), done.stderr.decode()


@pytest.fixture
def library() -> str:
    return espeakng_loader.get_library_path()


@pytest.fixture
def usual(tmp_path, library) -> str:
    return read(tmp_path, library, espeakng_loader.get_data_path())[0]


@pytest.mark.parametrize("name", ["plain", "über 日本"])
def test_data_under_a_long_path_is_found(tmp_path, library, usual, name):
    deep = tmp_path / name / ("d" * 100) / ("e" * 100) / "espeak-ng-data"
    shutil.copytree(espeakng_loader.get_data_path(), deep)
    copy = shutil.copy(library, deep.parent)
    assert read(tmp_path, copy, str(deep))[0] == usual


def test_no_link_is_left_behind_and_a_deleted_one_is_made_again(tmp_path, library):
    data = tmp_path / ("d" * 200) / "espeak-ng-data"
    data.parent.mkdir()
    data.symlink_to(espeakng_loader.get_data_path())
    short = Path(tempfile.mkdtemp(prefix="k", dir="/tmp"))
    code = (
        "import pathlib\nfrom kokoro_demo.g2p.espeak import transcribe\nprint(transcribe(['zobo'], 'en-us'))\n"
        f"for link in pathlib.Path({str(short)!r}).iterdir(): link.unlink(); print('tidied')\n"
        "print(transcribe(['gato'], 'es'))\n"
    )
    phonemes, _ = read(tmp_path, library, str(data), code, TMPDIR=str(short))
    assert phonemes.split() == ["['zˈo^ʊbo^ʊ']", "tidied", "['ɡˈato']"]
    assert list(short.iterdir()) == []
    short.rmdir()


def test_the_library_is_not_copied(tmp_path, library):
    empty = tmp_path / "temporary"
    empty.mkdir()
    code = (
        "import os\nfrom kokoro_demo.g2p.espeak import transcribe\n"
        "for language in ('en-us', 'es', 'fr-fr', 'de'): transcribe(['zobo'], language)\n"
        f"print(os.listdir({str(empty)!r}))\n"
        "print(len({line.split()[-1] for line in open('/proc/self/maps') if 'espeak' in line}))"
    )
    assert read(tmp_path, library, espeakng_loader.get_data_path(), code, TMPDIR=str(empty))[0] == "[]\n1\n"


@pytest.mark.parametrize("missing", ["data", "one file", "library"])
def test_without_it_the_words_of_the_dictionary_are_still_read(tmp_path, library, missing):
    data = tmp_path / "espeak-ng-data"
    if missing == "one file":
        shutil.copytree(espeakng_loader.get_data_path(), data)
        (data / "phondata").unlink()
    elif missing == "library":
        data, library = Path(espeakng_loader.get_data_path()), str(tmp_path / "libespeak-ng.so")
    english, spanish = read(tmp_path, library, str(data))[0].splitlines()
    assert "həlˈO" in english
    assert "left out: zobo, glyster" in english
    assert "eSpeak NG, which reads words that are not in a dictionary, cannot be used" in english
    assert "pip install" in english
    assert "Hello" in spanish


@pytest.mark.skipif(not shutil.which("cc"), reason="needs a C compiler")
@pytest.mark.parametrize("end", ["exit(1)", "raise(SIGSEGV)"])
def test_a_library_that_kills_its_process_kills_only_a_child(tmp_path, end):
    source = tmp_path / "hostile.c"
    source.write_text(f"#include <signal.h>\n#include <stdlib.h>\nint espeak_Initialize() {{ {end}; return 1; }}\n")
    hostile = tmp_path / "libespeak-ng.so"
    subprocess.run(["cc", "-shared", "-fPIC", "-o", hostile, source], check=True)
    english = read(tmp_path, str(hostile), espeakng_loader.get_data_path())[0]
    assert "həlˈO" in english
    assert "it ended the process that tried it" in english


def test_a_long_path_without_room_for_a_link_says_what_to_do(monkeypatch, tmp_path):
    from kokoro_demo.g2p import espeak_library

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(espeak_library.os, "symlink", refuse)
    with pytest.raises(espeak_library.EspeakError, match=r"at most 159.*Move the project"):
        espeak_library._link_to(f"/{'d' * 200}/espeak-ng-data")


def test_it_is_tried_again_later(monkeypatch):
    from kokoro_demo.g2p import espeak_library

    calls = []

    def fail() -> None:
        calls.append(1)
        raise espeak_library.EspeakError("No.")

    espeak = espeak_library.Espeak()
    monkeypatch.setattr(espeak_library, "open_library", fail)
    assert [espeak.phonemes("zobo", "en-us") for _ in range(3)] == ["", "", ""]
    assert (len(calls), espeak.problem) == (1, "No.")
    monkeypatch.undo()
    monkeypatch.setattr(espeak_library, "TRY_AGAIN_AFTER", 0)
    espeak._not_before = 0.0
    assert espeak.phonemes("zobo", "en-us")
    assert espeak.problem == ""
