"""The interface that the synthesizer needs of a model, whichever kind it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import numpy as np
    import torch
    from numpy.typing import NDArray


class Utterance(NamedTuple):
    """One utterance as arrays, which can be sent to another process.

    waveform: (samples,) float32.
    durations: (T,) int64, the frames of each token, so that ``len(waveform) == samples_per_frame * durations.sum()``.
    f0: Hz at each hop of `samples_per_f0` samples, 0 if unvoiced, float32.
    seconds: computing time of each stage.
    first_piece: the number of samples of the first piece, if it was generated in pieces; None if it was not.
    """

    waveform: NDArray[np.float32]
    durations: NDArray[np.int64]
    f0: NDArray[np.float32]
    seconds: dict[str, float]
    first_piece: int | None = None


@runtime_checkable
class SpeaksInPieces(Protocol):
    """A `SpeechModel` that can return an utterance in pieces while it is being generated."""

    def speak_in_pieces(
        self, ids: torch.Tensor, style: torch.Tensor, speed: float, seed: int, untouched: bool = False
    ) -> Iterator[tuple[Utterance, bool]]:
        """Yield what `SpeechModel.speak` returns, as much as has been generated, and whether it is complete.

        Each step is computed on demand, and its waveform is longer than the one before. From the first step on, the
        durations and F0 are those of the whole utterance; `seconds` are those of the step.
        """


class SpeechModel(Protocol):
    """Turns ids, a style, a speed and a seed into an utterance. Safe to call from any thread.

    The same arguments give the same utterance, whatever was spoken before.
    """

    @property
    def sample_rate(self) -> int:
        """Samples per second."""

    @property
    def samples_per_frame(self) -> int:
        """Samples in one frame, the unit of durations."""

    @property
    def samples_per_f0(self) -> int:
        """Samples for each value of F0; `samples_per_frame` is a multiple of it."""

    @property
    def max_phonemes(self) -> int:
        """The most phonemes of one utterance."""

    @property
    def style_width(self) -> int:
        """The length of a style; 0 if the model has a single voice and takes no voice packs."""

    @property
    def languages(self) -> tuple[str, ...] | None:
        """The languages that it was trained on; None if they are all those of Kokoro."""

    @property
    def stand_ins(self) -> Mapping[str, str]:
        """Symbols that it was not trained on: symbol to the symbol that is spoken instead."""

    @property
    def uses_openmp(self) -> bool:
        """Whether it computes with OpenMP's threads, of which a process should have only one team."""

    @property
    def parameter_count(self) -> int:
        """The number of trained parameters."""

    @property
    def setting(self) -> str:
        """What else determines the audio to the last bit, such as precision and threads; shown to users."""

    def prepare(self) -> None:
        """Do now whatever would delay the first utterance.

        Raises:
            CheckpointError: if the model cannot speak.
        """

    def speak(
        self, ids: torch.Tensor, style: torch.Tensor, speed: float, seed: int, untouched: bool = False
    ) -> Utterance:
        """Speak one utterance.

        ids: (1, T) int64, with the padding token 0 at both ends; T is at most `max_phonemes` + 2.
        style: (1, `style_width`).
        seed: of the noise, 0 to 2**63 - 1.
        untouched: let the network itself speak at this speed, even if it slurs.
        """
