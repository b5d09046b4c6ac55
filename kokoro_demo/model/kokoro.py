"""Kokoro v1: the text side and prosody of StyleTTS 2, and an iSTFTNet vocoder; top to bottom in the order of the
data."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, Protocol

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from kokoro_demo.budget import check_frames
from kokoro_demo.model.config import ModelConfig
from kokoro_demo.model.decoder import Decoder
from kokoro_demo.model.pace import paced_durations, resampling
from kokoro_demo.model.plbert import Plbert
from kokoro_demo.model.prosody import ProsodyPredictor, durations_in_frames
from kokoro_demo.model.speech_model import Utterance
from kokoro_demo.model.text_encoder import TextEncoder
from kokoro_demo.model.vocoder import SourceSpectrum

# The highest speed at which the network articulates clearly. For a higher one, it speaks at this speed and the
# decoder's features are resampled to fewer frames: without that, a fifth of af_heart's words at speed 2 were
# misrecognised (docs/listening.md).
MAX_NETWORK_SPEED = 1.25


class Output(NamedTuple):
    """The output for one utterance.

    waveform: (samples,) float32 at 24 kHz.
    durations: (T,) int64 frames of 600 samples, so that ``len(waveform) == 600 * durations.sum()``.
    f0: (2L,) Hz, two values for each frame; unvoiced if at or below the source's threshold.
    seconds: computing time of each stage.
    """

    waveform: Tensor
    durations: Tensor
    f0: Tensor
    seconds: dict[str, float]


class Prosody(NamedTuple):
    """The prosody of one utterance. L is the sum of the durations.

    durations: (T,) int64 frames of 25 ms.
    f0: (1, 2L) Hz; unvoiced if at or below the source's threshold.
    energy: (1, 2L).
    text: (1, hidden_dim, L), the text encoder's features, each repeated for the duration of its token.
    """

    durations: Tensor
    f0: Tensor
    energy: Tensor
    text: Tensor


class PiecewiseVocoder(Protocol):
    """Runs the vocoder over an utterance in pieces: see `pieces.Pieces`."""

    def supports(self, prosody: Prosody, style: Tensor, speed: float) -> bool:
        """Whether it can do so for this utterance."""

    def waveforms(self, prosody: Prosody, style: Tensor, timbre: Tensor, noise: Tensor) -> Iterator[Tensor]:
        """Yield the pieces of the waveform, (samples,) each."""


class Kokoro(nn.Module):
    """The whole model. Its five parts have the names that a checkpoint gives them.

    Implements `SpeechModel`; it knows the whole alphabet and takes the style from a voice pack.

    precision: of the convolutions in the decoder and vocoder; see `make_fast`.
    pieces: runs the vocoder in pieces over the utterances for which it can; if None, all are generated whole.
    """

    precision = "f32"
    pieces: PiecewiseVocoder | None = None
    languages = None
    stand_ins: Mapping[str, str] = {}
    uses_openmp = True

    def __init__(self, config: Mapping[str, Any]) -> None:
        super().__init__()
        self.config = ModelConfig.from_dict(config)
        self.bert = Plbert(self.config.n_token, self.config.plbert)
        self.bert_encoder = nn.Linear(self.config.plbert.hidden_size, self.config.hidden_dim)
        self.predictor = ProsodyPredictor(self.config)
        self.text_encoder = TextEncoder(self.config)
        self.decoder = Decoder(self.config)
        self.parameter_count = sum(parameter.numel() for parameter in self.parameters())

    @property
    def sample_rate(self) -> int:
        """24,000 in Kokoro v1."""
        return self.config.source.sample_rate

    @property
    def samples_per_f0(self) -> int:
        """300 in Kokoro v1."""
        return self.config.istftnet.samples_per_f0

    @property
    def samples_per_frame(self) -> int:
        """600 in Kokoro v1: two values of F0."""
        return 2 * self.samples_per_f0

    @property
    def max_phonemes(self) -> int:
        """510 in Kokoro v1."""
        return self.config.max_phonemes

    @property
    def style_width(self) -> int:
        """256 in Kokoro v1: the timbre, then the style of the prosody."""
        return 2 * self.config.style_dim

    @property
    def setting(self) -> str:
        """The precision, the number of threads, and whether utterances are generated in pieces."""
        threads = torch.get_num_threads()
        pieces = ", in pieces" if self.pieces else ""
        return f"{self.precision}, {threads} thread{'s' if threads > 1 else ''}{pieces}"

    def prepare(self) -> None:
        """Nothing to do: the weights are already in memory."""

    def speak(self, ids: Tensor, style: Tensor, speed: float, seed: int, untouched: bool = False) -> Utterance:
        """See `SpeechModel.speak`. The tensors may be on any device."""
        seconds: Counter[str] = Counter()
        for utterance, _ in self.speak_in_pieces(ids, style, speed, seed, untouched):
            seconds.update(utterance.seconds)
        return utterance._replace(seconds=dict(seconds))

    def speak_in_pieces(
        self, ids: Tensor, style: Tensor, speed: float, seed: int, untouched: bool = False
    ) -> Iterator[tuple[Utterance, bool]]:
        """See `SpeaksInPieces.speak_in_pieces`. The tensors may be on any device."""
        device = next(self.parameters()).device
        ids, style = ids.to(device), style.to(device)
        if speed > MAX_NETWORK_SPEED and not untouched:
            output = self.speak_faster(ids, style, MAX_NETWORK_SPEED, pace=speed / MAX_NETWORK_SPEED, seed=seed)
            waveform, durations, f0 = (tensor.cpu().numpy() for tensor in output[:3])
            yield Utterance(waveform, durations, self._voiced(f0), output.seconds), True
            return
        begun = time.perf_counter()
        prosody = self.prosody(ids, style, speed)
        f0 = prosody.f0[0].cpu().numpy()
        voiced = self._voiced(f0)
        durations = prosody.durations.cpu().numpy()
        seconds = {"prosody": time.perf_counter() - begun}
        begun = time.perf_counter()
        if untouched or self.pieces is None or not self.pieces.supports(prosody, style, speed):
            waveform = self.vocode(prosody, style, seed=seed)[0].cpu().numpy()
            yield Utterance(waveform, durations, voiced, seconds | {"sound": time.perf_counter() - begun}), True
            return
        waveform = np.zeros(0, np.float32)
        noise, timbre = self.draw_noise(prosody.f0, seed), style[:, : self.config.style_dim]
        first = None
        for piece in self.pieces.waveforms(prosody, style, timbre, noise):
            waveform = np.concatenate([waveform, piece.numpy()])
            first = first or len(waveform)
            seconds["sound"] = time.perf_counter() - begun
            whole = len(waveform) == len(f0) * self.samples_per_f0
            yield Utterance(waveform, durations, voiced, seconds, first), whole
            seconds, begun = {}, time.perf_counter()

    @torch.inference_mode()
    def forward(
        self,
        input_ids: Tensor,
        style: Tensor,
        speed: float = 1.0,
        *,
        seed: int = 0,
        noise: Tensor | None = None,
        source_spectrum: SourceSpectrum | None = None,
    ) -> Output:
        """Speak one utterance.

        input_ids: (1, T) int64, with the padding token 0 at both ends; T is at most the context.
        style: (1, 2 * style_dim), a row of a voice pack.
        seed: of the source's noise, unless `noise` or `source_spectrum` is given.
        noise: the source's random numbers, see `HarmonicSource.forward`.
        source_spectrum: replaces the source.
        """
        begun = time.perf_counter()
        prosody = self.prosody(input_ids, style, speed)
        prosody_done = time.perf_counter()
        waveform = self.vocode(prosody, style, seed=seed, noise=noise, source_spectrum=source_spectrum)
        seconds = {"prosody": prosody_done - begun, "sound": time.perf_counter() - prosody_done}
        return Output(waveform[0], prosody.durations, prosody.f0[0], seconds)

    @torch.inference_mode()
    def speak_faster(self, input_ids: Tensor, style: Tensor, speed: float, *, pace: float, seed: int) -> Output:
        """Speak one utterance at `speed`, then shorten it by the factor `pace` at the same pitch. For the other
        arguments see `forward`.

        Each sound is articulated as at `speed`; the decoder's features and F0 are resampled to fewer frames.
        """
        begun = time.perf_counter()
        prosody = self.prosody(input_ids, style, speed)
        prosody_done = time.perf_counter()
        durations = torch.from_numpy(paced_durations(prosody.durations.cpu().numpy(), pace))
        length, count = prosody.f0.shape[1], 2 * int(durations.sum())
        left, right, share, nearest = (torch.from_numpy(part).to(style.device) for part in resampling(count, length))
        # The nearest value of F0, without interpolation: between 0, which is unvoiced, and a pitch there is nothing.
        f0 = prosody.f0[:, nearest]
        timbre = style[:, : self.config.style_dim]
        features = self.decoder.features(prosody.text, prosody.f0, prosody.energy, timbre)
        axis = self.decoder.time_axis
        shares = share.reshape([-1 if index == axis else 1 for index in range(features.ndim)])
        features = torch.lerp(features.index_select(axis, left), features.index_select(axis, right), shares)
        waveform = self.decoder.generator(features, f0, timbre, self.draw_noise(f0, seed))
        seconds = {"prosody": prosody_done - begun, "sound": time.perf_counter() - prosody_done}
        return Output(waveform[0], durations, f0[0], seconds)

    @torch.inference_mode()
    def prosody(self, input_ids: Tensor, style: Tensor, speed: float = 1.0) -> Prosody:
        """Return durations, F0 and energy of one utterance; for the arguments see `forward`.

        Raises:
            RequestError: if the durations are longer than those of any voice (`budget.check_frames`).
        """
        self._check(input_ids, style)
        prosodic_style = style[:, self.config.style_dim :]
        features = self.predictor.text_encoder(self.bert_encoder(self.bert(input_ids)), prosodic_style)
        durations = durations_in_frames(self.predictor.duration_logits(features)[0], speed)
        check_frames(int(durations.sum()), input_ids.shape[1], speed)
        f0, energy = self.predictor.curves(features.repeat_interleave(durations, dim=1), prosodic_style)
        text = self.text_encoder(input_ids).repeat_interleave(durations, dim=2)
        return Prosody(durations, f0, energy, text)

    @torch.inference_mode()
    def vocode(
        self,
        prosody: Prosody,
        style: Tensor,
        *,
        seed: int = 0,
        noise: Tensor | None = None,
        source_spectrum: SourceSpectrum | None = None,
    ) -> Tensor:
        """Return the waveform of one utterance, (1, 600 * L) float32; for the arguments see `forward`."""
        if noise is None and source_spectrum is None:
            noise = self.draw_noise(prosody.f0, seed)
        timbre = style[:, : self.config.style_dim]
        return self.decoder(prosody.text, prosody.f0, prosody.energy, timbre, noise, source_spectrum)

    def draw_noise(self, f0: Tensor, seed: int) -> Tensor:
        """Return the source's standard normal random numbers, (1, 2L * samples_per_f0, 1), for an F0 of (1, 2L).

        They depend on `seed` alone, and are drawn on the CPU so that a seed gives the same noise on every device.
        """
        samples = f0.shape[1] * self.config.istftnet.samples_per_f0
        generator = torch.Generator().manual_seed(seed)
        return torch.randn(1, samples, 1, generator=generator).to(f0.device)

    def _voiced(self, f0: NDArray[np.float32]) -> NDArray[np.float32]:
        return np.where(f0 > self.config.source.voiced_threshold, f0, 0.0).astype(np.float32)

    def _check(self, input_ids: Tensor, style: Tensor) -> None:
        context = self.config.plbert.max_position_embeddings
        if input_ids.ndim != 2 or input_ids.shape[0] != 1 or not 2 <= input_ids.shape[1] <= context:
            raise ValueError(f"input_ids must be (1, T) with T from 2 to {context}, not {tuple(input_ids.shape)}.")
        if tuple(style.shape) != (1, 2 * self.config.style_dim):
            raise ValueError(f"style must be (1, {2 * self.config.style_dim}), not {tuple(style.shape)}.")
