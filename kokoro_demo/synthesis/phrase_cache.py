"""Phrases that were generated before, so that a repeated request costs nothing."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING

from kokoro_demo.bounded_cache import BoundedCache

if TYPE_CHECKING:
    from kokoro_demo.model import Utterance

# Nearly three minutes of audio.
KEPT_BYTES = 16 * 2**20


class PhraseCache:
    """The model's utterances, keyed by everything that determines them. Safe to share between threads.

    kept_bytes: the most audio that is kept.
    """

    def __init__(self, kept_bytes: int = KEPT_BYTES) -> None:
        self._utterances: BoundedCache[Hashable, Utterance] = BoundedCache(
            kept_bytes, lambda utterance: utterance.waveform.nbytes
        )

    def get(self, key: Hashable) -> Utterance | None:
        """Return the utterance of `key` without computing times, since nothing was computed; None if there is none."""
        kept = self._utterances.get(key)
        return kept and kept._replace(seconds={})

    def keep(self, key: Hashable, utterance: Utterance) -> None:
        """Keep an utterance, unless it exceeds the whole cache by itself."""
        self._utterances.keep(key, utterance)
