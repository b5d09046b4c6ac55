"""The real Kokoro-82M, in 8 bits from the packages of requirements-dev.txt: its output, and that it is reproducible.

The durations in real_sentences.json are those of kokoro 0.9.4 with the same weights (`tools.reference_durations`).
"""

import json
from pathlib import Path

import numpy as np
import pytest

from kokoro_demo.checkpoints.checkpoint import open_source
from kokoro_demo.doctor import self_test
from kokoro_demo.doctor.speaking import check_sentence
from kokoro_demo.speech import SAMPLE_RATE, SAMPLES_PER_FRAME, SpeechRequest
from kokoro_demo.synthesis.synthesizer import Synthesizer
from kokoro_demo.voices.catalogue import catalogue

SENTENCES = json.loads(Path(__file__).with_name("real_sentences.json").read_text("utf-8"))
ENGLISH = [voice.name for voice in catalogue().values() if voice.language in ("en-us", "en-gb")]
# The voices take turns, so that together they speak more than one sentence.
SAID = ("Good morning, and welcome back.", "Is anybody there?", "It rained all night.", "Thank you very much!")


@pytest.fixture(scope="module")
def synthesizer(real_kokoro):
    return Synthesizer(real_kokoro)


def rms(audio) -> float:
    return float(np.sqrt(np.mean(np.square(audio, dtype=np.float64))))


def test_the_known_sentence_has_its_published_length_and_loudness(synthesizer):
    speech = synthesizer.speak(SpeechRequest(self_test.SENTENCE, "af_heart", untouched=True))
    assert len(speech.audio) == 78_000
    # The noise of the source depends on the seed, and processors round differently.
    assert rms(speech.audio) == pytest.approx(0.0463, rel=0.01)


@pytest.mark.parametrize("row", SENTENCES, ids=[f"{row['voice']} {row['text'][:20]}" for row in SENTENCES])
def test_every_phoneme_lasts_as_long_as_in_the_reference(real_kokoro, row):
    phonemes, pack = row["phonemes"], real_kokoro.voices[row["voice"]]
    ids = [0, *(real_kokoro.config["vocab"][symbol] for symbol in phonemes), 0]
    prosody = real_kokoro.model.prosody(pack.new_tensor([ids]).long(), pack[len(phonemes) - 1])
    assert prosody.durations.tolist() == row["durations"]


def test_the_sentences_are_real_and_the_voices_many():
    assert len(SENTENCES) >= 12
    assert len({row["voice"] for row in SENTENCES}) == 6


def test_a_sentence_lasts_as_long_as_its_phonemes(synthesizer):
    row = SENTENCES[1]
    (chunk,) = synthesizer.stream(SpeechRequest(row["text"], row["voice"], phonemes=row["phonemes"], untouched=True))
    assert list(chunk.durations) == row["durations"]
    assert len(chunk.audio) == SAMPLES_PER_FRAME * sum(row["durations"])


@pytest.mark.parametrize("voice", ENGLISH)
def test_an_english_voice_is_audible_and_not_clipped(synthesizer, voice):
    speech = synthesizer.speak(SpeechRequest(SAID[ENGLISH.index(voice) % len(SAID)], voice))
    assert np.isfinite(speech.audio).all()
    assert np.abs(speech.audio).max() < 0.999
    assert rms(speech.audio) > 0.015
    assert speech.warnings == ()
    assert 0.04 < speech.duration / len(speech.phonemes) < 0.15


def test_there_are_28_english_voices():
    assert len(ENGLISH) == 28


def test_the_same_request_gives_the_same_bytes(real_kokoro):
    request = SpeechRequest("Is there anything else?", "bf_emma", speed=1.1, seed=7)
    first, again = (Synthesizer(real_kokoro).speak(request) for _ in range(2))
    assert first.audio.tobytes() == again.audio.tobytes()
    assert first.fingerprint == again.fingerprint
    other = Synthesizer(real_kokoro).speak(SpeechRequest(request.text, request.voice, speed=1.1, seed=8))
    assert other.audio.shape == first.audio.shape
    assert other.audio.tobytes() != first.audio.tobytes()


def test_phonemes_and_timings_are_those_of_what_is_heard(synthesizer):
    request = SpeechRequest("The bakery opens early. [pause:0.6s] The post office does not.", "am_michael")
    speech = synthesizer.speak(request)
    assert speech.phonemes == synthesizer.pronounce(request).phonemes
    assert len(speech.timings) == len(speech.phonemes)
    ends = [0.0, *(time for timing in speech.timings for time in timing), speech.duration]
    assert ends == sorted(ends)
    assert [word.text for word in speech.words] == "The bakery opens early The post office does not".split()
    for word in speech.words:
        first, last = word.phoneme_span
        assert speech.phonemes[first:last] == word.phonemes
        heard = speech.audio[round(word.start * SAMPLE_RATE) : round(word.end * SAMPLE_RATE)]
        assert rms(heard) > 0.01, word.text
    silent = speech.audio[round((speech.words[3].end + 0.2) * SAMPLE_RATE) : round(speech.words[4].start * SAMPLE_RATE)]
    assert len(silent) > 0.2 * SAMPLE_RATE
    assert rms(silent[: SAMPLE_RATE // 5]) < 0.002


def test_doctor_knows_its_sentence(real_kokoro):
    findings = list(check_sentence(open_source("packaged"), real_kokoro))
    assert [finding.state for finding in findings] == ["right"]
