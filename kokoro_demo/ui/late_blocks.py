"""Parts of the page that a browser gets when they are first opened. Sent with the page, they would only delay it.

`gr.render` would build such a part anew for each visitor. This one is built once, with the page, and sent in the same
message as what `gr.render` has built.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import gradio as gr

from kokoro_demo.ui.events import PRIVATE

# A part of Gradio's description of the page, which is JSON.
Config = Any
# Gradio's frontend replaces what an earlier message with the same number has brought.
RENDER_ID = 0
MISSING = "missing"


class LateBlocks:
    """What is inside a container, which is empty until the event of its opening has been answered.

    Events of components outside must not have components inside as inputs or outputs.

    container: the container.
    opened: the listener of that event.
    is_there: a selector that matches something inside, so that it is sent only once.
    """

    def __init__(self, container: gr.Column, opened: Callable[..., Any], is_there: str) -> None:
        self._container = container._id
        self._message: Config = {}
        wanted = gr.Textbox(visible=False)
        script = f"() => document.querySelector({is_there!r}) ? '' : '{MISSING}'"
        opened(self._answer, wanted, None, js=script, queue=False, **PRIVATE)

    def _answer(self, wanted: str | None) -> None:
        """The function of the event; `message_for` makes its answer."""

    def message_for(self, function: Any, inputs: list[Any]) -> Config | None:
        """What the answer of an event sends besides its values, if it is the event of the opening."""
        return self._message if function == self._answer and inputs == [MISSING] else None

    def take_from(self, config: Config) -> None:
        """Remove the part from the page in Gradio's description of the app, and keep it as the message. The rest of the
        description, which is for clients, is not changed."""
        page = config["page"][""]
        layout = next(node for node in nodes(page["layout"]) if node["id"] == self._container)
        inside = {node["id"] for node in nodes(layout)} - {self._container}
        events = _late_events(config["dependencies"], inside)
        components = [_described(one, config) for one in config["components"] if one["id"] in inside]
        container = next(one for one in config["components"] if one["id"] == self._container)
        self._message = {
            "render_id": RENDER_ID,
            "layout": layout,
            "components": [container, *components],
            "dependencies": [event for event in config["dependencies"] if event["id"] in events],
        }
        page["layout"] = _without_children(page["layout"], self._container)
        page["components"] = [one for one in page["components"] if one not in inside]
        page["dependencies"] = [one for one in page["dependencies"] if one not in events]


def nodes(layout: Config) -> Iterator[Config]:
    yield layout
    for child in layout.get("children", ()):
        yield from nodes(child)


def _without_children(layout: Config, container: int) -> Config:
    children = [] if layout["id"] == container else layout.get("children", [])
    return {**layout, "children": [_without_children(child, container) for child in children]}


def _late_events(events: list[Config], inside: set[int]) -> set[int]:
    """The ids of the events that components inside trigger, of those that follow them, and of loads that fill such
    components."""
    late: set[int] = set()
    for event in events:
        if event["trigger_after"] is not None:
            is_late = event["trigger_after"] in late
        elif any(name == "load" for _, name in event["targets"]):
            is_late = bool(event["outputs"]) and inside.issuperset(event["outputs"])
        else:
            is_late = any(component in inside for component, _ in event["targets"])
        if is_late:
            late.add(event["id"])
    return late


def _described(component: Config, config: Config) -> Config:
    """The component, with whether it takes input. Gradio's frontend would infer that from the page's own events."""
    props = component["props"]
    if props.get("interactive") is None:
        of = component["id"]
        is_input, is_output = (
            any(of in event[ends] for event in config["dependencies"]) for ends in ("inputs", "outputs")
        )
        props = {**props, "interactive": is_input or (not is_output and not props.get("value"))}
    return {**component, "props": props}
