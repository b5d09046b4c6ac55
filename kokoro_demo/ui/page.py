"""The page: one box, one voice, one button."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import gradio as gr
from starlette.routing import Route

from kokoro_demo.speech import MAX_CHARACTERS, MAX_SPEED, MIN_SPEED
from kokoro_demo.ui.api import add_endpoints
from kokoro_demo.ui.backend import Backend
from kokoro_demo.ui.desk import Desk
from kokoro_demo.ui.events import IN_BROWSER, OURS, SPEECH_SLOT
from kokoro_demo.ui.examples import EXAMPLES
from kokoro_demo.ui.model_status import PROGRESS_POLL, StatusLine, status_html
from kokoro_demo.ui.more import More, build_more
from kokoro_demo.ui.phoneme_box import PhonemeBox, build_phoneme_box, connect_phoneme_box, look_at_phonemes
from kokoro_demo.ui.player import player
from kokoro_demo.ui.programs import program_routes
from kokoro_demo.ui.runs import Runs
from kokoro_demo.ui.share_links import COPY_JS, PLACE_JS, READ_JS, ShareLinks
from kokoro_demo.ui.sound import speech_files
from kokoro_demo.ui.speaking import Speaking
from kokoro_demo.ui.theme import theme
from kokoro_demo.ui.workbench import build_workbench

HERE = Path(__file__).parent
QUEUE_LENGTH = 32
# Files of the HTTP API are deleted after this many seconds, looked for as often.
FILES_KEPT = (900, 900)

TITLE = '<h1>Kokoro</h1><p class="tagline">Text to speech</p>'
CHANGED_JS = f"(...fields) => window.kokoroPage.changed(fields, {MAX_CHARACTERS})"
KEEP_JS = "(...fields) => { window.kokoroPage.keep(fields); }"
SPEAK_JS = f"(...fields) => {{ window.kokoroPage.speak(fields, {MAX_CHARACTERS}); return fields; }}"


class Page(gr.Blocks):
    """Gradio's own complaint about a wrong number of arguments prints them to the log, a visitor's text among them.

    routes: what the server answers beside the page.
    """

    routes: Sequence[Route] = ()

    def validate_inputs(self, block_fn: Any, inputs: list[Any]) -> None:
        try:
            super().validate_inputs(block_fn, inputs)
        except ValueError:
            wanted = len(block_fn.inputs)
            message = f"This endpoint takes {wanted} arguments and was given {len(inputs)}."
            raise gr.Error(message, print_exception=False) from None


class Writing(NamedTuple):
    """The left column: what is to be said, and how."""

    text: gr.Textbox
    open_file: gr.Button
    examples: dict[str, gr.Button]
    voice: gr.Dropdown
    speed: gr.Slider
    speak: gr.Button
    stop: gr.Button
    more: More
    copy_link: gr.Button
    link: gr.HTML
    link_notes: gr.HTML


class Hearing(NamedTuple):
    """The right column: what was made of it."""

    player: gr.HTML
    phonemes: gr.Textbox
    phoneme_count: gr.HTML
    spoken: gr.Textbox
    warnings: gr.HTML


def build_page(backend: Backend) -> Page:
    """The page over a backend. `launch` serves it."""
    runs = Runs()
    speaking = Speaking(backend, runs)
    status = StatusLine(backend, runs)
    with Page(title="Kokoro text to speech", analytics_enabled=False, delete_cache=FILES_KEPT) as page:
        with gr.Row(elem_id="head"):
            plain_html(TITLE, "title")
            status_line = plain_html(status_html(backend.status()), "status")
        with gr.Row(elem_id="desk"):
            writing = write_column(*status.voices())
            hearing, box = hear_column(speaking)
        inputs = [writing.text, writing.voice, writing.speed, *writing.more, box.edited, box.edited_for]
        desk = Desk(backend, runs, speaking, writing, hearing, inputs)
        connect_local_events(desk)
        connect_speech(desk)
        connect_phoneme_box(box, desk)
        build_workbench(desk)
        page.unload(speaking.leave)

        seen, waiting, timer = gr.State(None), gr.State(""), gr.Timer(PROGRESS_POLL)
        known = [writing.voice, seen, waiting]
        loaded, _ = [
            moment(status.refresh, known, [status_line, *known, timer], queue=False, **OURS)
            for moment in (page.load, timer.tick)
        ]
        connect_links(desk, ShareLinks(backend), box, waiting, loaded)
        add_endpoints(backend, SPEECH_SLOT)
    page.routes = [*program_routes(backend, QUEUE_LENGTH, lambda: len(page._queue)), speech_files(runs)]
    return page


def write_column(voices: list[tuple[str, str]], best: str | None) -> Writing:
    """Lay out the left column."""
    with gr.Column(elem_id="write", min_width=320):
        text = gr.Textbox(
            label="Text", lines=9, max_lines=9, elem_id="text", placeholder="Type or paste what is to be said."
        )
        with gr.Row(elem_id="under-text"):
            plain_html(f"<span>0 / {MAX_CHARACTERS:,} characters</span>", "counter")
            open_file = gr.Button("Open a text file", size="sm", elem_classes="quiet")
        with gr.Row(elem_id="examples"):
            plain_html("<span>Try</span>", "try")
            examples = {name: gr.Button(name, size="sm", elem_classes="quiet") for name in EXAMPLES}
        with gr.Row(elem_id="manner"):
            voice = gr.Dropdown(choices=voices, value=best, label="Voice", elem_id="voice", min_width=220)
            speed = gr.Slider(MIN_SPEED, MAX_SPEED, value=1.0, step=0.05, label="Speed", elem_id="speed", buttons=[])
        with gr.Row(elem_id="actions"):
            speak = gr.Button("Speak", variant="primary", elem_id="speak")
            stop = gr.Button("Stop", elem_id="stop")
        more = build_more()
        with gr.Row(elem_id="share"):
            copy_link = gr.Button("Copy link", size="sm", elem_classes="quiet")
            link = plain_html("", "link")
        notes = plain_html("", "link-notes")
    return Writing(text, open_file, examples, voice, speed, speak, stop, more, copy_link, link, notes)


def hear_column(speaking: Speaking) -> tuple[Hearing, PhonemeBox]:
    """Lay out the right column."""
    with gr.Column(elem_id="hear", min_width=320):
        sound = player(speaking.phrase)
        box = build_phoneme_box()
        spoken = gr.Textbox(label="Spoken as", lines=3, max_lines=3, interactive=False, elem_id="spoken")
        return Hearing(sound, box.phonemes, box.count, spoken, plain_html("", "warnings")), box


def plain_html(content: str, elem_id: str) -> gr.HTML:
    """HTML with no style but the page's own."""
    return gr.HTML(content, elem_id=elem_id, apply_default_css=False)


