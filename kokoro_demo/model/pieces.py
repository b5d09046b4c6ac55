"""Generates an utterance in pieces, so that its beginning is heard while the rest is still being generated.

Prosody, decoder and source are computed for the whole utterance. The vocoder then runs over some of the frames at a
time, with AdaIN statistics that are predicted (`forecast`) and the same for all pieces, so that there are no seams.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import torch
from torch import Tensor

from kokoro_demo.errors import CheckpointError
from kokoro_demo.model.adain_statistics import fixed_statistics, forecast_inputs
from kokoro_demo.model.fast import FastDecoder, Normalise
from kokoro_demo.model.forecast import Forecast, forecast_for
from kokoro_demo.model.kokoro import Kokoro, Prosody

VOCODERS = ("exact", "pieces")
# In steps of F0, 80 for each second, as are the numbers below. With this much context on either side, a piece differs
# from the whole only by rounding, a millionth.
CONTEXT = 12
# The first piece is short; each further one is generated while those before it play.
FIRST, GROWTH, LONGEST = 60, 1.35, 320
# Shorter utterances are quickly generated whole, and their statistics are predicted less well.
SHORTEST = 240
# The range of speeds for which forecasts were tested.
MIN_SPEED, MAX_SPEED = 0.8, 1.25


def chosen_vocoder() -> str:
    """Return "exact" or "pieces": the value of ``KOKORO_VOCODER``; defaults to "exact".

    Raises:
        CheckpointError: if the variable has another value.
    """
    chosen = os.environ.get("KOKORO_VOCODER", "").strip().lower() or "exact"
    if chosen not in VOCODERS:
        raise CheckpointError(f"KOKORO_VOCODER is {chosen!r}. Set it to {' or '.join(VOCODERS)}.")
    return chosen


def prefer_pieces() -> None:
    """Let this process voice utterances in pieces unless ``KOKORO_VOCODER`` chooses otherwise. Call it before a
    checkpoint is loaded."""
    os.environ["KOKORO_VOCODER"] = os.environ.get("KOKORO_VOCODER", "").strip() or "pieces"


def pieces_of(model: Kokoro) -> Pieces | None:
    """Return what generates a model's utterances in pieces; None if the forecast was fitted to other weights.

    Raises:
        CheckpointError: if the forecast is missing or damaged.
    """
    if not isinstance(decoder := model.decoder, FastDecoder):
        return None
    forecast = forecast_for(decoder.generator)
    return None if forecast is None else Pieces(decoder, forecast)


def use_chosen_vocoder(model: Kokoro) -> None:
    """Have a model generate its utterances as ``KOKORO_VOCODER`` says. Call it once the weights are loaded.

    Raises:
        CheckpointError: see `chosen_vocoder` and `pieces_of`.
    """
    model.pieces = pieces_of(model) if chosen_vocoder() == "pieces" else None


def piece_ends(length: int, silent: int) -> list[int]:
    """Return the ends of the pieces of an utterance, in steps of F0. The first `silent` steps come before the speech. A
    short remainder is part of the last piece."""
    ends, size = list[int](), float(silent + FIRST)
    while (reached := (ends[-1] if ends else 0) + round(size)) + FIRST <= length:
        ends.append(reached)
        size = min((size if len(ends) > 1 else FIRST) * GROWTH, LONGEST)
    return [*ends, length]


class Pieces:
    """Generates the utterances of a decoder in pieces, if their statistics can be predicted."""

    def __init__(self, decoder: FastDecoder, forecast: Forecast) -> None:
        self._decoder, self._forecast = decoder, forecast

    def supports(self, prosody: Prosody, style: Tensor, speed: float) -> bool:
        """Whether an utterance can be generated in pieces. style: (1, 2 * style_dim), a row of a pack."""
        length = prosody.f0.shape[1]
        known = style.device.type == "cpu" and self._forecast.voice_of(style) is not None
        return known and length >= SHORTEST and MIN_SPEED <= speed <= MAX_SPEED

    def waveforms(self, prosody: Prosody, style: Tensor, timbre: Tensor, noise: Tensor) -> Iterator[Tensor]:
        """Yield the pieces of a supported utterance, (samples,) each, generated on demand.

        timbre: (1, style_dim), the decoder's part of the style.
        """
        begun = self._begin(prosody, style, timbre, noise)
        start = 0
        for end in piece_ends(prosody.f0.shape[1], silent=2 * int(prosody.durations[0])):
            yield self._piece(*begun, start, end)
            start = end

    @torch.inference_mode()
    def _begin(
        self, prosody: Prosody, style: Tensor, timbre: Tensor, noise: Tensor
    ) -> tuple[Tensor, Tensor, Normalise, float]:
        vocoder = self._decoder.generator
        x = self._decoder.features(prosody.text, prosody.f0, prosody.energy, timbre)
        source = vocoder.source_rows(prosody.f0, noise)
        known = forecast_inputs(vocoder, x, source, prosody.f0, prosody.energy)
        voice = self._forecast.voice_of(style)
        assert voice is not None, "supports was not checked"
        normalise = fixed_statistics(vocoder, self._forecast.statistics(known, voice), timbre)
        return x, source, normalise, self._forecast.gain(voice)

    @torch.inference_mode()
    def _piece(self, x: Tensor, source: Tensor, normalise: Normalise, gain: float, start: int, end: int) -> Tensor:
        vocoder = self._decoder.generator
        first, last = max(0, start - CONTEXT), min(len(x), end + CONTEXT)
        rows_per_step = (len(source) - 1) // len(x)
        waveform = vocoder.vocode_rows(
            x[first:last], source[first * rows_per_step : last * rows_per_step + 1], normalise
        )[0]
        samples = len(waveform) // (last - first)
        return waveform[(start - first) * samples : (end - first) * samples] * gain
