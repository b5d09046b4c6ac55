"""The layout and the events of the Compare tab."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr
from gradio.context import Context

from kokoro_demo.languages import LANGUAGES
from kokoro_demo.speech import MAX_SPEED, MIN_SPEED
from kokoro_demo.ui.clips import end_waiting
from kokoro_demo.ui.compare.blind import TEST_IN_LINK_JS
from kokoro_demo.ui.compare.columns import MAX_COLUMNS
from kokoro_demo.ui.compare.compare_events import AS_ON_THE_PAGE, NO_SECOND, CompareEvents, voices_html
from kokoro_demo.ui.compare.endpoint import add_compare_endpoint
from kokoro_demo.ui.events import IN_BROWSER, PRIVATE, SPEECH_SLOT
from kokoro_demo.ui.more import NEW_SEED_JS
from kokoro_demo.ui.scripts import script
from kokoro_demo.ui.tab_purpose import show_purpose
from kokoro_demo.ui.voice_choices import voice_label
from kokoro_demo.voices.catalogue import best_first, catalogue, describe

if TYPE_CHECKING:
    from kokoro_demo.ui.main_panel import MainPanel

HERE = Path(__file__).parent
PURPOSE = "Hear the text in two to four voices or settings, and switch between them while they play."
CURRENT_JS = '(_, ...values) => [Number(document.querySelector(".comparator").dataset.column || 0), ...values]'

HIDE_JS = """(on) => {
  document.getElementById("compare").classList.toggle("is-blind", on);
  window.kokoroComparator?.clear();
}"""
RESULT = '<div class="compare-result"></div>'
PLACE_JS = "(count, _, ...values) => [count, location.origin + location.pathname, ...values]"
# The link is also shown, because an iframe may not be allowed to write to the clipboard.
COPY_JS = "(link) => { if (link) navigator.clipboard?.writeText(link).catch(() => {}); }"


def build_compare_tab(main: MainPanel, tabs: gr.Tabs) -> None:
    """Build the tab in the Blocks that is being built. Every column speaks the page's text with settings of its own.

    tabs: a link to a blind test selects the tab.
    """
    events, page = CompareEvents(main.backend), Context.root_block
    assert page is not None, "a tab is built into a page"
    voices = events.voices()
    with gr.Tab("Compare", elem_id="compare", id="compare") as tab:
        show_purpose(PURPOSE)
        with gr.Row(elem_id="compare-actions"):
            make = gr.Button("Compare", variant="primary", elem_id="compare-make")
            stop = gr.Button("Stop", elem_id="compare-stop")
            more = gr.Button("More columns", elem_id="compare-more")
        with gr.Row(elem_id="compare-blind-row"):
            blind = gr.Checkbox(
                label="Blind",
                info="Hides what the columns are, and shuffles them by the seed, until you pick one.",
                elem_id="compare-blind",
                container=False,
            )
            again = gr.Button("Another round", size="sm", elem_classes="quiet", elem_id="compare-again")
            send = gr.Button("Copy link to this blind test", size="sm", elem_classes="quiet", elem_id="compare-send")
        status = gr.HTML("", apply_default_css=False, elem_id="compare-status")
        with gr.Row(elem_id="compare-columns"):
            columns = [_column(number, voices) for number in range(1, MAX_COLUMNS + 1)]

        def sound(wanted: dict[str, Any]) -> str | None:
            return events.sound(wanted)

        player = gr.HTML(
            html_template=_file("comparator.html"),
            js_on_load=script(HERE / "comparator.js"),
            server_functions=[sound],
            apply_default_css=False,
            elem_id="compare-player",
        )
        use = gr.Button("Use this column's voice on the page", size="sm", elem_classes="quiet", elem_id="compare-use")
        column = gr.Number(0, precision=0, visible=False)
        with gr.Accordion("Find a voice", open=False, elem_id="compare-find"):
            query = gr.Textbox(
                label="Find a voice",
                placeholder="british man, american female grade a, whisper",
                max_lines=1,
                elem_id="compare-query",
            )
            voice_list = gr.HTML(
                voices_html(voices),
                js_on_load=_file("voice_list.js"),
                apply_default_css=False,
                elem_id="compare-voices",
            )
        held, place, made = [gr.Textbox("", visible=False) for _ in range(3)]
        add_compare_endpoint(main.backend, SPEECH_SLOT)
        count = gr.State(2)

    fields = [part for _, parts in columns for part in parts]
    chosen = [part for _, parts in columns for part in parts[:2]]
    slot: dict[str, Any] = {"concurrency_id": SPEECH_SLOT, "concurrency_limit": 1, **PRIVATE}
    made_of = [count, *main.fields, *fields, blind]
    make.click(events.compare, made_of, [status, player], **slot)
    again.click(js=NEW_SEED_JS, outputs=main.input.more.seed, **IN_BROWSER).then(
        events.compare, made_of, [status, player], **slot
    )
    use.click(
        events.use,
        [column, *main.fields, *fields],
        [status, main.input.voice, main.input.speed],
        js=CURRENT_JS,
        queue=False,
        **PRIVATE,
    )
    stop.click(events.stop, queue=False, **PRIVATE)

    def columns_shown(shown: int) -> list[Any]:
        return [
            *[gr.Column(visible=at < shown) for at in range(MAX_COLUMNS)],
            gr.Button("Fewer columns" if shown == MAX_COLUMNS else "More columns"),
        ]

    layout = [*[block for block, _ in columns], more]
    more.click(
        lambda shown: MAX_COLUMNS if shown < MAX_COLUMNS else 2,
        count,
        count,
        queue=False,
        **PRIVATE,
    ).then(columns_shown, count, layout, queue=False, **PRIVATE)
    blind.change(js=HIDE_JS, inputs=blind, **IN_BROWSER)
    send.click(
        events.test_link, [count, place, *main.fields, *fields], [made, status], js=PLACE_JS, queue=False, **PRIVATE
    ).then(js=COPY_JS, inputs=made, **IN_BROWSER)
    # Only a link that has a test changes `held`.
    page.load(js=TEST_IN_LINK_JS, outputs=held, **IN_BROWSER)
    held.change(events.open_test, held, [*fields, blind, count, status], queue=False, **PRIVATE).then(
        columns_shown, count, layout, queue=False, **PRIVATE
    ).then(lambda: gr.Tabs(selected="compare"), None, tabs, queue=False, **PRIVATE)
    for event in (query.change, tab.select, voice_list.submit):
        event(events.find, [query, *chosen], [voice_list, *chosen], queue=False, trigger_mode="always_last", **PRIVATE)
    end_waiting(voice_list.click(events.preview, None, [status, main.clips], **slot))
    page.unload(events.leave)


def _column(number: int, voices: list[tuple[str, str]]) -> tuple[gr.Column, list[Any]]:
    """Build the fields of one column, in the order of `columns.Column`."""
    names = [name for _, name in voices]
    if number > 1 and len(names) < 2:  # Kokoro is not loaded yet
        names = list(best_first(catalogue()))
        voices = [*voices, (voice_label(describe(names[number - 1])), names[number - 1])]
    default = names[number - 1] if 1 < number <= len(names) else ""
    with gr.Column(visible=number <= 2, min_width=230, elem_classes="compare-column") as block:
        voice = gr.Dropdown([AS_ON_THE_PAGE, *voices], value=default, label=f"Voice {number}")
        with gr.Row():
            second = gr.Dropdown([NO_SECOND, *voices], value="", label="Blended with", min_width=150)
            share = gr.Slider(0, 100, value=50, step=1, label="Share in %", min_width=150, buttons=[])
        with gr.Row():
            speed = gr.Slider(MIN_SPEED, MAX_SPEED, value=1.0, step=0.05, label="Speed", min_width=150, buttons=[])
            accents = [AS_ON_THE_PAGE, *((language, language) for language in LANGUAGES)]
            accent = gr.Dropdown(accents, value="", label="Accent", min_width=150)
        phonemes = gr.Textbox(
            label="Custom phonemes", placeholder="The text's own", lines=1, max_lines=3, elem_classes="compare-own"
        )
        gr.HTML(RESULT, apply_default_css=False)  # filled in by comparator.js
    return block, [voice, second, share, speed, accent, phonemes]


def _file(name: str) -> str:
    return (HERE / name).read_text("utf-8")