def connect_local_events(desk: Desk) -> None:
    """What happens in the browser alone."""
    writing = desk.writing
    writing.text.change(js=CHANGED_JS, inputs=desk.inputs, **IN_BROWSER)
    for field in desk.inputs[1:]:
        field.change(js=KEEP_JS, inputs=desk.inputs, **IN_BROWSER)
    writing.open_file.click(js="() => window.kokoroPage.chooseFile()", **IN_BROWSER)
    for name, button in writing.examples.items():
        button.click(js=f"() => {json.dumps(EXAMPLES[name])}", outputs=writing.text, **IN_BROWSER)


def connect_speech(desk: Desk) -> None:
    """Speak and Stop."""
    writing, hearing, speaking = desk.writing, desk.hearing, desk.speaking
    asked = writing.speak.click(
        speaking.speak,
        desk.inputs,
        list(hearing),
        validator=speaking.check,
        js=SPEAK_JS,
        concurrency_id=SPEECH_SLOT,
        concurrency_limit=1,
        trigger_mode="multiple",  # or a Speak soon after a Stop is ignored; page.js ignores it while one is made
        **OURS,
    )
    for end in (asked.then, asked.failure):
        end(js="() => window.kokoro.settle()", **IN_BROWSER)
    writing.stop.click(js="() => window.kokoro.stop()", **IN_BROWSER)
    writing.stop.click(speaking.stop, None, hearing.player, cancels=[asked], queue=False, **OURS)


def connect_links(desk: Desk, links: ShareLinks, box: PhonemeBox, waiting: gr.State, loaded: Any) -> None:
    """A link that was opened fills the page in, once its voices are there; Copy link makes one.

    waiting: for a voice that a link names and that is not there yet.
    loaded: the event that the page begins with.
    """
    writing = desk.writing
    with gr.Row(visible=False):
        address, aside, made = gr.Textbox(), gr.Textbox(), gr.Textbox()
    opened = loaded.then(
        links.open,
        [address, aside],
        [*desk.inputs, box.phonemes, waiting, writing.link_notes],
        js=READ_JS,
        queue=False,
        **OURS,
    )
    kept = opened.then(
        links.restore,
        address,
        [*desk.inputs[1:], box.phonemes],
        js="() => window.kokoroPage?.kept() ?? ''",
        queue=False,
        **OURS,
    )
    kept.then(js="() => window.kokoroPage?.filled()", **IN_BROWSER)
    look_at_phonemes(kept, box, desk)
    writing.voice.input(lambda: "", None, waiting, queue=False, **OURS)
    writing.copy_link.click(
        links.make, [waiting, address, aside, *desk.inputs], [made, writing.link], js=PLACE_JS, queue=False, **OURS
    ).then(js=COPY_JS, inputs=made, **IN_BROWSER)


def launch(page: Page, **options: Any) -> Any:
    """Serve the page. `options` go to Gradio's launch, as tests need."""
    page.queue(max_size=QUEUE_LENGTH)
    return page.launch(
        **{
            "theme": theme(),
            "css_paths": sorted(HERE.rglob("*.css")),
            "favicon_path": HERE / "icon.svg",
            "js": (HERE / "page.js").read_text("utf-8"),
            "footer_links": ["api", "settings"],
            "run_history": False,
            "max_file_size": "1mb",
            "ssr_mode": False,
            "app_kwargs": {"routes": [*page.routes]},
            **options,
        }
    )
