"""The tools for assistants, called by the client of the package `mcp` on a page with a fake backend."""

import asyncio
import io
import json
import logging
from importlib.util import find_spec

import pytest
import requests
import soundfile

if find_spec("mcp") is None:
    pytest.skip("needs requirements-mcp.txt", allow_module_level=True)

from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client
from mcp.shared._httpx_utils import create_mcp_http_client

from kokoro_demo.share import request_from_link
from kokoro_demo.ui import build_page, launch
from kokoro_demo.ui.assistants import TOOLS_PATH
from tests.own_thread import in_own_thread

SECRET = "The launch code is Zebra-Seven."
JSON = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}
NAMES = ["check_pronunciations", "find_voices", "phonemize", "share_link", "speak"]


@pytest.fixture(scope="module")
def url(backend):
    page = build_page(backend, tools=True)
    _, local_url, _ = launch(page, prevent_thread_lock=True, quiet=True)
    yield local_url.rstrip("/")
    page.close()


def converse(url, action, **headers):
    """Returns the result of `action`, called with a client's session."""

    async def session():
        async with (
            create_mcp_http_client(headers=headers) as http,
            streamable_http_client(f"{url}{TOOLS_PATH}/", http_client=http) as (read, write, _),
            ClientSession(read, write) as session,
        ):
            await session.initialize()
            return await action(session)

    return in_own_thread(asyncio.run, session())


@pytest.fixture
def use(url):
    """Returns a function that calls a tool and returns its texts."""

    def use(tool, headers=None, progress=None, **arguments):
        answer = converse(
            url, lambda session: session.call_tool(tool, arguments, progress_callback=progress), **headers or {}
        )
        return answer.isError, [part.text for part in answer.content]

    return use


@pytest.fixture
def refused(use):
    def refused(tool, **arguments):
        is_error, (message,) = use(tool, **arguments)
        assert is_error
        return message

    return refused


@pytest.fixture
def result_of(use):
    def result_of(tool, **arguments):
        is_error, (answer,) = use(tool, **arguments)
        assert not is_error, answer
        return json.loads(answer)

    return result_of


def test_a_model_sees_only_these_tools(url):
    async def look(session):
        return (await session.list_tools()).tools, (await session.list_prompts()).prompts

    tools, prompts = converse(url, look)
    assert sorted(tool.name for tool in tools) == NAMES
    assert prompts == []
    assert sorted(tool["name"] for tool in requests.get(f"{url}{TOOLS_PATH}/schema", timeout=20).json()) == NAMES


def test_every_tool_and_argument_is_described(url):
    for tool in converse(url, lambda session: session.list_tools()).tools:
        assert 100 < len(tool.description) < 600
        assert tool.inputSchema.get("required", []) in (["text"], ["texts"], [])
        for schema in tool.inputSchema["properties"].values():
            assert schema["type"] in ("string", "number", "array")
            assert len(schema["description"]) > 10


def test_the_tools_are_not_among_the_endpoints_for_programs(url):
    named = requests.get(f"{url}/gradio_api/info", timeout=20).json()["named_endpoints"]
    assert [name for name in named if "tool" in name or "mcp" in name] == []
    assert "/generate" in named


def test_speak_returns_a_link_to_the_audio_and_the_phonemes(use):
    is_error, (link, details) = use("speak", text="Hello there.", voice="bf_emma", speed=2)
    assert not is_error
    heard, rate = soundfile.read(io.BytesIO(requests.get(link, timeout=20).content))
    details = json.loads(details)
    assert (rate, len(heard) / rate) == (24_000, pytest.approx(details["duration"], abs=0.01))
    assert (details["phonemes"], details["warnings"]) == ("hello there.", [])


def test_an_assistant_that_follows_the_progress_gets_the_same(use):
    async def progress(done, total, message):
        seen.append(message)

    seen = []
    is_error, (link, _) = use("speak", text="Hello there.", progress=progress)
    assert not is_error
    assert link.endswith(".wav")
    assert seen


def test_warnings_are_returned(use):
    _, (_, details) = use("speak", text="Hello ☃.")
    assert json.loads(details)["warnings"] == ["Left out, Kokoro has no symbol for it: ☃"]


def test_phonemize(result_of):
    reading = result_of("phonemize", text="It costs $5.", lexicon="costs = kosts")
    assert reading["spoken"] == "It costs five dollars."
    assert [word["source"] for word in reading["words"]] == ["dictionary", "fix", "dictionary"]
    british = result_of("phonemize", text="bath", language="en-gb")
    assert british["phonemes"] != result_of("phonemize", text="bath")["phonemes"]


def test_a_list_is_checked(result_of):
    texts = ["Hello there", 'a "quoted"\ttab, and\nline', "Nguyen"]
    checked = result_of("check_pronunciations", texts=texts, expected=["hello there", "", "win"])
    assert checked["summary"] == "3 rows: 1 differs, 1 not compared, 1 matches."
    assert [row["result"] for row in checked["rows"]] == ["matches", "read", "differs"]
    assert [row["text"] for row in checked["rows"]] == texts
    assert all(row["phonemes"] for row in checked["rows"])
    assert "difference" in checked["rows"][2]


