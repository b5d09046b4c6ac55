import json
from dataclasses import replace

import numpy as np

from kokoro_demo import generate_audio
from kokoro_demo.ui.sound import picture as drawing
from kokoro_demo.ui.sound.picture import BINS, DYNAMIC_RANGE, HOP, TOP_HZ, decibels, picture


def read(content):
    line, _, rest = content.partition(b"\n")
    head = json.loads(line)
    assert len(rest) == sum(head["sizes"])
    ends = np.cumsum(head["sizes"])
    spectrum, wave, pitch = (rest[start:end] for start, end in zip([0, *ends], ends, strict=False))
    columns = head["columns"]
    return (
        head,
        np.frombuffer(spectrum, np.uint8).reshape(columns, BINS),
        np.frombuffer(wave, np.int8).reshape(columns, 2),
        np.frombuffer(pitch, "<u2"),
    )


def test_a_tone_appears_at_its_frequency_and_time():
    seconds = np.arange(24_000) / 24_000
    audio = np.where(seconds > 0.5, 0.5 * np.sin(2 * np.pi * 3000 * seconds), 0).astype(np.float32)
    levels = decibels(audio, HOP, len(audio) // HOP)
    assert np.abs(levels[150:].argmax(axis=1) - 3000 / TOP_HZ * BINS).max() <= 1
    assert (levels[:95] == -DYNAMIC_RANGE).all()
    assert (levels[110:190].max(axis=1) > -3).all()


def test_columns_are_aligned_with_the_audio():
    speech = generate_audio("Hello there, you two. And a second sentence, to be sure.", checkpoint="builtin")
    head, spectrum, wave, pitch = read(picture(speech))
    assert head["columns"] == len(speech.audio) // HOP
    assert head["seconds"] == HOP / 24_000
    loud = wave[:, 1] > 12
    assert loud.any()
    assert spectrum[loud].max(axis=1).min() > 100
    assert set(np.flatnonzero(pitch)) <= set(range(head["columns"]))
    assert 80 < np.median(pitch[pitch > 60]) < 400
    voiced = np.repeat(speech.f0 > 60, 300)[: len(speech.audio)]
    middles = np.minimum(np.arange(head["columns"]) * HOP, len(voiced) - 1)
    assert (voiced[middles] == (pitch > 60)).mean() > 0.98


def test_a_long_speech_is_drawn_more_coarsely(monkeypatch):
    monkeypatch.setattr(drawing, "MAX_COLUMNS", 100)
    speech = generate_audio("Hello there.", checkpoint="builtin")
    head, *_ = read(picture(speech))
    assert head["columns"] <= 100


def test_silence_can_be_drawn():
    speech = generate_audio("Hello.", checkpoint="builtin")
    head, _, wave, pitch = read(picture(replace(speech, audio=np.zeros(50, np.float32), chunks=())))
    assert head["columns"] == 1
    assert not wave.any()
    assert not pitch.any()
