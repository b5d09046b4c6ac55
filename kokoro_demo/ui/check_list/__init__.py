"""Check a list: a list of texts is read, compared with what is expected, heard row by row, and downloaded."""

from kokoro_demo.ui.check_list.tab import build_check_list_tab

__all__ = ["build_check_list_tab"]
