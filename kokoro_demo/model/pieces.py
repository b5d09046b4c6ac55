"""Voices an utterance in pieces, so that its beginning is heard while the rest is made.

Prosody, decoder and source are the whole utterance's. The vocoder runs over some frames at a time, with the statistics
that its AdaIN would find foretold (`forecast`) and the same for all pieces, so that there is no seam.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import torch
from torch import Tensor

from kokoro_demo.errors import CheckpointError
from kokoro_demo.model.adain_statistics import fixed, known_beforehand
from kokoro_demo.model.fast import FastDecoder, Normalise
from kokoro_demo.model.forecast import Forecast, forecast_for
from kokoro_demo.model.kokoro import Kokoro, Prosody

VOCODERS = ("exact", "pieces")
# All in steps of F0, of which there are 80 a second. With this context on either side, a piece differs from the whole
# by rounding: a millionth.
CONTEXT = 12
# The first piece is short; each further one is made while those before it are heard.
FIRST, GROWTH, LONGEST = 60, 1.35, 320
# Shorter utterances are soon voiced whole, and are foretold less well.
SHORTEST = 240
# The range of speeds in which forecasts were measured.
SLOWEST, FASTEST = 0.8, 1.25


def chosen_vocoder() -> str:
    """ "exact" or "pieces": what ``KOKORO_VOCODER`` says; "exact" by default.

    Raises:
        CheckpointError: if the variable has another value.
    """
    asked = os.environ.get("KOKORO_VOCODER", "").strip().lower() or "exact"
    if asked not in VOCODERS:
        raise CheckpointError(f"KOKORO_VOCODER is {asked!r}. Set it to {' or '.join(VOCODERS)}.")
    return asked


def pieces_of(model: Kokoro) -> Pieces | None:
    """What voices a model's utterances in pieces; None if its weights are not those that the forecast was learned on.

    Raises:
        CheckpointError: if the forecast is missing or damaged.
    """
    if not isinstance(decoder := model.decoder, FastDecoder):
        return None
    forecast = forecast_for(decoder.generator)
    return None if forecast is None else Pieces(decoder, forecast)


def use_chosen_vocoder(model: Kokoro) -> None:
    """Let a model voice its utterances as ``KOKORO_VOCODER`` says, once it has its weights.

    Raises:
        CheckpointError: as `chosen_vocoder` and `pieces_of`.
    """
    model.pieces = pieces_of(model) if chosen_vocoder() == "pieces" else None


def piece_ends(length: int, silent: int) -> list[int]:
    """Where the pieces of `length` steps of F0 end, of which the first `silent` are before the speech. A short rest
    belongs to the last piece."""
    ends, size = list[int](), float(silent + FIRST)
    while (reached := (ends[-1] if ends else 0) + round(size)) + FIRST <= length:
        ends.append(reached)
        size = min((size if len(ends) > 1 else FIRST) * GROWTH, LONGEST)
    return [*ends, length]


class Pieces:
    """Voices utterances of a decoder in pieces, if they can be foretold."""

    def __init__(self, decoder: FastDecoder, forecast: Forecast) -> None:
        self._decoder, self._forecast = decoder, forecast

    def serve(self, prosody: Prosody, style: Tensor, speed: float) -> bool:
        """Whether an utterance is voiced in pieces. style: (1, 2 * style_dim), a row of a pack."""
        length = prosody.f0.shape[1]
        known = style.device.type == "cpu" and self._forecast.voice_of(style) is not None
        return known and length >= SHORTEST and SLOWEST <= speed <= FASTEST

    def waveforms(self, prosody: Prosody, style: Tensor, timbre: Tensor, noise: Tensor) -> Iterator[Tensor]:
        """The pieces of an utterance that is served, (samples,) each, made when they are asked for.

        timbre: (1, style_dim), the part of the style that is the decoder's.
        """
        begun = self._begin(prosody, style, timbre, noise)
        start = 0
        for end in piece_ends(prosody.f0.shape[1], silent=2 * int(prosody.durations[0])):
            yield self._voice(*begun, start, end)
            start = end

    @torch.inference_mode()
    def _begin(
        self, prosody: Prosody, style: Tensor, timbre: Tensor, noise: Tensor
    ) -> tuple[Tensor, Tensor, Normalise, float]:
        vocoder = self._decoder.generator
        x = self._decoder.features(prosody.text, prosody.f0, prosody.energy, timbre)
        source = vocoder.source_rows(prosody.f0, noise)
        known = known_beforehand(vocoder, x, source, prosody.f0, prosody.energy)
        voice = self._forecast.voice_of(style)
        assert voice is not None, "serve was not asked"
        normalise = fixed(vocoder, self._forecast.statistics(known, voice), timbre)
        return x, source, normalise, self._forecast.gain(voice)

    @torch.inference_mode()
    def _voice(self, x: Tensor, source: Tensor, normalise: Normalise, gain: float, start: int, end: int) -> Tensor:
        vocoder = self._decoder.generator
        first, last = max(0, start - CONTEXT), min(len(x), end + CONTEXT)
        rows_a_step = (len(source) - 1) // len(x)
        waveform = vocoder.voice(x[first:last], source[first * rows_a_step : last * rows_a_step + 1], normalise)[0]
        samples = len(waveform) // (last - first)
        return waveform[(start - first) * samples : (end - first) * samples] * gain
