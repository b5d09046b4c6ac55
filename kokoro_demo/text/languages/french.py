"""French, as read in France.

Numbers and their agreement after Grevisse, "Le bon usage" (numéraux); abbreviations, ordinals and centuries after the
"Lexique des règles typographiques en usage à l'Imprimerie nationale"; dates and times as the Office québécois de la
langue française reads them.
"""

from __future__ import annotations

import re

from kokoro_demo.text.languages.locale import NO_NOUN, Agreement, Amount, Gender, Locale, Magnitude, Noun
from kokoro_demo.text.languages.tables import read_tables
from kokoro_demo.text.patterns import listed

_TABLES = read_tables("fr")
_SMALL = (
    "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit "
    "dix-neuf"
).split()
_TENS = "vingt trente quarante cinquante soixante soixante quatre-vingt quatre-vingt".split()
_SCALES = "million milliard billion billiard trillion trilliard quadrillion".split()
_MILLION = Magnitude("million", "millions")
_BILLION = Magnitude("milliard", "milliards")
_FRACTIONS = "demi tiers quart".split()
# Endings that show the gender; the first that fits counts. After Grevisse, "genre des noms".
_ENDINGS = (
    ("m", r"(?:ages?|ismes?|istes?|eaux?|ments?|oirs?|iers?|ions-nous|scopes?|mètres?|grammes?|phones?|oirs?|ails?)\Z"),
    ("f", r"(?:[tsx]ions?|aisons?|tés?|ées?|ettes?|elles?|esses?|ences?|ances?|ures?|udes?|ies?|ises?|ines?)\Z"),
    ("f", r"(?:euses?|trices?|ades?|ières?|oires?|annes?|onnes?|iennes?|ques|[cdt]hes?|ailles?|eilles?|ottes?)\Z"),
    ("m", r"(?:[^e]|[^e]s|x|z)\Z"),
)
_GENDERS: tuple[tuple[Gender, re.Pattern[str]], ...] = tuple(
    ("f" if gender == "f" else "m", re.compile(pattern)) for gender, pattern in _ENDINGS
)


