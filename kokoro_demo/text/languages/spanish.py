"""Spanish, as read in Spain.

Numbers, their gender and their short forms after the Diccionario panhispánico de dudas (RAE and ASALE), entries
"cardinales", "ordinales", "hora", "fecha" and "abreviatura".
"""

from __future__ import annotations

import re

from kokoro_demo.text.languages.locale import NO_NOUN, Agreement, Amount, Gender, Locale, Magnitude, Noun
from kokoro_demo.text.languages.tables import read_tables
from kokoro_demo.text.patterns import listed

_TABLES = read_tables("es")
_SMALL = (
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete "
    "dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete "
    "veintiocho veintinueve"
).split()
_TENS = "treinta cuarenta cincuenta sesenta setenta ochenta noventa".split()
_HUNDREDS = (
    "ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos"
).split()
_SCALES = (("millón", "millones"), ("billón", "billones"), ("trillón", "trillones"), ("cuatrillón", "cuatrillones"))
_AFTER_FLOOR = listed("izq izqda izquierda dcha derecha dch centro exterior interior ext int puerta")  # "3.º izq."
_ORDINAL_UNITS = "primero segundo tercero cuarto quinto sexto séptimo octavo noveno décimo undécimo duodécimo".split()
_ORDINAL_TENS = (
    "décimo vigésimo trigésimo cuadragésimo quincuagésimo sexagésimo septuagésimo octogésimo nonagésimo"
).split()
_ORDINAL_HUNDREDS = (
    "centésimo ducentésimo tricentésimo cuadringentésimo quingentésimo sexcentésimo septingentésimo octingentésimo "
    "noningentésimo"
).split()
_FRACTIONS = "medio tercio cuarto quinto sexto séptimo octavo noveno".split()
_FEMININE_ENDING = re.compile(r"(?:a|as|ión|iones|dad|dades|tad|tades|tud|tudes|umbres?|ices|itis|sis|ez|eces)\Z")
_MASCULINE_ENDING = re.compile(
    r"(?:os?|ores?|ajes?|ales?|iles?|eles?|anes|enes|(?<!i)ones|ambres|ismos?|istas?|emas?|oides)\Z"
)
_SINGULARS = (("ones$", "ón"), ("ces$", "z"), ("es$", ""), ("s$", ""))
_INVARIABLE = listed("lunes martes miércoles jueves viernes virus")


