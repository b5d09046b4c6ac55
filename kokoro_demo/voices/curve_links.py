"""Voice packs in share links, as curves of 5 KB in float16. A pack from a link is untrusted, and validated here."""

from __future__ import annotations

import base64
import re

import numpy as np
import torch

from kokoro_demo.errors import RequestError
from kokoro_demo.voices.curves import COMPONENTS, KNOTS, ROWS, Curve, fit
from kokoro_demo.voices.packs import read_values


def curve_text(pack: torch.Tensor) -> str:
    """Return the closest curve to a pack, (rows, 1, width), in base64 for URLs."""
    # Longer phrases use a pack's last row.
    rows = np.minimum(np.arange(ROWS), len(pack) - 1)
    curve = fit(pack[:, 0].numpy()[rows])
    data = b"".join(part.astype("<f2").tobytes() for part in curve)
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def pack_of_text(text: str, style_width: int) -> torch.Tensor:
    """Return the pack in a link, (ROWS, 1, style_width) float32, validated like an uploaded one.

    style_width: of the model that will speak with it; 0 if it takes no packs.

    Raises:
        RequestError: if the model takes no packs, or the text is not a curve of this width, or has values that no style
            has.
    """
    if not style_width:
        raise RequestError(
            "The link carries a voice pack, and the voice that speaks now takes none. Open the link again as soon as "
            "Kokoro is ready."
        )
    sizes = [style_width, COMPONENTS * style_width, KNOTS * COMPONENTS]
    length = 2 * sum(sizes)
    # The length is checked first, so that nothing else is decoded or allocated.
    if len(text) != -(-4 * length // 3) or not re.fullmatch(r"[A-Za-z0-9_-]*", text):
        raise RequestError("The voice pack in this link is damaged, or of another model. Ask for the link again.")
    values = np.frombuffer(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)), "<f2").astype(np.float32)
    if not np.isfinite(values).all():
        raise RequestError("The voice pack in this link cannot speak: it holds values that are not finite numbers.")
    mean, components, amounts = np.split(values, np.cumsum(sizes)[:-1])
    curve = Curve(mean, components.reshape(COMPONENTS, -1), amounts.reshape(KNOTS, COMPONENTS))
    try:
        return read_values(torch.from_numpy(curve.pack()).unsqueeze(1))
    except ValueError as error:
        raise RequestError(f"The voice pack in this link cannot speak: it {error}.") from None
