"""The dictionaries' maker: what it writes is what is looked up, and other wheels are refused."""

import gzip

import pytest

from kokoro_demo.g2p.english import dictionary as module
from kokoro_demo.g2p.english.dictionary import ACCENTS, GRADES, Dictionary, file_of
from kokoro_demo.g2p.japanese import JOINED_WORDS
from tools.dictionaries import dictionary_lines, files_from

ENTRIES = {
    "water": "wˈɔɾəɹ",
    "water's": "wˈɔɾəɹz",
    "read": {"DEFAULT": "ɹˈid", "VBD": "ɹˈɛd", "None": None},
    "button": "bˈʌʔn",
    "é": "A",
}


@pytest.fixture
def made(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "FOLDER", tmp_path)
    for accent in ACCENTS:
        for grade in GRADES:
            entries = ENTRIES if grade == "gold" else {"silver": "sˈɪlvəɹ"}
            file_of(accent, grade).write_bytes(gzip.compress(dictionary_lines(entries)))
    return Dictionary(british=False)


def test_written_entries_are_found(made):
    assert made.find("water") == {"DEFAULT": "wˈɔTəɹ"}
    assert made.find("water's") == {"DEFAULT": "wˈɔTəɹz"}
    assert made.find("Button", gold=True) == {"DEFAULT": "bˈʌtn"}
    assert made.find("é") == {"DEFAULT": "A"}
    assert made.find("silver") == {"DEFAULT": "sˈɪlvəɹ"}
    assert made.find("silver", gold=True) is None
    assert made.find("wate") is None


def test_several_pronunciations_are_an_entry_by_part_of_speech(made):
    assert made.find("Read") == {"DEFAULT": "ɹˈid", "VBD": "ɹˈɛd"}


def test_another_wheel_is_refused(tmp_path):
    wheel = tmp_path / "misaki-0.9.4-py3-none-any.whl"
    wheel.write_bytes(b"something else")
    with pytest.raises(SystemExit, match=r"not the wheel of misaki 0\.9\.4"):
        files_from(wheel)


@pytest.mark.parametrize("accent", ACCENTS)
@pytest.mark.parametrize("grade", GRADES)
def test_the_package_holds_every_word_once_and_in_order(accent, grade):
    lines = gzip.decompress(file_of(accent, grade).read_bytes()).splitlines(keepends=True)
    assert lines == sorted(set(lines))
    assert len(lines) > 85_000
    assert all(line.count(b"\t") == 1 and line.endswith(b"\n") for line in lines)


def test_the_package_holds_the_japanese_words():
    assert len(set(gzip.decompress(JOINED_WORDS.read_bytes()).decode().split())) > 100_000
