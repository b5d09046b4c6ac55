"""Mandarin, compared with the output of Kokoro's own front end in `mandarin.tsv`."""

from __future__ import annotations

from difflib import SequenceMatcher

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kokoro_demo.g2p import phonemize
from kokoro_demo.g2p.alphabet import SYMBOLS
from kokoro_demo.g2p.mandarin import sounds_of
from tests.g2p.tables import rows

pytest.importorskip("jieba")
pytest.importorskip("pypinyin")


@pytest.mark.parametrize(
    ("pinyin", "phonemes"),
    [
        ("zhong1", "ꭧʊ→ŋ"),
        ("you3", "jou↓"),
        ("yuan2", "ɥɛ↗n"),
        ("qu4", "ʨʰy↘"),
        ("nv3", "ny↓"),
        ("lüe4", "lɥe↘"),
        ("liu2", "ljou↗"),
        ("gui4", "kwei↘"),
        ("wen2", "wə↗n"),
        ("chun1", "ꭧʰwə→n"),
        ("xiong2", "ɕjʊ↗ŋ"),
        ("shi4", "ʂɨ↘"),
        ("ci2", "ʦʰɨ↗"),
        ("er4", "ɚ↘"),
        ("bo1", "pwo→"),
        ("de5", "tɤ"),
        ("wu3", "u↓"),
        ("yi1", "i→"),
        ("yu3", "y↓"),
        ("qqq", ""),
        ("zh1", ""),
        ("", ""),
    ],
)
def test_syllables_have_their_sounds(pinyin: str, phonemes: str) -> None:
    assert sounds_of(pinyin) == phonemes


def test_mandarin_is_read_as_the_official_front_end_reads_it() -> None:
    equal = length = 0
    for row in rows("mandarin.tsv"):
        pronunciation = phonemize(row["text"], "zh").phonemes
        blocks = SequenceMatcher(None, row["phonemes"], pronunciation, autojunk=False).get_matching_blocks()
        equal += sum(block.size for block in blocks)
        length += max(len(pronunciation), len(row["phonemes"]))
    assert equal >= 0.99 * length


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2024年3月5日", ["2024年", "3月", "5日"]),
        ("我有2个苹果。", ["我", "有", "2个", "苹果"]),
        ("他用iPhone拍照", ["他", "用", "iPhone", "拍照"]),
        ("[重](/ꭧʰʊ↗ŋ/)要", ["[重](/ꭧʰʊ↗ŋ/)", "要"]),
        ("《红楼梦》很好", ["红楼梦", "很", "好"]),
    ],
)
def test_each_word_has_its_span_in_the_written_text(text: str, words: list[str]) -> None:
    pronunciation = phonemize(text, "zh")
    assert [word.text for word in pronunciation.words] == words
    assert all(pronunciation.phonemes[slice(*word.phoneme_span)] == word.phonemes for word in pronunciation.words)


def test_latin_words_are_english_and_fixes_apply() -> None:
    assert phonemize("我爱Python。", "zh").phonemes == "wo↓ ai↘ pˈIθˌɑn."
    fixed = phonemize("我爱长城。", "zh", "长城 = /tʂaŋ/").words[-1]
    assert (fixed.text, fixed.source) == ("长城", "fix")


@settings(deadline=None, max_examples=60)
@given(st.text("你好我2个年月日0123456789.,:-/%¥ a。，！·《》", max_size=40))
def test_any_text_is_read_in_the_alphabet(text: str) -> None:
    pronunciation = phonemize(text, "zh")
    assert set(pronunciation.phonemes) <= set(SYMBOLS)
    spans = [word.span for word in pronunciation.words]
    assert spans == sorted(spans)
