"""The statistics of the vocoder's AdaIN, foretold by a regression that was learned on Kokoro's voices.

``python -m tools.vocoder_statistics`` learns it and writes the file. It knows one set of weights and the styles of the
packs that it learned from; for all others there is no forecast, and the vocoder runs over whole utterances.
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
SHA256 = "881ec1e08d417c1298178f72dc06e79a4c3061fc5df37956b9ae701dc7d8e0a7"


class Forecast:
    """Foretells the statistics of an utterance from what `adain_statistics.known_beforehand` returns.

    arrays, for V voices, I inputs, K components, Q of the inputs' principal components and N outputs:
        weights: the digest of the vocoder that it was learned on (`digest_of`).
        styles: (V, rows) uint64, `style_key` of each row of the voices' packs.
        inputs_mean, inputs_scale: (I,). What follows takes (inputs - mean) / scale.
        shared: (I, K), principal: (I, Q), slopes: (V, Q, K), offsets: (V, K).
        basis: (K, N) int8, basis_scale: (K,).
        usual: (N,), voices: (V, N) int8, voices_scale: (N,): what each voice usually has.
        gains: (V,): what makes each voice as loud as it is with its own statistics.
        scale: (N / 2,): of the means; they are foretold in units of the channel's usual deviation, and beside them half
            of the logarithms of the variances, so that equal errors are about equally audible.
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
        """Which of the known voices a row of a pack belongs to; None if it is of no known one. style: (1, width)."""
        return self._voices.get(style_key(style))

    def gain(self, voice: int) -> float:
        """What a waveform made with the foretold statistics is multiplied by. voice: from `voice_of`."""
        return float(self._arrays["gains"][voice])

    def statistics(self, known: Tensor, voice: int) -> Tensor:
        """As `adain_statistics.measured` returns them. voice: from `voice_of`."""
        have = self._arrays
        inputs = (known.numpy() - have["inputs_mean"]) / have["inputs_scale"]
        components = inputs @ have["shared"] + (inputs @ have["principal"]) @ have["slopes"][voice]
        components = (components + have["offsets"][voice]) * have["basis_scale"]
        found = have["usual"] + have["voices"][voice] * have["voices_scale"] + components @ have["basis"]
        means, deviations = np.split(found.astype(np.float32), 2)
        return torch.from_numpy(np.concatenate([means * have["scale"], 2 * deviations]))


def forecast_for(vocoder: FastVocoder) -> Forecast | None:
    """The forecast for a vocoder's weights; None if it was learned on others.

    Raises:
        CheckpointError: if its file is missing or damaged.
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
    """The forecast in the bytes of a file."""
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        return Forecast(dict(arrays))


def digest_of(vocoder: FastVocoder) -> str:
    """What tells a vocoder's weights from others: 16 hexadecimal digits of the biases of its AdaIN."""
    digest = hashlib.sha256()
    for norm in adaptive_norms(vocoder):
        digest.update(norm.fc.bias.detach().float().cpu().numpy().tobytes())
    return digest.hexdigest()[:16]


def style_key(style: Tensor) -> int:
    """What tells a style from others: 64 bits of its digest. style: (1, width)."""
    return int.from_bytes(hashlib.sha256(style.float().numpy().tobytes()).digest()[:8], "little")
