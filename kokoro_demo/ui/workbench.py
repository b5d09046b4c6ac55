"""The workbench at the bottom of the page: an accordion, closed at first, with a tab for each tool."""

from __future__ import annotations

import gradio as gr

from kokoro_demo.ui.check_list import build_check_list_tab
from kokoro_demo.ui.compare import build_compare_tab
from kokoro_demo.ui.coverage import build_coverage_tab
from kokoro_demo.ui.late_blocks import LateBlocks
from kokoro_demo.ui.main_panel import MainPanel
from kokoro_demo.ui.programs import build_programs_tab
from kokoro_demo.ui.sound import build_sound_tab
from kokoro_demo.ui.words import build_words_tab


def build_workbench(main: MainPanel) -> LateBlocks:
    """Build the tabs in the Blocks that is being built. A browser gets them when the workbench is first opened.

    Add nothing but tabs here: Gradio would count any other component as a tab, and show the wrong one.
    """
    accordion = gr.Accordion("Workbench", open=False, elem_id="workbench")
    with accordion, gr.Column(elem_id="workbench-content") as content, gr.Tabs() as tabs:
        build_words_tab(main)
        build_sound_tab(main)
        build_compare_tab(main, tabs)
        build_check_list_tab(main, tabs)
        build_coverage_tab(main)
        build_programs_tab(main)
    return LateBlocks(content, accordion.expand, is_there="#workbench [role=tablist]")