class French(Locale):
    """How French is read."""

    point, minus, plus, to, per = "virgule", "moins", "plus", "à", "par"
    percent, per_mille, over, half, by = "pour cent", "pour mille", "sur", "demi", "par"
    link = "de"
    number_sign, or_word = "numéro", "ou"
    elisions = "[dlnmtsDL]|[Qq]u|[Jj]usqu|[Ll]orsqu"
    magnitudes = {
        "million": _MILLION,
        "millions": _MILLION,
        "milliard": _BILLION,
        "milliards": _BILLION,
        "M": _MILLION,
        "Md": _BILLION,
        "Mds": _BILLION,
        "Mrd": _BILLION,
        "billion": Magnitude("billion", "billions"),
        "billions": Magnitude("billion", "billions"),
        "mille": Magnitude("mille", "mille", links=False),
        "k": Magnitude("mille", "mille", links=False),
    }
    ordinal_pattern = re.compile(
        r"(?P<number>[1-9]\d{0,3}) ?(?P<end>(?<! )(?:er|ère|re|ème|e|nd|nde|de|d|ième|eme)s?)(?![\w'])"
    )
    numeral_end = r"(?P<end>(?<=[IVX])(?:er|ère|re|ème|e)s?)"
    phones = (
        (r"\+\d{1,3}[ .-]?(?:\(0\) ?)?\d(?:[ .-]?\d\d){4}(?!\d)", "pairs"),
        (r"\+\d{1,3}[ -]?(?:\d{2,4}[ -]?){2,5}(?!\w)(?<=\d)", "digits"),
        (r"0\d(?:[ .-]\d\d){4}(?![.-]?\d)", "pairs"),
        (r"0[1-9]\d{8}(?!\d)", "pairs"),
        (r"0[89]\d\d(?: \d{2,3}){2,3}(?! ?\d)", "groups"),
    )
    function_words = listed(
        "à a au aux avant après avec car ce ces cette chez comme contre dans de depuis des dès du elle elles en entre",
        "est et était étaient ils il jusqu la le les leur leurs lors mais mes moins ne ni nous on ont ou où par parce",
        "pas pendant plus pour puis quand que qui sans se sera ses si son sont sous sur tandis un une vers vous y dont",
        "hier demain ainsi alors lorsque si comme bonjour merci cher",
    )
    feminine_before = listed("la toutes")
    months = tuple("janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split())
    month_abbreviations = {
        short: number
        for number, shorts in enumerate(
            "janv jan|févr fév|mars|avr|mai|juin|juill juil|août|sept|oct|nov|déc".split("|"), 1
        )
        for short in shorts.split()
    }
    spans_are_clocks = True
    code_before = listed("pin otp cap code passe")
    designators = listed(
        "salle siège porte bâtiment escalier sortie quai voie ligne bus chambre appartement appt rang étage groupe",
        "classe place bureau vitamine hépatite",
    )
    date_prefixes = listed(
        "lun mar mer jeu ven sam dim le du au dès jusqu'au lundi mardi mercredi jeudi vendredi samedi dimanche"
    )
    clock_suffix = r"[ap]\.? ?m\.?|h(?:eures?)?"
    currencies = _TABLES.currencies
    units = _TABLES.units
    degrees = Noun("degré", "degrés")
    temperature_scales = {"C": "Celsius", "F": "Fahrenheit"}
    abbreviations = _TABLES.abbreviations
    spelled = listed(
        "ue tva usa pdf pib adn arn pme pdg cd dvd gps usb edf gdf rer ratp hlm url ia ip iut uv irm ivg cgt cfdt",
        "ump rpr ps pcf lfi ogm afp bbc fbi cia abs vip pc tv rsa cdi cdd rtt bce dea oms omc ocde crs bts dut cv wc",
        "qi sms tnt html http https rn opa ong api apl aoc aop igp etp",
    )
    spoken = listed("mi vi dix mil")
    signs = {
        "&": "et", "+": "plus", "=": "égale", "@": "arobase", "%": "pour cent", "‰": "pour mille",
        "±": "plus ou moins", "×": "fois", "÷": "divisé par", "≈": "environ", "≠": "différent de",
        "≤": "inférieur ou égal à", "≥": "supérieur ou égal à", "<": "inférieur à", ">": "supérieur à",
        "°": "degrés", "§": "paragraphe", "©": "copyright", "#": "dièse", "√": "racine carrée de", "∞": "infini",
        "µ": "micro", "™": "", "®": "", "^": "puissance", "²": "au carré", "³": "au cube", "№": "numéro",
    }  # fmt: skip
    address_signs = {
        ".": "point", "/": "barre oblique", "-": "tiret", "_": "tiret bas", "@": "arobase", ":": "deux points",
        "?": "point d'interrogation", "=": "égale", "&": "et commercial", "#": "dièse", "#tag": "hashtag",
        "%": "pour cent", "+": "plus", "~": "tilde",
    }  # fmt: skip
    centuries = listed("siècle siècles s")
    parts_of_books = listed(
        "chapitre chapitres tome tomes volume volumes livre livres partie acte actes scène titre article annexe phase",
        "niveau type figure tableau planche classe catégorie section groupe thème chant numéro paris lyon",
    )
    rulers = listed(
        "louis charles henri françois philippe napoléon élisabeth elisabeth catherine marie anne jean paul jean-paul",
        "benoît pie clément grégoire innocent urbain boniface sixte jules léon alexandre nicolas guillaume georges",
        "edouard édouard richard jacques frédéric léopold baudouin albert constantin ramsès darius xerxès cléopâtre",
        "mohammed mohamed hassan victor-emmanuel umberto alphonse ferdinand pierre robert childéric clovis dagobert",
        "pépin carloman lothaire guillaume-alexandre félix vittorio rainier",
    )
    queens = listed("élisabeth elisabeth catherine marie anne cléopâtre")
    numbered = listed("république dynastie reich empire guerre congrès internationale légion")

    def cardinal(self, number: int, agreement: Agreement = NO_NOUN) -> str:
        if number == 0:
            return "zéro"
        parts = []
        for index in range(len(_SCALES), 0, -1):
            count, number = divmod(number, 1000 ** (index + 1))
            if count:
                parts.append(f"{self._below_thousand(count, last=True)} {_SCALES[index - 1]}{'s' * (count > 1)}")
        thousands, rest = divmod(number, 1000)
        if thousands:
            parts += [self._below_thousand(thousands, last=False)] if thousands > 1 else []
            parts.append("mille")
        if rest:
            spoken = self._below_thousand(rest, last=True)
            parts.append(re.sub(r"\bun\Z", "une", spoken) if agreement.gender == "f" else spoken)
        return " ".join(parts)

    @staticmethod
    def _below_thousand(number: int, last: bool) -> str:
        """last: whether no further part of the number follows: "quatre-vingts", but "quatre-vingt mille"."""
        hundreds, rest = divmod(number, 100)
        parts = []
        if hundreds:
            parts += [_SMALL[hundreds]] if hundreds > 1 else []
            parts.append("cents" if hundreds > 1 and not rest and last else "cent")
        if 0 < rest < 20:
            parts.append(_SMALL[rest])
        elif rest:
            tens, units = _TENS[rest // 10 - 2], rest % 10
            if rest // 10 in (7, 9):
                units += 10
            if units in (1, 11) and rest < 80:
                parts.append(f"{tens} et {_SMALL[units]}")
            elif units:
                parts.append(f"{tens}-{_SMALL[units]}")
            else:
                parts.append("quatre-vingts" if rest == 80 and last else tens)
        return " ".join(parts)

    def ordinal(self, number: int, agreement: Agreement = NO_NOUN) -> str:
        if number == 1:
            return "première" if agreement.gender == "f" else "premier"
        spoken = self.cardinal(number)
        stem = re.sub(r"(?<=cent|ingt)s\Z|(?<=illion|lliard)s\Z|e\Z", "", spoken)
        stem = re.sub(r"cinq\Z", "cinqu", re.sub(r"neuf\Z", "neuv", stem))
        return f"{stem}ième"

    def ordinal_of(self, number: int, end: str, following: str) -> str | None:
        many = "s" if end.endswith("s") else ""
        end = end.removesuffix("s")
        if end in ("nd", "nde", "d", "de"):
            return ("seconde" if end.endswith("e") else "second") + many if number == 2 else None
        if end in ("er", "re", "ère"):
            return self.ordinal(1, Agreement("m" if end == "er" else "f")) + many if number == 1 else None
        return self.ordinal(number) + many

    def gender_of(self, noun: str) -> Gender | None:
        forms = {noun, noun.removesuffix("s"), noun.removesuffix("x"), re.sub("aux$", "al", noun)}
        if forms & _TABLES.feminine:
            return "f"
        if forms & _TABLES.masculine:
            return "m"
        return next((gender for gender, pattern in _GENDERS if pattern.search(noun)), None)

    def is_plural(self, noun: str) -> bool:
        return noun.endswith(("s", "x", "z"))

    def is_one(self, amount: Amount) -> bool:
        """Below two, the noun is in the singular: "1,5 million", "0 degré" (Grevisse)."""
        return amount.whole in ("0", "1")

    def linked(self, noun: str) -> str:
        return f"d'{noun}" if noun[0] in "aeiouyéèêhAEIOUYÉ" else f"de {noun}"

    def day(self, number: int) -> str:
        return "premier" if number == 1 else self.cardinal(number)

    def fraction(self, numerator: int, denominator: int) -> str:
        part = _FRACTIONS[denominator - 2] if denominator <= 4 else self.ordinal(denominator)
        plural = numerator > 1 and not part.endswith("s")
        return f"{self.cardinal(numerator)} {part}{'s' if plural else ''}"

    def half_of(self, gender: Gender) -> str:
        return "une demi" if gender == "f" else "un demi"

    def half_after(self, gender: Gender) -> str:
        return "demie" if gender == "f" else "demi"

    def clock(self, hour: int, minute: int, second: int | None, suffix: str, with_h: bool) -> str:
        feminine = Agreement("f", noun=True)
        spoken = [self.cardinal(hour, feminine), "heure" if hour < 2 else "heures"]
        if minute or second:
            spoken.append(self.cardinal(minute, feminine))
        if second:
            spoken.append(f"et {self.counted(Amount(str(second)), Noun('seconde', 'secondes', 'f'))}")
        if suffix == "am":
            spoken.append("du matin")
        elif suffix == "pm":
            spoken.append("de l'après-midi" if hour < 6 or hour == 12 else "du soir")
        return " ".join(spoken)

    def with_parts(self, spoken: str, parts: Amount, name: Noun) -> str:
        """Return "douze euros cinquante", but "douze euros et cinq centimes"."""
        if parts.value < 10:
            return f"{spoken} et {self.counted(parts, name)}"
        return f"{spoken} {self.cardinal(parts.value)}"

    def ruler(self, number: int, agreement: Agreement) -> str:
        """François premier, then cardinals: Louis quatorze."""
        return self.ordinal(number, agreement) if number == 1 else self.cardinal(number)

    def part_of_book(self, number: int, agreement: Agreement) -> str:
        return self.ruler(number, agreement)


LOCALE = French()
