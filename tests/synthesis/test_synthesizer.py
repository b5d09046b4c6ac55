import itertools
import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from kokoro_demo import RequestError, SpeechRequest
from kokoro_demo.checkpoints.checkpoint import load_checkpoint
from kokoro_demo.g2p import phonemize
from kokoro_demo.languages import LANGUAGES
from kokoro_demo.model import Utterance
from kokoro_demo.synthesis.casting import cast_of
from kokoro_demo.synthesis.phrasing import GAPS, plan_phrases
from kokoro_demo.synthesis.synthesizer import Synthesizer

PARAGRAPH = (
    "The old man looked at the river for a long time. He said nothing at all, and then, because it was late, he "
    "walked home; his dog followed him. Was it the same dog? Nobody in the village could tell! "
) * 3


@pytest.fixture(scope="module")
def synthesizer(small_folder):
    return Synthesizer(load_checkpoint(small_folder))


def test_a_speech_has_the_time_of_each_word(synthesizer):
    speech = synthesizer.speak(SpeechRequest("Hello there, my good friend."))
    assert [word.text for word in speech.words] == ["Hello", "there", "my", "good", "friend"]
    times = [time for word in speech.words for time in (word.start, word.end)]
    assert times == sorted(times)
    assert 0 < times[0] < times[-1] <= speech.duration
    assert speech.audio.dtype == np.float32
    assert np.abs(speech.audio).max() <= 1.0
    for word in speech.words:
        first, last = word.phoneme_span
        assert speech.phonemes[first:last] == word.phonemes
        assert word.start == pytest.approx(speech.timings[first][0])
        assert word.end == pytest.approx(speech.timings[last - 1][1])


def test_a_word_that_several_phrases_share_ends_with_the_last(synthesizer):
    speech = synthesizer.speak(SpeechRequest(f"Pi is 3.{'14159265358979' * 12} or so."))
    assert len(speech.chunks) > 1
    for word in speech.words:
        first, last = word.phoneme_span
        assert (word.start, word.end) == (speech.timings[first][0], speech.timings[last - 1][1])


def test_an_amount_is_spoken_in_one_phrase(synthesizer):
    read = synthesizer.pronounce(SpeechRequest("The quick brown fox read $5.20 at 4:30pm, then ate tomatoes."))
    plans = plan_phrases(read, 1.0)
    for word in read.words:
        assert any(plan.start <= word.phoneme_span[0] and word.phoneme_span[1] <= plan.end for plan in plans)


def test_the_fingerprint_depends_on_the_request_and_the_speech(synthesizer):
    request = SpeechRequest("Hello there.")
    made = synthesizer.speak(request).fingerprint
    assert made == synthesizer.speak(request).fingerprint
    assert made != synthesizer.speak(SpeechRequest("Hello there.", seed=1)).fingerprint
    assert made != synthesizer.speak(SpeechRequest("Hello where.")).fingerprint


def test_an_untouched_phrase_is_exactly_the_models_output(synthesizer):
    checkpoint = synthesizer.checkpoint
    speech = synthesizer.speak(SpeechRequest("Hello there.", seed=5, untouched=True))
    ids = torch.tensor([[0, *(checkpoint.config["vocab"][symbol] for symbol in speech.phonemes), 0]])
    style = checkpoint.voices["af_heart"][len(speech.phonemes) - 1]
    output = checkpoint.model(ids, style, 1.0, seed=5)
    np.testing.assert_array_equal(speech.audio, output.waveform.clamp(-1, 1).numpy())


def test_chunks_concatenated_are_the_speech(synthesizer):
    request = SpeechRequest(PARAGRAPH)
    chunks = list(synthesizer.stream(request))
    speech = synthesizer.speak(request)
    assert len(chunks) > 2
    np.testing.assert_array_equal(np.concatenate([chunk.audio for chunk in chunks]), speech.audio)
    assert [chunk.index for chunk in chunks] == list(range(chunks[0].total))
    starts = np.cumsum([0] + [len(chunk.audio) for chunk in chunks])[:-1] / speech.sample_rate
    np.testing.assert_allclose([chunk.start for chunk in chunks], starts, atol=1e-6)
    assert len(speech.timings) == len(speech.phonemes)
    edges = [time for timing in speech.timings for time in timing]
    assert all(after - before > -1e-9 for before, after in itertools.pairwise(edges))


