"""The page: one box, one voice, one button."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr
from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from kokoro_demo.model.interruption import is_closing
from kokoro_demo.speech import MAX_CHARACTERS, MAX_SPEED, MIN_SPEED
from kokoro_demo.ui.api import add_endpoints
from kokoro_demo.ui.assistants import AssistantDoor, add_tools, show_only_tools
from kokoro_demo.ui.backend import Backend
from kokoro_demo.ui.cast import CastEvents, build_cast, connect_cast
from kokoro_demo.ui.clips import build_clips
from kokoro_demo.ui.compressed_page import CompressedPage
from kokoro_demo.ui.connection import build_connection
from kokoro_demo.ui.desk import Desk, InputColumn, OutputColumn
from kokoro_demo.ui.edited_page import EditedPage
from kokoro_demo.ui.errors import in_whole_characters, shown
from kokoro_demo.ui.events import IN_BROWSER, PRIVATE, SPEECH_SLOT
from kokoro_demo.ui.examples import EXAMPLES, FIRST_TEXT
from kokoro_demo.ui.fields import fields_js, with_defaults
from kokoro_demo.ui.hidden import hidden
from kokoro_demo.ui.link_banner import build_link_banner
from kokoro_demo.ui.link_preview import preview_picture, with_preview
from kokoro_demo.ui.model_status import PROGRESS_POLL, StatusLine, status_html
from kokoro_demo.ui.more import build_more
from kokoro_demo.ui.own_packs import OwnPacks, VisitorsBackend
from kokoro_demo.ui.phoneme_box import PhonemeBox, build_phoneme_box, connect_phoneme_box, look_at_phonemes
from kokoro_demo.ui.player import player
from kokoro_demo.ui.programs import Metrics, ProgramQueue, routes_of
from kokoro_demo.ui.queue_places import QueuePlaces
from kokoro_demo.ui.runs import Runs
from kokoro_demo.ui.scripts import expression
from kokoro_demo.ui.server import Served, harden
from kokoro_demo.ui.share_links import COPY_JS, PLACE_JS, QR_JS, READ_JS, ShareLinks
from kokoro_demo.ui.sound import speech_files
from kokoro_demo.ui.speech_events import SpeechEvents
from kokoro_demo.ui.spoken_text import build_spoken_text
from kokoro_demo.ui.theme import theme
from kokoro_demo.ui.unwatched_config import with_unwatched_config
from kokoro_demo.ui.voice_picker import PickerEvents, build_voice_picker, connect_voice_picker
from kokoro_demo.ui.workbench import build_workbench

if TYPE_CHECKING:
    from kokoro_demo.ui.programs.wyoming_server import WyomingServer

HERE = Path(__file__).parent
QUEUE_LENGTH = 32
# Seconds between looks into an empty queue, and for progress. Gradio's 1 ms take a tenth of a core while nobody is
# there, from the threads that compute.
QUEUE_INTERVAL, PROGRESS_INTERVAL = 0.01, 0.1
# Gradio's delete_cache: seconds between deletions of the API's files, and their age when they are deleted.
FILES_KEPT = (900, 900)

TITLE = '<h1>Kokoro</h1><p class="tagline">Text to speech</p>'
# Apache-2.0 requires it, and they have earned it.
CREDIT = (
    "<p>The model is Kokoro-82M by hexgrad. “Heart, small”, which speaks while that loads, is hibari by Maureese "
    "Williams, trained on Kokoro's speech. Both are Apache-2.0.</p>"
)
CHANGED_JS = fields_js(f"window.kokoroPage.changed(fields, {MAX_CHARACTERS});")
KEEP_JS = fields_js("window.kokoroPage.keep(fields);")
# Waits for the cast of the current text, which may not have appeared yet when Speak is pressed.
SPEAK_JS = fields_js(
    "window.kokoroPage.speak(fields); "
    "return window.kokoroCast?.given(fields).then((cast) => Object.values({ ...fields, cast })) ?? values;"
)


class Page(gr.Blocks):
    """The page. All input of visitors passes through its methods, which sanitise it and replace Gradio's own errors:
    those contain the invalid values, and would be logged.

    routes: the server's other routes.
    has_tools: whether it serves tools for assistants.
    served: the server's current work; None before `launch`.
    wyoming: the server of the Wyoming protocol, if that is enabled.
    """

    routes: Sequence[BaseRoute] = ()
    has_tools: bool = False
    served: Served | None = None
    wyoming: WyomingServer | None = None

    def is_speaking(self) -> bool:
        """Whether any speech is being made, for a visitor or an API client."""
        wyoming = self.wyoming is not None and self.wyoming.is_speaking
        return bool(
            wyoming or (self.served and self.served.programs) or len(self._queue) or any(self._queue.active_jobs)
        )

    async def process_api(self, block_fn: Any, inputs: list[Any], *arguments: Any, **options: Any) -> dict[str, Any]:
        try:
            values = in_whole_characters(inputs)
            if block_fn.api_visibility == "public":
                values = with_defaults(block_fn.fn, values)
            return await super().process_api(block_fn, values, *arguments, **options)
        except Exception as error:
            raise shown(error) from None

    def validate_inputs(self, block_fn: Any, inputs: list[Any]) -> None:
        try:
            super().validate_inputs(block_fn, inputs)
        except ValueError:
            expected = len(block_fn.inputs)
            message = f"This endpoint takes {expected} arguments but got {len(inputs)}."
            raise gr.Error(message, print_exception=False) from None


def build_page(backend: Backend, tools: bool = False, wyoming: str = "") -> Page:
    """Build the page of a backend. `launch` serves it.

    tools: whether to serve tools for assistants too, which needs the package `mcp`.
    wyoming: the address at which to serve the Wyoming protocol too, which needs the package `wyoming`; "" if not.
    """
    runs, packs = Runs(), OwnPacks()
    visitors = VisitorsBackend(backend, packs)
    speech = SpeechEvents(visitors, runs)
    status = StatusLine(visitors, runs)
    picking = PickerEvents(visitors, packs)
    casting = CastEvents(visitors)
    with Page(title="Kokoro text to speech", analytics_enabled=False, delete_cache=FILES_KEPT) as page:
        with gr.Row(elem_id="head"):
            plain_html(TITLE, "title")
            status_line = plain_html(status_html(backend.status()), "status")
        banner = build_link_banner()
        with gr.Row(elem_id="desk"):
            left = input_column(*status.voices(), picking, casting)
            right, box = output_column(speech)
        components = {"text": left.text, "voice": left.voice, "speed": left.speed, **left.more._asdict()}
        components |= {"edited": box.edited, "edited_for": box.edited_for}
        desk = Desk(visitors, runs, left, right, build_clips(), components)
        connect_local_events(desk)
        connect_voice_picker(desk, picking)
        connect_cast(desk, left.cast, casting)
        connect_speech(desk, speech, page)
        connect_phoneme_box(box, desk)
        build_workbench(desk)
        plain_html(CREDIT, "credit")
        build_connection()
        page.unload(speech.leave)
        page.unload(picking.leave)

        seen, waiting, timer = gr.State(None), gr.State(""), gr.Timer(PROGRESS_POLL)
        known = [left.voice, seen, waiting]
        loaded, _ = [
            event(status.refresh, known, [status_line, *known, timer], queue=False, **PRIVATE)
            for event in (page.load, timer.tick)
        ]
        connect_links(desk, ShareLinks(visitors, packs), box, banner, waiting, loaded)
        add_endpoints(backend, SPEECH_SLOT)
        if tools:
            add_tools(backend, SPEECH_SLOT)
    page.has_tools = tools
    queue = ProgramQueue(QUEUE_LENGTH, lambda: len(page._queue))
    metrics = Metrics(lambda: queue.waiting)
    page.routes = [*preview_picture(), *routes_of(backend, queue, metrics), speech_files(runs)]
    if wyoming:
        from kokoro_demo.ui.programs.wyoming_server import WyomingServer

        page.wyoming = WyomingServer(wyoming, backend, queue, metrics)
    return page


def input_column(
    voices: list[tuple[str, str]], best: str | None, picking: PickerEvents, casting: CastEvents
) -> InputColumn:
    """Build the left column."""
    with gr.Column(elem_id="write", min_width=320):
        text = gr.Textbox(
            label="Text",
            lines=9,
            max_lines=9,
            elem_id="text",
            placeholder="Type or paste a text to speak.",
            value=FIRST_TEXT,
        )
        with gr.Row(elem_id="under-text"):
            plain_html(f"<span>{len(FIRST_TEXT)} / {MAX_CHARACTERS:,} characters</span>", "counter")
            open_file = gr.Button("Open a text file", size="sm", elem_classes="quiet")
        with gr.Row(elem_id="examples"):
            plain_html("<span>Try</span>", "try")
            examples = {name: gr.Button(name, size="sm", elem_classes="quiet") for name in EXAMPLES}
            back = gr.Button("Back to my text", size="sm", elem_classes="quiet", elem_id="text-back")
        with gr.Row(elem_id="manner"):
            picker = build_voice_picker(picking, best)
            # Holds the choice; the picker displays it.
            voice = gr.Dropdown(
                choices=voices, value=best, label="Chosen", elem_id="voice", visible="hidden", allow_custom_value=True
            )
            speed = gr.Slider(MIN_SPEED, MAX_SPEED, value=1.0, step=0.05, label="Speed", elem_id="speed", buttons=[])
        with gr.Row(elem_id="actions"):
            speak = gr.Button("Speak", variant="primary", elem_id="speak")
            stop = gr.Button("Stop", elem_id="stop")
        with gr.Row(elem_id="share"):
            copy_link = gr.Button("Copy link", size="sm")
            qr_code = gr.Button("QR code", size="sm")
            link = plain_html("", "link")
            qr = plain_html("", "qr")
        cast = build_cast(casting)
        more = build_more()
        notes = plain_html("", "link-notes")
    return InputColumn(
        text,
        open_file,
        examples,
        back,
        picker,
        voice,
        speed,
        speak,
        stop,
        cast,
        more,
        copy_link,
        link,
        qr_code,
        qr,
        notes,
    )


def output_column(speech: SpeechEvents) -> tuple[OutputColumn, PhonemeBox]:
    """Build the right column."""
    with gr.Column(elem_id="hear", min_width=320):
        sound = player(speech.phrase)
        reading = build_spoken_text()
        box = build_phoneme_box()
        spoken = gr.Textbox(label="Spoken as", lines=3, max_lines=3, interactive=False, elem_id="spoken")
        return OutputColumn(sound, reading, box.phonemes, box.count, spoken, plain_html("", "warnings")), box


def plain_html(content: str, elem_id: str) -> gr.HTML:
    """HTML styled only by the page's own style sheet."""
    return gr.HTML(content, elem_id=elem_id, apply_default_css=False)


