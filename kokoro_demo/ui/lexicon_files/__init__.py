"""The buttons under My fixes that import a lexicon file, of this or another program, and export one in any format."""

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
from kokoro_demo.ui.events import IN_BROWSER, PRIVATE
from kokoro_demo.ui.hidden import hidden
from kokoro_demo.ui.scripts import expression

SAVE_JS = expression(Path(__file__).with_name("save_file.js"))
MAX_FILE_BYTES = 1_000_000
ACCEPT = ".pls,.xml,.json,.csv,.tsv,.txt,.dict"
FILE_NAME = "kokoro-fixes"
# Lines of the report that are shown; the rest are counted.
MAX_SHOWN = 6


def build_lexicon_files(lexicon: gr.Textbox, language: gr.Dropdown) -> None:
    """Build the buttons in the Blocks that is being built.

    lexicon: the box of fixes. language: the accent; "" for the voice's own.
    """
    with gr.Row(elem_id="lexicon-files"):
        add = gr.Button("Add a file of fixes", size="sm", elem_classes="quiet", elem_id="lexicon-add", min_width=120)
        save = gr.Button("Download as", size="sm", elem_classes="quiet", elem_id="lexicon-save", min_width=60)
        choices = [(form.label, name) for name, form in FORMATS.items()]
        form = gr.Dropdown(
            choices, value="fixes", show_label=False, label="Form", elem_id="lexicon-form", min_width=120
        )
    report = gr.HTML("", elem_id="lexicon-report", apply_default_css=False)
    with hidden():
        chosen, made = gr.Textbox(), gr.JSON()
    add.click(
        import_file,
        [chosen, lexicon, language],
        [lexicon, report],
        js=choose_js(ACCEPT, MAX_FILE_BYTES),
        queue=False,
        **PRIVATE,
    )
    save.click(export_file, [form, lexicon, language], [made, report], queue=False, **PRIVATE).then(
        js=SAVE_JS, inputs=made, **IN_BROWSER
    )


def import_file(chosen: str | None, lexicon: str | None, language: str | None) -> tuple[Any, Any]:
    """Merge a file into the lexicon. Returns the lexicon and a report.

    chosen: the file as `chosen_file.choose_js` sends it; "" if none was chosen.
    """
    if not chosen:
        return gr.skip(), gr.skip()
    try:
        data = chosen_bytes(chosen, MAX_FILE_BYTES, "a lexicon on the page")
        merged = merge_lexicon(lexicon or "", data, readable_language(language or ""), MAX_CHARACTERS)
        return merged.lines, report_html(merged)
    except Exception as error:
        return gr.skip(), warnings_html([explain(error)])


def export_file(form: str, lexicon: str | None, language: str | None) -> tuple[Any, str]:
    """Export the lexicon. Returns the file for the script, with its name, content type, and content in base64; and
    warnings about what this format cannot hold."""
    try:
        exported = export_lexicon((lexicon or "")[:MAX_CHARACTERS], str(form), readable_language(language or ""))
        chosen_format = FORMATS[form]
        file = {
            "name": f"{FILE_NAME}.{chosen_format.suffix}",
            "type": chosen_format.content_type,
            "data": base64.b64encode(exported.data).decode(),
        }
        return file, warnings_html(exported.warnings)
    except Exception as error:
        return None, warnings_html([explain(error)])


def report_html(merged: MergedLexicon) -> str:
    """The report about an imported file: how many entries were added and replaced, and all problems."""
    replaced = [f"{step.before} is now {step.line.partition('=')[2].strip()}" for step in merged.replaced]
    summary = f'<p class="page-message" role="status">{html.escape(merged.summary)}</p>'
    shown = warnings_html([*map(str, merged.refused), *merged.warnings])
    return summary + _list(replaced, 'class="page-message lexicon-replaced" aria-label="Replaced"') + shown


def warnings_html(warnings: Sequence[str]) -> str:
    """The first warnings, and the number of the rest; "" if there are none."""
    shown = _list(warnings, 'class="warnings" aria-label="Lexicon file"')
    return f'<div role="status">{shown}</div>' if shown else ""


def _list(lines: Sequence[str], attributes: str) -> str:
    if not lines:
        return ""
    shown = [html.escape(line) for line in lines[:MAX_SHOWN]]
    shown += [f"And {len(lines) - MAX_SHOWN:,} more."] if len(lines) > MAX_SHOWN else []
    return f"<ul {attributes}>{''.join(f'<li>{line}</li>' for line in shown)}</ul>"
