"""The less common fields of a request: accent, seed, pauses, loudness, cast, and lexicon."""

from __future__ import annotations

import html
from typing import NamedTuple

import gradio as gr
from gradio.context import Context

from kokoro_demo.g2p.fixes import lexicon_problems
from kokoro_demo.languages import BY_CODE, LANGUAGES, readable_language
from kokoro_demo.speech import MAX_CHARACTERS, MAX_PAUSE_SCALE, MAX_SEED
from kokoro_demo.ui.events import IN_BROWSER, PRIVATE
from kokoro_demo.ui.lexicon_files import build_lexicon_files

OWN_ACCENT = "The voice's own"
# Problems of a lexicon that are shown; the rest are counted.
MAX_SHOWN = 5
LEXICON_EXAMPLE = "Kokoro = /kˈOkəɹO/\nNguyen = win"
CAST_EXAMPLE = "Emma = bf_emma\nTom = am_adam, 1.1"
SEED = "Same seed, same sound."
ACCENT = "How words are pronounced."
REMEMBER_JS = "(on) => { window.kokoroPage.remember(on); }"
REMEMBERS_JS = "() => window.kokoroPage.remembers()"
NEW_SEED_JS = f"() => Math.floor(Math.random() * {MAX_SEED + 1})"


class More(NamedTuple):
    """The components, by the names of `RequestFields`."""

    language: gr.Dropdown
    seed: gr.Number
    lexicon: gr.Textbox
    pause_scale: gr.Slider
    even_loudness: gr.Checkbox
    untouched: gr.Checkbox
    cast: gr.Textbox


def build_more() -> More:
    """Add the fields to the Blocks that is being built, in an accordion that is closed at first."""
    with gr.Accordion("More", open=False, elem_id="more"):
        with gr.Row(elem_id="more-fields"):
            languages = [(OWN_ACCENT, ""), *((BY_CODE[language].name, language) for language in LANGUAGES)]
            language = gr.Dropdown(languages, value="", label="Accent", info=ACCENT, elem_id="accent", min_width=130)
            seed = gr.Number(0, label="Seed", info=SEED, precision=0, elem_id="seed", min_width=100)
            new = gr.Button("New seed", size="sm", elem_classes="quiet", elem_id="new-seed")
        pause_scale = gr.Slider(
            0,
            MAX_PAUSE_SCALE,
            value=1.0,
            step=0.1,
            label="Pauses",
            info="Between sentences and paragraphs: 2 is twice as long. [pause:2s] is always two seconds.",
            elem_id="pause-scale",
            buttons=[],
        )
        with gr.Row():
            even_loudness = gr.Checkbox(
                False,
                label="Even loudness",
                info="Every voice as loud as the others.",
                elem_id="even-loudness",
                container=False,
                min_width=180,
            )
            untouched = gr.Checkbox(
                False,
                label="Untouched",
                info="The model's raw output, with its silence.",
                elem_id="untouched",
                container=False,
                min_width=180,
            )
        remember = gr.Checkbox(
            True,
            label="Keep my text and the last sound while this tab is open",
            info="In your browser, so a reload does not lose them.",
            elem_id="remember",
            container=False,
        )
        cast = gr.Textbox(
            label="Cast",
            info="Who speaks the lines that begin with a name. One per line: Name = voice, or Name = voice, 1.2.",
            placeholder=CAST_EXAMPLE,
            lines=3,
            max_lines=3,
            elem_id="cast",
        )
        lexicon = gr.Textbox(
            label="My fixes",
            info="One per line: word = /phonemes/, or word = how it sounds.",
            placeholder=LEXICON_EXAMPLE,
            lines=3,
            max_lines=3,
            elem_id="lexicon",
        )
        build_lexicon_files(lexicon, language)
    status = gr.HTML("", elem_id="lexicon-message", apply_default_css=False)
    remember.input(js=REMEMBER_JS, inputs=remember, **IN_BROWSER)
    page = Context.root_block
    assert page is not None, "fields are built into a page"
    page.load(js=REMEMBERS_JS, outputs=remember, **IN_BROWSER)
    new.click(js=NEW_SEED_JS, outputs=seed, **IN_BROWSER)
    # A link changes both at once; without "always_last", the answer to the earlier change might arrive last.
    for changed in (lexicon.change, language.input):
        changed(lexicon_html, [lexicon, language], status, queue=False, trigger_mode="always_last", **PRIVATE)
    return More(language, seed, lexicon, pause_scale, even_loudness, untouched, cast)


def lexicon_html(lines: str | None, language: str | None = None) -> str:
    """The problems of a lexicon, by line or word, or the number of fixes if there are none; "" if it is empty.

    language: whose phonemes are expected; American English if it is the voice's own.
    """
    lines = lines or ""
    if len(lines) > MAX_CHARACTERS:
        count, problems = 0, [f"{len(lines):,} characters; at most {MAX_CHARACTERS:,} are allowed."]
    else:
        count, problems = lexicon_problems(lines, readable_language(language or ""))
    if problems:
        shown = [html.escape(problem) for problem in problems[:MAX_SHOWN]]
        shown += [f"And {len(problems) - MAX_SHOWN} more."] if len(problems) > MAX_SHOWN else []
        items = "".join(f"<li>{problem}</li>" for problem in shown)
        return f'<div role="status"><ul class="warnings" aria-label="My fixes">{items}</ul></div>'
    return f'<p class="page-message" role="status">{count} fix{"es" if count > 1 else ""} in use.</p>' if count else ""
