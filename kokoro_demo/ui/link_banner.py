"""What a link that was opened holds, at the top of the page: its text, its voice, and one large button."""

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
    """Lay it out in the Blocks that is being built: empty, and without height unless the page was opened by a link."""
    return gr.HTML("", js_on_load=SCRIPT, apply_default_css=False, elem_id="link-banner")


def banner_html(text: str, voice: str) -> str:
    """The banner.

    text: of the link, a stranger's.
    voice: by its name; "" if the link names none, or one that cannot speak here.
    """
    text = " ".join(text.split())
    shown = text if len(text) <= SHOWN else f"{text[:SHOWN].rstrip()} …"
    kind = f"Shared with you, in the voice {spoken_by(voice)}" if voice else "Shared with you"
    return (
        '<section class="link-banner" aria-label="A shared speech">'
        f'<button type="button" class="link-play" aria-label="Play the shared speech">{PLAY}</button>'
        f'<div><p class="link-kind">{html.escape(kind)}</p><p class="link-text">{html.escape(shown)}</p></div>'
        '<button type="button" class="link-close" aria-label="Close">✕</button></section>'
    )
