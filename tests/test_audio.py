import io

import numpy as np
import pytest
import soundfile

from kokoro_demo.audio import FORMATS, audible_span, encode, fade, to_int16

RATE = 24_000


def tone(seconds: float, level: float = 0.3) -> np.ndarray:
    return (level * np.sin(2 * np.pi * 220 * np.arange(round(seconds * RATE)) / RATE)).astype(np.float32)


@pytest.mark.parametrize("format", sorted(FORMATS))
def test_every_format_holds_the_same_sound(format):
    sound = tone(1.0)
    read, rate = soundfile.read(io.BytesIO(encode(sound, RATE, format)), dtype="float32")
    assert rate == RATE
    assert abs(len(read) - len(sound)) <= 1200
    assert np.sqrt(np.mean(read**2)) == pytest.approx(np.sqrt(np.mean(sound**2)), rel=0.05)


@pytest.mark.slow
def test_minutes_of_vorbis_do_not_crash():
    assert soundfile.info(io.BytesIO(encode(tone(200.0), RATE, "ogg"))).frames == 200 * RATE


def test_quiet_sound_stays_quiet_and_loud_sound_is_clipped_not_wrapped():
    assert np.abs(to_int16(tone(0.1, 0.01))).max() < 400
    assert to_int16(np.array([1.5, -1.5, 0.0], dtype=np.float32)).tolist() == [32767, -32767, 0]


def test_audible_span_finds_the_sound_between_silences():
    silence = np.zeros(RATE // 2, dtype=np.float32)
    first, last = audible_span(np.concatenate([silence, tone(0.4), silence]), RATE)
    assert first == pytest.approx(RATE // 2, abs=130)
    assert last == pytest.approx(RATE // 2 + round(0.4 * RATE), abs=130)


@pytest.mark.parametrize("samples", [0, 1, 50, 5000])
def test_silence_has_no_audible_span(samples):
    first, last = audible_span(np.zeros(samples, dtype=np.float32), RATE)
    assert last - first <= 50


def test_fade_leaves_no_step_at_the_edges():
    sound = np.ones(RATE, dtype=np.float32)
    fade(sound, RATE, start=True, end=True)
    assert np.abs(np.diff(np.concatenate([[0.0], sound, [0.0]]))).max() < 0.01
    assert sound[RATE // 2] == 1.0
