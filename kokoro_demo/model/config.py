"""Every size of the model, read from a checkpoint's ``config.json``.

The reference implementation fixes some sizes in its code; here they are optional keys whose defaults are its
values, so that a small model is the same classes with another config.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, TypeVar

from kokoro_demo.errors import CheckpointError


@dataclass(frozen=True, slots=True)
class PlbertConfig:
    """Sizes of PL-BERT, an ALBERT whose one layer is applied `num_hidden_layers` times."""

    hidden_size: int = 768
    num_attention_heads: int = 12
    intermediate_size: int = 2048
    max_position_embeddings: int = 512
    num_hidden_layers: int = 12
    embedding_size: int = 128


@dataclass(frozen=True, slots=True)
class DecoderConfig:
    """Widths of the decoder before the vocoder."""

    hidden_dim: int = 1024
    residual_dim: int = 64


@dataclass(frozen=True, slots=True)
class SourceConfig:
    """The harmonic source: sines at F0 and its overtones where voiced, noise elsewhere."""

    harmonics: int = 8
    sine_amplitude: float = 0.1
    noise_std: float = 0.003
    voiced_threshold: float = 10.0
    sample_rate: int = 24_000


@dataclass(frozen=True, slots=True)
class VocoderConfig:
    """Sizes of the iSTFTNet vocoder.

    noise_res_kernel_sizes: one a stage, for the blocks that the source passes before it is added.
    """

    upsample_rates: tuple[int, ...] = (10, 6)
    upsample_kernel_sizes: tuple[int, ...] = (20, 12)
    upsample_initial_channel: int = 512
    resblock_kernel_sizes: tuple[int, ...] = (3, 7, 11)
    resblock_dilation_sizes: tuple[tuple[int, ...], ...] = ((1, 3, 5), (1, 3, 5), (1, 3, 5))
    noise_res_kernel_sizes: tuple[int, ...] = (7, 11)
    noise_res_dilations: tuple[int, ...] = (1, 3, 5)
    gen_istft_n_fft: int = 20
    gen_istft_hop_size: int = 5

    @property
    def samples_per_f0(self) -> int:
        """Samples that one value of F0 lasts: 300 in Kokoro, half a duration frame."""
        return math.prod(self.upsample_rates) * self.gen_istft_hop_size


@dataclass(frozen=True, slots=True)
class ModelConfig:
    """Sizes of the whole model."""

    n_token: int
    hidden_dim: int
    style_dim: int
    n_layer: int
    max_dur: int
    text_encoder_kernel_size: int
    plbert: PlbertConfig
    decoder: DecoderConfig
    source: SourceConfig
    istftnet: VocoderConfig

    @classmethod
    def from_dict(cls, config: Mapping[str, Any]) -> ModelConfig:
        """Read a parsed ``config.json``. Keys that decide no size are ignored.

        Raises:
            CheckpointError: where a size is missing or of the wrong kind.
        """
        sizes: dict[str, int] = {}
        for name in ("n_token", "hidden_dim", "style_dim", "n_layer", "max_dur", "text_encoder_kernel_size"):
            value = config.get(name)
            if isinstance(value, bool) or not isinstance(value, int) or value < 1:
                raise CheckpointError(f"config.json is not a Kokoro config: {name!r} must be a whole number above 0.")
            sizes[name] = value
        return cls(
            n_token=sizes["n_token"],
            hidden_dim=sizes["hidden_dim"],
            style_dim=sizes["style_dim"],
            n_layer=sizes["n_layer"],
            max_dur=sizes["max_dur"],
            text_encoder_kernel_size=sizes["text_encoder_kernel_size"],
            plbert=_section(PlbertConfig, config.get("plbert", {}), "plbert"),
            decoder=_section(DecoderConfig, config.get("decoder", {}), "decoder"),
            source=_section(SourceConfig, config.get("source", {}), "source"),
            istftnet=_section(VocoderConfig, config.get("istftnet", {}), "istftnet"),
        )

    @property
    def max_phonemes(self) -> int:
        """Phonemes that fit one utterance: the context less the pad at either end."""
        return self.plbert.max_position_embeddings - 2


_Section = TypeVar("_Section", PlbertConfig, DecoderConfig, SourceConfig, VocoderConfig)


def _section(kind: type[_Section], values: object, name: str) -> _Section:
    if not isinstance(values, Mapping):
        raise CheckpointError(f"config.json is not a Kokoro config: {name!r} must be an object.")
    known = {field.name: field.default for field in fields(kind)}
    chosen = {}
    for key, default in known.items():
        if key in values:
            value = _frozen(values[key])
            numbers = isinstance(value, int | float) and not isinstance(value, bool)
            if isinstance(value, tuple) != isinstance(default, tuple) or not (isinstance(value, tuple) or numbers):
                raise CheckpointError(f"config.json is not a Kokoro config: {name}.{key} is {values[key]!r}.")
            chosen[key] = value
    return kind(**chosen)


def _frozen(value: Any) -> Any:
    return tuple(_frozen(item) for item in value) if isinstance(value, list | tuple) else value


# The sizes of hexgrad/Kokoro-82M.
KOKORO_V1 = ModelConfig(
    n_token=178,
    hidden_dim=512,
    style_dim=128,
    n_layer=3,
    max_dur=50,
    text_encoder_kernel_size=5,
    plbert=PlbertConfig(),
    decoder=DecoderConfig(),
    source=SourceConfig(),
    istftnet=VocoderConfig(),
)