class Spanish(Locale):
    """How Spanish is read."""

    point, minus, plus, to, per = "coma", "menos", "más", "a", "por"
    percent, per_mille, over, half, by = "por ciento", "por mil", "sobre", "medio", "por"
    link = "de"
    number_sign, or_word = "número", "o"
    magnitudes = {
        "millón": Magnitude("millón", "millones"),
        "millones": Magnitude("millón", "millones"),
        "mill.": Magnitude("millón", "millones"),
        "M": Magnitude("millón", "millones"),
        "mil": Magnitude("mil", "mil", links=False),
        "k": Magnitude("mil", "mil", links=False),
        "mil millones": Magnitude("mil millones", "mil millones"),
        "billón": Magnitude("billón", "billones"),
        "billones": Magnitude("billón", "billones"),
    }
    ordinal_pattern = re.compile(
        r"(?P<number>[1-9]\d{0,3})(?P<end>\.?(?:(?:[ºª]s?|er|ero|ra|era|do|da|ndo|nda|ro|to|ta|vo|va|no|na|mo|ma)(?!\w)"
        r"|°(?= [a-záéíóúñ]{3})))"
    )
    phones = (
        (r"\+\d{1,3}[ -]?(?:\d{2,4}[ -]?){2,5}(?!\w)(?<=\d)", "digits"),
        (r"[6-9]\d\d (?:\d{3} \d{3}|\d\d \d\d \d\d)(?! ?\d| [^\W\d_]{2,}s\b| ?[€$%])", "digits"),
        (r"9\d \d{3} \d\d \d\d(?!\d)", "digits"),
        (r"[6-9]\d{8}(?!\d)", "digits"),
        (
            r"(?:(?<=[Tt]el\. )|(?<=[Tt]el\.: )|(?<=eléfono )|(?<=eléfono: )|(?<=[Ll]lame al )|(?<=[Ll]lama al ))"
            r"\d{3}-\d{4}(?!\d)",
            "digits",
        ),
        (r"\(?\d{2,3}\)[ -]\d{3,4}[ -]\d{4}(?!\d)", "digits"),
    )
    function_words = listed(
        "a al ante bajo con contra de del desde durante en entre es era eran está están fue fueron ha han hasta hacia",
        "la las lo los más menos ni no o para pero por que se si sin sobre son su sus tras u un una y como cuando",
        "ya también es años-luz dos tres seis",
    )
    feminine_before = listed("las la")
    months = tuple("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split())
    month_abbreviations = {
        short: number
        for number, shorts in enumerate(
            "ene|febr feb|mar|abr|may|jun|jul|ago agto|sept sep set|oct|nov|dic".split("|"), 1
        )
        for short in shorts.split()
    }
    of_month, of_year = "de", "de"
    designators = listed(
        "sala aula asiento puerta piso bloque portal salida andén vía línea autobús bus habitación apartamento fila",
        "planta local oficina módulo edificio grupo clase vitamina hepatitis",
    )
    rooms = Noun("habitación", "habitaciones", "f")
    code_before = listed("pin otp cp contraseña código clave postal")
    date_prefixes = listed(
        "lunes martes miércoles jueves viernes sábado domingo lun mar mié jue vie sáb dom el del al día"
    )
    clock_suffix = r"[ap]\.? ?m\.?|h(?:oras|rs|s)?\.?"
    clock_point_before = listed("las la")
    currencies = _TABLES.currencies
    units = _TABLES.units
    degrees = Noun("grado", "grados")
    temperature_scales = {"C": "Celsius", "F": "Fahrenheit"}
    abbreviations = _TABLES.abbreviations
    spelled = listed(
        "ue uci dni nif cif ong tv ia pc cd gps usb pp bbc fbi cia adn arn oea ipc tac url pdf abs vih html http",
        "iban itv rtve rne sms aa cc dd hh ii ss",
    )
    spoken = listed("mil vi di mi")
    signs = {
        "&": "y", "+": "más", "=": "igual a", "@": "arroba", "%": "por ciento", "‰": "por mil", "±": "más menos",
        "×": "por", "÷": "entre", "≈": "aproximadamente", "≠": "distinto de", "≤": "menor o igual que",
        "≥": "mayor o igual que", "<": "menor que", ">": "mayor que", "°": "grados", "§": "sección", "©": "copyright",
        "#": "almohadilla", "√": "raíz cuadrada de", "∞": "infinito", "µ": "micro", "™": "", "®": "", "^": "elevado a",
        "²": "al cuadrado", "³": "al cubo", "º": "", "ª": "", "№": "número",
    }  # fmt: skip
    address_signs = {
        ".": "punto", "/": "barra", "-": "guion", "_": "guion bajo", "@": "arroba", ":": "dos puntos",
        "?": "interrogación",
        "=": "igual", "&": "ampersand", "#": "almohadilla", "#tag": "hashtag", "%": "por ciento", "+": "más",
    }  # fmt: skip
    spoken_endings = Locale.spoken_endings | listed("es")
    centuries = listed("siglo siglos s ss")
    parts_of_books = listed(
        "capítulo capítulos cap tomo volumen vol libro parte acto escena título artículo art canto anexo fase nivel",
        "tipo",
        "grado tabla figura lámina clase categoría sección grupo bloque tema unidad",
    )
    rulers = listed(
        "felipe alfonso carlos fernando isabel enrique juan pedro sancho jaime luis napoleón pablo benedicto pío",
        "clemente gregorio inocencio urbano bonifacio sixto julio león alejandro nicolás guillermo jorge eduardo",
        "ricardo jacobo catalina francisco federico ramiro ordoño bermudo amadeo víctor humberto leopoldo balduino",
        "alberto constantino teodosio ptolomeo ramsés darío jerjes cleopatra maría ana cristina josé manuel",
    )
    queens = listed("isabel maría ana catalina cristina cleopatra")
    numbered = listed(
        "guerra congreso edición feria festival premio premios juegos olimpiada olimpiadas aniversario centenario",
        "jornadas jornada semana concurso certamen encuentro simposio cumbre asamblea república internacional",
        "dinastía legislatura milenio concilio conferencia plan foro torneo copa maratón carrera ciclo muestra",
        "campeonato exposición bienal reich ejército cruzada convención coloquio",
    )

    def price_per(self, noun: str) -> str:
        return "al" if noun in ("mes", "día", "año", "trimestre", "semestre") else self.per

    def cardinal(self, number: int, agreement: Agreement = NO_NOUN) -> str:
        if number == 0:
            return "cero"
        parts = []
        for index in range(len(_SCALES), 0, -1):
            count, number = divmod(number, 10 ** (6 * index))
            if count:
                singular, many = _SCALES[index - 1]
                spoken = self._below_million(count, Agreement("m", noun=True))
                parts.append(f"un {singular}" if count == 1 else f"{spoken} {many}")
        if number:
            parts.append(self._below_million(number, agreement))
        return " ".join(parts)

    def _below_million(self, number: int, agreement: Agreement) -> str:
        thousands, rest = divmod(number, 1000)
        parts = []
        if thousands > 1:  # "doscientas veintiún mil casas": before "mil" the hundreds agree, but "un" does not
            spoken = self._below_thousand(thousands, Agreement(noun=True))
            parts.append(re.sub("(cient|quinient)os", r"\1as", spoken) if agreement.gender == "f" else spoken)
        parts += ["mil"] if thousands else []
        parts += [self._below_thousand(rest, agreement)] if rest else []
        return " ".join(parts)

    @staticmethod
    def _below_thousand(number: int, agreement: Agreement) -> str:
        hundreds, rest = divmod(number, 100)
        feminine = agreement.gender == "f"
        parts = []
        if hundreds:
            spoken = "cien" if number == 100 else _HUNDREDS[hundreds - 1]
            parts.append(re.sub("os$", "as", spoken) if feminine else spoken)
        if rest >= 30:
            parts.append(_TENS[rest // 10 - 3])
            if rest % 10:
                parts.append("y")
            rest %= 10
        if rest:
            spoken = _SMALL[rest]
            if spoken.endswith("uno"):
                short = "veintiún" if rest == 21 else "un"
                spoken = spoken[:-1] + "a" if feminine else short if agreement.noun else spoken
            parts.append(spoken)
        return " ".join(parts)

    def ordinal(self, number: int, agreement: Agreement = NO_NOUN) -> str:
        if not 0 < number < 1000:
            return self.cardinal(number, agreement)
        hundreds, rest = divmod(number, 100)
        parts = [_ORDINAL_HUNDREDS[hundreds - 1]] if hundreds else []
        if 0 < rest <= 12:
            parts.append(_ORDINAL_UNITS[rest - 1])
        elif rest:
            tens, units = divmod(rest, 10)
            if tens in (1, 2) and units:
                parts.append(f"{'decimo' if tens == 1 else 'vigesimo'}{_ORDINAL_UNITS[units - 1]}")
            else:
                parts.append(_ORDINAL_TENS[tens - 1])
                parts += [_ORDINAL_UNITS[units - 1]] if units else []
        spoken = " ".join(parts)
        if agreement.gender == "f":
            return re.sub(r"o\b", "a", spoken)
        return spoken[:-1] if agreement.noun and spoken.endswith(("primero", "tercero")) else spoken

    def ordinal_of(self, number: int, end: str, following: str) -> str | None:
        noun = len(following) > 1 and following not in self.function_words and following not in _AFTER_FLOOR
        if end == "°":
            return self.ordinal(number, Agreement(self.gender_of(following) or "m", noun=noun))
        many = "s" if end.endswith("s") else ""
        end = end.removesuffix("s")
        if end == "er":
            return self.ordinal(number, Agreement("m", noun=True))
        feminine = end in ("ª", "ra", "era", "da", "nda", "ta", "va", "na", "ma")
        spoken = self.ordinal(number, Agreement("f" if feminine else "m", noun=noun and end == "º"))
        return spoken + many

    def gender_of(self, noun: str) -> Gender | None:
        if noun in _INVARIABLE:
            return "m"
        forms = {noun, *(re.sub(many, singular, noun) for many, singular in _SINGULARS)}
        if forms & _TABLES.feminine:
            return "f"
        if forms & _TABLES.masculine or _MASCULINE_ENDING.search(noun):
            return "m"
        return "f" if _FEMININE_ENDING.search(noun) else None

    def fraction(self, numerator: int, denominator: int) -> str:
        part = _FRACTIONS[denominator - 2] if denominator <= 9 else self.ordinal(denominator)
        if denominator == 2:
            return "medio" if numerator == 1 else f"{self.cardinal(numerator)} medios"
        if numerator == 1:
            return f"un {part}"
        return f"{self.cardinal(numerator, Agreement(noun=True))} {part}s"

    def clock(self, hour: int, minute: int, second: int | None, suffix: str, with_h: bool) -> str:
        spoken = [self.cardinal(hour, Agreement("f", noun=True))]
        if minute:
            spoken.append(f"y {self.cardinal(minute)}" if minute < 10 else self.cardinal(minute))
        if second:
            seconds = self.counted(Amount(str(second)), Noun("segundo", "segundos"))
            spoken.append(f"y {seconds}")
        if suffix.startswith("h") or with_h or (hour == 0 and not minute and not suffix):
            spoken.append("hora" if hour == 1 and not minute else "horas")
        elif suffix == "am":
            spoken.append("de la noche" if hour == 12 else "de la mañana")
        elif suffix == "pm":
            spoken.append("del mediodía" if hour == 12 else "de la tarde" if hour < 8 or hour > 12 else "de la noche")
        return " ".join(spoken)

    def with_parts(self, spoken: str, parts: Amount, name: Noun) -> str:
        return f"{spoken} con {self.counted(parts, name)}"

    def ruler(self, number: int, agreement: Agreement) -> str:
        """Ordinals up to ten, cardinals after it: Alfonso décimo, Alfonso trece (DPD, "ordinales")."""
        return self.ordinal(number, agreement) if number <= 10 else self.cardinal(number)

    def century(self, number: int, agreement: Agreement) -> str:
        return self.ruler(number, agreement)

    def part_of_book(self, number: int, agreement: Agreement) -> str:
        return self.cardinal(number)


LOCALE = Spanish()
