"""ElevenLabs', Cartesia's and misaki's JSON."""

import json

from kokoro_demo.g2p.lexicon import LexiconEntry
from kokoro_demo.lexicons import FORMATS, export_lexicon, merge_lexicon
from kokoro_demo.lexicons.content import Content
from kokoro_demo.lexicons.formats import detect_format


def read(value, name):
    content = Content(json.dumps(value))
    assert detect_format(content) == name
    return FORMATS[name].read(content)


RULES = [
    {"type": "alias", "string_to_replace": "UN", "alias": "United Nations"},
    {"type": "phoneme", "string_to_replace": "tomato", "phoneme": "/təˈmeɪtoʊ/", "alphabet": "ipa"},
    {"type": "phoneme", "string_to_replace": "Kokoro", "phoneme": "K OW1 K ER0 OW2", "alphabet": "cmu-arpabet"},
    {"type": "alias", "string_to_replace": "NASA", "alias": "nassa", "case_sensitive": False},
]


def test_elevenlabs_rules_in_a_body_or_alone():
    for value in (RULES, {"name": "mine", "rules": RULES}):
        assert read(value, "elevenlabs").entries == {
            "UN": LexiconEntry("United Nations", False),
            "tomato": LexiconEntry("təˈmeɪtoʊ", True),
            "Kokoro": LexiconEntry("kˈoʊkɚˌoʊ", True),
            "nasa": LexiconEntry("nassa", False),
        }


def test_invalid_elevenlabs_rules():
    rules = [
        *RULES[:1],
        7,
        {"string_to_replace": "a"},
        {"string_to_replace": 8, "alias": "b"},
        {"string_to_replace": "b", "phoneme": "x", "alphabet": "sampa"},
        {"string_to_replace": "c", "phoneme": "XYZ", "alphabet": "cmu-arpabet"},
        {"string_to_replace": "UN", "alias": "you en"},
    ]
    refused = read(rules, "elevenlabs").refused
    assert [entry.place for entry in refused] == [f"rule {number}" for number in range(2, 8)]
    assert refused[-1].why == "rule 1 has it already, and the first one counts"


def test_cartesia_items_in_a_body_or_alone():
    items = [
        {"text": "bayou", "pronunciation": "<<ˈ|b|ɑ|ˈ|j|u>>"},
        {"text": "tchoupitoulas", "pronunciation": "chop-uh-TOO-liss"},
        {"text": "New York", "alias": "<<n|u>> <<j|ˈ|ɔ|ɹ|k>>"},
        {"text": "mixed", "pronunciation": "well <<n|u>>"},
    ]
    for value in (items, {"name": "mine", "items": items}):
        reading = read(value, "cartesia")
        assert reading.entries == {
            "bayou": LexiconEntry("ˈbɑˈju", True),
            "tchoupitoulas": LexiconEntry("chop-uh-TOO-liss", False),
            "New York": LexiconEntry("nu jˈɔɹk", True),
        }
        assert [entry.word for entry in reading.refused] == ["mixed"]


def test_cartesia_is_written_sound_by_sound():
    written = json.loads(export_lexicon("church = /ʧˈɜɹʧ/\nKokoro = /kˈOkəɹO/", "cartesia").data)
    assert [item["pronunciation"] for item in written["items"]] == ["<<ˈ|tʃ|ɜ|ɹ|tʃ>>", "<<ˈ|k|oʊ|k|ə|ɹ|oʊ>>"]


def test_misaki_dictionaries():
    reading = read({"kokoro": "kˈOkəɹO", "read": {"DEFAULT": "ɹˈid", "VBD": "ɹˈɛd", "None": None}}, "misaki")
    assert reading.entries == {"kokoro": LexiconEntry("kˈOkəɹO", True), "read": LexiconEntry("ɹˈid", True)}
    assert reading.warnings == ["Of several pronunciations by part of speech, only the DEFAULT is kept: read."]


def test_an_object_without_phonemes_has_respellings():
    assert read({"Nguyen": "win", "Xiaomi": "shao-mee"}, "misaki").entries["Nguyen"] == LexiconEntry("win", False)


def test_a_duplicated_word_in_an_object_is_reported():
    merged = merge_lexicon("", '{"a": "ˈeɪ", "a": "ˈæ"}')
    assert "more than once" in merged.refused[0].why


def test_other_json_is_not_a_lexicon():
    for value in ({"a": 1}, {}, [], [1], ["a"], {"a": {"b": {"c": "d"}}}, {"rules": [{"x": 1}]}):
        assert not any(
            FORMATS[name].recognises(Content(json.dumps(value))) for name in ("elevenlabs", "cartesia", "misaki")
        )


def test_json_that_is_nested_too_deeply_is_refused():
    content = Content("[" * 200_000)
    assert content.json is None
