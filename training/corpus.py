"""Deterministic sentences for eSpeak NG to say: made by a small grammar, so that no text has to be fetched.

What matters to a small voice is that every sound is heard in every company, and every mark of punctuation in its
place; the sentences need sense no more than a tongue-twister does.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

DETERMINERS = "the the the a a this that my your his her our their some every no one each another any".split()
PRONOUNS = "I you he she it we they someone nobody everyone".split()
PREPOSITIONS = "in on at of to for with from by about under over through between before after near into without".split()
CONJUNCTIONS = "and and but or because when while if so that then although until".split()
AUXILIARIES = "is was are were will would can could should must may might has had does did do be been".split()
NEGATIVES = "isn't wasn't don't didn't won't can't couldn't shouldn't doesn't haven't".split()
CONTRACTIONS = "I'm you're he's she's it's we're they're I've we've I'll you'll he'd they'd that's there's".split()
ADVERBS = "very quite never always often soon here there now again only just still almost perhaps too not".split()
QUESTIONS = "what where when why who how which whose".split()
NUMBERS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fifteen eighteen twenty thirty forty "
    "fifty sixty seventy eighty ninety hundred thousand million first second third fourth fifth"
).split()
COMMON = (
    "time year people way day man thing woman life child world school state family student group country problem hand "
    "part place case week company system program question work government number night point home water room mother "
    "area money story fact month lot right study book eye job word business issue side kind head house service friend "
    "father power hour game line end member law car city community name president team minute idea body information "
    "back parent face others level office door health person art war history party result change morning reason "
    "research girl guy moment air teacher force education boy foot age music voice sound speech good new first last "
    "long great little own other old big high different small large next early young important few public bad same "
    "able white black red green blue yellow cold hot warm quiet loud soft bright dark clear say get make go know take "
    "see come think look want give use find tell ask seem feel try leave call walk run keep let begin help show hear "
    "play move live believe bring happen write sit stand lose pay meet continue set learn lead understand watch "
    "follow stop create speak read spend grow open win teach offer remember consider appear buy serve die send build "
    "stay fall cut reach kill raise pass sell decide return explain hope develop carry break receive agree support "
    "hit produce eat cover catch draw choose cause wait train bird fish river mountain garden window table kitchen "
    "bread butter coffee summer winter spring autumn rain snow wind storm sun moon star tree flower leaf grass stone "
    "bridge road street village town king queen judge church cheese chair treasure measure vision usual pleasure "
    "thing thought both bath teeth breathe smooth these those youth year yellow yard wash whale wheel which witch "
    "sing song young angry finger jump jungle major joy boy toy voice house mouse cloud ground south about boat goat "
    "snow old cold gold bold fear dear near hear care share bear chair sure pure cure tour poor more door floor four "
    "north horse world work word girl first nurse hurt learn Monday Tuesday Wednesday Thursday Friday Saturday Sunday "
    "January February March April June July August London England America Peter Mary John Alice Robert Susan George "
    "Emma David Laura Kokoro"
).split()

Sentence = str


def sentences(count: int, seed: int, exclude: frozenset[str] = frozenset()) -> list[Sentence]:
    """`count` texts of one to three sentences; the same for the same seed. `exclude`: texts that must not be among
    them, compared by their lower-case words."""
    draw = random.Random(seed)
    made: list[Sentence] = []
    while len(made) < count:
        text = _text(draw)
        if _words(text) not in exclude:
            made.append(text)
    return made


def held_back(texts: list[str]) -> frozenset[str]:
    """The form in which `sentences` takes the texts to be left out."""
    return frozenset(_words(text) for text in texts)


def _words(text: str) -> str:
    return " ".join(re.findall(r"[a-z']+", text.lower()))


def _text(draw: random.Random) -> str:
    kind = draw.random()
    if kind < 0.05:
        return _capital(" ".join(_word(draw) for _ in range(draw.randint(1, 3)))) + draw.choice([".", "!", "?", ""])
    if kind < 0.80:
        return _sentence(draw)
    return " ".join(_sentence(draw) for _ in range(2 if kind < 0.95 else draw.randint(3, 4)))


def _sentence(draw: random.Random) -> str:
    clauses = [_clause(draw) for _ in range(draw.choice([1, 1, 1, 2, 2, 3]))]
    text = clauses[0]
    for clause in clauses[1:]:
        text += draw.choice([", ", ", ", ", ", "; ", ": ", " — ", "… ", f" {draw.choice(CONJUNCTIONS)} "]) + clause
    if draw.random() < 0.10:
        words = text.split()
        first = draw.randrange(len(words))
        last = min(len(words), first + draw.randint(1, 4))
        opening, closing = draw.choice([("“", "”"), ('"', '"'), ("(", ")")])
        words[first] = opening + words[first]
        words[last - 1] = words[last - 1].rstrip(",;:…—") + closing
        text = " ".join(words)
    if draw.random() < 0.12:
        return f"{_capital(draw.choice(QUESTIONS))} {draw.choice(AUXILIARIES)} {text}?"
    return _capital(text) + draw.choice([".", ".", ".", ".", ".", "!", "?", "…", ""])


def _clause(draw: random.Random) -> str:
    form = draw.randrange(7)
    if form == 0:
        words = [draw.choice(PRONOUNS), _verb(draw), *_noun_phrase(draw)]
    elif form == 1:
        words = [*_noun_phrase(draw), draw.choice(AUXILIARIES), _word(draw)]
    elif form == 2:
        words = [*_noun_phrase(draw), _word(draw), draw.choice(PREPOSITIONS), *_noun_phrase(draw)]
    elif form == 3:
        words = [draw.choice(CONTRACTIONS), draw.choice(ADVERBS), _word(draw), *_noun_phrase(draw)]
    elif form == 4:
        words = [draw.choice(PRONOUNS), draw.choice(NEGATIVES), _word(draw), draw.choice(PREPOSITIONS), _word(draw)]
    elif form == 5:
        words = [draw.choice(NUMBERS), _word(draw), draw.choice(CONJUNCTIONS), draw.choice(NUMBERS), _word(draw)]
    else:
        words = ["there", draw.choice(["is", "was", "are", "were"]), *_noun_phrase(draw), draw.choice(ADVERBS)]
    return " ".join(words)


def _noun_phrase(draw: random.Random) -> list[str]:
    words = [draw.choice(DETERMINERS)] + [_word(draw) for _ in range(draw.choice([1, 1, 2]))]
    if draw.random() < 0.25:
        words += [draw.choice(PREPOSITIONS), draw.choice(DETERMINERS), _word(draw)]
    return words


def _verb(draw: random.Random) -> str:
    return draw.choice(AUXILIARIES) if draw.random() < 0.3 else _word(draw)


def _word(draw: random.Random) -> str:
    return draw.choice(COMMON) if draw.random() < 0.6 else draw.choice(dictionary_words())


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


@lru_cache(maxsize=1)
def dictionary_words() -> list[str]:
    """The plain lower-case words of misaki's American dictionary, in order."""
    package = find_spec("misaki")
    if package is None or not package.submodule_search_locations:
        raise RuntimeError("misaki is not installed: pip install -r requirements.txt")
    path = Path(package.submodule_search_locations[0]) / "data" / "us_gold.json"
    words = json.loads(path.read_text(encoding="utf-8"))
    return sorted(word for word in words if re.fullmatch(r"[a-z]{2,10}", word))


