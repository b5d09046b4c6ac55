"""The page's Gradio Blocks: what it takes from visitors, and what it sends to browsers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import gradio as gr
from starlette.routing import BaseRoute

from kokoro_demo.ui.edited_page import Edit
from kokoro_demo.ui.errors import in_whole_characters, shown
from kokoro_demo.ui.fields import with_defaults
from kokoro_demo.ui.late_blocks import LateBlocks, nodes
from kokoro_demo.ui.server import Served

if TYPE_CHECKING:
    from kokoro_demo.ui.programs.wyoming_server import WyomingServer


class Page(gr.Blocks):
    """The page. All input of visitors passes through its methods, which sanitise it and replace Gradio's own errors:
    those contain the invalid values, and would be logged.

    routes: the server's other routes.
    has_tools: whether it serves tools for assistants.
    served: the server's current work; None before `launch`.
    wyoming: the server of the Wyoming protocol, if that is enabled.
    late: the workbench, which is not sent with the page.
    edits: what is done to Gradio's HTML.
    """

    routes: Sequence[BaseRoute] = ()
    has_tools: bool = False
    served: Served | None = None
    wyoming: WyomingServer | None = None
    late: LateBlocks | None = None
    edits: tuple[Edit, ...] = ()

    def is_speaking(self) -> bool:
        """Whether any speech is being made, for a visitor or an API client."""
        wyoming = self.wyoming is not None and self.wyoming.is_speaking
        return bool(
            wyoming or (self.served and self.served.programs) or len(self._queue) or any(self._queue.active_jobs)
        )

    def get_config_file(self) -> Any:
        """Return Gradio's description of the page.

        It contains no callbacks, because Gradio copies it for each visitor, with all that they refer to. What browsers
        get of it contains no components that only programs use, nor the late part.
        """
        config = super().get_config_file()
        for component in config["components"]:
            props = component["props"]
            component["props"] = {name: value for name, value in props.items() if not callable(value)}
        sent = config["page"][""]
        shown = {node["id"] for node in nodes(sent["layout"])}
        sent["components"] = [one for one in sent["components"] if one in shown]
        if self.late:
            self.late.take_from(config)
        return config

    async def process_api(self, block_fn: Any, inputs: list[Any], *arguments: Any, **options: Any) -> dict[str, Any]:
        try:
            values = in_whole_characters(inputs)
            if block_fn.api_visibility == "public":
                values = with_defaults(block_fn.fn, values)
            answer = await super().process_api(block_fn, values, *arguments, **options)
            return answer | {"render_config": self.late.message_for(block_fn.fn, values)} if self.late else answer
        except Exception as error:
            raise shown(error) from None

    def validate_inputs(self, block_fn: Any, inputs: list[Any]) -> None:
        try:
            super().validate_inputs(block_fn, inputs)
        except ValueError:
            expected = len(block_fn.inputs)
            message = f"This endpoint takes {expected} arguments but got {len(inputs)}."
            raise gr.Error(message, print_exception=False) from None
