"""Parses an SSML document into tags and texts, each with its position in the written text.

DTDs and entities other than XML's own five are refused, so a document cannot expand beyond what was sent.
"""

from __future__ import annotations

import io
import re
from bisect import bisect_right
from collections.abc import Mapping
from html import unescape
from typing import Any, NamedTuple
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import InputSource

from kokoro_demo.errors import RequestError
from kokoro_demo.text.traced import Traced

MAX_DEPTH = 60
_BEFORE = "\ufeff \t\r\n"
_COMMENT = r"<!--(?:[^-]|-(?!->))*-->"
_BEGINS = re.compile(rf"[{_BEFORE}]*(?:<\?xml[^<>]*\?>)?(?:[\s]|{_COMMENT})*<(?:speak(?=[\s/>])|!DOCTYPE\s+speak\b)")
_ROOT, _ROOT_END = "<speak>", "</speak>"
# The parser gets the whole document at once, so that it does not split a token.
_ALL_AT_ONCE = 2**24


class Tag(NamedTuple):
    """The start or end tag of an element, at ``[start, end)`` in the written text."""

    name: str
    opens: bool
    attributes: Mapping[str, str]
    start: int
    end: int


Event = Tag | Traced


def begins_as_ssml(text: str) -> bool:
    """Return whether a text begins like an SSML document: with ``<speak``, after an XML declaration or comments."""
    return _BEGINS.match(text) is not None


def events_of(text: str) -> list[Event]:
    """Return the tags and texts of a document in order; a text without ``<speak>`` is treated as its content.

    Raises:
        RequestError: if it is not well-formed, contains a DTD, or is nested too deeply; with line and column.
    """
    from defusedxml import DefusedXmlException
    from defusedxml.expatreader import DefusedExpatParser

    begin = len(text) - len(text.lstrip(_BEFORE))
    whole = begins_as_ssml(text) or text.startswith("<?xml", begin)
    source, offset = (text[begin:], begin) if whole else (f"{_ROOT}{text}{_ROOT_END}", -len(_ROOT))
    parser = DefusedExpatParser(0, _ALL_AT_ONCE, forbid_dtd=True)
    reader = _Reader(source, offset, len(text), parser)
    parser.setContentHandler(reader)
    given = InputSource()
    given.setEncoding("utf-8")
    given.setByteStream(io.BytesIO(source.encode("utf-8", "replace")))
    try:
        parser.parse(given)
    except DefusedXmlException:
        message = "Document types and custom entities are not supported. Delete all of <!DOCTYPE …>"
        raise RequestError(f"{place_in_words(text, text.find('<!DOCTYPE'))}: {message}.") from None
    except SAXParseException as error:
        raise reader.refused(error, text) from None
    reader.flush(len(source))
    return reader.events


