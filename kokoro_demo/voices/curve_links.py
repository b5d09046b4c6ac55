"""A voice pack as text of a link: its curve, 5 KB in float16, and what is believed of one that a stranger wrote."""

from __future__ import annotations

import base64
import re

import numpy as np
import torch

from kokoro_demo.errors import RequestError
from kokoro_demo.voices.curves import COMPONENTS, KNOTS, ROWS, Curve, fit
from kokoro_demo.voices.packs import read_values


def curve_text(pack: torch.Tensor) -> str:
    """The curve nearest to a pack (rows, 1, width), in base64 for addresses."""
    # A pack's last row is that of all longer phrases.
    rows = np.minimum(np.arange(ROWS), len(pack) - 1)
    curve = fit(pack[:, 0].numpy()[rows])
    data = b"".join(part.astype("<f2").tobytes() for part in curve)
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def pack_of_text(text: str, style_width: int) -> torch.Tensor:
    """The pack of a link, (ROWS, 1, style_width) float32, checked as an uploaded one is.

    style_width: of the model that is to speak with it; 0 if that takes no packs.

    Raises:
        RequestError: if that takes none, or the text is no curve of this width, or its values are no style's.
    """
    if not style_width:
        raise RequestError(
            "The link carries a voice pack, and the voice that speaks now takes none. Open the link again as soon as "
            "Kokoro is there."
        )
    sizes = [style_width, COMPONENTS * style_width, KNOTS * COMPONENTS]
    length = 2 * sum(sizes)
    # Of the right length first: nothing is decoded or allocated for anything else.
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
