"""The QR code of a link, for phones. It is generated locally, without any network service."""

from __future__ import annotations

import html
from urllib.parse import urlsplit

import segno

TOO_LONG = "This link is too long for a QR code. Copy it instead."
HOW = "Point a phone’s camera at it."
LOCAL_PAGE = "This page runs on your own computer, so this link cannot be opened on another device."


def qr_dialog(link: str) -> str:
    """A closed dialog, which the page's script opens."""
    try:
        # Dark on light even in dark mode, with the standard's margin: some readers accept nothing else.
        code = segno.make_qr(link, error="l").svg_inline(border=4, omitsize=True, dark="#1b1916", light="#ffffff")
        notes = [LOCAL_PAGE if (urlsplit(link).hostname or "") in ("localhost", "127.0.0.1", "::1") else HOW]
    except segno.DataOverflowError:
        code, notes = "", [TOO_LONG]
    paragraphs = "".join(f"<p>{note}</p>" for note in notes)
    return (
        f'<dialog class="link-qr" aria-label="QR code of the link" data-link="{html.escape(link)}">{code}{paragraphs}'
        '<form method="dialog"><button type="submit">Close</button></form></dialog>'
    )