def connect_local_events(desk: Desk) -> None:
    """Connect the events that run in the browser alone."""
    left = desk.input
    left.text.change(js=CHANGED_JS, inputs=desk.fields, **IN_BROWSER)
    others = [field.change for name, field in desk.components.items() if name != "text"]
    gr.on(others, js=KEEP_JS, inputs=desk.fields, **IN_BROWSER)
    left.open_file.click(js="() => window.kokoroPage.chooseFile()", **IN_BROWSER)
    left.text_back.click(js="() => window.kokoroPage.textBack()", **IN_BROWSER)
    for name, button in left.examples.items():
        button.click(js=f"() => window.kokoroPage.tryExample({json.dumps(EXAMPLES[name])})", **IN_BROWSER)


def connect_speech(desk: Desk, speech: SpeechEvents, page: Page) -> None:
    """Connect Speak and Stop, and show the place in the queue in between."""
    speaking = desk.input.speak.click(
        speech.speak,
        desk.fields,
        list(desk.output),
        validator=speech.check,
        js=SPEAK_JS,
        concurrency_id=SPEECH_SLOT,
        concurrency_limit=1,
        trigger_mode="multiple",  # otherwise Speak soon after Stop is ignored; page.js prevents two speeches at once
        **PRIVATE,
    )
    for end in (speaking.then, speaking.failure):
        end(js="() => window.kokoro.settle()", **IN_BROWSER)
    desk.input.stop.click(js="() => window.kokoro.stop()", **IN_BROWSER)
    # The player sends ticks while it waits in the queue.
    desk.output.player.tick(QueuePlaces(page).update, None, desk.output.player, queue=False, **PRIVATE)
    desk.input.stop.click(speech.stop, None, desk.output.player, cancels=[speaking], queue=False, **PRIVATE)


