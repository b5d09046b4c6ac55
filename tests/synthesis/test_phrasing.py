import itertools

import numpy as np
import pytest

from kokoro_demo import RequestError, SpeechRequest
from kokoro_demo.audio import levels
from kokoro_demo.checkpoints.checkpoint import load_checkpoint
from kokoro_demo.g2p import phonemize
from kokoro_demo.share import request_from_link, share_link
from kokoro_demo.synthesis.edges import EARLY, heard_times
from kokoro_demo.synthesis.phrasing import GAPS, LEAD, LINE_GAP, PARAGRAPH_GAP, TAIL, layout_gaps, plan_phrases
from kokoro_demo.synthesis.synthesizer import Synthesizer
from tests.synthesis.test_synthesizer import silent_model

RATE = 24_000
LONG = "One more sentence of words that fill a phrase of its own quite well, if it is long enough for the purpose"


@pytest.fixture(scope="module")
def checkpoint(small_folder):
    return load_checkpoint(small_folder)


@pytest.fixture(scope="module")
def speaker(checkpoint):
    """An utterance whose sounds are all loud, with a quarter of a second of silence before and after."""
    return Synthesizer(checkpoint, silent_model)


def silences(audio: np.ndarray) -> tuple[float, list[float], float]:
    """Return the seconds of silence at the start, inside, and at the end."""
    heard = np.flatnonzero(levels(audio, 24) > 1e-3)
    within = [(after - before - 1) / 1000 for before, after in itertools.pairwise(heard) if after - before > 10]
    return heard[0] / 1000, within, len(audio) / RATE - (heard[-1] + 1) / 1000


def edges(speaker, text, **fields):
    return silences(speaker.speak(SpeechRequest(text, **fields)).audio)


@pytest.mark.parametrize("speed", [0.5, 1.0, 2.0])
def test_a_speech_begins_and_ends_close_to_its_sound_at_any_speed(speaker, speed):
    start, _, end = edges(speaker, "Hello there.", speed=speed)
    assert start == pytest.approx(LEAD, abs=0.01)
    assert end == pytest.approx(TAIL, abs=0.01)


def test_a_voice_without_trailing_silence_gets_a_tail_too(checkpoint):
    def abrupt(model, ids, style, speed, seed, untouched=False):
        made = silent_model(model, ids, style, speed, seed)
        durations = made.durations.copy()
        durations[[0, -1]] = 1
        kept = slice(9 * 600, -9 * 600)
        return made._replace(waveform=made.waveform[kept], durations=durations, f0=made.f0[18:-18])

    speech = Synthesizer(checkpoint, abrupt).speak(SpeechRequest("Hello there."))
    start, _, end = silences(speech.audio)
    assert (start, end) == (pytest.approx(LEAD, abs=0.01), pytest.approx(TAIL, abs=0.01))
    assert speech.timings[0][0] == pytest.approx(LEAD - EARLY, abs=0.01)
    assert len(speech.f0) == len(speech.audio) // 300


@pytest.mark.parametrize("seconds", [0.1, 0.3, 2.0, 7.0])
@pytest.mark.parametrize("scale", [0.0, 1.0, 3.0])
def test_a_requested_pause_is_exact(speaker, seconds, scale):
    pause = f"[pause:{seconds}s]"
    assert edges(speaker, f"{pause} Hello.", pause_scale=scale)[0] == pytest.approx(max(seconds, LEAD), abs=0.01)
    assert edges(speaker, f"Hello {pause} there.", pause_scale=scale)[1] == [
        pytest.approx(max(seconds, 0.03 * scale), abs=0.01)
    ]
    assert edges(speaker, f"Hello. {pause}", pause_scale=scale)[2] == pytest.approx(max(seconds, TAIL), abs=0.01)


@pytest.mark.parametrize("mark", [".", "?", "!", "…", ";", ":", " —"])
@pytest.mark.parametrize(("speed", "scale"), [(1.0, 1.0), (2.0, 1.0), (1.0, 0.0), (1.0, 2.0)])
def test_the_pause_between_phrases_depends_on_the_mark_the_speed_and_the_scale(speaker, mark, speed, scale):
    text = f"{LONG}{mark} {LONG}, {LONG}{mark} {LONG}."
    pauses = edges(speaker, text, speed=speed, pause_scale=scale)[1]
    expected = GAPS[mark.strip()] * scale / speed
    assert len(pauses) == (2 if expected else 0)
    assert pauses == [pytest.approx(expected, abs=0.015)] * len(pauses)


@pytest.mark.parametrize(
    ("text", "gaps"),
    [
        ("Chapter One\n\nIt was late.", [PARAGRAPH_GAP]),
        ("It was late.\n\nHe went home.", [PARAGRAPH_GAP]),
        ("It was late.\r\n\r\nHe went home.", [PARAGRAPH_GAP]),
        ("Dear Sam,\n\nThank you.", [PARAGRAPH_GAP]),
        ("<h1>Chapter One</h1><p>It was late.</p><p>He went home.</p>", [PARAGRAPH_GAP, PARAGRAPH_GAP]),
        ("# Chapter One\nIt was late.", [LINE_GAP]),
        ("Chapter One\nIt was late.", [LINE_GAP]),
        ("- eggs\n- milk\n- bread and butter", [LINE_GAP, LINE_GAP]),
        ("1. Wash them.\n2. Dry them.", [LINE_GAP]),
        ("<ul><li>eggs</li><li>milk</li></ul>", [LINE_GAP]),
        ("It was late. He went home.", []),
        ("A line that is wrapped since it is rather long and so it\ngoes on in the next one.", []),
        ("A line that is wrapped since it is rather long. And so it is.\nThe next one follows.", []),
    ],
)
def test_headings_items_and_empty_lines_get_a_longer_pause(speaker, text, gaps):
    read = phonemize(text)
    assert [gap.seconds for gap in layout_gaps(read)] == gaps
    heard = edges(speaker, text)[1]
    assert heard == [pytest.approx(gap, abs=0.015) for gap in gaps]
    plain = phonemize(text.replace("\n", " "))
    assert len(plan_phrases(read, 1.0)) >= len(plan_phrases(plain, 1.0))


