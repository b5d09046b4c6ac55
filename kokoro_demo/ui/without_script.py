"""What the page shows if the browser runs no scripts: without them, Gradio's page is blank."""

from __future__ import annotations

from kokoro_demo.ui.edited_page import Scope, after_body_tag

MESSAGE = (
    b'<noscript><p style="max-width: 34em; margin: 4em auto; padding: 0 1em; font: 18px/1.5 system-ui, sans-serif">'
    b"This page needs JavaScript to read a text aloud. Please allow it for this address, and reload the page."
    b"</p></noscript>"
)


def with_message_without_script(page: bytes, scope: Scope) -> bytes:
    """The page with a message for browsers that run no scripts."""
    return after_body_tag(page, MESSAGE)
