"""/check, as a program calls it."""

import pytest
from gradio_client.exceptions import AppError


def test_a_list_is_checked(client):
    told = client.predict(
        rows="text,expected,voice,x\nread,read,,1\nlead,led,bf_emma,2\nhi,,af_nobody,", api_name="/check"
    )
    assert told["summary"] == {"differs": 1, "error": 1, "read": 0, "matches": 1}
    assert told["notes"] == ["Kept in the results but not read: x."]
    assert told["rows"][0]["extra"] == {"x": "1"}
    assert told["rows"][1]["difference"] == [
        {"expected": "le", "actual": "le"},
        {"expected": "", "actual": "a"},
        {"expected": "d", "actual": "d"},
    ]
    assert "af_nobody" in told["rows"][2]["error"]


def test_it_is_typed_and_described(client):
    endpoint = client.view_api(return_format="dict")["named_endpoints"]["/check"]
    assert [(one["parameter_name"], one["parameter_has_default"]) for one in endpoint["parameters"]] == [
        ("rows", False),
        ("voice", True),
        ("language", True),
        ("lexicon", True),
    ]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"rows": ""}, "nothing in the list"),
        ({"rows": "a\n" * 501}, "501 rows"),
        ({"rows": "text," + "c," * 10_000}, "10,002 columns"),
        ({"rows": "hi", "language": "klingon"}, "klingon"),
    ],
)
def test_what_cannot_be_checked_is_a_message(client, wrong, message):
    with pytest.raises(AppError, match=message):
        client.predict(**wrong, api_name="/check")


def test_an_unknown_voice_is_told_in_every_row(client):
    told = client.predict(rows="hi\nyou", voice="../../etc/passwd", api_name="/check")
    assert told["summary"]["error"] == 2
