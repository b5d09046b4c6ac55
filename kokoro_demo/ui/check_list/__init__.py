"""The "Check a list" tab, which pronounces a list of texts, compares them with expected phonemes, and plays them."""

from kokoro_demo.ui.check_list.tab import build_check_list_tab

__all__ = ["build_check_list_tab"]
