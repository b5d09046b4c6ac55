"""The generator of everyday texts."""

from __future__ import annotations

import random

import pytest

from kokoro_demo.languages import LANGUAGES
from tools import fuzz_texts


@pytest.mark.parametrize("language", LANGUAGES)
def test_everyday_texts_have_no_serious_errors(language: str) -> None:
    texts = [fuzz_texts.everyday_text(random.Random(f"test {number}"), language) for number in range(60)]
    assert len(set(texts)) > 50
    kinds = {kind for text in texts for kind in fuzz_texts.faults(text, language)}
    assert not {kind for kind in kinds if "otherwise" not in kind and "sounds" not in kind}


def test_the_same_number_makes_the_same_text() -> None:
    assert fuzz_texts.everyday_text(random.Random("1 7"), "es") == fuzz_texts.everyday_text(random.Random("1 7"), "es")


def test_a_fault_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(text: str, language: str) -> None:
        raise ValueError(text)

    monkeypatch.setattr(fuzz_texts, "normalise", broken)
    (kind,) = fuzz_texts.faults("5 km", "en-us")
    assert kind.startswith("ValueError in test_fuzz_texts.py:")