@pytest.mark.slow
def test_no_word_is_lost_between_phrases(synthesizer):
    text = " ".join(f"word{'' if index % 7 else ','} number" for index in range(400))
    request = SpeechRequest(text)
    speech = synthesizer.speak(request)
    read = phonemize(text)
    assert [word.text for word in speech.words] == [word.text for word in read.words]
    assert "".join(chunk.phonemes for chunk in synthesizer.stream(request)).replace(" ", "") == read.phonemes.replace(
        " ", ""
    )


def test_the_same_request_gives_the_same_bytes_in_any_thread_and_order(synthesizer):
    request = SpeechRequest("The same words, said again.", seed=11)
    expected = synthesizer.speak(request).audio.tobytes()
    torch.manual_seed(999)
    synthesizer.speak(SpeechRequest("Something else entirely.", seed=3))
    with ThreadPoolExecutor(4) as pool:
        others = pool.map(lambda index: synthesizer.speak(SpeechRequest(f"Number {index}.", seed=index)), range(8))
        again = list(pool.map(lambda _: synthesizer.speak(request).audio.tobytes(), range(8)))
        list(others)
    assert set(again) == {expected}
    assert synthesizer.speak(SpeechRequest("The same words, said again.", seed=12)).audio.tobytes() != expected


def test_stop_ends_the_computing_at_the_next_phrase(synthesizer):
    made: list[int] = []
    stop = threading.Event()

    def infer(model, ids, style, speed, seed, untouched=False):
        made.append(ids.shape[1])
        stop.set()
        return silent_model(model, ids, style, speed, seed)

    counting = Synthesizer(synthesizer.checkpoint, infer)
    chunks = list(counting.stream(SpeechRequest(PARAGRAPH), should_stop=stop.is_set))
    assert len(chunks) == len(made) == 1
    assert chunks[0].total > 1


def test_progress_counts_the_phrases(synthesizer):
    seen: list[tuple[int, int]] = []
    synthesizer.speak(SpeechRequest(PARAGRAPH), progress=lambda done, total: seen.append((done, total)))
    assert [done for done, _ in seen] == list(range(1, seen[0][1] + 1))


def silent_model(model, ids, style, speed, seed, untouched=False):
    """Every symbol is voiced and lasts 50 ms; the padding tokens are a quarter of a second of silence."""
    durations = np.full(ids.shape[1], 2)
    durations[[0, -1]] = 10
    inside = 600 * durations[1:-1].sum()
    attack = np.minimum(1, np.minimum(np.arange(inside), np.arange(inside)[::-1]) / 240)
    audio = np.zeros(600 * durations.sum(), dtype=np.float32)
    audio[6000:-6000] = 0.5 * attack * np.sin(np.arange(inside) / 15)
    f0 = np.zeros(2 * durations.sum(), dtype=np.float32)
    return Utterance(audio, durations, f0, {"sound": 0.5})