FOREIGN = {
    "es": "el perro corre por la calle y la niña quiere un vaso de agua fría porque hace mucho calor en el jardín "
    "señor mañana ayer siempre nunca hay llueve guerra queso zapato jamón",
    "fr-fr": "le petit chien mange dans la cuisine et une femme chante bonjour monsieur je voudrais un peu de vin "
    "rouge avec du pain demain matin toujours jamais fleur oeuvre huit oiseau montagne ville",
    "hi": "नमस्ते आप कैसे हैं मेरा नाम राम है और यह घर बहुत बड़ा है पानी खाना कल आज लड़का लड़की किताब स्कूल अच्छा",
    "it": "il cane corre nella strada e la ragazza vuole un bicchiere di acqua fredda perché fa molto caldo oggi "
    "buongiorno signore gnocchi famiglia zucchero sempre mai pizza giardino",
    "pt-br": "o cachorro corre pela rua e a menina quer um copo de água fria porque está muito calor no jardim "
    "bom dia senhor amanhã sempre nunca coração pão mãe trabalho filho carro",
}


def foreign_sentences(count: int, seed: int) -> Iterator[tuple[str, str]]:
    """`count` pairs of a language and a text, so that the symbols of the other languages are heard too."""
    draw = random.Random(seed)
    for index in range(count):
        language = list(FOREIGN)[index % len(FOREIGN)]
        words = draw.choices(FOREIGN[language].split(), k=draw.randint(4, 10))
        if draw.random() < 0.5:
            words[draw.randrange(len(words) - 1)] += ","
        yield language, _capital(" ".join(words)) + draw.choice([".", "!", "?"])