class _Reader(ContentHandler):
    """Collects the events. Positions in `source`, moved by `offset`, are positions in the written text."""

    def __init__(self, source: str, offset: int, length: int, parser: Any) -> None:
        super().__init__()
        self._parser = parser
        self.events: list[Event] = []
        self._source, self._offset, self._length = source, offset, length
        self._lines = _line_starts(source)
        self._open: list[tuple[str, int]] = []
        self._texts: list[tuple[str, int]] = []
        self._locator: Any = None

    def setDocumentLocator(self, locator: Any) -> None:
        self._locator = locator

    def startDocument(self) -> None:
        # One call for each run of characters, so that the position of each is known.
        self._parser._parser.buffer_text = False

    def _here(self) -> int:
        return self._lines[self._locator.getLineNumber() - 1] + int(self._locator.getColumnNumber())

    def startElement(self, name: str, attributes: Any) -> None:
        here = self._here()
        self.flush(here)
        if len(self._open) >= MAX_DEPTH:
            raise RequestError(f"The SSML has more than {MAX_DEPTH} elements within each other.")
        self._open.append((name, here))
        end = _end_of_tag(self._source, here)
        self.events.append(Tag(name, True, dict(attributes), self._moved(here), self._moved(end)))

    def endElement(self, name: str) -> None:
        here = self._here()
        self.flush(here)
        self._open.pop()
        # "<break/>" has no end tag.
        end = _end_of_tag(self._source, here) if self._source.startswith("</", here) else here
        self.events.append(Tag(name, False, {}, self._moved(here), self._moved(end)))

    def characters(self, content: str) -> None:
        self._texts.append((content, self._here()))

    def flush(self, end: int) -> None:
        """Add the text collected so far as an event."""
        texts, self._texts = self._texts, []
        if not texts:
            return
        whole: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        for content, start in texts:
            whole.append(content)
            if len(content) == 1:
                # An entity or a line end may be several characters in the source.
                starts.append(start)
                ends.append(_end_of_character(self._source, start))
            else:
                starts += range(start, start + len(content))
                ends += range(start + 1, start + len(content) + 1)
        moved = [self._moved(place) for place in starts], [self._moved(place) for place in ends]
        self.events.append(Traced("".join(whole), *moved))

    def _moved(self, place: int) -> int:
        return min(max(place + self._offset, 0), self._length)

    def refused(self, error: SAXParseException, text: str) -> RequestError:
        """Return an error that says what is wrong with the document, where, and what to do."""
        line, column = error.getLineNumber() or 1, error.getColumnNumber() or 0
        at = min(self._lines[min(line, len(self._lines)) - 1] + column, len(self._source))
        reason = error.getMessage()
        here, inner = at, self._open[-1] if self._open else None
        advice = f"It is not well-formed XML ({reason})."
        ampersand = self._source.rfind("&", max(0, at - 40), at + 1)
        if "mismatched tag" in reason and inner is not None:
            here = self._source.rfind("<", 0, at + 1)
            closed = re.match(r"</\s*([^\s>]{1,60})", self._source[here : here + 70])
            opened = place_in_words(text, self._moved(inner[1]))
            advice = (
                f"</{closed[1] if closed else ''}> does not close <{inner[0][:60]}>, which was opened in "
                f"{opened[0].lower()}{opened[1:]}. Write </{inner[0][:60]}> before it."
            )
        elif "undefined entity" in reason:
            match = re.match(r"&([A-Za-z]\w{0,30});", self._source[ampersand : ampersand + 40])
            sign = unescape(match.group()) if match else ""
            here = ampersand
            advice = f"{match.group() if match else 'This entity'} is not one of XML's entities. Write " + (
                f"&#{ord(sign)};, or the character itself." if len(sign) == 1 else "the character itself."
            )
        elif ampersand >= 0 and not re.match(r"&(?:#\w{1,8}|\w{1,31});", self._source[ampersand : ampersand + 40]):
            here, advice = ampersand, "An & by itself has to be written &amp; in XML."
        elif "junk after document element" in reason:
            advice = "There is text after </speak>. Put everything inside one <speak>."
        elif inner is not None and ("no element found" in reason or at >= len(self._source)):
            opened = place_in_words(text, self._moved(inner[1]))
            advice = f"<{inner[0][:60]}> is not closed; it was opened in {opened[0].lower()}{opened[1:]}."
        elif "invalid token" in reason and self._source[max(0, at - 1) : at] == "<":
            here, advice = at - 1, "A < that does not begin a tag has to be written &lt; in XML."
        elif "duplicate attribute" in reason:
            advice = "The tag has an attribute twice. Remove one of them."
        elif self._source.rfind("<", 0, at) > self._source.rfind(">", 0, at):
            here = self._source.rfind("<", 0, at)
            advice = (
                'This tag cannot be read. Write it like <break time="1s"/>, each value in quotes, and > at its end.'
            )
        elif "invalid token" in reason:
            advice = "XML does not allow this character. Delete it."
        return RequestError(f"SSML, {place_in_words(text, self._moved(here))}: {advice}")


def _end_of_tag(source: str, start: int) -> int:
    """Return where the tag at `start` ends; a > inside an attribute's quotes does not count."""
    place, quote = start, ""
    while place < len(source):
        sign = source[place]
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "\"'":
            quote = sign
        elif sign == ">":
            return place + 1
        place += 1
    return len(source)


def _end_of_character(source: str, start: int) -> int:
    if source.startswith("\r\n", start):
        return start + 2
    end = source.find(";", start, start + 12) if source.startswith("&", start) else -1
    return end + 1 if end > 0 else start + 1


def place_in_words(text: str, place: int) -> str:
    """Return a position as "Line 2, column 5"."""
    starts, place = _line_starts(text), max(place, 0)
    line = bisect_right(starts, place)
    return f"Line {line}, column {place - starts[line - 1] + 1}"


def _line_starts(text: str) -> list[int]:
    return [0, *(match.end() for match in re.finditer(r"\r\n|\r|\n", text))]
