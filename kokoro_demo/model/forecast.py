"""Predicts the AdaIN statistics of the vocoder, by a linear regression that was fitted to Kokoro's voices.

``python -m tools.vocoder_statistics`` fits it and writes the file. It is valid for one set of weights and for the
styles of the packs that it was fitted to. For all others there is no prediction, and the vocoder runs over whole
utterances.
"""

from __future__ import annotations

import functools
import hashlib
import io
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from kokoro_demo.errors import CheckpointError
from kokoro_demo.model.adain_statistics import adaptive_norms
from kokoro_demo.model.fast import FastVocoder

FILE = Path(__file__).with_name("forecast.npz")
SHA256 = "32d76ef673798c563f15d3c72389d88f33a5f824fd678e574d4732d7a8c21bbb"


class Forecast:
    """Predicts the statistics of an utterance from the output of `adain_statistics.forecast_inputs`.

    arrays, for V voices, I inputs, K components, Q principal components of the inputs, and N outputs:
        weights: the digest of the vocoder that it was fitted to (`digest_of`).
        styles: (V, rows) uint64, `style_key` of each row of the voices' packs.
        inputs_mean, inputs_scale: (I,). The regression takes (inputs - mean) / scale.
        shared: (I, K), principal: (I, Q), slopes: (V, Q, K), offsets: (V, K).
        basis: (K, N) int8, basis_scale: (K,).
        usual: (N,), voices: (V, N) int8, voices_scale: (N,): the average of all voices, and each voice's difference.
        gains: (V,): restore the loudness that each voice has with its measured statistics.
        scale: (N / 2,): of the means, which are predicted in units of the channel's standard deviation. The other
            outputs are halves of the log variances, so that equal errors are about equally audible.
    """

    def __init__(self, arrays: dict[str, NDArray[Any]]) -> None:
        self.weights = str(arrays["weights"])
        self._voices = {int(key): voice for voice, keys in enumerate(arrays["styles"]) for key in keys}
        self._arrays = {
            name: values if values.dtype == np.int8 else values.astype(np.float32)
            for name, values in arrays.items()
            if name not in ("weights", "styles")
        }

    def voice_of(self, style: Tensor) -> int | None:
        """Return the index of the voice that a row of a pack belongs to; None if it is unknown. style: (1, width)."""
        return self._voices.get(style_key(style))

    def gain(self, voice: int) -> float:
        """Return the factor for waveforms that were made with predicted statistics. voice: from `voice_of`."""
        return float(self._arrays["gains"][voice])

    def statistics(self, known: Tensor, voice: int) -> Tensor:
        """Return the predicted statistics in the form of `adain_statistics.measure_statistics`.

        known: from `adain_statistics.forecast_inputs`. voice: from `voice_of`.
        """
        have = self._arrays
        inputs = (known.numpy() - have["inputs_mean"]) / have["inputs_scale"]
        components = inputs @ have["shared"] + (inputs @ have["principal"]) @ have["slopes"][voice]
        components = (components + have["offsets"][voice]) * have["basis_scale"]
        outputs = have["usual"] + have["voices"][voice] * have["voices_scale"] + components @ have["basis"]
        means, deviations = np.split(outputs.astype(np.float32), 2)
        return torch.from_numpy(np.concatenate([means * have["scale"], 2 * deviations]))


def forecast_for(vocoder: FastVocoder) -> Forecast | None:
    """Return the forecast for a vocoder's weights; None if it was fitted to others.

    Raises:
        CheckpointError: if the forecast's file is missing or damaged.
    """
    forecast = _read()
    return forecast if forecast.weights == digest_of(vocoder) else None


@functools.lru_cache(maxsize=1)
def _read() -> Forecast:
    try:
        content = FILE.read_bytes()
    except OSError as error:
        raise CheckpointError(f"{FILE} cannot be read: {error.strerror}. Install the package again.") from error
    if hashlib.sha256(content).hexdigest() != SHA256:
        raise CheckpointError(f"{FILE} is damaged. Install the package again.")
    return read_forecast(content)


def read_forecast(content: bytes) -> Forecast:
    """Read a forecast from the bytes of its file."""
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        return Forecast(dict(arrays))


def digest_of(vocoder: FastVocoder) -> str:
    """Return an identifier of a vocoder's weights: 16 hexadecimal digits, from the biases of its AdaIN layers."""
    digest = hashlib.sha256()
    for norm in adaptive_norms(vocoder):
        digest.update(norm.fc.bias.detach().float().cpu().numpy().tobytes())
    return digest.hexdigest()[:16]


def style_key(style: Tensor) -> int:
    """Return an identifier of a style: 64 bits of its SHA-256. style: (1, width)."""
    return int.from_bytes(hashlib.sha256(style.float().numpy().tobytes()).digest()[:8], "little")
