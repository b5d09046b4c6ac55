"""The API endpoint /check."""

import pytest
from gradio_client.exceptions import AppError

from tests.ui.test_api import SECRET, call


def test_a_list_is_checked(client):
    result = client.predict(
        rows="text,expected,voice,x\nread,read,,1\nlead,led,bf_emma,2\nhi,,af_nobody,", api_name="/check"
    )
    assert result["summary"] == {"differs": 1, "error": 1, "read": 0, "matches": 1}
    assert result["notes"] == ["Kept in the results but not used: x."]
    assert result["rows"][0]["extra"] == {"x": "1"}
    assert result["rows"][1]["difference"] == [
        {"expected": "le", "actual": "le"},
        {"expected": "", "actual": "a"},
        {"expected": "d", "actual": "d"},
    ]
    assert "af_nobody" in result["rows"][2]["error"]


def test_it_is_typed_and_described(client):
    endpoint = client.view_api(return_format="dict")["named_endpoints"]["/check"]
    assert [
        (parameter["parameter_name"], parameter["parameter_has_default"]) for parameter in endpoint["parameters"]
    ] == [
        ("rows", False),
        ("voice", True),
        ("language", True),
        ("lexicon", True),
    ]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"rows": ""}, "list is empty"),
        ({"rows": "a\n" * 501}, "501 rows"),
        ({"rows": "text," + "c," * 10_000}, "10,002 columns"),
        ({"rows": "hi", "language": "klingon"}, "klingon"),
    ],
)
def test_what_cannot_be_checked_is_a_message(client, wrong, message):
    with pytest.raises(AppError, match=message):
        client.predict(**wrong, api_name="/check")


def test_an_unknown_voice_is_reported_in_every_row(client):
    result = client.predict(rows="hi\nyou", voice="../../etc/passwd", api_name="/check")
    assert result["summary"]["error"] == 2


@pytest.mark.parametrize("rows", [None, 7, ["a"], {"a": 1}, "\x00", "\ud800", "<script>", "=1+1"])
@pytest.mark.parametrize("other", [None, 7, {"a": 1}, "x" * 30_000])
def test_hostile_arguments_do_not_break_it(url, rows, other, capfd):
    assert call(url, "check", rows, other, other, other)[0] in ("error", "complete", "refused")
    assert call(url, "check", "hi", "", "", "")[0] == "complete"
    assert "Traceback" not in "".join(capfd.readouterr())


def test_no_log_holds_a_list(url, capfd):
    call(url, "check", SECRET)
    call(url, "check", SECRET, "af_nobody", "", "")
    call(url, "check", SECRET, "", "klingon", "")
    call(url, "check", *[SECRET] * 9)
    assert "Zebra" not in "".join(capfd.readouterr())