def test_an_invalid_list_gets_a_message(refused):
    assert "list is empty" in refused("check_pronunciations", texts=[])
    assert "at most 500" in refused("check_pronunciations", texts=["a"] * 501)
    message = refused("check_pronunciations", texts=["a"], expected=["a", "b"])
    assert message == "expected has 2 entries, and texts has only 1: give one for each."


def test_voices_are_found(result_of):
    assert [voice["name"] for voice in result_of("find_voices")] == ["af_heart", "bf_emma", "am_adam"]
    assert [voice["name"] for voice in result_of("find_voices", description="british woman")] == ["bf_emma"]
    assert result_of("find_voices", description="xyzzy") == []


@pytest.mark.parametrize(
    ("headers", "address"),
    [
        ({}, ""),
        ({"x-forwarded-host": "speech.example, proxy", "x-forwarded-proto": "https"}, "https://speech.example/"),
    ],
)
def test_a_link_goes_to_the_page_that_the_client_reached(url, use, headers, address):
    wanted = {"text": "Hello & there?", "voice": "bf_emma", "speed": 1.2, "lexicon": "there = thair"}
    is_error, (link,) = use("share_link", headers=headers, **wanted)
    assert not is_error
    assert link.startswith(f"{address or url + '/'}?")
    assert wanted.items() <= vars_of(request_from_link(link)).items()


def vars_of(request):
    return {name: getattr(request, name) for name in ("text", "voice", "speed", "lexicon")}


def test_on_a_space_a_link_opens_the_spaces_page(use, monkeypatch):
    monkeypatch.setenv("SPACE_ID", "someone/kokoro")
    _, (link,) = use("share_link", text="Hello.")
    assert link == "https://huggingface.co/spaces/someone/kokoro?text=Hello."


@pytest.mark.parametrize("tool", ["speak", "phonemize", "share_link"])
def test_an_unspeakable_text_gets_a_message(refused, tool):
    assert "20,000" in refused(tool, text="a" * 20_001)
    assert "nothing to speak" in refused(tool, text=" ")


def test_invalid_values_get_a_message(refused):
    assert "no voice" in refused("speak", text="a", voice="xx_nobody")
    assert "maximum of 2" in refused("speak", text="a", speed=3)
    assert "not one of" in refused("speak", text="a", language="klingon")
    assert "not of type 'string'" in refused("speak", text=None)
    assert "required" in refused("speak", voice="af_heart")
    for name in ("generate", "lambda", "phonemize_1", "tool_speak", "/generate"):
        assert "Unknown tool" in refused(name, text="a")


@pytest.fixture
def logged(monkeypatch):
    """The log records. (pytest's own fixture would also catch those of loggers that do not propagate.)"""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    logging.getLogger().addHandler(handler)
    monkeypatch.setattr(logging.getLogger(), "level", logging.INFO)
    yield written
    logging.getLogger().removeHandler(handler)


def test_no_text_is_in_the_log(url, use, logged, capfd):
    for arguments in ({"text": SECRET}, {"text": SECRET, "voice": "xx_nobody"}, {"text": [SECRET]}, {SECRET: 1}):
        use("speak", **arguments)
    use(SECRET, text="a")
    for body in (SECRET, json.dumps(SECRET), json.dumps({"jsonrpc": "2.0", "id": 1, "method": SECRET})):
        requests.post(f"{url}{TOOLS_PATH}/", data=body, headers=JSON, timeout=20)
    written = logged.getvalue() + "".join(capfd.readouterr())
    assert "Zebra" not in written


def test_the_size_of_a_body_is_limited(url):
    answer = requests.post(f"{url}{TOOLS_PATH}/", data=b" " * 5_000_000, headers=JSON, timeout=20)
    assert answer.status_code == 413


def test_the_key_is_required_on_every_path_of_the_tools(url, use, monkeypatch):
    monkeypatch.setenv("KOKORO_API_KEY", "secret")
    for path in ("", "/", "/http", "/schema", "/sse", "/messages/", "//"):
        for method in ("GET", "POST", "DELETE"):
            answer = requests.request(method, f"{url}{TOOLS_PATH}{path}", timeout=20, stream=True)
            assert answer.status_code == 401, path
            assert "Authorization: Bearer KEY" in answer.json()["error"]["message"]
    for path in ("//gradio_api/mcp/", "/gradio_api//mcp/schema", "/gradio%5Fapi/mcp/schema", "/gradio_api/%6Dcp/"):
        assert requests.get(f"{url}{path}", timeout=20).status_code in (401, 404), path
    assert requests.get(f"{url}{TOOLS_PATH}/", headers={"Authorization": "Bearer wrong"}, timeout=20).status_code == 401
    is_error, (link, _) = use("speak", text="Hello.", headers={"Authorization": "Bearer secret"})
    assert not is_error
    assert link.endswith(".wav")
    assert requests.get(url, timeout=20).status_code == 200


def test_two_assistants_at_once(url):
    async def both(session):
        asked = [session.call_tool("speak", {"text": f"Number {number}."}) for number in range(3)]
        return await asyncio.gather(*asked)

    answers = converse(url, both)
    spoken = [json.loads(answer.content[1].text)["spoken"] for answer in answers]
    assert spoken == ["Number 0.", "Number 1.", "Number 2."]
