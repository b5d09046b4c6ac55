"""The page: one box, one voice, one button."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import gradio as gr

from kokoro_demo.speech import MAX_CHARACTERS, MAX_SPEED, MIN_SPEED
from kokoro_demo.ui.api import add_endpoints
from kokoro_demo.ui.backend import Backend
from kokoro_demo.ui.examples import EXAMPLES
from kokoro_demo.ui.model_status import PROGRESS_POLL, StatusLine, status_html
from kokoro_demo.ui.player import player
from kokoro_demo.ui.reading import count_html
from kokoro_demo.ui.runs import Runs
from kokoro_demo.ui.speaking import Speaking
from kokoro_demo.ui.theme import theme

HERE = Path(__file__).parent
# Everything that runs the model waits in this one line.
SPEECH_SLOT = "speech"
QUEUE_LENGTH = 32
# Files of the HTTP API are deleted after this many seconds, looked for as often.
FILES_KEPT = (900, 900)

TITLE = '<h1>Kokoro</h1><p class="tagline">Text to speech</p>'
CHANGED_JS = f"(text) => window.kokoroPage.changed(text, {MAX_CHARACTERS})"
SPEAK_JS = f"(text, ...manner) => {{ window.kokoroPage.speak(text, {MAX_CHARACTERS}); return [text, ...manner]; }}"


class Page(gr.Blocks):
    """Gradio's own complaint about a wrong number of arguments prints them to the log, a visitor's text among them."""

    def validate_inputs(self, block_fn: Any, inputs: list[Any]) -> None:
        try:
            super().validate_inputs(block_fn, inputs)
        except ValueError:
            wanted = len(block_fn.inputs)
            message = f"This endpoint takes {wanted} arguments and was given {len(inputs)}."
            raise gr.Error(message, print_exception=False) from None


def build_page(backend: Backend) -> gr.Blocks:
    """The page over a backend. `launch` serves it."""
    runs = Runs()
    speaking = Speaking(backend, runs)
    status = StatusLine(backend, runs)
    choices, best = status.voices()
    hidden: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    local: dict[str, Any] = {"fn": None, "queue": False, **hidden}

    with Page(title="Kokoro text to speech", analytics_enabled=False, delete_cache=FILES_KEPT) as page:
        with gr.Row(elem_id="head"):
            gr.HTML(TITLE, elem_id="title", apply_default_css=False)
            status_line = gr.HTML(status_html(backend.status()), elem_id="status", apply_default_css=False)
        with gr.Row(elem_id="desk"):
            with gr.Column(elem_id="write", min_width=320):
                text = gr.Textbox(
                    label="Text", lines=9, max_lines=9, elem_id="text", placeholder="Type or paste what is to be said."
                )
                with gr.Row(elem_id="under-text"):
                    gr.HTML(
                        f"<span>0 / {MAX_CHARACTERS:,} characters</span>", elem_id="counter", apply_default_css=False
                    )
                    open_file = gr.Button("Open a text file", size="sm", elem_id="open-file", elem_classes="quiet")
                with gr.Row(elem_id="examples"):
                    gr.HTML("<span>Try</span>", apply_default_css=False)
                    examples = {name: gr.Button(name, size="sm", elem_classes="quiet") for name in EXAMPLES}
                with gr.Row(elem_id="manner"):
                    voice = gr.Dropdown(choices=choices, value=best, label="Voice", elem_id="voice", min_width=220)
                    speed = gr.Slider(
                        MIN_SPEED, MAX_SPEED, value=1.0, step=0.05, label="Speed", elem_id="speed", buttons=[]
                    )
                with gr.Row(elem_id="actions"):
                    speak = gr.Button("Speak", variant="primary", elem_id="speak")
                    stop = gr.Button("Stop", elem_id="stop")
            with gr.Column(elem_id="hear", min_width=320):
                clip = player(speaking.phrase)
                phonemes = gr.Textbox(
                    label="Phonemes", lines=4, max_lines=4, interactive=False, buttons=["copy"], elem_id="phonemes"
                )
                count = gr.HTML(count_html(), elem_id="count", apply_default_css=False)
                spoken = gr.Textbox(label="Spoken as", lines=3, max_lines=3, interactive=False, elem_id="spoken")
                warnings = gr.HTML("", elem_id="warnings", apply_default_css=False)

        seen = gr.State(None)
        timer = gr.Timer(PROGRESS_POLL)

        asked = speak.click(
            speaking.speak,
            [text, voice, speed],
            [clip, phonemes, count, spoken, warnings],
            validator=speaking.check,
            js=SPEAK_JS,
            concurrency_id=SPEECH_SLOT,
            concurrency_limit=1,
            trigger_mode="multiple",  # or a Speak soon after a Stop is ignored; page.js ignores it while one is made
            **hidden,
        )
        for end in (asked.then, asked.failure):
            end(js="() => window.kokoro.settle()", **local)
        stop.click(js="() => window.kokoro.stop()", **local)
        stop.click(speaking.stop, None, clip, cancels=[asked], queue=False, **hidden)
        page.unload(speaking.leave)

        text.change(js=CHANGED_JS, inputs=text, **local)
        open_file.click(js="() => window.kokoroPage.chooseFile()", **local)
        for name, button in examples.items():
            button.click(js=f"() => {EXAMPLES[name]!r}", outputs=text, **local)

        for moment in (page.load, timer.tick):
            moment(status.refresh, [voice, seen], [status_line, voice, seen, timer], queue=False, **hidden)

        add_endpoints(backend, SPEECH_SLOT)
    return page


def launch(page: gr.Blocks, **options: Any) -> Any:
    """Serve the page. `options` go to Gradio's launch, as tests need."""
    page.queue(max_size=QUEUE_LENGTH)
    return page.launch(
        **{
            "theme": theme(),
            "css_paths": HERE / "style.css",
            "favicon_path": HERE / "icon.svg",
            "js": (HERE / "page.js").read_text("utf-8"),
            "footer_links": ["api", "settings"],
            "run_history": False,
            "max_file_size": "1mb",
            "ssr_mode": False,
            **options,
        }
    )
