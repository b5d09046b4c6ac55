"""The workbench is not sent with the page; the event of its opening sends it."""

import httpx
import pytest

from kokoro_demo.ui.late_blocks import nodes
from kokoro_demo.ui.page import build_page
from tests.ui.fakes import FakeBackend


@pytest.fixture(scope="module")
def page():
    return build_page(FakeBackend())


@pytest.fixture(scope="module")
def config(page):
    return page.get_config_file()


@pytest.fixture(scope="module")
def message(page, config):
    return page.late.message_for(page.late._answer, ["missing"])


def test_the_page_has_the_container_but_nothing_inside(config, message):
    sent = config["page"][""]
    container = message["layout"]["id"]
    inside = {node["id"] for node in nodes(message["layout"])} - {container}
    assert len(inside) > 100
    assert {one["id"] for one in message["components"]} == inside | {container}
    assert container in sent["components"]
    assert not inside & set(sent["components"])
    assert not inside & {node["id"] for node in nodes(sent["layout"])}


def test_clients_get_the_description_of_all(config, message):
    everything = {one["id"] for one in config["components"]}
    assert everything >= {one["id"] for one in message["components"]}
    assert {one["id"] for one in config["dependencies"]} >= {one["id"] for one in message["dependencies"]}


def test_no_event_of_the_page_needs_what_is_not_there_yet(config, message):
    sent = config["page"][""]
    late = {one["id"] for one in message["components"]} - {message["layout"]["id"]}
    events = {one["id"]: one for one in config["dependencies"]}
    early = [events[at] for at in sent["dependencies"]]
    assert len(early) + len(message["dependencies"]) == len(events)
    touching = [one["api_name"] for one in early if late & {*one["inputs"], *one["outputs"]}]
    assert touching == []
    # Gradio's frontend replaces all the events of a trigger by those in the message.
    early_triggers, late_triggers = (
        {(component, name) for one in some for component, name in one["targets"] if component and name != "load"}
        for some in (early, message["dependencies"])
    )
    assert early_triggers
    assert not early_triggers & late_triggers


def test_components_that_take_input_do_so_as_if_they_had_been_sent_with_the_page(message):
    by_name = {one["props"].get("elem_id"): one["props"] for one in message["components"]}
    assert all(by_name[name]["interactive"] for name in ("check-box", "compare-blind", "compare-query"))


def test_the_event_sends_it_once(url):
    config = httpx.get(f"{url}config").json()
    event = next(one for one in config["dependencies"] if any(name == "expand" for _, name in one["targets"]))

    def answer(wanted: str) -> dict:
        body = {"data": [wanted], "fn_index": event["id"], "session_hash": "visitor"}
        return httpx.post(f"{url}gradio_api/run/predict", json=body).json()

    assert len(answer("missing")["render_config"]["components"]) > 100
    assert answer("")["render_config"] is None
