"""The page: one box, one voice, one button."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import gradio as gr
from starlette.middleware import Middleware

from kokoro_demo.model.interruption import is_closing
from kokoro_demo.speech import MAX_CHARACTERS, MAX_SPEED, MIN_SPEED
from kokoro_demo.ui.api import add_endpoints
from kokoro_demo.ui.assistants import ToolKeyMiddleware, add_tools, show_only_tools
from kokoro_demo.ui.backend import Backend
from kokoro_demo.ui.cast import CastEvents, build_cast, connect_cast
from kokoro_demo.ui.clips import build_clips
from kokoro_demo.ui.compressed_page import CompressedPage
from kokoro_demo.ui.connection import build_connection
from kokoro_demo.ui.edited_page import EditedPage
from kokoro_demo.ui.events import IN_BROWSER, PRIVATE, SPEECH_SLOT
from kokoro_demo.ui.examples import FIRST_TEXT
from kokoro_demo.ui.fields import fields_js
from kokoro_demo.ui.hidden import hidden
from kokoro_demo.ui.link_banner import build_link_banner
from kokoro_demo.ui.link_preview import preview_picture, with_preview
from kokoro_demo.ui.main_panel import InputColumn, MainPanel, OutputColumn
from kokoro_demo.ui.model_status import PROGRESS_POLL, STATUS_MARK, StatusLine, with_status
from kokoro_demo.ui.more import build_more
from kokoro_demo.ui.own_packs import OwnPacks, VisitorsBackend
from kokoro_demo.ui.page_blocks import Page
from kokoro_demo.ui.phoneme_box import PhonemeBox, build_phoneme_box, connect_phoneme_box, look_at_phonemes
from kokoro_demo.ui.player import player
from kokoro_demo.ui.preloads import with_preloads
from kokoro_demo.ui.programs import Metrics, ProgramQueue, routes_of
from kokoro_demo.ui.queue_places import QueuePlaces
from kokoro_demo.ui.runs import Runs
from kokoro_demo.ui.scripts import expression, with_shared_script
from kokoro_demo.ui.server import harden
from kokoro_demo.ui.share_links import COPY_JS, PLACE_JS, QR_JS, READ_JS, ShareLinks
from kokoro_demo.ui.sound import speech_files
from kokoro_demo.ui.speech_events import SpeechEvents
from kokoro_demo.ui.spoken_text import build_spoken_text
from kokoro_demo.ui.style_sheet import with_style_sheet
from kokoro_demo.ui.theme import theme
from kokoro_demo.ui.under_text import build_under_text
from kokoro_demo.ui.unwatched_config import with_unwatched_config
from kokoro_demo.ui.voice_picker import PickerEvents, build_voice_picker, connect_voice_picker
from kokoro_demo.ui.without_script import with_message_without_script
from kokoro_demo.ui.workbench import build_workbench

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
    "return window.kokoroCast?.castFor(fields).then((cast) => Object.values({ ...fields, cast })) ?? values;"
)


def build_page(backend: Backend, tools: bool = False, wyoming: str = "") -> Page:
    """Build the page of a backend. `launch` serves it.

    tools: whether to serve tools for assistants too, which needs the package `mcp`.
    wyoming: the address at which to serve the Wyoming protocol too, which needs the package `wyoming`; "" if not.
    """
    runs, packs = Runs(), OwnPacks()
    visitors_backend = VisitorsBackend(backend, packs)
    speech_events = SpeechEvents(visitors_backend, runs)
    picker_events = PickerEvents(visitors_backend, packs)
    cast_events = CastEvents(visitors_backend)
    status = StatusLine(visitors_backend, runs)
    with Page(title="Kokoro text to speech", analytics_enabled=False, delete_cache=FILES_KEPT) as page:
        with gr.Row(elem_id="head"):
            plain_html(TITLE, "title")
            status_line = plain_html(STATUS_MARK, "status")
        banner = build_link_banner()
        with gr.Row(elem_id="main-panel"):
            left = input_column(*status.voices(), picker_events, cast_events)
            right, phoneme_box = output_column(speech_events)
        components = {"text": left.text, "voice": left.voice, "speed": left.speed, **left.more._asdict()}
        components |= {"edited": phoneme_box.edited, "edited_for": phoneme_box.edited_for}
        main = MainPanel(visitors_backend, runs, left, right, build_clips(), components)
        connect_local_events(main)
        connect_voice_picker(main, picker_events)
        connect_cast(main, left.cast, cast_events)
        connect_speech(main, speech_events, page)
        connect_phoneme_box(phoneme_box, main)
        page.late = build_workbench(main)
        plain_html(CREDIT, "credit")
        build_connection()
        page.unload(speech_events.leave)
        page.unload(picker_events.leave)

        # The voice that a share link names, until it is listed.
        waiting_voice = gr.State("")
        voices_listed = connect_status(page, status, status_line, left.voice, waiting_voice)
        share_links = ShareLinks(visitors_backend, packs)
        connect_links(main, share_links, phoneme_box, banner, waiting_voice, voices_listed)
        add_endpoints(backend, SPEECH_SLOT)
        if tools:
            add_tools(backend, SPEECH_SLOT)
    page.has_tools = tools
    page.edits = (with_status(backend), with_preview, with_unwatched_config, with_shared_script)
    page.edits += (with_message_without_script, with_style_sheet)
    add_routes(page, backend, runs, wyoming)
    return page


def add_routes(page: Page, backend: Backend, runs: Runs, wyoming: str) -> None:
    """Add what the server offers besides the page: the HTTP API, the files of speeches, and the Wyoming protocol."""
    queue = ProgramQueue(QUEUE_LENGTH, lambda: len(page._queue))
    metrics = Metrics(lambda: queue.waiting)
    page.routes = [*preview_picture(), *routes_of(backend, queue, metrics), speech_files(runs)]
    if wyoming:
        from kokoro_demo.ui.programs.wyoming_server import WyomingServer

        page.wyoming = WyomingServer(wyoming, backend, queue, metrics)


def input_column(
    voices: list[tuple[str, str]],
    default_voice: str | None,
    picker_events: PickerEvents,
    cast_events: CastEvents,
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
        build_under_text()
        with gr.Row(elem_id="manner"):
            picker = build_voice_picker(picker_events, default_voice)
            # Holds the choice; the picker displays it.
            voice = gr.Dropdown(
                choices=voices,
                value=default_voice,
                label="Chosen",
                elem_id="voice",
                visible=False,
                allow_custom_value=True,
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
        notes = plain_html("", "link-notes")
        cast = build_cast(cast_events)
        more = build_more()
    return InputColumn(
        text,
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


def output_column(speech_events: SpeechEvents) -> tuple[OutputColumn, PhonemeBox]:
    """Build the right column."""
    with gr.Column(elem_id="hear", min_width=320):
        sound = player(speech_events.phrase)
        spoken_words = build_spoken_text()
        phoneme_box = build_phoneme_box()
        spoken = gr.Textbox(
            label="Spoken as",
            placeholder="Press Speak to see the text as it is read.",
            lines=3,
            max_lines=3,
            interactive=False,
            elem_id="spoken",
        )
        warnings = plain_html("", "warnings")
    return OutputColumn(sound, spoken_words, phoneme_box.phonemes, phoneme_box.count, spoken, warnings), phoneme_box


def plain_html(content: str, elem_id: str) -> gr.HTML:
    """HTML styled only by the page's own style sheet."""
    return gr.HTML(content, elem_id=elem_id, apply_default_css=False)


