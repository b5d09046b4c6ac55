"""Adapts a pronunciation to a model: symbols without an id are left out, others are replaced by a similar one."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import replace

import numpy as np

from kokoro_demo.g2p.pronunciation import Pronunciation, Word


def known_symbols(
    pronunciation: Pronunciation, vocabulary: Container[str], stand_ins: Mapping[str, str]
) -> Pronunciation:
    """Return the pronunciation without the symbols that the model has no id for. A warning lists them, and another one
    the symbols that the model speaks as a similar one.

    vocabulary: the symbols that have an id. stand_ins: see `SpeechModel.stand_ins`.
    """
    replaced = sorted({symbol for symbol in pronunciation.phonemes if symbol in stand_ins})
    if replaced:
        pairs = ", ".join(f"{symbol} as {stand_ins[symbol]}" for symbol in replaced)
        warning = f"The voice does not know some of these phonemes, and speaks {pairs}."
        pronunciation = replace(pronunciation, warnings=(*pronunciation.warnings, warning))
    unknown = sorted({symbol for symbol in pronunciation.phonemes if symbol not in vocabulary})
    if not unknown:
        return pronunciation
    kept = [index for index, symbol in enumerate(pronunciation.phonemes) if symbol in vocabulary]
    place = np.searchsorted(kept, np.arange(len(pronunciation.phonemes) + 1))

    def spoken(word: Word) -> Word:
        first, last = (int(place[position]) for position in word.phoneme_span)
        phonemes = "".join(symbol for symbol in word.phonemes if symbol in vocabulary)
        return replace(word, phonemes=phonemes, phoneme_span=(first, last))

    return replace(
        pronunciation,
        phonemes="".join(pronunciation.phonemes[index] for index in kept),
        words=tuple(spoken(word) for word in pronunciation.words),
        pauses=tuple(replace(pause, position=int(place[pause.position])) for pause in pronunciation.pauses),
        lost=tuple(
            (int(place[index]), symbol)
            for index, symbol in enumerate(pronunciation.phonemes)
            if symbol not in vocabulary
        ),
        warnings=(*pronunciation.warnings, f"Left out, since the voice does not know it: {' '.join(unknown)}"),
    )
