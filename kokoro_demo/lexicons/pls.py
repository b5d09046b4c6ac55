"""The W3C's Pronunciation Lexicon Specification 1.0 (https://www.w3.org/TR/pronunciation-lexicon/), ``.pls``.

If an entry has several pronunciations, the first counts, or the first that is preferred. Capitals matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from kokoro_demo.errors import RequestError
from kokoro_demo.g2p.fixes import phonemes_of
from kokoro_demo.g2p.lexicon import Lexicon
from kokoro_demo.lexicons.content import Content, Exported, LexiconFormat, ParsedLexicon, encoded
from kokoro_demo.lexicons.notation import arpabet_to_ipa, to_ipa, unknown_arpabet

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

NAMESPACE = "http://www.w3.org/2005/01/pronunciation-lexicon"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_ROOT = re.compile(r"<(?:\w+:)?lexicon[\s/>]")
# ElevenLabs' name for ARPAbet, and the names that others use.
_ARPABET = ("cmu-arpabet", "x-arpabet", "x-cmu", "arpabet")
# Characters that XML 1.0 cannot hold.
_NOT_XML = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def recognises(content: Content) -> bool:
    """Return whether it is XML that seems to begin with a lexicon element."""
    start = content.text.lstrip()[:4000]
    return start.startswith("<") and _ROOT.search(start) is not None


def read(content: Content) -> ParsedLexicon:
    """Return an entry for each grapheme of each lexeme.

    Raises:
        RequestError: if it is not well-formed, or contains entities.
    """
    root = _parsed(content)
    parsed = ParsedLexicon(language=root.get(_LANGUAGE, ""))
    alphabet = root.get("alphabet", "ipa")
    for number, lexeme in enumerate((child for child in root if _name(child) == "lexeme"), 1):
        place = f"lexeme {number}"
        graphemes = [_text(child) for child in lexeme if _name(child) == "grapheme"]
        if not graphemes:
            parsed.refuse(place, "", "it has no grapheme")
            continue
        pronunciation = _pronunciation(lexeme, alphabet)
        # An entry in small letters matches any capitalisation.
        small = {word for word in graphemes if word == word.lower()}
        for word in graphemes:
            if word not in small and word.lower() in small:
                continue
            if isinstance(pronunciation, str):
                parsed.refuse(place, word, pronunciation)
            else:
                parsed.add(place, word, *pronunciation)
    return parsed


def write(entries: Lexicon, language: str) -> Exported:
    """Return a lexeme for each entry. Since case matters, a word in small letters also gets one with a capital."""
    primary, _, region = language.partition("-")
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<lexicon version="1.0" xmlns="{NAMESPACE}" alphabet="ipa" xml:lang="{primary}-{region.upper()}">'
        if region
        else f'<lexicon version="1.0" xmlns="{NAMESPACE}" alphabet="ipa" xml:lang="{primary}">',
    ]
    warnings = []
    for word, entry in entries.items():
        phonemes = to_ipa(phonemes_of(entry, language)[0], language) if entry.ipa else entry.pronunciation
        if not phonemes or _NOT_XML.search(word + phonemes):
            warnings.append(f"“{word[:60]}” is left out, because it has no sounds or characters that XML cannot hold.")
            continue
        capital = word[:1].upper() + word[1:]
        spellings = [word, capital] if word == word.lower() != capital else [word]
        lines.append("  <lexeme>")
        lines += [f"    <grapheme>{escape(spelling)}</grapheme>" for spelling in spellings]
        tag = "phoneme" if entry.ipa else "alias"
        lines += [f"    <{tag}>{escape(phonemes)}</{tag}>", "  </lexeme>"]
    return Exported(encoded("\n".join([*lines, "</lexicon>", ""])), tuple(warnings))


def _parsed(content: Content) -> Element:
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root: Element = fromstring(content.data, forbid_dtd=True)
    except DefusedXmlException:
        raise RequestError(
            "The lexicon has a document type or entities, which are not supported. Remove them."
        ) from None
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        where = getattr(error, "position", None)
        place = f" The error is in line {where[0]}, column {where[1] + 1}." if where else ""
        raise RequestError(f"The lexicon is not well-formed XML.{place}") from None
    if _name(root) != "lexicon":
        raise RequestError("The lexicon is XML, but its first element is not <lexicon>.")
    return root


def _pronunciation(lexeme: Element, alphabet: str) -> tuple[str, bool] | str:
    """The pronunciation that counts, and whether it is IPA; or the reason why there is none."""
    why = "it has no phoneme and no alias"
    for element in sorted(_pronunciations(lexeme), key=lambda element: element.get("prefer") != "true"):
        if _name(element) == "alias":
            return _text(element), False
        written, used = _text(element), element.get("alphabet", alphabet).lower()
        if used == "ipa":
            return written, True
        if used not in _ARPABET:
            why = f"its alphabet is {used[:40]}; only ipa and cmu-arpabet are supported"
        elif unknown := unknown_arpabet(written):
            why = f"ARPAbet has no {unknown[0][:20]}"
        else:
            return arpabet_to_ipa(written), True
    return why


def _pronunciations(lexeme: Element) -> Iterator[Element]:
    return (child for child in lexeme if _name(child) in ("phoneme", "alias"))


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _text(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


FORMAT = LexiconFormat("PLS 1.0 (W3C)", "pls", "application/pls+xml", recognises, read, write)
