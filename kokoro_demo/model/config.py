"""All sizes of the model, read from a checkpoint's ``config.json``.

The reference implementation hard-codes some sizes. Here they are optional keys whose defaults are its values, so that
a small model uses the same classes with another config.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, NamedTuple, TypeVar

from kokoro_demo.errors import CheckpointError


@dataclass(frozen=True, slots=True)
class PlbertConfig:
    """Sizes of PL-BERT, an ALBERT: one layer, applied `num_hidden_layers` times."""

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
    """The harmonic source: sines at F0 and its overtones in voiced frames, noise in the others."""

    harmonics: int = 8
    sine_amplitude: float = 0.1
    noise_std: float = 0.003
    voiced_threshold: float = 10.0
    sample_rate: int = 24_000


@dataclass(frozen=True, slots=True)
class VocoderConfig:
    """Sizes of the iSTFTNet vocoder.

    noise_res_kernel_sizes: one for each stage, of the residual block that the source passes before it is added.
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
        """Samples for each value of F0: 300 in Kokoro, half a frame."""
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
    def from_dict(cls, config: Mapping[str, Any], file: str = "config.json") -> ModelConfig:
        """Read a parsed ``config.json``. Keys that are not sizes are ignored.

        file: its name, for the error message.

        Raises:
            CheckpointError: naming the key, if a size is missing, of the wrong type, out of range, or incompatible with
                the others.
        """
        try:
            sizes = {name: _number(config.get(name), bound, name) for name, bound in SIZES.items()}
            model = cls(
                **sizes,
                plbert=_section(PlbertConfig, config.get("plbert", {}), "plbert"),
                decoder=_section(DecoderConfig, config.get("decoder", {}), "decoder"),
                source=_section(SourceConfig, config.get("source", {}), "source"),
                istftnet=_section(VocoderConfig, config.get("istftnet", {}), "istftnet"),
            )
            _check_together(model)
        except ValueError as fault:
            raise CheckpointError(f"{file} describes no Kokoro that can be spoken with: {fault}.") from None
        return model

    @property
    def max_phonemes(self) -> int:
        """The most phonemes in one utterance: the context minus the two padding tokens."""
        return self.plbert.max_position_embeddings - 2


class Bound(NamedTuple):
    """The lowest and the highest value of a number, or of every number in a list.

    whole: whether it must be a whole number.
    """

    lowest: float
    highest: float
    whole: bool = True


# Each range includes the value of Kokoro v1 (`KOKORO_V1`) and those of any plausible smaller or larger model. A value
# outside is a mistake, or an attempt to exhaust the machine.
SIZES = {
    "n_token": Bound(2, 10_000),
    "hidden_dim": Bound(2, 4096),
    "style_dim": Bound(1, 1024),
    "n_layer": Bound(1, 32),
    "max_dur": Bound(1, 400),
    "text_encoder_kernel_size": Bound(1, 63),
}
SECTION_SIZES = {
    "plbert.hidden_size": Bound(1, 4096),
    "plbert.num_attention_heads": Bound(1, 256),
    "plbert.intermediate_size": Bound(1, 16_384),
    "plbert.max_position_embeddings": Bound(32, 512),
    "plbert.num_hidden_layers": Bound(1, 64),
    "plbert.embedding_size": Bound(1, 4096),
    "decoder.hidden_dim": Bound(1, 4096),
    "decoder.residual_dim": Bound(1, 1024),
    "source.harmonics": Bound(0, 64),
    "source.sine_amplitude": Bound(0, 10, whole=False),
    "source.noise_std": Bound(0, 10, whole=False),
    "source.voiced_threshold": Bound(0, 1000, whole=False),
    # The page, the audio files and the API support no other rate.
    "source.sample_rate": Bound(24_000, 24_000),
    "istftnet.upsample_rates": Bound(2, 100),
    "istftnet.upsample_kernel_sizes": Bound(2, 200),
    "istftnet.upsample_initial_channel": Bound(2, 4096),
    "istftnet.resblock_kernel_sizes": Bound(1, 63),
    "istftnet.resblock_dilation_sizes": Bound(1, 64),
    "istftnet.noise_res_kernel_sizes": Bound(1, 63),
    "istftnet.noise_res_dilations": Bound(1, 64),
    "istftnet.gen_istft_n_fft": Bound(2, 1024),
    "istftnet.gen_istft_hop_size": Bound(1, 512),
}
SAMPLES_PER_FRAME = 600
MAX_ITEMS = 8

_Section = TypeVar("_Section", PlbertConfig, DecoderConfig, SourceConfig, VocoderConfig)


