"""An example word for each sound of a language, for people who do not read phonemes: "ʃ as in “ship”"."""

from __future__ import annotations

from kokoro_demo.languages import BY_CODE
from kokoro_demo.ui.phoneme_box.palette import BRITISH, MARKS, PALETTE, WORDS

# Symbols that modify a sound.
NAMES = {
    "ˈ": "main stress",
    "ˌ": "second stress",
    "ː": "long",
    "\u0303": "through the nose",
    "ʰ": "with a breath",
    "ʲ": "with a y",
    "ᵝ": "with pressed lips",
    "→": "high tone",
    "↗": "rising tone",
    "↓": "low tone",
    "↘": "falling tone",
}


def _table(pairs: str) -> dict[str, str]:
    """Parse pairs like ``iword``, a symbol followed by its word."""
    return {pair[0]: pair[1:] for pair in pairs.split()}


_PALETTE = {example.symbol: example for examples in PALETTE.values() for example in examples}
_MARKS = {example.symbol: example.word for example in PALETTE[MARKS] if not example.language}
_ENGLISH = {example.symbol: example.word for example in PALETTE[WORDS]} | {"ˈ": "about", "ˌ": "understand"}

WORDS_OF: dict[str, dict[str, str]] = {
    "en-us": _ENGLISH,
    "en-gb": {
        **{symbol: word for symbol, word in _ENGLISH.items() if symbol not in "æOTᵻ"},
        **{example.symbol: example.word for example in PALETTE[BRITISH]},
        "ː": "goose",
        "ɑ": "father",
        "ɜ": "nurse",
    },
    "es": _table(
        "aaño bbien ddedo emesa ffeliz ɡgato isí jhielo kcasa lluna mmano nnada oojo ppero rperro ɾpero ssol ttodo "
        "uluna wpuerta xjamón βlobo ðnada ɛgente ɣamigo ɲniño ʎcalle ʝmayo ʧchico θzapato Aley Iaire Wauto ˈmano "
        "ɪhoy ʊdeuda ˌinstrumento"
    ),
    "fr-fr": _table(
        "achat bbeau ddos eété ffeu ɡgare iîle jpied kcafé llune mmer nnez omot ppère ssel ttout utout vvent woui "
        "ylune zzéro øpeu œpeur ɑblanc ɔporte əpetit ɛmer ɲmontagne ʁrouge ʃchat ʒjour ŋparking ɪparking "
        "\u0303bon ˈété ːpâte"
    ),
    "hi": _table(
        "aआप bबस cचाय eएक hहाथ iपानी jगाय kकिताब lलाल mनाम nनाम oढोल pपानी sसात tसात uदूध ŋपंख ɔऔर ɖडर ɛहै ɟजल ɡगाय "
        "ɪकिताब ɳबाण ɾमेरा ʂऋषि ʃशाम ʈटमाटर ʋवह ʌजल əनमस्ते "
        "zज़मीन ʰफल \u0303मैं ːआप ˈजल ˌआप"
    ),
    "it": _table(
        "acasa bbene dquando ecane ffame ivita jieri kcane lluna mmare nnotte ouovo ppoi rmare ssole ttutto uluna "
        "vvino wuomo zrosa Ssasso ɔnotte ɛbene ɡgatto ɲgnocchi ʃscena ʊcausa ʎfiglio ʣzero ʤgiorno ʦpizza ʧciao Izaino "
        "ŋfango ɪieri ˈvita ːgatto"
    ),
    "pt-br": _table(
        "acasa bbanho ddois emesa ffilho ivida jfilho kcasa llua mmesa nnão oavô ppai ssol tporta ulua vvida wágua "
        "xrio ymãe zmesa ɐmãe æcasa ɔsol ɛela ɡgato ɲbanho ɾcaro ʃchave ʊgato ʒjá ʤdia ʧtia ŋbom ɪnoite Arei Ipai "
        "əporta \u0303pão ˈcasa ˌcoração"
    ),
    "ja": _table(
        "aあさ iいえ ɯうみ eえき oおか kかさ ʲきもの sさくら ɕしお ɨすし tたまご ʨちず ʦつき nなつ ɲにわ hはな çひと "
        "ɸふゆ mまち jやま ɾらいおん βわたし ɡがか ʣざる zかず ʥじかん dどこ bばら pぱん ɴほん ŋりんご vヴァ"
    ),
    "zh": _table(
        "a妈 e月 f飞 i鸡 j有 k高 l来 m妈 n你 o走 p爸 s三 t大 u好 w我 x好 y女 ŋ中 ɕ西 ə人 ɚ二 ɛ元 ɤ歌 ɥ月 ɨ四 ɻ人 ʂ是 "
        "ʊ中 ʦ走 ʨ鸡 ꭧ知 ʰ他 →妈 ↗麻 ↓马 ↘骂"
    ),
}
"""By language code: each symbol that the language uses, with a short word that contains it."""


def example_of(symbol: str, language: str) -> str:
    """Describe a symbol by a word that contains it, of this language if possible; or by its name, if it is a mark.

    >>> example_of("ʃ", "en-us")
    'as in “ship”'
    >>> example_of("ø", "en-us")
    'as in “peu” (French)'

    Returns "" for symbols that are not in Kokoro's alphabet.
    """
    if symbol in _MARKS:
        return _MARKS[symbol]
    name = f"{NAMES[symbol]}, " if symbol in NAMES else ""
    if symbol in WORDS_OF.get(language, {}):
        return f"{name}as in “{WORDS_OF[language][symbol]}”"
    if symbol not in _PALETTE:
        return ""
    example = _PALETTE[symbol]
    elsewhere = f" ({BY_CODE[example.language].name})" if example.language else ""
    return f"{name}as in “{example.word}”{elsewhere}"
