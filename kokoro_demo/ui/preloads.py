"""Lets the browser fetch all of Gradio's scripts and style sheets that the page needs at once.

By itself, Gradio's frontend finds out in four steps what to fetch next, and each waits for the one before. The names of
the files are in its scripts, which Vite has built: a script has a list of files, `m.f`, and each of its dynamic imports
names the places in that list of all that the imported script needs
(https://vite.dev/guide/features#async-chunk-loading-optimization).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import gradio

from kokoro_demo.ui.edited_page import Edit, Scope, before_head_end

FRONTEND = Path(gradio.__file__).parent / "templates" / "frontend"
# The theme's fonts, which otherwise would be fetched when the first text is there.
FONTS = ("IBMPlexSans/IBMPlexSans-Regular.woff2", "IBMPlexMono/IBMPlexMono-Regular.woff2")
_ENTRY = re.compile(r'<script type="module" crossorigin src="\./assets/(index-[^"]+\.js)"></script>')
_FILES = re.compile(r"m\.f=\[([^\]]*)\]")
_THEME = re.compile(rb'"theme_hash":"(\w+)"')
_THEME_LINK = b'<link rel="preload" as="style" href="./theme.css?v=%s">\n'
# The imported script, and the places of what it needs.
_IMPORT = r"import\(`\./(%s-[^`]+)`\)[^\[]*?__vite__mapDeps\(\[([\d,]*)\]\)"
_COMPONENT = r"\b%s:{.*?component:\(\)=>[^`]*"


def with_preloads(config: Mapping[str, Any]) -> Edit:
    """Return an edit that adds links to these files to the head of a page.

    config: Gradio's description of the page.
    """
    sent = set(config["page"][""]["components"])
    shown = [one for one in config["components"] if one["id"] in sent and one["props"].get("visible") is not False]
    links = [_link(name) for name in needed_files(sorted({one["type"] for one in shown}))]
    links += [
        f'<link rel="preload" as="font" type="font/woff2" crossorigin href="./static/fonts/{font}">' for font in FONTS
    ]
    added = "\n".join([*links, ""]).encode()

    def edit(page: bytes, scope: Scope) -> bytes:
        theme = _THEME.search(page)
        return before_head_end(page, added + (_THEME_LINK % theme[1] if theme else b""))

    return edit


def needed_files(component_types: Iterable[str]) -> list[str]:
    """The files in Gradio's folder of assets that a page with components of these types needs, without those that its
    HTML names; [] if Gradio's files are not as expected."""
    page = (FRONTEND / "index.html").read_text("utf-8")
    entry = _ENTRY.search(page)
    app = _imported(_script(entry[1]), _IMPORT % "Index") if entry else []
    blocks = _imported(_script(app[0]), _IMPORT % "Blocks") if app else []
    core = next((_script(name) for name in app if name.startswith("core-")), "")
    components = [_imported(core, _COMPONENT % one + _IMPORT % r"\w+") for one in component_types]
    names = dict.fromkeys(name for files in (app, blocks, *components) for name in files)
    return [name for name in names if name not in page]


def _script(name: str) -> str:
    return (FRONTEND / "assets" / name).read_text("utf-8")


def _imported(script: str, pattern: str) -> list[str]:
    """The script of the first import that matches, and the files it needs."""
    files, found = _FILES.search(script), re.search(pattern, script)
    if not files or not found:
        return []
    names = [name.strip('"').removeprefix("./") for name in files[1].split(",")]
    return [found[1], *(names[int(place)] for place in found[2].split(",") if place)]


def _link(name: str) -> str:
    # Style sheets are only fetched: Gradio inserts them later, and those in the HTML would delay its scripts.
    kind = 'rel="preload" as="style"' if name.endswith(".css") else 'rel="modulepreload"'
    return f'<link {kind} crossorigin href="./assets/{name}">'
