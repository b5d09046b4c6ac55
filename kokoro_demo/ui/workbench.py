"""The workbench beneath the page: closed until it is wanted, a tab for each kind of work."""

from __future__ import annotations

import gradio as gr

from kokoro_demo.ui.check_list import build_check_list_tab
from kokoro_demo.ui.compare import build_compare_tab
from kokoro_demo.ui.coverage import build_coverage_tab
from kokoro_demo.ui.desk import Desk
from kokoro_demo.ui.programs import build_programs_tab
from kokoro_demo.ui.sound import build_sound_tab
from kokoro_demo.ui.words import build_words_tab


def build_workbench(desk: Desk) -> None:
    """Lay out the tabs in the Blocks that is being built.

    Add nothing but tabs here: Gradio counts it as one, and a tab takes the place of the next.
    """
    with gr.Accordion("Workbench", open=False, elem_id="workbench") as workbench, gr.Tabs() as tabs:
        build_words_tab(desk)
        build_sound_tab(desk)
        build_compare_tab(desk)
        build_check_list_tab(desk, workbench, tabs)
        build_coverage_tab(desk)
        build_programs_tab(desk)
