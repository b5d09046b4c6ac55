"""HTML in a text: tags are dropped, block tags end a line, and entities become the characters that they name."""

from __future__ import annotations

import re
from html import unescape

from kokoro_demo.text.traced import Traced

_BLOCKS = "p|br|hr|div|h[1-6]|li|ul|ol|tr|table|thead|tbody|section|article|header|footer|blockquote|pre|title|dt|dd|s"
_INLINE = (
    "a|abbr|b|big|body|cite|code|del|em|font|head|html|i|img|ins|kbd|label|mark|nav|q|script|small|span|strong|style|sub|sup"
    "|strike|svg|td|th|tt|u|var|input|button|form|main|aside|figure|figcaption|meta|link|video|audio|source|iframe|center"
    "|speak|voice|prosody|emphasis|say-as|phoneme|lang|sentence|paragraph|w|mstts:[a-z-]{1,30}"
)
_TAG = re.compile(rf"</?(?:(?P<block>{_BLOCKS})|{_INLINE})(?:\s[^<>]{{0,500}})?\s?/?>|<!--[^<>]{{0,2000}}-->", re.I)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,31}\d{0,2});")


def _tag(match: re.Match[str]) -> str:
    return "\n\n" if match["block"] else ""


def _entity(match: re.Match[str]) -> str | None:
    character = unescape(match.group())
    return None if character == match.group() else character


_RAISED = re.compile(r"(?<=[\w)])<sup>(?P<power>\s?[-−+]?\d{1,4}\s?)</sup>", re.I)
_WORD_BEFORE = re.compile(r"[^\W\d_]{3}[.,;:!?”\"]?\Z")
_SAY_AS = re.compile(
    r"<say-as\s[^<>]{0,100}?interpret-as\s?=\s?[\"'](?P<kind>telephone|characters|spell-out|digits|verbatim)[\"'][^<>]{0,100}>"
    r"(?P<text>[^<>\n]{1,60})(?=</say-as>)",
    re.I,
)
_TEN_DIGITS = re.compile(r"\s?(\d{3})(\d{3})(\d{4})\s?")


def _power(match: re.Match[str]) -> str:
    """Read the power in "10<sup>6</sup>"; after a word, the number is a footnote's and is dropped."""
    start = match.start()
    return "" if _WORD_BEFORE.search(match.string, max(0, start - 4), start) else f"^{match['power'].strip()}"


def _say_as(match: re.Match[str]) -> str:
    """Separate the digits or letters that SSML wants spoken one by one."""
    spoken = match["text"]
    if match["kind"].lower() == "telephone":
        ten = _TEN_DIGITS.fullmatch(spoken)
        return "-".join(ten.groups()) if ten else spoken
    return " ".join(spoken.upper().replace(" ", ""))


def read_html(traced: Traced) -> Traced:
    """Return the text without its tags, and with the characters that its entities name."""
    if "<" in traced.text:
        traced = traced.substituted(_SAY_AS, _say_as).substituted(_RAISED, _power)
        traced = traced.substituted(_TAG, _tag)
    if "&" in traced.text:
        traced = traced.substituted(_ENTITY, _entity)
    return traced
