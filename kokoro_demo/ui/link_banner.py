"""The banner at the top of a page that was opened by a share link: the text, the voice, and a large Play button."""

from __future__ import annotations

import html
from pathlib import Path

import gradio as gr

from kokoro_demo.ui.scripts import script
from kokoro_demo.ui.voice_choices import spoken_by

SCRIPT = script(Path(__file__).with_suffix(".js"))
SHOWN = 300  # characters
PLAY = (
    '<svg viewBox="0 0 24 24" aria-hidden="true"><path class="icon-play" d="M8 5.5v13l10.5-6.5z"/>'
    '<path class="icon-pause" d="M7.5 5.5h3.2v13H7.5zM13.3 5.5h3.2v13h-3.2z"/></svg>'
)


def build_link_banner() -> gr.HTML:
    """Add an empty banner, which has no height, to the Blocks that is being built."""
    return gr.HTML("", js_on_load=SCRIPT, apply_default_css=False, elem_id="link-banner")


def banner_html(text: str, voice: str) -> str:
    """The banner.

    text: the link's text, which is untrusted.
    voice: the voice's name; "" if the link names none, or one that is not available.
    """
    text = " ".join(text.split())
    shown = text if len(text) <= SHOWN else f"{text[:SHOWN].rstrip()} …"
    kind = f"Shared with you: {spoken_by(voice)}" if voice else "Shared with you"
    return (
        '<section class="link-banner" aria-label="A shared speech">'
        f'<button type="button" class="link-play" aria-label="Play the shared speech">{PLAY}</button>'
        f'<div><p class="link-kind">{html.escape(kind)}</p><p class="link-text">{html.escape(shown)}</p></div>'
        '<button type="button" class="link-close" aria-label="Close">✕</button></section>'
    )
