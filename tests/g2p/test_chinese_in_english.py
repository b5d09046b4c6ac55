"""Chinese words in an English text."""

from __future__ import annotations

import pytest

from kokoro_demo import languages
from kokoro_demo.g2p import phonemize
from kokoro_demo.g2p.alphabet import SYMBOLS
from kokoro_demo.g2p.english import chinese, words


@pytest.mark.parametrize(
    ("written", "american", "british"),
    [
        ("北京", "bAʤˈɪŋ", "bAʤˈɪŋ"),
        ("广州", "ɡwɑŋʤˈO", "ɡwɑːŋʤˈQ"),
        ("谢谢", "ʃjˈɛʃjɛ", "ʃjˈɛʃjɛ"),
        ("朋友", "pʌŋjˈO", "pʌŋjˈQ"),
        ("妈妈", "mˈɑmɑ", "mˈɑːmɑː"),
        ("老师", "lWʃˈɜɹ", "lWʃˈɜɹ"),
        ("音乐", "ɪnjwˈɛ", "ɪnjwˈɛ"),
        ("女儿", "nuˈɑɹ", "nuːˈɑː"),
    ],
)
def test_chinese_words_have_the_nearest_english_sounds(written: str, american: str, british: str) -> None:
    pytest.importorskip("jieba")
    pytest.importorskip("pypinyin")
    for language, phonemes in (("en-us", american), ("en-gb", british)):
        read = phonemize(written, language)
        assert read.phonemes == phonemes
        assert not read.warnings
        assert set(read.phonemes) <= set(SYMBOLS)
        assert [(word.text, word.span) for word in read.words] == [(written, (0, len(written)))]


def test_without_the_packages_they_are_left_out_with_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    chinese.read_chinese.cache_clear()
    for module in (chinese, words):
        monkeypatch.setattr(module, "is_installed", lambda: False)
    monkeypatch.setattr(languages.Language, "is_read", False)
    read = phonemize("Say 朋友 twice.", "en-us")
    assert read.phonemes == phonemize("Say twice.", "en-us").phonemes
    assert read.warnings == (f"“朋友” is left out. {languages.needs_extra(languages.BY_CODE['zh'])}",)
    chinese.read_chinese.cache_clear()


def test_capitals_and_marks_around_them_stay() -> None:
    pytest.importorskip("jieba")
    pytest.importorskip("pypinyin")
    read = phonemize("“朋友,” he said (朋友).", "en-us")
    assert read.phonemes.startswith("“pʌŋjˈO,”")
    assert read.phonemes.endswith("(pʌŋjˈO).")