def gaps_in(audio: np.ndarray, rate: int = 24_000) -> list[float]:
    loud = np.flatnonzero(np.abs(audio) > 1e-3)
    jumps = np.diff(loud)
    return [jump / rate for jump in jumps[jumps > rate // 50]]


def test_phrases_have_no_gap_without_punctuation(synthesizer):
    speaker = Synthesizer(synthesizer.checkpoint, silent_model)
    plain = speaker.speak(SpeechRequest("word " * 150)).audio
    assert len(gaps_in(plain)) >= 1
    assert max(gaps_in(plain)) <= 0.15
    slow = speaker.speak(SpeechRequest("word " * 150, speed=0.5)).audio
    assert max(gaps_in(slow)) <= 0.15
    stopped = speaker.speak(SpeechRequest("One more sentence of words that fill a phrase of its own quite well. " * 6))
    assert min(gaps_in(stopped.audio)) == pytest.approx(GAPS["."], abs=0.02)


def test_f0_is_aligned_with_the_samples(synthesizer):
    def rising(model, ids, style, speed, seed, untouched=False):
        made = silent_model(model, ids, style, speed, seed)
        voiced = np.repeat(made.durations > 0, 2 * made.durations) * 100.0
        voiced[:20] = voiced[-20:] = 0.0  # in the silence of the pads
        return made._replace(f0=voiced.astype(np.float32))

    speech = Synthesizer(synthesizer.checkpoint, rising).speak(SpeechRequest("One here. " * 40))
    assert len(speech.chunks) > 2
    loud = np.abs(speech.audio[: len(speech.f0) * 300]).reshape(-1, 300).max(axis=1) > 0.2
    assert set(speech.f0) == {0.0, 100.0}
    # A hop that straddles two chunks may be voiced or not.
    assert np.count_nonzero(loud != (speech.f0 > 0)) <= 2 * len(speech.chunks)


def test_a_speech_keeps_its_phrases(synthesizer):
    speech = Synthesizer(synthesizer.checkpoint, silent_model).speak(SpeechRequest(PARAGRAPH))
    assert np.array_equal(np.concatenate([chunk.audio for chunk in speech.chunks]), speech.audio)
    assert speech.profile == {"sound": 0.5 * len(speech.chunks)}
    assert [chunk.style_row for chunk in speech.chunks] == [len(chunk.phonemes) - 1 for chunk in speech.chunks]


def test_joins_do_not_click(synthesizer):
    audio = Synthesizer(synthesizer.checkpoint, silent_model).speak(SpeechRequest("word " * 150)).audio
    inside = 0.5 * (1 / 15) * 1.05
    assert np.abs(np.diff(audio)).max() <= inside


def test_typed_phonemes_are_spoken_in_place_of_the_text(synthesizer):
    speech = synthesizer.speak(SpeechRequest("Anything.", phonemes="həlˈO wˈɜɹld"))
    assert speech.phonemes == "həlˈO wˈɜɹld"


def test_a_symbol_that_the_checkpoint_lacks_is_reported(synthesizer, small_folder):
    checkpoint = load_checkpoint(small_folder)
    del checkpoint.config["vocab"]["O"]
    lacking = Synthesizer(checkpoint)
    speech = lacking.speak(SpeechRequest("Hello there."))
    assert "O" not in speech.phonemes
    assert any("O" in warning for warning in speech.warnings)
    reading = lacking.pronounce(SpeechRequest("Hello there."))
    assert (reading.phonemes, reading.warnings) == (speech.phonemes, speech.warnings), "what is shown is what is said"
    assert [word.text for word in speech.words] == ["Hello", "there"]


def test_voices_whose_language_is_not_installed_speak_english_with_a_warning(synthesizer, monkeypatch):
    read = tuple(code for code in LANGUAGES if code not in ("ja", "zh"))
    monkeypatch.setattr("kokoro_demo.languages.LANGUAGES", read)
    monkeypatch.setattr("kokoro_demo.synthesis.casting.LANGUAGES", read)
    assert synthesizer.language_of("jf_alpha") == "en-us"
    warnings = cast_of(synthesizer.checkpoint, SpeechRequest("Hello.", voice="jf_alpha")).warnings
    assert any("pip install -r requirements-languages.txt" in warning for warning in warnings)
    spoken = SpeechRequest("Hello.", voice="jf_alpha", language="en-us")
    assert not any("requirements-languages" in warning for warning in cast_of(synthesizer.checkpoint, spoken).warnings)
    assert synthesizer.language_of("ef_dora") == "es"
    assert synthesizer.language_of("bm_george") == "en-gb"


def test_an_unknown_voice_is_refused_with_similar_names(synthesizer):
    with pytest.raises(RequestError, match="af_heart"):
        synthesizer.speak(SpeechRequest("Hello.", voice="af_hart"))


def test_a_text_without_words_is_an_error_and_not_silence(synthesizer):
    with pytest.raises(RequestError, match="spoken"):
        synthesizer.speak(SpeechRequest("🙂 🙂"))


@pytest.mark.slow
def test_twenty_thousand_characters_are_spoken(synthesizer):
    text = ("word " * 4000).strip()
    speech = Synthesizer(synthesizer.checkpoint, silent_model).speak(SpeechRequest(text))
    assert len(speech.words) == 4000


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from(list("ab, .!?;—()“” \nIéß你🙂[]/1$")), min_size=1, max_size=600))
def test_phrases_cover_every_symbol_that_is_not_a_space(text):
    read = phonemize(text)
    plans = plan_phrases(read, 1.0)
    covered = "".join(read.phonemes[plan.start : plan.end] for plan in plans)
    assert covered.replace(" ", "") == read.phonemes.replace(" ", "")
    assert all(0 < plan.end - plan.start <= 510 for plan in plans)
