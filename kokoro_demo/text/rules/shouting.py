"""Which sentences are shouted: in capitals throughout, so that capitals say nothing about any one word."""

from __future__ import annotations

import re
from bisect import bisect_right

from kokoro_demo.text.rules.initialisms import ACRONYMS, reads_as_word


class Shouting:
    """Finds the sentences of a text that are written in capitals."""

    _SENTENCE = re.compile(r"[.!?…][\s”\"')]|\n")
    _CAPITALS = re.compile(r"\b[A-Z]{2,}\b")
    _SMALL = re.compile(r"[a-z]{2,}|\b[a-z]\b")

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(match.end() for match in self._SENTENCE.finditer(text))]
        self._known: dict[int, bool] = {}

    def at(self, position: int) -> bool:
        """Whether the sentence at `position` has two words or more in capitals, and hardly any other."""
        index = bisect_right(self._starts, position) - 1
        if index not in self._known:
            end = self._starts[index + 1] if index + 1 < len(self._starts) else len(self._text)
            self._known[index] = self._is_shouted(self._text[self._starts[index] : end])
        return self._known[index]

    def _is_shouted(self, sentence: str) -> bool:
        capitals = self._CAPITALS.findall(sentence)
        if len(capitals) < 2 or 5 * len(self._SMALL.findall(sentence)) > len(capitals):
            return False
        return any(reads_as_word(word, shouted=False) and word not in ACRONYMS for word in capitals)