def connect_links(
    desk: Desk, links: ShareLinks, box: PhonemeBox, banner: gr.HTML, waiting: gr.State, loaded: Any
) -> None:
    """Connect share links: opening one fills in the page once its voices are listed; Copy link and QR code make one.

    waiting: the voice that a link names, if it is not available yet.
    loaded: the first event of the page, which lists its voices.
    """
    left = desk.input
    with hidden():
        # What the scripts pass in besides the fields: see READ_JS and PLACE_JS.
        address, flag, made = gr.Textbox(), gr.Textbox(), gr.Textbox()
    opened = loaded.then(
        links.open,
        [address, flag],
        [*desk.fields, box.phonemes, waiting, left.link_notes, banner, left.picker],
        js=READ_JS,
        queue=False,
        **PRIVATE,
    )
    kept = opened.then(
        links.restore,
        address,
        [*desk.fields, box.phonemes],
        js="() => window.kokoroPage?.kept() ?? ''",
        queue=False,
        **PRIVATE,
    )
    kept.then(js="() => window.kokoroPage?.filled()", **IN_BROWSER)
    look_at_phonemes(kept, box, desk)
    left.voice.input(lambda: "", None, waiting, queue=False, **PRIVATE)
    left.copy_link.click(
        links.make, [waiting, address, flag, *desk.fields], [made, left.link], js=PLACE_JS, queue=False, **PRIVATE
    ).then(js=COPY_JS, inputs=made, **IN_BROWSER)
    left.qr_code.click(
        links.qr_code,
        [waiting, address, flag, *desk.fields],
        [made, left.link, left.qr],
        js=PLACE_JS,
        queue=False,
        **PRIVATE,
    ).then(js=QR_JS, inputs=made, **IN_BROWSER)


