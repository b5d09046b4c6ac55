"""The regression that predicts the vocoder's AdaIN statistics, and the mean that draws uncertain levels together.

Sizes in the docstrings: O observations, V voices, I inputs, N outputs, S shared and Q own components, K components of
the outputs.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

# The number of principal components of the inputs for which all voices share slopes, and for which each voice has its
# own; the strength of the ridge; and the number of components of the outputs.
SHARED, OWN, RIDGE, COMPONENTS = 320, 20, 30.0, 112

Array = NDArray[Any]


def fit(known: Array, statistics: Array, owners: Array) -> dict[str, Array]:
    """Fit everything in a `Forecast` but `styles`, `weights` and `gains`.

    known: (O, I), statistics: (O, N), owners: (O,), the number of each one's voice.

    A ridge regression on the principal components of the inputs, centred for each voice. All voices share the slopes of
    the first `SHARED` components, and each voice adds its own for the first `OWN`. `COMPONENTS` of the prediction are
    kept.
    """
    voices = int(owners.max()) + 1
    outputs, scale = _outputs_of(statistics)
    output_means = _means_by_voice(outputs, owners)
    inputs_mean, inputs = known.mean(axis=0), known.astype(np.float64)
    input_means = _means_by_voice(inputs, owners)
    inputs -= input_means[owners]
    inputs_scale = inputs.std(axis=0) + 1e-6
    inputs /= inputs_scale

    principal = _principal_directions(inputs)
    shared = principal.shape[1]
    own_count = min(OWN, shared)
    design = _design(inputs @ principal, owners, voices, own_count)
    slopes = _ridge(design, outputs - output_means[owners])
    slopes, basis = _main_components(design, slopes)
    shared_slopes, own_slopes = slopes[:shared], slopes[shared:].reshape(voices, own_count, -1)

    # `Forecast` centres its inputs by the mean of all voices: the offsets make up for the mean of each voice.
    voice_components = (input_means - inputs_mean) / inputs_scale @ principal
    offsets = -(voice_components @ shared_slopes + np.einsum("vq,vqk->vk", voice_components[:, :own_count], own_slopes))
    # float16 loses small values, so the slopes of every component are scaled to 1.
    sizes = np.abs(shared_slopes).max(axis=0)
    shared_slopes, own_slopes, offsets = shared_slopes / sizes, own_slopes / sizes, offsets / sizes
    basis_integers, basis_scale = quantised(basis, axis=1)
    outputs_mean = output_means.mean(axis=0)
    voices_integers, voices_scale = quantised(output_means - outputs_mean, axis=0)
    return {
        "inputs_mean": inputs_mean.astype(np.float32),
        "inputs_scale": inputs_scale.astype(np.float32),
        "shared": (principal @ shared_slopes).astype(np.float16),
        "principal": principal[:, :own_count].astype(np.float16),
        "slopes": own_slopes.astype(np.float16),
        "offsets": offsets.astype(np.float32),
        "basis": basis_integers,
        "basis_scale": basis_scale[:, 0] * sizes.astype(np.float32),
        "usual": outputs_mean.astype(np.float32),
        "voices": voices_integers,
        "voices_scale": voices_scale[0],
        "scale": scale.astype(np.float32),
    }


def _outputs_of(statistics: Array) -> tuple[Array, Array]:
    """Return what the regression predicts, (O, N), and the `scale` of `Forecast`, (N / 2,).

    statistics: means and log variances, (O, N).
    """
    means, log_variances = np.split(statistics, 2, axis=1)
    scale = np.exp(0.5 * log_variances.mean(axis=0))
    return np.concatenate([means / scale, 0.5 * log_variances], axis=1).astype(np.float64), scale


def _means_by_voice(values: Array, owners: Array) -> Array:
    """Return the mean of each voice's rows, (V, width)."""
    return np.stack([values[owners == voice].mean(axis=0) for voice in range(int(owners.max()) + 1)])


def _principal_directions(inputs: Array) -> Array:
    """Return the directions of the largest principal components, (I, S), scaled so that these have a variance of 1."""
    _, sizes, directions = np.linalg.svd(inputs, full_matrices=False)
    count = min(SHARED, int((sizes > 1e-6 * sizes[0]).sum()))
    return directions[:count].T / sizes[:count] * np.sqrt(len(inputs))


def _design(components: Array, owners: Array, voices: int, own_count: int) -> Array:
    """Return the design matrix, (O, S + V Q): the components, and the first of them again, for each voice."""
    by_voice = np.zeros((len(components), voices, own_count))
    by_voice[np.arange(len(components)), owners] = components[:, :own_count]
    return np.concatenate([components, by_voice.reshape(len(components), -1)], axis=1)


def _ridge(design: Array, outputs: Array) -> Array:
    """Return the slopes of a ridge regression, (S + V Q, N)."""
    return np.linalg.solve(design.T @ design + RIDGE * np.eye(design.shape[1]), design.T @ outputs)


def _main_components(design: Array, slopes: Array) -> tuple[Array, Array]:
    """Return the slopes of the largest components of the prediction, (S + V Q, K), and those components, (K, N).

    The components are those of the predicted outputs and not of the slopes, since the design's columns differ in size:
    the singular values of the prediction are those of the slopes times the Cholesky factor of the design's products.
    """
    factor = np.linalg.cholesky(design.T @ design + 1e-6 * np.eye(design.shape[1]))
    left, strengths, basis = np.linalg.svd(factor.T @ slopes, full_matrices=False)
    count = min(COMPONENTS, len(strengths))
    return np.linalg.solve(factor.T, left[:, :count] * strengths[:count]), basis[:count]


def quantised(values: Array, axis: int) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Quantise to 8 bits; returns the integers, and the scale of each row (axis 1) or column (axis 0)."""
    scale = np.abs(values).max(axis=axis, keepdims=True) / 127 + 1e-12
    return np.rint(values / scale).astype(np.int8), scale.astype(np.float32)


def shrunk(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the mean of each row, drawn towards the mean of all in proportion to its uncertainty.

    values: NaN if there is none. Empirical Bayes (Morris 1983), with the variance between rows by DerSimonian and Laird
    (1986).
    """
    counts, sums = np.isfinite(values).sum(axis=1), np.nansum(values, axis=1)
    measured = counts > 0
    means = np.divide(sums, counts, out=np.zeros(len(values)), where=measured)
    variance_within = np.nansum(np.square(values - means[:, None])) / max(1, (counts[measured] - 1).sum()) + 1e-12
    weights = counts / variance_within
    overall = np.average(means, weights=weights)
    excess = (weights * np.square(means - overall)).sum() - (measured.sum() - 1)
    variance_between = max(0.0, excess / (weights.sum() - np.square(weights).sum() / weights.sum() + 1e-12))
    return overall + weights * variance_between / (weights * variance_between + 1) * (means - overall)
