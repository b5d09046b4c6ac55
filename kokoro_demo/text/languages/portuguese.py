"""Brazilian Portuguese.

Numbers, their gender and the "e" between their parts after Cunha and Cintra, "Nova gramática do português
contemporâneo" (numerais); dates, money and percentages after the "Manual de Redação da Presidência da República";
abbreviations after the VOLP of the Academia Brasileira de Letras.
"""

from __future__ import annotations

import re

from kokoro_demo.text.languages.locale import NO_NOUN, Agreement, Amount, Gender, Locale, Magnitude, Noun
from kokoro_demo.text.languages.tables import read_tables
from kokoro_demo.text.patterns import listed

_TABLES = read_tables("pt")
_SMALL = (
    "zero um dois três quatro cinco seis sete oito nove dez onze doze treze quatorze quinze dezesseis dezessete "
    "dezoito dezenove"
).split()
_TENS = "vinte trinta quarenta cinquenta sessenta setenta oitenta noventa".split()
_HUNDREDS = ("cento duzentos trezentos quatrocentos quinhentos seiscentos setecentos oitocentos novecentos").split()
_SCALES = (
    ("milhão", "milhões"),
    ("bilhão", "bilhões"),
    ("trilhão", "trilhões"),
    ("quatrilhão", "quatrilhões"),
    ("quintilhão", "quintilhões"),
    ("sextilhão", "sextilhões"),
    ("septilhão", "septilhões"),
)
_ORDINALS = "primeiro segundo terceiro quarto quinto sexto sétimo oitavo nono".split()
_ORDINAL_TENS = (
    "décimo vigésimo trigésimo quadragésimo quinquagésimo sexagésimo septuagésimo octogésimo nonagésimo"
).split()
_ORDINAL_HUNDREDS = (
    "centésimo ducentésimo trecentésimo quadringentésimo quingentésimo sexcentésimo septingentésimo octingentésimo "
    "noningentésimo"
).split()
_MILLION = Magnitude("milhão", "milhões")
_BILLION = Magnitude("bilhão", "bilhões")
_TRILLION = Magnitude("trilhão", "trilhões")
_FRACTIONS = "meio terço quarto quinto sexto sétimo oitavo nono".split()
_FEMININE_ENDING = re.compile(
    r"(?:[aã]s?|(?<!pori)(?<!rdi)[stx]ão|[stgx]ões|[aiu]ções|dades?|tudes?|agem|agens|igem|igens|ugem|ugens|ices?|eza|ezas)\Z"
)
_MASCULINE_ENDING = re.compile(
    r"(?:os?|ores?|or|al|ais|el|éis|il|is|ol|óis|um|uns|im|ins|om|ons|ismos?|entes?|antes?|emas?|amas?|[aeio]ns)\Z"
)


