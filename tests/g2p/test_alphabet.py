from __future__ import annotations

import json
from pathlib import Path

from kokoro_demo import checkpoints
from kokoro_demo.g2p.alphabet import CONSONANTS, PUNCTUATION, SYMBOLS, VOWELS, split_unknown

CONFIG = Path(checkpoints.__file__).with_name("kokoro_82m.json")


def test_symbols_and_ids_are_those_of_the_official_config() -> None:
    assert json.loads(CONFIG.read_text(encoding="utf-8"))["vocab"] == SYMBOLS
    assert len(SYMBOLS) == 114


def test_marks_vowels_and_consonants_are_symbols_and_apart() -> None:
    assert set(PUNCTUATION) <= set(SYMBOLS)
    assert set(SYMBOLS) >= VOWELS
    assert not VOWELS & CONSONANTS
    assert not (VOWELS | CONSONANTS) & set(PUNCTUATION)


def test_unknown_symbols_are_split_off_and_reported_once() -> None:
    assert split_unknown("hʢə ʢ lˈO\u0329") == ("hə lˈO", "ʢ\u0329")