def _section(kind: type[_Section], values: object, name: str) -> _Section:
    if not isinstance(values, Mapping):
        raise ValueError(f"{name} is {_shown(values)} and must be an object")
    known = {field.name: field.default for field in fields(kind)}
    chosen = {}
    for key, default in known.items():
        if key in values:
            path = f"{name}.{key}"
            depth = 0 if not isinstance(default, tuple) else 2 if isinstance(default[0], tuple) else 1
            chosen[key] = _numbers(values[key], SECTION_SIZES[path], path, depth)
    return kind(**chosen)


def _numbers(value: Any, bound: Bound, name: str, depth: int) -> Any:
    """A number for `depth` 0, a tuple of numbers for 1, a tuple of tuples for 2."""
    if depth == 0:
        return _number(value, bound, name)
    if not isinstance(value, list | tuple) or not 1 <= len(value) <= MAX_ITEMS:
        raise ValueError(f"{name} is {_shown(value)} and must be a list of 1 to {MAX_ITEMS}")
    return tuple(_numbers(item, bound, f"{name}[{place}]", depth - 1) for place, item in enumerate(value))


def _number(value: Any, bound: Bound, name: str) -> Any:
    kinds = (int,) if bound.whole else (int, float)
    if type(value) in kinds and bound.lowest <= value <= bound.highest:
        return value
    if bound.lowest == bound.highest:
        raise ValueError(f"{name} is {_shown(value)}, and only {bound.lowest:g} can be spoken")
    kind = "whole number" if bound.whole else "number"
    raise ValueError(f"{name} is {_shown(value)} and must be a {kind} from {bound.lowest:g} to {bound.highest:g}")


def _shown(value: object) -> str:
    """A short description of any value, for an error message."""
    if value is None:
        return "missing"
    if isinstance(value, bool | int | float | str):
        written = str(value) if not isinstance(value, int) or value.bit_length() < 200 else "a huge number"
        return repr(value[:40]) if isinstance(value, str) else written[:40]
    return "a list" if isinstance(value, list | tuple) else "an object"


def _check_together(model: ModelConfig) -> None:
    """Check that sizes which are valid by themselves fit together.

    Raises:
        ValueError: naming those that do not.
    """
    plbert, vocoder = model.plbert, model.istftnet
    _even("hidden_dim", model.hidden_dim)  # half for each direction of an LSTM
    _odd("text_encoder_kernel_size", model.text_encoder_kernel_size)
    if plbert.hidden_size % plbert.num_attention_heads:
        raise ValueError(
            f"plbert.hidden_size is {plbert.hidden_size} and must be a multiple of plbert.num_attention_heads, "
            f"{plbert.num_attention_heads}"
        )
    stages = len(vocoder.upsample_rates)
    for name in ("upsample_kernel_sizes", "noise_res_kernel_sizes"):
        if len(getattr(vocoder, name)) != stages:
            raise ValueError(f"istftnet.{name} must have as many numbers as istftnet.upsample_rates, {stages}")
    if len(vocoder.resblock_dilation_sizes) != len(vocoder.resblock_kernel_sizes):
        raise ValueError(
            "istftnet.resblock_dilation_sizes must have as many lists as istftnet.resblock_kernel_sizes has numbers"
        )
    for rate, kernel in zip(vocoder.upsample_rates, vocoder.upsample_kernel_sizes, strict=True):
        if kernel < rate or (kernel - rate) % 2:
            raise ValueError(f"istftnet.upsample_kernel_sizes has {kernel}, which is not {rate} and an even number")
    for name in ("resblock_kernel_sizes", "noise_res_kernel_sizes"):
        for kernel in getattr(vocoder, name):
            _odd(f"istftnet.{name}", kernel)
    if vocoder.upsample_initial_channel % 2**stages:
        raise ValueError(
            f"istftnet.upsample_initial_channel is {vocoder.upsample_initial_channel} and must be halved {stages} times"
        )
    _even("istftnet.gen_istft_n_fft", vocoder.gen_istft_n_fft)
    if 2 * vocoder.gen_istft_hop_size > vocoder.gen_istft_n_fft:
        raise ValueError("istftnet.gen_istft_hop_size must be at most half of istftnet.gen_istft_n_fft")
    if 2 * vocoder.samples_per_f0 != SAMPLES_PER_FRAME:
        raise ValueError(
            f"istftnet.upsample_rates and istftnet.gen_istft_hop_size make frames of {2 * vocoder.samples_per_f0} "
            f"samples, and only {SAMPLES_PER_FRAME} can be spoken"
        )


def _even(name: str, value: int) -> None:
    if value % 2:
        raise ValueError(f"{name} is {value} and must be even")


def _odd(name: str, value: int) -> None:
    if value % 2 == 0:
        raise ValueError(f"{name} has {value}, which must be odd")


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
