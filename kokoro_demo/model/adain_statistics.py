"""The statistics (means and variances) of the vocoder's AdaIN layers, and the inputs from which they are predicted.

Normalisation over time is the only part of the vocoder that depends on a whole utterance; every other layer sees a
few frames. If the statistics are known, the vocoder can therefore run over an utterance in pieces.
"""

from __future__ import annotations

from collections.abc import Mapping

import torch
import torch.nn.functional as F
from torch import Tensor

from kokoro_demo.model.fast import FastVocoder, Normalise, RowAdaIN, moments
from kokoro_demo.model.interruption import check_interruption
from kokoro_demo.model.vocoder import HarmonicSource

TINY = 1e-8


def adaptive_norms(vocoder: FastVocoder) -> list[RowAdaIN]:
    """Return the AdaIN layers of the vocoder, always in the same order."""
    return [module for module in vocoder.modules() if isinstance(module, RowAdaIN)]


def measure_statistics(vocoder: FastVocoder, x: Tensor, source: Tensor, style: Tensor) -> tuple[Tensor, Tensor]:
    """Return the waveform of a whole utterance, (1, samples), and the statistics of its AdaIN layers, (outputs,).

    x, source: see `FastVocoder.vocode_rows`. style: (1, style_dim).
    The statistics are the means of all `adaptive_norms`, concatenated, followed by the logarithms of the variances.
    """
    statistics: dict[RowAdaIN, tuple[Tensor, Tensor]] = {}

    def normalise(norm: RowAdaIN, rows: Tensor) -> tuple[Tensor, Tensor]:
        statistics[norm] = moments(rows)
        return norm.affine(*statistics[norm], style)

    waveform = vocoder.vocode_rows(x, source, normalise)
    means, variances = zip(*(statistics[norm] for norm in adaptive_norms(vocoder)), strict=True)
    return waveform, torch.cat([torch.cat(means), torch.cat(variances).clamp(min=TINY).log()])


def fixed_statistics(vocoder: FastVocoder, statistics: Tensor, style: Tensor) -> Normalise:
    """Return a function that normalises with the given statistics (see `measure_statistics`), whatever rows it is
    given."""
    norms = adaptive_norms(vocoder)
    sizes = [norm.fc.out_features // 2 for norm in norms]
    means, variances = (half.split(sizes) for half in statistics.chunk(2))
    changes: Mapping[RowAdaIN, tuple[Tensor, Tensor]] = {
        norm: norm.affine(mean, variance.exp(), style)
        for norm, mean, variance in zip(norms, means, variances, strict=True)
    }

    def normalise(norm: RowAdaIN, rows: Tensor) -> tuple[Tensor, Tensor]:
        check_interruption()
        return changes[norm]

    return normalise


def forecast_inputs(vocoder: FastVocoder, x: Tensor, source: Tensor, f0: Tensor, energy: Tensor) -> Tensor:
    """Return the features of an utterance from which its AdaIN statistics are predicted, (features,) float32.

    They are cheap to compute before the vocoder runs: means and log variances over time of the vocoder's inputs, and of
    the first layers applied to them; and the pitch, voicing, energy and length.

    x: (2L, upsample_initial_channel), the decoder's features. source: see `FastVocoder.source_rows`. f0: (1, 2L) Hz.
    energy: (1, 2L).
    """
    parts = [F.leaky_relu(x, vocoder.slope).mean(dim=0)]
    for rows in (x, source, *(conv(source) for conv in vocoder.noise_convs)):
        mean, variance = moments(rows)
        parts += [mean, variance.clamp(min=TINY).log()]
    return torch.cat([*parts, _curves(vocoder.m_source, f0[0], energy[0])])


def _curves(source: HarmonicSource, f0: Tensor, energy: Tensor) -> Tensor:
    voiced = f0 > source.config.voiced_threshold
    pitch = f0[voiced].log() if voiced.any() else f0.new_zeros(1)
    return torch.stack(
        [
            pitch.mean(),
            pitch.var(unbiased=False),
            voiced.float().mean(),
            energy.mean(),
            energy.var(unbiased=False),
            f0.new_tensor(float(len(f0))).log(),
        ]
    )
