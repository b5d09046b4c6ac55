"""HTML in a text: tags are silent, those of blocks end a line, and entities are the characters they stand for."""

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


def read_html(traced: Traced) -> Traced:
    """The text without its tags, and with the characters that its entities name."""
    if "<" in traced.text:
        traced = traced.substituted(_TAG, _tag)
    if "&" in traced.text:
        traced = traced.substituted(_ENTITY, _entity)
    return traced
