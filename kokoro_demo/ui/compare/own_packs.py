"""The voice packs that visitors uploaded: in memory, each for its visitor alone, the oldest forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kokoro_demo.bounded_cache import BoundedCache
from kokoro_demo.errors import RequestError
from kokoro_demo.synthesis.compute_thread import on_compute_thread
from kokoro_demo.ui.chosen_file import chosen_bytes
from kokoro_demo.voices.uploads import MAX_BYTES, read_upload, upload_name

if TYPE_CHECKING:
    import torch

    from kokoro_demo.synthesis.synthesizer import Synthesizer

MOST_EACH = 4
# Half a megabyte a pack: 64 MB at most.
MOST_VISITORS = 32


class OwnPacks:
    """Safe to share between threads."""

    def __init__(self) -> None:
        self._packs: BoundedCache[str, BoundedCache[str, torch.Tensor]] = BoundedCache(MOST_VISITORS)

    def add(self, session: str, encoded: str, synthesizer: Synthesizer) -> str:
        """Check a pack and keep it for this visitor; returns the name that they can use for it.

        encoded: the file in base64.

        Raises:
            RequestError: if it is no voice pack, or the session is unknown.
        """
        if not session:
            raise RequestError("A voice pack can be uploaded on the page only.")
        data = chosen_bytes(encoded, MAX_BYTES, "a voice pack")
        pack = on_compute_thread(read_upload, data, synthesizer.checkpoint.model.style_width)
        name = upload_name(pack)
        self._packs.get_or_make(session, lambda: BoundedCache(MOST_EACH)).keep(name, pack)
        return name

    def with_own(self, session: str, synthesizer: Synthesizer) -> Synthesizer:
        """The synthesizer with the visitor's packs beside its own voices, as far as they fit its model."""
        own = self._packs.get(session)
        if own is None:
            return synthesizer
        width = synthesizer.checkpoint.model.style_width
        return synthesizer.with_packs({name: pack for name, pack in own.items() if pack.shape[2] == width})

    def leave(self, session: str) -> None:
        """Forget what this visitor has."""
        self._packs.pop(session)
