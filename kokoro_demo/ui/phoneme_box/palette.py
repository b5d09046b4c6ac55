"""The palette of all symbols of Kokoro's alphabet, each with an example word; a click inserts one at the cursor."""

from __future__ import annotations

import html
from typing import NamedTuple

WORDS = "Words of English"
BRITISH = "British English"
ELSEWHERE = "Other languages"
MARKS = "Stress, length and marks"


class Example(NamedTuple):
    """A symbol and a word that contains it.

    language: the word's, a code of `languages.LANGUAGES`; "" if no such language uses the symbol, or it is not a sound.
    """

    symbol: str
    word: str
    language: str = ""


def _english(pairs: str, language: str) -> tuple[Example, ...]:
    return tuple(Example(pair[0], pair[1:], language) for pair in pairs.split())


PALETTE: dict[str, tuple[Example, ...]] = {
    WORDS: _english(
        "isee ɪsit ɛbed æcat ɑfather ɔthought uboot ʊbook ʌcup əabout ɜnurse ᵻroses ᵊlittle Aface Iprice Wmouth Yboy "
        "Ogoat bbed ddog ffish ɡgas hhello jyes kkey llip mman nnet ŋsing ppen ɹred ssun ttop vvoice wwing zzoo "
        "θthing ðthis ʃship ʒvision ʧchurch ʤjudge Twater",
        "en-us",
    ),
    BRITISH: _english("Qgoat ɒhot acat", "en-gb"),
    ELSEWHERE: (
        Example("e", "perro", "es"),
        Example("o", "lobo", "es"),
        Example("r", "perro", "es"),
        Example("ɾ", "pero", "es"),
        Example("β", "lobo", "es"),
        Example("ɣ", "amigo", "es"),
        Example("ʝ", "mayo", "es"),
        Example("x", "jamón", "es"),
        Example("ɲ", "niño", "es"),
        Example("ʎ", "figlio", "it"),
        Example("ʦ", "pizza", "it"),
        Example("ʣ", "zero", "it"),
        Example("S", "sasso"),
        Example("y", "lune", "fr-fr"),
        Example("ø", "peu", "fr-fr"),
        Example("œ", "peur", "fr-fr"),
        Example("ʁ", "rouge", "fr-fr"),
        Example("\u0303", "bon", "fr-fr"),
        Example("ɐ", "mãe", "pt-br"),
        Example("c", "चाय", "hi"),
        Example("ɟ", "झील", "hi"),
        Example("ʈ", "टमाटर", "hi"),
        Example("ɖ", "डर", "hi"),
        Example("ɳ", "बाण", "hi"),
        Example("ʂ", "ऋषि", "hi"),
        Example("ʋ", "वह", "hi"),
        Example("ʰ", "घर", "hi"),
        Example("ɽ", "लड़का"),
        Example("ɯ", "うみ"),
        Example("ᵝ", "うみ"),
        Example("ɰ", "わ"),
        Example("ɴ", "ほん"),
        Example("ɸ", "ふゆ"),
        Example("ç", "ひと"),
        Example("ʥ", "じかん"),
        Example("ʲ", "きゃく"),
        Example("ʨ", "鸡 jī"),
        Example("ɕ", "西 xī"),
        Example("ꭧ", "知 zhī"),
        Example("ɻ", "日 rì"),
        Example("ɥ", "月 yuè"),
        Example("ɨ", "四 sì"),
        Example("ɤ", "歌 gē"),
        Example("→", "妈 mā"),
        Example("↗", "麻 má"),
        Example("↓", "马 mǎ"),
        Example("↘", "骂 mà"),
        Example("χ", "Bach"),
        Example("q", "Qatar"),
        Example("ʔ", "uh-oh"),
        Example("ɚ", "butter"),
    ),
    MARKS: (
        Example("ˈ", "about", "en-us"),
        Example("ˌ", "understand", "en-us"),
        Example("ː", "goose", "en-gb"),
        Example(".", "full stop"),
        Example(",", "comma"),
        Example("?", "question"),
        Example("!", "exclaim"),
        Example(";", "semicolon"),
        Example(":", "colon"),
        Example("—", "dash"),
        Example("…", "ellipsis"),
        Example("“", "opens"),
        Example("”", "closes"),
        Example('"', "quote"),
        Example("(", "opens"),
        Example(")", "closes"),
    ),
}


def palette_html() -> str:
    """The buttons of all symbols, in groups."""
    groups = []
    for name, examples in PALETTE.items():
        buttons = "".join(map(_button, examples))
        groups.append(f'<h3>{name}</h3><div role="group" aria-label="{name}" class="palette">{buttons}</div>')
    return "".join(groups)


def _button(example: Example) -> str:
    symbol = html.escape(example.symbol)
    shown = f"◌{symbol}" if example.symbol == "\u0303" else symbol
    return (
        f'<button type="button" data-symbol="{symbol}" aria-label="Insert {shown}, {example.word}">'
        f"<b>{shown}</b><small>{example.word}</small></button>"
    )
