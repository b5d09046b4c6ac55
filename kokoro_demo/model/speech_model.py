"""What a synthesizer needs of a model, whichever model it is."""

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
    seconds: of computing, by stage.
    first_piece: how many samples the first piece has, if it was voiced in pieces; None if it was voiced whole.
    """

    waveform: NDArray[np.float32]
    durations: NDArray[np.int64]
    f0: NDArray[np.float32]
    seconds: dict[str, float]
    first_piece: int | None = None


@runtime_checkable
class SpeaksInPieces(Protocol):
    """A `SpeechModel` that can hand on an utterance while it is made."""

    def speak_in_pieces(
        self, ids: torch.Tensor, style: torch.Tensor, speed: float, seed: int, untouched: bool = False
    ) -> Iterator[tuple[Utterance, bool]]:
        """What `SpeechModel.speak` returns, as far as it is made, ever longer; and whether it is whole.

        Each step is computed when it is asked for. The durations and F0 are the whole utterance's from the first on,
        `seconds` those of the step alone.
        """


class SpeechModel(Protocol):
    """Turns ids, a style, a speed and a seed into an utterance. Safe to call from any thread.

    The same arguments give the same utterance, whatever was spoken before.
    """

    @property
    def sample_rate(self) -> int:
        """Samples a second."""

    @property
    def samples_per_frame(self) -> int:
        """Samples that one frame of a duration lasts."""

    @property
    def samples_per_f0(self) -> int:
        """Samples that one value of F0 lasts; `samples_per_frame` is a multiple of it."""

    @property
    def max_phonemes(self) -> int:
        """The most phonemes of one utterance."""

    @property
    def style_width(self) -> int:
        """The length of a style; 0 if the model has one voice and takes no voice packs."""

    @property
    def languages(self) -> tuple[str, ...] | None:
        """The languages whose phonemes it learned; None if it learned all of Kokoro's."""

    @property
    def stand_ins(self) -> Mapping[str, str]:
        """Symbols that it never learned and has an id for, by the symbol that is heard in their place."""

    @property
    def uses_openmp(self) -> bool:
        """Whether it computes with OpenMP's threads, of which a process should have one team."""

    @property
    def parameter_count(self) -> int:
        """How many numbers it learned."""

    @property
    def setting(self) -> str:
        """What else decides the sound to the last bit: precision and threads, for a person."""

    def prepare(self) -> None:
        """Do now whatever would delay the first utterance.

        Raises:
            CheckpointError: if the model cannot speak.
        """

    def speak(
        self, ids: torch.Tensor, style: torch.Tensor, speed: float, seed: int, untouched: bool = False
    ) -> Utterance:
        """Speak one utterance.

        ids: (1, T) int64, with the pad 0 at both ends, T at most `max_phonemes` + 2.
        style: (1, `style_width`).
        seed: of the noise, 0 to 2**63 - 1.
        untouched: whether the network itself speaks at this speed, even if it then slurs.
        """