def test_untouched_phrases_are_concatenated(speaker):
    text = f"{LONG}. {LONG} too, {LONG}."
    speech = speaker.speak(SpeechRequest(text, untouched=True))
    assert len(speech.chunks) > 1
    for chunk in speech.chunks:
        assert len(chunk.audio) == 600 * sum(chunk.durations)
    assert edges(speaker, "One. [pause:2s] Two.", untouched=True)[1] == [pytest.approx(2.5, abs=0.01)]


@pytest.mark.parametrize(("softer", "kept"), [(1e-3, True), (1e-4, False)])
def test_a_sound_as_soft_as_silence_is_kept_by_its_alignment(checkpoint, softer, kept):
    def soft(model, ids, style, speed, seed, untouched=False):
        made = silent_model(model, ids, style, speed, seed)
        waveform = made.waveform.copy()
        first, last = made.durations[:2].sum() * 600, -made.durations[-3:].sum() * 600
        waveform[:first] *= softer
        waveform[last:] *= softer
        return made._replace(waveform=waveform)

    speech = Synthesizer(checkpoint, soft).speak(SpeechRequest("any", phonemes="fˈItɪf."))
    loud = Synthesizer(checkpoint, silent_model).speak(SpeechRequest("any", phonemes="fˈItɪf."))
    missing = (0.1 if kept else 0.15) * RATE  # the full stop, which nobody speaks; the last f, in the tail; the first f
    assert len(loud.audio) - len(speech.audio) == pytest.approx(missing, abs=300)
    if kept:
        assert speech.timings[0][1] - speech.timings[0][0] == pytest.approx(0.05, abs=1e-6)


@pytest.mark.parametrize("speed", [0.5, 1.0, 2.0])
def test_a_symbol_is_heard_before_its_token(speed):
    """Early by as much as the model's sounds are, but within what is kept."""
    edges = np.array([0, 4_800, 9_600, 14_400, 19_200, 24_000])
    early = EARLY / speed
    times = heard_times(edges, RATE, speed, 0, 24_000, 3.0)
    assert times == tuple(
        (pytest.approx(3 + at - early, abs=1e-4), pytest.approx(3.2 + at - early, abs=1e-4)) for at in (0.2, 0.4, 0.6)
    )
    cut = heard_times(edges, RATE, speed, 6_000, 12_000, 3.0)
    assert cut[0][0] == 3.0
    assert cut[-1] == (3.25, 3.25)
    assert [after[0] == before[1] for before, after in itertools.pairwise(cut)] == [True, True]


@pytest.mark.parametrize("text", ["Hello there.", f"{LONG}. {LONG}."])
def test_the_noise_of_a_voice_does_not_lengthen_silences(checkpoint, text):
    """The room noise that af_nova learned is at -55 dB, and lasts for a third of a second after the last sound."""

    def noisy(model, ids, style, speed, seed, untouched=False):
        made = silent_model(model, ids, style, speed, seed)
        durations = made.durations.copy()
        durations[-3:-1] += 8  # the last sound and the mark last half a second longer than they are heard
        waveform = np.concatenate([made.waveform[:-6000], np.zeros(16 * 600, np.float32), made.waveform[-6000:]])
        waveform[len(made.waveform) - 6000 : -6000] = 0.5 * 10 ** (-56 / 20) * np.sin(np.arange(16 * 600) / 3)
        return made._replace(waveform=waveform, durations=durations, f0=np.pad(made.f0, (0, 32)))

    speech = Synthesizer(checkpoint, noisy).speak(SpeechRequest(text))
    heard = np.flatnonzero(levels(speech.audio, 24) > 2e-3)
    assert len(speech.audio) / RATE - (heard[-1] + 1) / 1000 == pytest.approx(TAIL, abs=0.01)
    pauses = [(after - before - 1) / 1000 for before, after in itertools.pairwise(heard) if after - before > 10]
    assert pauses == [pytest.approx(GAPS["."], abs=0.015)] * len(pauses)
    assert len(pauses) == len(speech.chunks) - 1


@pytest.mark.parametrize("field", ["pause_scale", "even_loudness", "untouched"])
@pytest.mark.parametrize("value", ["yes", -1.0, float("nan"), None, 3.1, 2])
def test_the_fields_of_phrasing_are_checked(field, value):
    if field == "pause_scale" and value == 2:
        assert SpeechRequest("Hello.", pause_scale=value).pause_scale == 2.0
        return
    with pytest.raises(RequestError, match=field):
        SpeechRequest("Hello.", **{field: value})


def test_the_fields_of_phrasing_are_in_links():
    request = SpeechRequest("Hello.", pause_scale=0.5, even_loudness=True, untouched=True)
    link = share_link(request, "https://example.org")
    assert request_from_link(link) == request
    for broken in ("pause_scale=9", "untouched=True", "even_loudness=2", "pause_scale=nan"):
        with pytest.raises(RequestError, match=broken.partition("=")[0]):
            request_from_link(f"https://example.org/?text=Hello&{broken}")
