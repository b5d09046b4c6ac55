import numpy as np
import pytest

from kokoro_demo.model import Utterance
from kokoro_demo.synthesis.phrase_cache import PhraseCache


def utterance(samples):
    return Utterance(np.zeros(samples, np.float32), np.ones(1, np.int64), np.zeros(2, np.float32), {"sound": 1.0})


def test_a_cached_phrase_is_returned_at_no_cost():
    cache, made = PhraseCache(), utterance(100)
    cache.keep("a", made)
    assert cache.get("a").waveform is made.waveform
    assert cache.get("a").seconds == {}
    assert cache.get("b") is None


def test_the_least_recently_used_is_evicted_first():
    cache = PhraseCache(kept_bytes=4 * 250)
    for key in "ab":
        cache.keep(key, utterance(100))
    cache.get("a")
    cache.keep("c", utterance(100))
    assert [key for key in "abc" if cache.get(key)] == ["a", "c"]


@pytest.mark.parametrize("samples", [251, 10_000])
def test_a_phrase_that_is_too_long_evicts_nothing(samples):
    cache = PhraseCache(kept_bytes=4 * 250)
    cache.keep("a", utterance(100))
    cache.keep("b", utterance(samples))
    assert cache.get("a") is not None
    assert cache.get("b") is None
