"""What the page stands on: the synthesizer of whichever checkpoint is loaded now, and word of how loading goes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from kokoro_demo.synthesizer import Synthesizer


@dataclass(frozen=True, slots=True)
class ModelStatus:
    """How the model stands, for the line at the top of the page.

    name: of the checkpoint that speaks now; "" where none does yet.
    builtin: whether that is the small voice of the package.
    fetching: whether a better one is on its way.
    progress: how much of that has come, 0 to 1; None where nobody knows.
    message: what a person should know of it: what is being fetched, or why it could not be had.
    """

    name: str
    builtin: bool = False
    fetching: bool = False
    progress: float | None = None
    message: str = ""


class Backend(Protocol):
    """A page's engine. Tests give a small one."""

    def synthesizer(self) -> Synthesizer | None:
        """The synthesizer for one speech; None while nothing is loaded yet.

        Raises:
            CheckpointError: where nothing can be loaded.
        """

    def status(self) -> ModelStatus:
        """How the model stands now."""
