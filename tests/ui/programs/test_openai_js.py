"""OpenAI's JavaScript client, if Node.js finds it: ``npm install openai`` in some folder, and NODE_PATH set to its
``node_modules``."""

import json
import shutil
import subprocess

import pytest

from kokoro_demo.ui import build_page, launch
from tests.ui.fakes import Brake, FakeBackend

NODE = shutil.which("node")
LACKING = not NODE or subprocess.run([NODE, "-e", "require('openai')"], capture_output=True).returncode != 0
pytestmark = pytest.mark.skipif(LACKING, reason="needs Node.js, and openai in NODE_PATH")

SCRIPT = """
const OpenAI = require("openai");
const client = new OpenAI({ baseURL: process.argv[1] + "v1", apiKey: "none", maxRetries: 0 });
const say = (values) => client.audio.speech.create({ model: "gpt-4o-mini-tts", voice: "nova", ...values });
const print = (value) => console.log(JSON.stringify(value));
(async () => {
  for await (const part of (await say({ input: "One. Two.", response_format: "pcm" })).body) print(part.length);
  const events = await (await say({ input: "One. Two.", response_format: "pcm", stream_format: "sse" })).text();
  print(events.split("\\n\\n").filter(Boolean).map((event) => JSON.parse(event.slice(6)).type));
  await say({ input: "" }).catch((error) => print([error.constructor.name, error.status, error.message]));
  await say({ input: "a", response_format: "midi" }).catch((error) => print([error.constructor.name, error.status]));
  print((await client.models.list()).data.map((model) => model.id));
})();
"""


@pytest.fixture
def braked():
    """A server that makes the second phrase only when the brake is released; and the brake."""
    brake = Brake(free=1)
    page = build_page(FakeBackend(brake=brake))
    yield launch(page, prevent_thread_lock=True, quiet=True)[1], brake
    page.close()


def test_the_client_hears_the_first_phrase_before_the_second_is_made(braked):
    url, brake = braked
    with subprocess.Popen([NODE, "-e", SCRIPT, url], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as node:
        heard = [json.loads(node.stdout.readline())]
        brake.release(2)
        rest, problems = node.communicate(timeout=60)
    assert node.returncode == 0, problems
    *parts, events, refused, unknown, models = map(json.loads, rest.splitlines())
    assert heard[0] < sum(heard + parts) == 2 * (4_800 + 6_000)
    assert events == ["speech.audio.delta", "speech.audio.delta", "speech.audio.done"]
    assert refused == ["BadRequestError", 400, "400 There is nothing to speak. Type some text first."]
    assert unknown == ["BadRequestError", 400]
    assert "gpt-4o-mini-tts" in models
