"""The ZIP of a spoken list."""

import io
import zipfile

import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st

from kokoro_demo.checklist import read_list
from kokoro_demo.checklist.audio_zip import AudioZip, sound_name
from tests.checklist.pronouncing import check

RESERVED = '<>:"/\\|?*'


def test_a_zip_holds_a_wav_for_each_row_and_the_results():
    rows = check("I read it, yesterday!\nread\n,\n../../etc/passwd")
    made = AudioZip()
    made.add(rows[0], np.full(2400, 0.25, np.float32))
    made.add(rows[3], np.zeros(240, np.float32))
    assert made.count == 2
    archive = zipfile.ZipFile(io.BytesIO(made.close(rows, [])))
    assert archive.testzip() is None
    assert archive.namelist() == ["001-i-read-it-yesterday.wav", "004-etc-passwd.wav", "results.csv"]
    sound, rate = soundfile.read(io.BytesIO(archive.read(archive.namelist()[0])), dtype="int16")
    assert (rate, len(sound), sound[0]) == (24_000, 2400, 8192)
    results = archive.read("results.csv").decode("utf-8-sig").splitlines()
    assert results[1].endswith(",001-i-read-it-yesterday.wav")
    assert results[2].endswith(",")
    assert [row.text for row in read_list(archive.read("results.csv")).rows][1] == "read"


def test_names_keep_the_letters_of_any_script():
    assert sound_name(7, "Voilà — l'été.") == "007-voilà-l-été.wav"
    assert sound_name(8, "हिन्दी") == "008-हिन्दी.wav"
    assert sound_name(9, "?!") == "009.wav"


@pytest.mark.slow
@settings(deadline=None)
@given(st.integers(1, 500), st.text())
def test_file_names_are_valid_on_every_system(number, text):
    name = sound_name(number, text)
    assert not set(name) & set(RESERVED)
    assert name.isprintable()
    assert len(name.encode()) <= 64
    assert name.startswith(f"{number:03}")
    assert name.endswith(".wav")
    assert not name.removesuffix(".wav").endswith((".", " "))


def test_rows_that_do_not_fit_are_reported(monkeypatch):
    monkeypatch.setattr("kokoro_demo.checklist.audio_zip.MAX_SOUND", 5_000)
    made, rows = AudioZip(), check("a\nb")
    made.add(rows[0], np.zeros(1_000, np.float32))
    assert not made.full
    made.add(rows[1], np.zeros(2_000, np.float32))
    assert made.full
