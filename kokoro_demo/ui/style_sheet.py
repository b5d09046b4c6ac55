"""The page's style sheet, sent in the page itself.

Gradio would send it in a script, and parse and rewrite it in the browser, twice.
"""

from __future__ import annotations

from pathlib import Path

from kokoro_demo.ui.edited_page import Scope, after_body_tag

HERE = Path(__file__).parent
ROOT = HERE / "root.css"
# The other sheets are nested in this selector. It adds three classes to the specificity of each rule, as many as the
# rules of Gradio's components have at most.
PARENT = ":root:root:root"


def style_sheet() -> str:
    """All of the page's style sheets in one."""
    nested = "\n".join(path.read_text("utf-8") for path in sorted(HERE.rglob("*.css")) if path != ROOT)
    return f"{ROOT.read_text('utf-8')}\n{PARENT} {{\n{nested}}}\n"


STYLE = f"<style>\n{style_sheet()}</style>".encode()


def with_style_sheet(page: bytes, scope: Scope) -> bytes:
    """The page with the style sheet at the beginning of its body, after all of Gradio's, which are in its head."""
    return after_body_tag(page, STYLE)
