"""The functions that the page's scripts share, called in a browser without a page."""

import base64
import struct

import pytest
from playwright.sync_api import Browser, Page

from kokoro_demo.ui.scripts import SHARED


@pytest.fixture(scope="module")
def blank(browser: Browser):
    page = browser.new_page()
    yield page
    page.close()


def call(page: Page, expression: str, *arguments):
    return page.evaluate(f"(values) => {{ {SHARED}\nreturn {expression}; }}", list(arguments))


@pytest.mark.parametrize(
    ("seconds", "shown"), [(0, "0:00"), (9.99, "0:09"), (59.999, "0:59"), (60, "1:00"), (605, "10:05"), (3600, "60:00")]
)
def test_a_time_is_minutes_and_seconds(blank, seconds, shown):
    assert call(blank, "clock(values[0])", seconds) == shown


def test_samples_come_out_of_base64_as_they_went_in(blank):
    samples = [0, 1, -1, 32767, -32768, 258]
    encoded = base64.b64encode(struct.pack("<6h", *samples)).decode()
    assert call(blank, "[...samplesOf(values[0])]", encoded) == samples
    assert call(blank, "[...bytesOf(values[0])]", base64.b64encode(bytes(range(256))).decode()) == list(range(256))


@pytest.mark.parametrize("samples", [[], [0, 16384, -32768]])
def test_a_buffer_has_the_samples_between_minus_one_and_one(blank, samples):
    encoded = base64.b64encode(struct.pack(f"<{len(samples)}h", *samples)).decode()
    heard = call(
        blank,
        "(() => { const buffer = bufferOf(new OfflineAudioContext(1, 1, 24000), samplesOf(values[0]));"
        " return [buffer.sampleRate, ...buffer.getChannelData(0)]; })()",
        encoded,
    )
    assert heard == [24_000, *([sample / 32768 for sample in samples] or [0])]


def test_a_file_is_saved_under_its_name(blank):
    with blank.expect_download() as download:
        call(blank, "saveBlob(new Blob([values[0]]), values[1])", "1\n00:00", "hello.srt")
    assert download.value.suggested_filename == "hello.srt"
    assert download.value.path().read_text() == "1\n00:00"
