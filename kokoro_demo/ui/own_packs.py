"""The voice packs that visitors uploaded: kept in memory, private to each visitor, and forgotten when they leave."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gradio.context import LocalContext

from kokoro_demo.bounded_cache import BoundedCache
from kokoro_demo.errors import RequestError
from kokoro_demo.synthesis.compute_thread import on_compute_thread
from kokoro_demo.ui.chosen_file import chosen_bytes
from kokoro_demo.voices.catalogue import UPLOADED
from kokoro_demo.voices.curve_links import pack_of_text
from kokoro_demo.voices.uploads import MAX_BYTES, read_upload, upload_name

if TYPE_CHECKING:
    import torch

    from kokoro_demo.synthesis.synthesizer import Synthesizer
    from kokoro_demo.ui.backend import Backend, ModelStatus

MAX_PER_VISITOR = 4
# At half a megabyte per pack, all packs together take at most 64 MB.
MAX_VISITORS = 32


@dataclass(slots=True)
class _Visitor:
    """One visitor's packs.

    synthesizers: the page's synthesizer, and one made from it that also has these packs; None if not made yet.
    """

    packs: BoundedCache[str, torch.Tensor] = field(default_factory=lambda: BoundedCache(MAX_PER_VISITOR))
    synthesizers: tuple[Synthesizer, Synthesizer] | None = None


class OwnPacks:
    """The packs of all visitors. Safe to share between threads."""

    def __init__(self) -> None:
        self._visitors: BoundedCache[str, _Visitor] = BoundedCache(MAX_VISITORS)
        self._lock = threading.Lock()

    def add(self, session: str, encoded: str, synthesizer: Synthesizer, file_name: str = "") -> str:
        """Validate a pack and keep it for this visitor. Returns the name under which they can use it.

        encoded: the file in base64.
        file_name: its name on the visitor's computer.

        Raises:
            RequestError: if it is not a voice pack, or the session is unknown.
        """
        if not session:
            raise RequestError("A voice pack can be uploaded on the page only.")
        data = chosen_bytes(encoded, MAX_BYTES, "a voice pack")
        pack = on_compute_thread(read_upload, data, synthesizer.checkpoint.model.style_width)
        return self._keep(session, pack, file_name)

    def add_shared(self, session: str, text: str, synthesizer: Synthesizer, name: str) -> str:
        """Like `add`, for the pack in a share link.

        text: the pack in the format of `voices.curve_links`.
        name: the pack's name on the page where the link was made.

        Raises:
            RequestError: if it is not a voice pack, or the session is unknown.
        """
        if not session:
            raise RequestError("A voice pack can be opened on the page only.")
        pack = on_compute_thread(pack_of_text, text, synthesizer.checkpoint.model.style_width)
        return self._keep(session, pack, name.removeprefix(UPLOADED).partition("_")[2])

    def get(self, session: str, name: str) -> torch.Tensor | None:
        """Return one of this visitor's packs by name; None if there is none of that name."""
        visitor = self._visitors.get(session)
        return None if visitor is None else visitor.packs.get(name)

    def _keep(self, session: str, pack: torch.Tensor, file_name: str) -> str:
        name = upload_name(pack, file_name)
        visitor = self._visitors.get_or_make(session, _Visitor)
        with self._lock:
            for known, kept in visitor.packs.items():
                if kept.equal(pack):
                    visitor.packs.pop(known)  # the same pack again, perhaps under another name
            visitor.packs.keep(name, pack)
            visitor.synthesizers = None
        return name

    def names(self, session: str) -> list[str]:
        """The names of this visitor's packs, newest first."""
        visitor = self._visitors.get(session)
        return [] if visitor is None else [name for name, _ in reversed(visitor.packs.items())]

    def with_own(self, session: str, synthesizer: Synthesizer) -> Synthesizer:
        """Return the synthesizer with those of the visitor's packs added that fit its model."""
        visitor = self._visitors.get(session)
        if visitor is None:
            return synthesizer
        with self._lock:
            if visitor.synthesizers is None or visitor.synthesizers[0] is not synthesizer:
                width = synthesizer.checkpoint.model.style_width
                fitting = {name: pack for name, pack in visitor.packs.items() if pack.shape[2] == width}
                visitor.synthesizers = synthesizer, synthesizer.with_packs(fitting)
            return visitor.synthesizers[1]

    def leave(self, session: str) -> None:
        """Forget this visitor's packs."""
        self._visitors.pop(session)


@dataclass(frozen=True, slots=True)
class VisitorsBackend:
    """A backend whose synthesizer also has the packs of the visitor whose event is currently handled."""

    backend: Backend
    packs: OwnPacks

    def synthesizer(self) -> Synthesizer:
        """See `Backend`."""
        return self.packs.with_own(current_session(), self.backend.synthesizer())

    def status(self) -> ModelStatus:
        """See `Backend`."""
        return self.backend.status()


def current_session() -> str:
    """The session of the visitor whose event is currently handled; "" outside events."""
    return getattr(LocalContext.request.get(None), "session_hash", None) or ""