def launch(page: Page, **options: Any) -> Any:
    """Serve the page. `options` override those of Gradio's `launch`, for tests."""
    page.queue(max_size=QUEUE_LENGTH)
    page._queue.sleep_when_free, page._queue.progress_update_sleep_when_free = QUEUE_INTERVAL, PROGRESS_INTERVAL
    page.served = harden(is_closing)
    if page.has_tools:
        show_only_tools()
    return page.launch(
        **{
            "theme": theme(),
            "css_paths": sorted(HERE.rglob("*.css")),
            "favicon_path": HERE / "icon.svg",
            "js": expression(HERE / "page.js"),
            "footer_links": ["api", "settings"],
            "run_history": False,
            "max_file_size": "1mb",
            "ssr_mode": False,
            "enable_monitoring": False,
            # No check that this address answers within three seconds: a machine that is loading weights may need more.
            "_frontend": False,
            "mcp_server": page.has_tools,
            "app_kwargs": {
                "routes": [*page.routes],
                "middleware": [
                    Middleware(CompressedPage),
                    Middleware(EditedPage, [with_preview, with_unwatched_config]),
                    Middleware(AssistantDoor),
                ],
                **({"lifespan": page.wyoming.running} if page.wyoming else {}),
            },
            **options,
        }
    )