def connect_local_events(main: MainPanel) -> None:
    """Connect the events that run in the browser alone."""
    left = main.input
    left.text.change(js=CHANGED_JS, inputs=main.fields, **IN_BROWSER)
    changes = [field.change for name, field in main.components.items() if name != "text"]
    gr.on(changes, js=KEEP_JS, inputs=main.fields, **IN_BROWSER)


def connect_speech(main: MainPanel, events: SpeechEvents, page: Page) -> None:
    """Connect Speak and Stop, and show the place in the queue in between."""
    speaking = main.input.speak.click(
        events.speak,
        main.fields,
        list(main.output),
        validator=events.check,
        js=SPEAK_JS,
        concurrency_id=SPEECH_SLOT,
        concurrency_limit=1,
        trigger_mode="multiple",  # otherwise Speak soon after Stop is ignored; page.js prevents two speeches at once
        **PRIVATE,
    )
    for end in (speaking.then, speaking.failure):
        end(js="() => window.kokoro.settle()", **IN_BROWSER)
    main.input.stop.click(js="() => window.kokoro.stop()", **IN_BROWSER)
    # The player sends ticks while it waits in the queue.
    main.output.player.tick(QueuePlaces(page).update, None, main.output.player, queue=False, **PRIVATE)
    main.input.stop.click(events.stop, None, main.output.player, cancels=[speaking], queue=False, **PRIVATE)


