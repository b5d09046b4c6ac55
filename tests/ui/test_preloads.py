"""The files that a page needs are found in Gradio's own, and if those change, the page works without."""

import pytest

from kokoro_demo.ui import preloads
from kokoro_demo.ui.page import build_page
from tests.ui.fakes import FakeBackend


def test_the_scripts_and_style_sheets_of_components_are_found():
    names = preloads.needed_files(["html", "textbox"])
    assert all((preloads.FRONTEND / "assets" / name).is_file() for name in names)
    assert any(name.startswith("HTML-") and name.endswith(".js") for name in names)
    assert any(name.startswith("HTML-") and name.endswith(".css") for name in names)
    assert any(name.startswith("Blocks-") for name in names)
    assert len(set(names)) == len(names)
    page = (preloads.FRONTEND / "index.html").read_text("utf-8")
    assert not [name for name in names if name in page], "those of the HTML are there anyway"


def test_more_types_need_more_files():
    few, many = (set(preloads.needed_files(types)) for types in (["html"], ["html", "slider", "no such type"]))
    assert few < many


@pytest.mark.parametrize("page", ["", '<script type="module" crossorigin src="./assets/index-0.js"></script>'])
def test_a_frontend_that_is_not_as_expected_has_no_preloads(tmp_path, monkeypatch, page):
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text(page)
    (tmp_path / "assets" / "index-0.js").write_text("import(`./Other-1.js`)")
    monkeypatch.setattr(preloads, "FRONTEND", tmp_path)
    assert preloads.needed_files(["html"]) == []


def test_links_are_added_for_the_shown_components_alone():
    config = build_page(FakeBackend()).get_config_file()
    edit = preloads.with_preloads(config)
    page = edit(b'<head><script>{"theme_hash":"a1b2"}</script></head><body></body>', {}).decode()
    assert "</script><link " in page
    assert page.endswith("</head><body></body>")
    assert 'as="style" crossorigin href="./assets/HTML-' in page
    assert "theme.css?v=a1b2" in page
    assert "Tabs" not in page
    assert "audio" not in page.lower(), "only programs use it"
    assert edit(b"no head", {}) == b"no head"
