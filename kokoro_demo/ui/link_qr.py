"""The QR code of a link, for a phone: made here, without a network."""

from __future__ import annotations

import html
from urllib.parse import urlsplit

import segno

TOO_LONG = "This link is too long for a QR code. Copy it instead."
HOW = "Point a phone’s camera at it."
AT_HOME = "The page runs on this machine alone: another device can open the link only if it can reach it."


def qr_dialog(link: str) -> str:
    """A dialog, closed, that the page's script opens."""
    try:
        # Dark on light in either scheme, with the margin that the standard asks for: not every reader takes another.
        code = segno.make_qr(link, error="l").svg_inline(border=4, omitsize=True, dark="#1b1916", light="#ffffff")
        notes = [HOW, AT_HOME] if (urlsplit(link).hostname or "") in ("localhost", "127.0.0.1", "::1") else [HOW]
    except segno.DataOverflowError:
        code, notes = "", [TOO_LONG]
    paragraphs = "".join(f"<p>{note}</p>" for note in notes)
    return (
        f'<dialog class="link-qr" aria-label="QR code of the link" data-link="{html.escape(link)}">{code}{paragraphs}'
        '<form method="dialog"><button type="submit">Close</button></form></dialog>'
    )
