from __future__ import annotations

import pytest

from kokoro_demo.g2p import phonemize
from kokoro_demo.g2p.lexicon import LexiconEntry, parse_lexicon


def test_a_lexicon_has_phonemes_respellings_and_comments() -> None:
    entries, warnings = parse_lexicon("# mine\n\nKokoro = /kˈOkəɹO/\nNew York=noo york\n")
    assert entries == {"Kokoro": LexiconEntry("kˈOkəɹO", True), "New York": LexiconEntry("noo york", False)}
    assert warnings == []


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("kokoro", "no “=”"),
        ("= /a/", "no word"),
        ("x =", "nothing after"),
        ("x = //", "nothing after"),
        ("x = /a", "slash"),
    ],
)
def test_a_bad_line_is_reported_with_its_number(line: str, problem: str) -> None:
    entries, warnings = parse_lexicon("ok = fine\n" + line)
    assert list(entries) == ["ok"]
    assert "Line 2" in warnings[0]
    assert problem in warnings[0]


@pytest.mark.parametrize(
    ("text", "lexicon", "phonemes"),
    [
        ("SQL rules.", "SQL = sequel", "sˈikwəl ɹˈulz."),
        ("Ask sql.", "sql = /ɛs/", "ˈæsk ɛs."),
        ("Zed's car", "zed = zee", "zˈiz kˈɑɹ"),
        ("New York now", "New York = noo-YAWK", "nujˈɔk nˈW"),
        ("GPT-4 is", "GPT-4 = /tʃæt/", "ʧæt ɪz"),
        ("It costs $5.", "$5 = a fiver", "ˌɪt kˈɔsts A fˈIvəɹ."),
        ("polish Polish", "Polish = /a/", "pˈɑlɪʃ a"),
        ("POLISH polish", "polish = /a/", "a a"),
    ],
)
def test_the_lexicon_is_applied(text: str, lexicon: str, phonemes: str) -> None:
    assert phonemize(text, lexicon=lexicon).phonemes == phonemes


@pytest.mark.parametrize(
    ("text", "phonemes"),
    [
        ("[Kokoro](/kˈOkəɹO/) speaks", "kˈOkəɹO spˈiks"),
        ("[tea](/tʃiː/)", "ʧi"),
        ("[Nguyen](win)", "wˈɪn"),
        ("[Kokoro](koh-KOH-roh)", "kOkˈOɹO"),
        ("[Doral](/dɔɹˈæl/)'s wife", "dɔɹˈælz wˈIf"),
        ("I [really](-1) do", "ˌI ɹˌiᵊli dˈu"),
        ("[it](+2) is", "ˈɪt ɪz"),
        ("[syllables](/ˈsɪl.ə.bəlz/)", "sˈɪləbəlz"),
    ],
)
def test_markup_in_the_text_is_applied(text: str, phonemes: str) -> None:
    pronunciation = phonemize(text)
    assert pronunciation.phonemes == phonemes
    assert pronunciation.warnings == ()


def test_markup_precedes_the_lexicon() -> None:
    assert phonemize("[cat](/kˈɑt/) cat", lexicon="cat = dog").phonemes == "kˈɑt dˈɔɡ"


def test_the_source_of_a_fixed_word_is_the_fix() -> None:
    words = phonemize("[Nguyen](win) won New York", lexicon="New York = noo york").words
    assert [(word.text[-7:], word.source) for word in words[1:]] == [("won", "dictionary"), ("ew York", "fix")]
    assert words[0].source == "fix"


def test_symbols_that_kokoro_lacks_are_reported_with_similar_ones() -> None:
    warnings = phonemize("[x](/ʐˈa/) y", lexicon="y = /ʢa/").warnings
    assert any("ʐ (U+0290, nearest: ʒ" in warning for warning in warnings)
    assert any("“y”" in warning and "ʢ" in warning for warning in warnings)


def test_a_fix_without_a_sound_is_ignored() -> None:
    pronunciation = phonemize("cat", lexicon="cat = /ʢ/")
    assert pronunciation.phonemes == "kˈæt"
    assert any("is ignored" in warning for warning in pronunciation.warnings)


def test_fixes_work_in_other_languages() -> None:
    assert phonemize("[Kokoro](/kokˈoɾo/) habla", "es").phonemes.startswith("kokˈoɾo ")
