"""The tab "Check a list": how it is laid out, and which event does what."""

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
from kokoro_demo.ui.events import IN_BROWSER, OURS, SPEECH_SLOT
from kokoro_demo.ui.fields import fields_js
from kokoro_demo.ui.scripts import expression, script
from kokoro_demo.ui.tab_purpose import show_purpose

if TYPE_CHECKING:
    from kokoro_demo.ui.desk import Desk

# Reading needs no model: it does not wait for those who speak.
LIST_SLOT = "list"
HERE = Path(__file__).parent
PURPOSE = "How a list of names or terms is read, what differs from what you expect, and what was guessed."
# As in keep_list.js.
LINKED = "link:"
KEEP_JS = "(text) => { try { sessionStorage.setItem('kokoro-list', text); } catch {} }"
# Names that people check: some in the dictionary, some made by rule, some guessed, and two that differ.
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
HINT = "One text a line; or a table with a column text and, if you like, expected (phonemes), voice, language, note."


def build_check_list_tab(desk: Desk, workbench: gr.Accordion, tabs: gr.Tabs) -> None:
    """Lay out the tab in the Blocks that is being built. Rows that do not say otherwise are as the page says.

    workbench, tabs: opened by a link to a list.
    """
    events, page = ListEvents(desk.backend, hears=is_installed()), Context.root_block
    listening = ListeningEvents(desk.backend, events.jobs, Recogniser)
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
            info="Speaks each row, and a recogniser (Whisper base) writes down what it hears.",
            elem_id="check-listen",
            container=False,
            visible=events.hears,
        )
        status = _html("check-progress", events, script(HERE / "check_list.js"))
        results = _html("check-results", events, script(HERE / "check_list.js", HERE / "results.js"))
        heard = gr.HTML("", html_template="", js_on_load=_file("heard.js"), apply_default_css=False)
        turn, hearing = gr.State(0), gr.State(0)
        add_check_endpoint(desk.backend, LIST_SLOT)

    page.load(opened_list, pasted, [pasted, workbench, tabs], js=expression(HERE / "keep_list.js"), queue=False, **OURS)
    link.click(js=fields_js(script(HERE / "list_link.js"), "list"), inputs=[pasted, *desk.fields], **IN_BROWSER)
    upload.upload(events.open, upload, [pasted, status], queue=False, **OURS).then(
        js=KEEP_JS, inputs=pasted, **IN_BROWSER
    )
    reading: dict[str, Any] = {"concurrency_id": LIST_SLOT, "concurrency_limit": 2, **OURS}
    checked = check.click(events.check, [pasted, *desk.fields], [status, results], **reading)
    tried = (
        example.click(lambda: EXAMPLE, None, pasted, queue=False, **OURS)
        .then(js=KEEP_JS, inputs=pasted, **IN_BROWSER)
        .then(events.check, [pasted, *desk.fields], [status, results], **reading)
    )
    lexicon = desk.input.more.lexicon
    mended = results.submit(events.mend, lexicon, [status, results, lexicon], **reading)
    cancel.click(events.stop, queue=False, **OURS)
    slot: dict[str, Any] = {"concurrency_id": SPEECH_SLOT, "concurrency_limit": 1, **OURS}
    end_waiting(results.click(events.play, None, [status, desk.clips], **slot))
    # Only events that were queued tell of a state that changed.
    speak.click(events.begin_zip, None, status, queue=False, **OURS).then(
        events.speak_turn, turn, [status, turn], **slot
    )
    turn.change(events.speak_turn, turn, [status, turn], **slot)
    if events.hears:
        shown = [status, hearing, heard]
        for event in (listen.input, checked.then, tried.then, mended.then):
            event(listening.begin, [listen, hearing], hearing, **reading)
        hearing.change(listening.turn, hearing, shown, **slot)
    page.unload(events.leave)


def opened_list(given: str | None) -> tuple[Any, Any, Any]:
    """The list that the browser gave, which is kept from before or after `LINKED` from a link, for its box; a link
    also opens the tab."""
    given = given or ""
    if not given.startswith(LINKED):
        return given or gr.skip(), gr.skip(), gr.skip()
    return given[len(LINKED) :], gr.Accordion(open=True), gr.Tabs(selected="check-list")


def _html(elem_id: str, events: ListEvents, served: str) -> gr.HTML:
    """A part of the page whose buttons a script serves."""

    def download(wanted: dict[str, Any]) -> str | None:
        return events.download(wanted)

    return gr.HTML(js_on_load=served, server_functions=[download], apply_default_css=False, elem_id=elem_id)


def _file(name: str) -> str:
    return (HERE / name).read_text("utf-8")
