"""Under My fixes: a file of another program's fixes is merged, and what is in the box is written in any form."""

from __future__ import annotations

import base64
import html
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import gradio as gr

from kokoro_demo.languages import readable_language
from kokoro_demo.lexicons import FORMATS, MergedLexicon, export_lexicon, merge_lexicon
from kokoro_demo.speech import MAX_CHARACTERS
from kokoro_demo.ui.chosen_file import choose_js, chosen_bytes
from kokoro_demo.ui.errors import explain
from kokoro_demo.ui.events import IN_BROWSER, OURS
from kokoro_demo.ui.hidden import hidden
from kokoro_demo.ui.scripts import expression

SAVE_JS = expression(Path(__file__).with_name("save_file.js"))
MOST_BYTES = 1_000_000
ACCEPT = ".pls,.xml,.json,.csv,.tsv,.txt,.dict"
FILE_NAME = "kokoro-fixes"
# Further lines of the report are counted, not shown.
MOST_SHOWN = 6


def build_lexicon_files(lexicon: gr.Textbox, language: gr.Dropdown) -> None:
    """Lay out the buttons in the Blocks that is being built.

    lexicon: the box of fixes. language: the accent; "" is the voice's own.
    """
    with gr.Row(elem_id="lexicon-files"):
        add = gr.Button("Add a file of fixes", size="sm", elem_classes="quiet", elem_id="lexicon-add", min_width=120)
        choices = [(form.label, name) for name, form in FORMATS.items()]
        form = gr.Dropdown(
            choices, value="fixes", show_label=False, label="Form", elem_id="lexicon-form", min_width=150
        )
        save = gr.Button("Download", size="sm", elem_classes="quiet", elem_id="lexicon-save", min_width=80)
    report = gr.HTML("", elem_id="lexicon-report", apply_default_css=False)
    with hidden():
        chosen, made = gr.Textbox(), gr.JSON()
    add.click(
        merged_file,
        [chosen, lexicon, language],
        [lexicon, report],
        js=choose_js(ACCEPT, MOST_BYTES),
        queue=False,
        **OURS,
    )
    save.click(written_file, [form, lexicon, language], [made, report], queue=False, **OURS).then(
        js=SAVE_JS, inputs=made, **IN_BROWSER
    )


def merged_file(chosen: str | None, lexicon: str | None, language: str | None) -> tuple[Any, Any]:
    """The lexicon with a chosen file merged into it, and the report.

    chosen: as `chosen_file.choose_js` sends it; "" if none was chosen.
    """
    if not chosen:
        return gr.skip(), gr.skip()
    try:
        data = chosen_bytes(chosen, MOST_BYTES, "a lexicon on the page")
        merged = merge_lexicon(lexicon or "", data, readable_language(language or ""), MAX_CHARACTERS)
        return merged.lines, report_html(merged)
    except Exception as error:
        return gr.skip(), warnings_html([explain(error)])


def written_file(form: str, lexicon: str | None, language: str | None) -> tuple[Any, str]:
    """The file for the script, with its name, kind and content in base64, and what it could not hold."""
    try:
        written = export_lexicon((lexicon or "")[:MAX_CHARACTERS], str(form), readable_language(language or ""))
        kind = FORMATS[form]
        made = {
            "name": f"{FILE_NAME}.{kind.suffix}",
            "type": kind.content_type,
            "data": base64.b64encode(written.data).decode(),
        }
        return made, warnings_html(written.warnings)
    except Exception as error:
        return None, warnings_html([explain(error)])


def report_html(merged: MergedLexicon) -> str:
    """What became of a file: how many entries were taken and replaced, and every problem."""
    replaced = [f"{step.before} is now {step.line.partition('=')[2].strip()}" for step in merged.replaced]
    summary = f'<p class="page-message" role="status">{html.escape(merged.summary)}</p>'
    shown = warnings_html([*map(str, merged.refused), *merged.warnings])
    return summary + _list(replaced, 'class="page-message lexicon-replaced" aria-label="Replaced"') + shown


def warnings_html(warnings: Sequence[str]) -> str:
    """The first warnings, and how many more there are; "" if there is none."""
    shown = _list(warnings, 'class="warnings" aria-label="Lexicon file"')
    return f'<div role="status">{shown}</div>' if shown else ""


def _list(lines: Sequence[str], attributes: str) -> str:
    if not lines:
        return ""
    shown = [html.escape(line) for line in lines[:MOST_SHOWN]]
    shown += [f"And {len(lines) - MOST_SHOWN:,} more."] if len(lines) > MOST_SHOWN else []
    return f"<ul {attributes}>{''.join(f'<li>{line}</li>' for line in shown)}</ul>"
