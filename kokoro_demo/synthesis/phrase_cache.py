"""Phrases that were generated before, so that a repeated request costs nothing."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING

from kokoro_demo.bounded_cache import BoundedCache

if TYPE_CHECKING:
    from kokoro_demo.model import Utterance

# Nearly three minutes of sound.
KEPT_BYTES = 16 * 2**20


class PhraseCache:
    """The model's utterances by everything that decides them. Safe to share between threads.

    kept_bytes: how much sound is kept.
    """

    def __init__(self, kept_bytes: int = KEPT_BYTES) -> None:
        self._utterances: BoundedCache[Hashable, Utterance] = BoundedCache(
            kept_bytes, lambda utterance: utterance.waveform.nbytes
        )

    def get(self, key: Hashable) -> Utterance | None:
        """The utterance kept under `key`, without computing times: no stage was computed."""
        kept = self._utterances.get(key)
        return kept and kept._replace(seconds={})

    def keep(self, key: Hashable, utterance: Utterance) -> None:
        """Keep an utterance, unless it alone is larger than the whole cache."""
        self._utterances.keep(key, utterance)
