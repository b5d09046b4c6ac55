"""The layout and the events of the "Check a list" tab."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr
from gradio.context import Context

from kokoro_demo.checklist.heard import Recogniser, is_installed
from kokoro_demo.ui.check_list.endpoint import add_check_endpoint
from kokoro_demo.ui.check_list.list_events import ListEvents
from kokoro_demo.ui.check_list.listening import ListeningEvents
from kokoro_demo.ui.clips import end_waiting
from kokoro_demo.ui.events import IN_BROWSER, PRIVATE, SPEECH_SLOT
from kokoro_demo.ui.fields import fields_js
from kokoro_demo.ui.scripts import expression, script
from kokoro_demo.ui.tab_purpose import show_purpose

if TYPE_CHECKING:
    from kokoro_demo.ui.main_panel import MainPanel

# Checking runs no model, so it need not wait for other visitors' speech.
LIST_SLOT = "list"
HERE = Path(__file__).parent
PURPOSE = "See how a list of names or terms is pronounced, what differs from what you expect, and what was guessed."
# The prefix that keep_list.js adds to a list from a link.
LINKED = "link:"
KEEP_JS = "(text) => { tabStorage.setItem('kokoro-list', text); }"
# Typical names: some are in the dictionary, some follow a rule, some are guessed, and two differ from what is expected.
EXAMPLE = """\
text,expected,note
Kokoro,/kˈoʊkəɹoʊ/,
Nguyen,/wɪn/,a family name
Siobhan,/ʃɪvˈɔːn/,a first name
Kubernetes,,
Llanelli,,a town in Wales
Tadhg,/tˈaɪɡ/,a first name
Semaglutide,,
schedule,/skˈɛdʒuːl/,American
Versailles,/vɛɹsˈaɪ/,the palace
The dose is 2.5 mg every 6 h.,,numbers and units
"""
HINT = "One text per line, or a table with the column text and optionally expected (phonemes), voice, language, note."


def build_check_list_tab(main: MainPanel, tabs: gr.Tabs) -> None:
    """Build the tab in the Blocks that is being built. Rows without values of their own use the page's fields.

    tabs: a link to a list selects the tab.
    """
    events, page = ListEvents(main.backend, hears=is_installed()), Context.root_block
    listening = ListeningEvents(main.backend, events.jobs, Recogniser)
    assert page is not None, "a tab is built into a page"
    with gr.Tab("Check a list", elem_id="check-list", id="check-list"):
        show_purpose(PURPOSE)
        pasted = gr.Textbox(label="List", info=HINT, lines=6, max_lines=6, elem_id="check-box")
        with gr.Row(elem_id="check-actions"):
            check = gr.Button("Check", variant="primary", elem_id="check")
            example = gr.Button("Try an example", elem_id="check-example")
            upload = gr.UploadButton("Open a file", type="binary", file_types=[".csv", ".tsv", ".txt"])
            speak = gr.Button("ZIP of audio")
            link = gr.Button("Copy link to this list", elem_id="check-link")
            cancel = gr.Button("Cancel", elem_id="check-cancel")
        listen = gr.Checkbox(
            False,
            label="Listen to each row",
            info="Speaks each row, and a speech recogniser (Whisper base) writes down what it hears.",
            elem_id="check-listen",
            container=False,
            visible=events.hears,
        )
        status = _html("check-progress", events, script(HERE / "check_list.js"))
        results = _html("check-results", events, script(HERE / "check_list.js", HERE / "results.js"))
        heard = gr.HTML("", html_template="", js_on_load=_file("heard.js"), apply_default_css=False)
        held, turn, hearing = gr.Textbox("", visible=False), gr.State(0), gr.State(0)
        add_check_endpoint(main.backend, LIST_SLOT)

    page.load(js=expression(HERE / "keep_list.js"), inputs=pasted, outputs=held, **IN_BROWSER)
    held.change(opened_list, held, [pasted, tabs], queue=False, **PRIVATE)  # not for a visitor without a list
    link.click(js=fields_js(_file("list_link.js"), "list"), inputs=[pasted, *main.fields], **IN_BROWSER)
    upload.upload(events.open, upload, [pasted, status], queue=False, **PRIVATE).then(
        js=KEEP_JS, inputs=pasted, **IN_BROWSER
    )
    list_slot: dict[str, Any] = {"concurrency_id": LIST_SLOT, "concurrency_limit": 2, **PRIVATE}
    checked = check.click(events.check, [pasted, *main.fields], [status, results], **list_slot)
    tried = (
        example.click(lambda: EXAMPLE, None, pasted, queue=False, **PRIVATE)
        .then(js=KEEP_JS, inputs=pasted, **IN_BROWSER)
        .then(events.check, [pasted, *main.fields], [status, results], **list_slot)
    )
    lexicon = main.input.more.lexicon
    fixed = results.submit(events.fix, lexicon, [status, results, lexicon], **list_slot)
    cancel.click(events.stop, queue=False, **PRIVATE)
    slot: dict[str, Any] = {"concurrency_id": SPEECH_SLOT, "concurrency_limit": 1, **PRIVATE}
    end_waiting(results.click(events.play, None, [status, main.clips], **slot))
    # `turn` changes only after an event that was queued, so the first turn is started here.
    speak.click(events.begin_zip, None, status, queue=False, **PRIVATE).then(
        events.speak_turn, turn, [status, turn], **slot
    )
    turn.change(events.speak_turn, turn, [status, turn], **slot)
    if events.hears:
        shown = [status, hearing, heard]
        for event in (listen.input, checked.then, tried.then, fixed.then):
            event(listening.begin, [listen, hearing], hearing, **list_slot)
        hearing.change(listening.turn, hearing, shown, **slot)
    page.unload(events.leave)


def opened_list(stored: str | None) -> tuple[Any, Any]:
    """Fill in the list that the browser stored, or the one from a link, which has the prefix `LINKED` and also selects
    the tab."""
    stored = stored or ""
    if not stored.startswith(LINKED):
        return stored or gr.skip(), gr.skip()
    return stored[len(LINKED) :], gr.Tabs(selected="check-list")


def _html(elem_id: str, events: ListEvents, script: str) -> gr.HTML:
    """HTML whose buttons are handled by a script."""

    def download(wanted: dict[str, Any]) -> str | None:
        return events.download(wanted)

    return gr.HTML(js_on_load=script, server_functions=[download], apply_default_css=False, elem_id=elem_id)


def _file(name: str) -> str:
    return (HERE / name).read_text("utf-8")