def connect_status(page: Page, status: StatusLine, line: gr.HTML, voice: gr.Dropdown, waiting_voice: gr.State) -> Any:
    """Keep the status line and the list of voices up to date; returns the first event, after which voices are listed.

    waiting_voice: the voice that a share link names, until it is listed.
    """
    shown_status, timer = gr.State(None), gr.Timer(PROGRESS_POLL)
    inputs = [voice, shown_status, waiting_voice]
    outputs = [line, *inputs, timer]
    first = page.load(status.refresh, inputs, outputs, queue=False, **PRIVATE)
    timer.tick(status.refresh, inputs, outputs, queue=False, **PRIVATE)
    return first


def connect_links(
    main: MainPanel, links: ShareLinks, phoneme_box: PhonemeBox, banner: gr.HTML, waiting_voice: gr.State, ready: Any
) -> None:
    """Connect share links: opening one fills in the page; Copy link and QR code make one.

    waiting_voice: the voice that a link names, until it is listed.
    ready: the event after which the page can be filled in, because its voices are listed.
    """
    left = main.input
    with hidden():
        # What the scripts pass in besides the fields, an address and a flag: see READ_JS and PLACE_JS.
        address, flag, made_link = gr.Textbox(), gr.Textbox(), gr.Textbox()
    opened = ready.then(
        links.open,
        [address, flag],
        [*main.fields, phoneme_box.phonemes, waiting_voice, left.link_notes, banner, left.picker],
        js=READ_JS,
        queue=False,
        **PRIVATE,
    )
    restored = opened.then(
        links.restore,
        address,
        [*main.fields, phoneme_box.phonemes],
        js="() => window.kokoroPage?.kept() ?? ''",
        queue=False,
        **PRIVATE,
    )
    restored.then(js="() => window.kokoroPage?.filled()", **IN_BROWSER)
    look_at_phonemes(restored, phoneme_box, main)
    left.picker.select(lambda: "", None, waiting_voice, queue=False, **PRIVATE)
    for button, make, outputs, script in (
        (left.copy_link, links.make, [made_link, left.link], COPY_JS),
        (left.qr_code, links.qr_code, [made_link, left.link, left.qr], QR_JS),
    ):
        inputs = [waiting_voice, address, flag, *main.fields]
        made = button.click(make, inputs, outputs, js=PLACE_JS, queue=False, **PRIVATE)
        made.then(js=script, inputs=made_link, **IN_BROWSER)


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
            "favicon_path": HERE / "icon.svg",
            "js": expression(HERE / "page.js"),
            "footer_links": ["api"],
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
                    Middleware(EditedPage, [*page.edits, with_preloads(page.config)]),
                    Middleware(ToolKeyMiddleware),
                ],
                **({"lifespan": page.wyoming.running} if page.wyoming else {}),
            },
            **options,
        }
    )