class Portuguese(Locale):
    """How Brazilian Portuguese is read."""

    point, minus, plus, to, per = "vírgula", "menos", "mais", "a", "por"
    metre_joiner = "e"
    percent, per_mille, over, half, by = "por cento", "por mil", "sobre", "meio", "por"
    link = "de"
    number_sign, or_word = "número", "ou"
    magnitudes = {
        "milhão": _MILLION,
        "milhões": _MILLION,
        "mi": _MILLION,
        "mi.": _MILLION,
        "M": _MILLION,
        "bilhão": _BILLION,
        "bilhões": _BILLION,
        "bi": _BILLION,
        "bi.": _BILLION,
        "B": _BILLION,
        "trilhão": _TRILLION,
        "trilhões": _TRILLION,
        "tri": _TRILLION,
        "mil": Magnitude("mil", "mil", links=False),
        "k": Magnitude("mil", "mil", links=False),
    }
    ordinal_pattern = re.compile(
        r"(?P<number>[1-9]\d{0,3})(?P<end>\.?[ºª]s?(?! ?[CF]\b)|°(?= [a-záéíóúâêôãõç]{3})|[oa]s?(?![\w']))"
    )
    numeral_end = r"(?P<end>[ºª°])"
    phones = (
        (r"\+\d{1,3}[ -]?\(?\d{2}\)?[ -]?9?\d{4}[ -]?\d{4}(?!\d)", "digits"),
        (r"\+\d{1,3}[ -]?(?:\d{2,4}[ -]?){2,5}(?!\w)(?<=\d)", "digits"),
        (r"\(0?\d{2}\) ?9? ?\d{4}[ -]?\d{4}(?!\d)", "digits"),
        (r"\d{2} 9?\d{4}-\d{4}(?!\d)", "digits"),
        (r"9?\d{4}-\d{4}(?![\d-])(?<!(?:19|20)\d\d-(?:19|20)\d\d)", "digits"),
        (r"0[38]00[ -]?\d{3}[ -]?\d{4}(?!\d)", "digits"),
        (r"\d{3}\.\d{3}\.\d{3}-\d{2}(?!\d)", "digits"),
        (r"\d{2}\.\d{3}\.\d{3}/\d{4}-\d{2}(?!\d)", "digits"),
        (r"\d{5}-\d{3}(?![\d-])", "digits"),
    )
    function_words = listed(
        "a à ao aos às até após ante antes apenas as ainda com como contra cada da das de dela dele deles depois desde",
        "dessa desse desta deste do dos durante e é em enquanto entre era eram essa esse esta este está estão foi",
        "foram há isso já lhe mais mas me menos na nas nem no nos não o os ou para pela pelas pelo pelos per perante",
        "pois por porque quando que quem se sem ser seu sua seus suas são sob sobre também te tem têm um uma",
        "logo então hoje ontem",
    )
    feminine_before = listed("as às das nas pelas duas à")
    months = tuple("janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro".split())
    month_abbreviations = {
        short: number for number, short in enumerate("jan fev mar abr mai jun jul ago set out nov dez".split(), 1)
    }
    of_month, of_year = "de", "de"
    code_before = listed("pin otp cep senha código")
    designators = listed(
        "sala assento portão porta bloco saída linha ônibus quarto apartamento apto fila andar grupo turma prédio",
        "vitamina hepatite",
    )
    date_prefixes = listed(
        "seg ter qua qui sex sáb dom dia em no do ao até desde sexta sábado domingo segunda terça quarta quinta",
        "segunda-feira terça-feira",
        "quarta-feira quinta-feira sexta-feira dias feira",
    )
    score_words = listed(
        "ganhou ganha ganhar venceu vence vencer perdeu perde empatou empata empate placar jogo gols? goleou bateu",
        "derrotou vitória derrota partida final semifinal clássico campeonato",
    )
    clock_suffix = r"[ap]\.? ?m\.?|h(?:oras|rs|s)?\.?"
    clock_point_before = listed("às as das")
    currencies = _TABLES.currencies
    units = _TABLES.units
    degrees = Noun("grau", "graus")
    temperature_scales = {"C": "Celsius", "F": "Fahrenheit"}
    abbreviations = _TABLES.abbreviations
    spelled = listed(
        "cpf ibge ue uti ubs eua pdf adn cd dvd gps usb pc tv url ia ip bbc fbi cia html http https pt psdb pmdb mdb",
        "stf stj tse inss fgts iptu ipva icms iof bndes usp ufrj ong api cep cnpj rg cnh clt pib pis mp",
        "sms wc dna rna rj sp mg ba rs pr df es pe ce am pa mt ms go tcu cbf",
    )
    spoken = listed("mi vi di mil")
    signs = {
        "&": "e", "+": "mais", "=": "igual a", "@": "arroba", "%": "por cento", "‰": "por mil", "±": "mais ou menos",
        "×": "vezes", "÷": "dividido por", "≈": "aproximadamente", "≠": "diferente de", "≤": "menor ou igual a",
        "≥": "maior ou igual a", "<": "menor que", ">": "maior que", "°": "graus", "§": "parágrafo",
        "©": "copyright", "#": "cerquilha", "√": "raiz quadrada de", "∞": "infinito", "µ": "micro", "™": "", "®": "",
        "^": "elevado a", "²": "ao quadrado", "³": "ao cubo", "º": "", "ª": "", "№": "número",
    }  # fmt: skip
    address_signs = {
        ".": "ponto", "/": "barra", "-": "hífen", "_": "sublinhado", "@": "arroba", ":": "dois pontos",
        "?": "interrogação", "=": "igual", "&": "e comercial", "#": "cerquilha", "#tag": "hashtag",
        "%": "por cento", "+": "mais", "~": "til",
    }  # fmt: skip
    centuries = listed("século séculos séc sécs")
    parts_of_books = listed(
        "capítulo capítulos cap tomo volume vol livro parte ato cena título artigo art canto anexo fase nível tipo",
        "grau tabela figura lâmina classe categoria seção grupo bloco tema unidade inciso incisos módulo",
    )
    rulers = listed(
        "pedro joão josé maria afonso sancho dinis fernando duarte manuel sebastião henrique filipe miguel luís luis",
        "carlos paulo bento pio clemente gregório inocêncio urbano bonifácio sisto júlio leão alexandre nicolau",
        "guilherme jorge eduardo ricardo jaime catarina elizabeth elisabete isabel francisco frederico alberto",
        "constantino teodósio ptolomeu ramsés dario xerxes cleópatra napoleão vítor humberto leopoldo balduíno",
        "cristina margarida charles",
    )
    queens = listed("maria catarina elizabeth elisabete isabel cleópatra cristina margarida")
    numbered = listed(
        "guerra congresso edição feira festival prêmio jogos olimpíada olimpíadas aniversário centenário jornada",
        "semana concurso encontro simpósio cúpula assembleia república internacional dinastia legislatura milênio",
        "concílio conferência plano torneio copa maratona ciclo mostra campeonato exposição bienal reich exército",
        "cruzada convenção colóquio fórum seminário região batalhão",
    )

    def cardinal(self, number: int, agreement: Agreement = NO_NOUN) -> str:
        if number == 0:
            return "zero"
        parts: list[tuple[str, int]] = []  # the words of each group of three digits, and its value
        for index in range(len(_SCALES), 0, -1):
            count, number = divmod(number, 1000 ** (index + 1))
            if count:
                singular, many = _SCALES[index - 1]
                parts.append((f"{self._below_thousand(count, 'm')} {singular if count == 1 else many}", count))
        thousands, rest = divmod(number, 1000)
        if thousands:
            spoken = "mil" if thousands == 1 else f"{self._below_thousand(thousands, agreement.gender)} mil"
            parts.append((spoken, thousands))
        if rest:
            parts.append((self._below_thousand(rest, agreement.gender), rest))
        spoken = " ".join(part for part, _ in parts[:-1])
        last, value = parts[-1]
        # "e" joins the last group if it is below a hundred or a round hundred: "mil e duzentos" (Cunha and Cintra).
        joiner = " e " if value < 100 or value % 100 == 0 else " "
        return f"{spoken}{joiner}{last}" if spoken else last

    @staticmethod
    def _below_thousand(number: int, gender: Gender) -> str:
        hundreds, rest = divmod(number, 100)
        parts = []
        if hundreds:
            spoken = "cem" if number == 100 else _HUNDREDS[hundreds - 1]
            parts.append(re.sub("os$", "as", spoken) if gender == "f" and hundreds > 1 else spoken)
        if rest >= 20:
            parts.append(_TENS[rest // 10 - 2])
            rest %= 10
        if rest:
            spoken = _SMALL[rest]
            parts.append({"um": "uma", "dois": "duas"}.get(spoken, spoken) if gender == "f" else spoken)
        return " e ".join(parts)

    def ordinal(self, number: int, agreement: Agreement = NO_NOUN) -> str:
        if not 0 < number < 2000:
            return self.cardinal(number, agreement)
        thousands, rest = divmod(number, 1000)
        hundreds, tens, units = rest // 100, rest // 10 % 10, rest % 10
        parts = ["milésimo"] if thousands else []
        parts += [_ORDINAL_HUNDREDS[hundreds - 1]] if hundreds else []
        parts += [_ORDINAL_TENS[tens - 1]] if tens else []
        parts += [_ORDINALS[units - 1]] if units else []
        spoken = " ".join(parts)
        return re.sub(r"o\b", "a", spoken) if agreement.gender == "f" else spoken

    def ordinal_of(self, number: int, end: str, following: str) -> str | None:
        if number == 3 and following == "feira":
            return "terça"
        if end == "°":
            if following in self.function_words:
                return None
            return self.ordinal(number, Agreement(self.gender_of(following) or "m"))
        many = "s" if end.endswith("s") else ""
        spoken = self.ordinal(number, Agreement("f" if end[0] in "ªa" else "m"))
        return re.sub(r"(?<=[oa])\b", many, spoken)

    def gender_of(self, noun: str) -> Gender | None:
        forms = {noun, noun.removesuffix("s"), re.sub("ões$", "ão", noun), re.sub("es$", "", noun)}
        if forms & _TABLES.feminine:
            return "f"
        if forms & _TABLES.masculine or re.search(r"(?:emas?|amas?|istas?)\Z", noun):
            return "m"
        if _FEMININE_ENDING.search(noun):
            return "f"
        return "m" if _MASCULINE_ENDING.search(noun) else None

    def is_one(self, amount: Amount) -> bool:
        """Below two the noun is in the singular: "1,5 milhão" (Manual de Redação)."""
        return amount.whole == "1" or (amount.whole == "0" and bool(amount.decimals))

    def day(self, number: int) -> str:
        return "primeiro" if number == 1 else self.cardinal(number)

    def fraction(self, numerator: int, denominator: int) -> str:
        part = _FRACTIONS[denominator - 2] if denominator <= 9 else self.ordinal(denominator)
        if denominator == 2 and numerator == 1:
            return "meio"
        return f"um {part}" if numerator == 1 else f"{self.cardinal(numerator)} {part}s"

    def clock(self, hour: int, minute: int, second: int | None, suffix: str, with_h: bool) -> str:
        feminine = Agreement("f", noun=True)
        spoken = [self.cardinal(hour, feminine)]
        full = with_h or suffix.startswith("h") or (not minute and hour in (0, 24)) or bool(second)
        if full:
            spoken.append("hora" if hour in (0, 1) else "horas")
        if minute:
            minutes = self.counted(Amount(str(minute)), Noun("minuto", "minutos")) if full else self.cardinal(minute)
            spoken.append(f"e {minutes}" if not second else minutes)
        elif not full and not suffix:
            spoken.append("horas" if hour > 1 else "hora")
        if second:
            spoken.append(f"e {self.counted(Amount(str(second)), Noun('segundo', 'segundos'))}")
        if suffix == "am":
            spoken.append("da manhã")
        elif suffix == "pm":
            spoken.append("da tarde" if hour < 6 or hour == 12 else "da noite")
        return " ".join(spoken)

    def with_parts(self, spoken: str, parts: Amount, name: Noun) -> str:
        return f"{spoken} e {self.counted(parts, name)}"

    def ruler(self, number: int, agreement: Agreement) -> str:
        """Ordinals up to ten, cardinals after it (Cunha and Cintra): Pedro segundo, Luís quatorze."""
        return self.ordinal(number, agreement) if number <= 10 else self.cardinal(number)

    def century(self, number: int, agreement: Agreement) -> str:
        return self.ruler(number, agreement)

    def part_of_book(self, number: int, agreement: Agreement) -> str:
        return self.cardinal(number)


LOCALE = Portuguese()
