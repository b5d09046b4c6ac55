"""Read many random texts of everything that the rules know: none may raise an error, or lose a letter without a
warning.

    python -m benchmarks.many_texts [--count 200000] [--seed 0] [--language en-us]

Prints how many texts were read, and each one that failed. The exit status is 1 if any did.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Sequence

from kokoro_demo.text import SpokenText, normalise

WORDS = (
    "the a of in on at from to by and or for with per is was the code PIN card ending Section Chapter Table "
    "exit bus St. Dr. Sec. Fig. vol no. p. pp. c. Mr. Hon. Ave Rd Blvd N S E W NW Louis Henry King Elm Main "
    "Oak Park Paris Va. N.Y. TX CA IT US WHO BOB: GIVE NASA iPhone camelCase snake_case #tag @me file.txt "
    "x@y.org https://a.org/b-c v1.2 C++ mon Tue jan Feb may June Sept. AD B.C. am p.m. UTC GMT km mi mph kg lb "
    "oz bps GB °C °F % $ € £ ¥ ¢ ± × ÷ ~ < > = + ( ) [ ] [1] [2][3] 【1†s】 <think> </think> <sup> </sup> <sub> "
    "<b> $x^2$ \\( \\) \\frac{1}{2} ** * _ ` ~~ | # - – — … . , ; : ! ? ' \" “ ” ’ ½ ² ⁺ ₂ ° ′ ″ № § → ♥ 😀 é ß "
    "Ω я 漢 こんにちは \u0301 \u200b \u00ad ¬ \n \r\n \t \xa0 I II IV X XIV VIII st nd rd th d s k K M B x e E"
).split(" ")
SIGNS = (*"-–—/:., x×%$'°^e\n()#+", " - ", " – ")


def random_text(dice: random.Random) -> str:
    """A text of words, numbers, and numbers joined by symbols, with or without spaces between them."""
    parts: list[str] = []
    for _ in range(dice.randint(1, 9)):
        kind = dice.random()
        if kind < 0.45:
            parts.append(dice.choice(WORDS))
        elif kind < 0.6:
            parts.append(number(dice))
        else:
            parts.append("".join(number(dice) + dice.choice(SIGNS) for _ in range(dice.randint(1, 4))) + number(dice))
        parts.append(dice.choice((" ", " ", " ", "")))
    return "".join(parts)


def number(dice: random.Random) -> str:
    """Digits of any length, with or without a decimal point or commas."""
    kind = dice.random()
    if kind < 0.5:
        return str(dice.randrange(10 ** dice.randint(1, 5)))
    if kind < 0.6:
        return str(dice.randint(1000, 2100))
    if kind < 0.7:
        return f"{dice.randrange(100):02d}"
    if kind < 0.85:
        return f"{dice.randrange(1000)}.{dice.randrange(1000)}"
    if kind < 0.95:
        return f"{dice.randrange(10**9):,}"
    return "".join(dice.choice("0123456789") for _ in range(dice.randint(1, 60)))


def fault_of(text: str, spoken: SpokenText) -> str:
    """Describe what is wrong with the tokens of a text; "" if nothing is."""
    covered = bytearray(len(text))
    for token in spoken.tokens:
        if not 0 <= token.start < token.end <= len(text):
            return f"{token} is outside of the text"
        covered[token.start : token.end] = b"\1" * (token.end - token.start)
    lost = [sign for sign, done in zip(text, covered, strict=True) if sign.isalnum() and not done]
    return f"{''.join(lost)!r} is in no token" if lost else ""


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the texts; returns 1 if any of them failed, or else 0."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--language", default="en-us")
    options = parser.parse_args(arguments)
    dice = random.Random(options.seed)
    failed = 0
    for _ in range(options.count):
        text = random_text(dice)
        try:
            fault = fault_of(text, normalise(text, options.language))
        except Exception as error:
            fault = repr(error)
        if fault:
            failed += 1
            print(f"{text!r}: {fault}")
    print(f"{options.count:,} texts read, {failed} failed.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
