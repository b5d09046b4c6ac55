"""The supported parts of SSML: one table for the compiler, the docs and the API."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

Served = Literal["yes", "partly", "no"]


class Row(NamedTuple):
    """An element, an attribute of an element, or a value of an attribute.

    note: one sentence on how it is treated. example: a fragment of SSML that contains it.
    """

    element: str
    attribute: str
    value: str
    served: Served
    note: str
    example: str


def _row(what: str, served: Served, note: str, example: str) -> Row:
    element, _, rest = what.partition(" ")
    attribute, _, value = rest.partition("=")
    return Row(element, attribute, value, served, note, example)


_SAY_AS = "say-as interpret-as="
TABLE: tuple[Row, ...] = (
    _row("speak", "yes", "The root. A text that begins with it is SSML.", "<speak>Hello.</speak>"),
    _row(
        "speak xml:lang",
        "yes",
        "Read in this language if the voice's own is another one; the request's language comes first.",
        '<speak xml:lang="fr-FR">Bonjour.</speak>',
    ),
    _row("p", "yes", "A paragraph, with a pause around it.", "<p>One.</p><p>Two.</p>"),
    _row("p xml:lang", "yes", "As for lang.", '<p xml:lang="es-ES">Hola.</p>'),
    _row("s", "yes", "A sentence; it ends as with a full stop if it has no mark.", "<s>One</s><s>Two</s>"),
    _row("s xml:lang", "yes", "As for lang.", '<s xml:lang="es-ES">Hola</s>'),
    _row("paragraph", "yes", "Like p.", "<paragraph>One.</paragraph>"),
    _row("sentence", "yes", "Like s.", "<sentence>One</sentence>"),
    _row("break", "yes", "A pause of medium strength.", "One <break/> two."),
    _row("break time", "yes", "A pause from 0 to 10 s: 500ms, 1.5s.", 'One <break time="500ms"/> two.'),
    _row(
        "break strength",
        "yes",
        "x-weak 0.1 s, weak 0.2, medium 0.4, strong 0.7, x-strong 1; none asks for no pause.",
        'One <break strength="strong"/> two.',
    ),
    _row("sub", "yes", "Without an alias, its text.", "<sub>W3C</sub>"),
    _row("sub alias", "yes", "Spoken in place of the text.", '<sub alias="World Wide Web">WWW</sub>'),
    _row(
        "phoneme",
        "yes",
        "Needs ph.",
        '<phoneme ph="təˈmeɪtoʊ">tomato</phoneme>',
    ),
    _row("phoneme ph", "yes", "The phonemes.", '<phoneme ph="təˈmeɪtoʊ">tomato</phoneme>'),
    _row(
        "phoneme alphabet=ipa",
        "yes",
        "IPA, which is meant if no alphabet is named.",
        '<phoneme alphabet="ipa" ph="təˈmeɪtoʊ">tomato</phoneme>',
    ),
    _row(
        "phoneme alphabet=x-kokoro",
        "yes",
        "Kokoro's own alphabet.",
        '<phoneme alphabet="x-kokoro" ph="təmˈATO">tomato</phoneme>',
    ),
    _row(
        "phoneme alphabet=x-sampa",
        "no",
        "The text is read instead.",
        '<phoneme alphabet="x-sampa" ph="t@meItoU">tomato</phoneme>',
    ),
    _row("say-as", "yes", "Needs interpret-as.", '<say-as interpret-as="digits">12</say-as>'),
    _row(
        "say-as format",
        "yes",
        "Of a date: mdy, dmy, ymd, md, dm, ym, my, y, m, d, yyyymmdd.",
        ('<say-as interpret-as="date" format="dmy">1-2-2024</say-as>'),
    ),
    _row(
        "say-as detail",
        "no",
        "How much detail is spoken does not change.",
        ('<say-as interpret-as="date" format="dmy" detail="1">1-2-2024</say-as>'),
    ),
    _row(
        "say-as language",
        "no",
        "Write xml:lang around it.",
        ('<say-as interpret-as="currency" language="en-US">$5</say-as>'),
    ),
    *(
        _row(f"{_SAY_AS}{kind}", "yes", note, f'<say-as interpret-as="{kind}">{example}</say-as>')
        for kind, note, example in (
            ("cardinal", "A number, never a year.", "1984"),
            ("number", "Like cardinal.", "1984"),
            ("ordinal", "An ordinal number.", "3"),
            ("characters", "Character by character, by name.", "USB-3"),
            ("spell-out", "Like characters.", "USB"),
            ("verbatim", "Like characters.", "abc"),
            ("letters", "Like characters.", "abc"),
            ("digits", "Digit by digit.", "1234"),
            ("number_digit", "Like digits.", "1234"),
            ("fraction", "3/20, 1+1/2.", "3/20"),
            ("unit", "A number and its unit, with or without a space.", "6lb"),
            ("date", "With a format, in that order; without one as in any text.", "2024-02-01"),
            ("time", "A time of day, or a duration like 1'21\".", "2:30pm"),
            ("duration", "Hours, minutes, seconds.", "01:18:30"),
            ("telephone", "Digit by digit, in groups.", "(888) 555-1212"),
            ("currency", "An amount with its sign or code.", "$42.01"),
            ("expletive", 'The word "bleep" is spoken in its place.', "darn"),
            ("bleep", "Like expletive.", "darn"),
            ("address", "As in any text.", "12 Oak St."),
            ("name", "As in any text.", "Dr. Smith"),
            ("net", "As in any text.", "me@example.com"),
        )
    ),
    _row("prosody", "partly", "Only its rate.", '<prosody rate="fast">Hello.</prosody>'),
    _row(
        "prosody rate",
        "yes",
        "A factor (0.9), a percentage of the usual rate (90%) or a change (+10%); x-slow 0.5, slow 0.75, medium 1, "
        "fast 1.25, x-fast 1.5. Spoken from 0.5 to 2.",
        '<prosody rate="+10%">Hello.</prosody>',
    ),
    _row("prosody pitch", "no", "The voice's own pitch is heard.", '<prosody pitch="+2st">Hello.</prosody>'),
    _row(
        "prosody contour", "no", "The voice's own melody is heard.", ('<prosody contour="(0%,+20Hz)">Hello.</prosody>')
    ),
    _row("prosody range", "no", "The voice's own melody is heard.", '<prosody range="high">Hello.</prosody>'),
    _row("prosody volume", "no", "The voice's own loudness is heard.", '<prosody volume="loud">Hello.</prosody>'),
    _row("prosody duration", "no", "Write a rate.", '<prosody duration="2s">Hello.</prosody>'),
    _row(
        "emphasis",
        "partly",
        "By the stress of words, not by loudness: a single word is stressed, several keep the stress that they have.",
        "You <emphasis>can</emphasis> go.",
    ),
    _row(
        "emphasis level",
        "partly",
        "strong and moderate stress a single word, reduced makes all words weaker, none changes nothing.",
        'You <emphasis level="strong">can</emphasis> go.',
    ),
    _row("voice", "partly", "By name, or by language and gender.", '<voice name="bf_emma">Hello.</voice>'),
    _row(
        "voice name",
        "yes",
        "A voice of Kokoro's, a blend, or a name of the cast. Another service's name changes nothing, with a warning.",
        '<voice name="af_bella(2)+bf_emma">Hello.</voice>',
    ),
    _row(
        "voice language",
        "yes",
        "Without a name: the best voice of this language, and of the gender if one is given.",
        '<voice language="fr-FR">Bonjour.</voice>',
    ),
    _row("voice gender", "partly", "Together with language.", '<voice language="en-GB" gender="male">Hello.</voice>'),
    _row("voice xml:lang", "yes", "As for speak.", '<voice name="af_heart" xml:lang="fr-FR">Bonjour.</voice>'),
    _row("voice effect", "no", "The voice is heard as it is.", '<voice name="af_heart" effect="eq_car">Hello.</voice>'),
    _row("lang", "yes", "Needs xml:lang.", '<lang xml:lang="fr-FR">Bonjour.</lang>'),
    _row(
        "lang xml:lang",
        "yes",
        "The text is read in this language, by the same voice.",
        '<lang xml:lang="fr-FR">Bonjour.</lang>',
    ),
    _row("mark", "yes", "Needs name.", 'One <mark name="here"/> two.'),
    _row(
        "mark name",
        "yes",
        "A caption begins at it; JSON gives its time, WebVTT its name.",
        'One <mark name="here"/> two.',
    ),
    _row("bookmark", "yes", "Like mark.", 'One <bookmark mark="here"/> two.'),
    _row("bookmark mark", "yes", "Like name of mark.", 'One <bookmark mark="here"/> two.'),
    _row("w", "yes", "A word, read as in any text.", "<w>read</w>"),
    _row("w role", "no", "The word is read as in any text.", '<w role="amazon:VBD">read</w>'),
    _row("token", "yes", "Like w.", "<token>read</token>"),
    _row("token role", "no", "Like role of w.", '<token role="x:VBD">read</token>'),
    _row("desc", "yes", "Not spoken: it describes a sound to a reader.", "One <desc>a bell</desc> two."),
    _row("metadata", "yes", "Not spoken.", "One <metadata>draft</metadata> two."),
    _row("meta", "yes", "Not spoken.", 'One <meta name="x" content="y"/> two.'),
    _row(
        "audio",
        "no",
        "Sounds are not fetched; the text within it is spoken.",
        ('One <audio src="https://example.com/bell.mp3">bell</audio> two.'),
    ),
    _row(
        "lexicon", "no", "Send fixes as the request's lexicon.", 'One <lexicon uri="https://example.com/a.pls"/> two.'
    ),
    _row("lookup", "no", "Send fixes as the request's lexicon.", '<lookup ref="a">One two.</lookup>'),
    _row("par", "no", "What is in it is spoken one after the other.", "<par>One two.</par>"),
    _row("seq", "no", "What is in it is spoken in its order.", "<seq>One two.</seq>"),
    _row("media", "no", "What is in it is spoken in its order.", "<media>One two.</media>"),
    _row(
        "amazon:effect",
        "no",
        "The voice is heard as it is.",
        '<amazon:effect name="whispered">One two.</amazon:effect>',
    ),
    _row(
        "amazon:emotion",
        "no",
        "The voice's own manner is heard.",
        ('<amazon:emotion name="excited" intensity="low">One two.</amazon:emotion>'),
    ),
    _row(
        "amazon:domain", "no", "The voice's own manner is heard.", '<amazon:domain name="news">One two.</amazon:domain>'
    ),
    _row("amazon:auto-breaths", "no", "No breaths are added.", "<amazon:auto-breaths>One two.</amazon:auto-breaths>"),
    _row("amazon:breath", "no", "No breaths are added.", "One <amazon:breath/> two."),
    _row(
        "google:style", "no", "The voice's own manner is heard.", '<google:style name="lively">One two.</google:style>'
    ),
    _row(
        "mstts:express-as",
        "no",
        "The voice's own manner is heard.",
        ('<mstts:express-as style="cheerful">One two.</mstts:express-as>'),
    ),
    _row("mstts:silence", "no", "Write a break.", 'One <mstts:silence type="Sentenceboundary" value="200ms"/> two.'),
    _row(
        "mstts:backgroundaudio",
        "no",
        "Sounds are not fetched.",
        ('One <mstts:backgroundaudio src="https://example.com/a.mp3"/> two.'),
    ),
    _row("mstts:audioduration", "no", "Write a rate.", 'One <mstts:audioduration value="20s"/> two.'),
    _row("mstts:viseme", "no", "JSON has the sounds and their times.", 'One <mstts:viseme type="redlips_front"/> two.'),
)

NOTES: Mapping[tuple[str, str, str], Row] = {(row.element, row.attribute, row.value): row for row in TABLE}
SERVED_ELEMENTS = frozenset(row.element for row in TABLE if not row.attribute and row.served != "no")


def serves_attribute(element: str, attribute: str) -> bool:
    """Return whether an attribute of a supported element has an effect."""
    row = NOTES.get((element, attribute, ""))
    values = any(row.element == element and row.attribute == attribute for row in TABLE)
    return row.served != "no" if row else values


def details() -> list[dict[str, Any]]:
    """Return the table as JSON-compatible values."""
    return [row._asdict() for row in TABLE]
