"""Sentences of a text that is still being written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kokoro_demo.text.sentences import LONGEST, whole_sentences

# Sentences separated by "|"; what comes after the last one is not complete yet.
SENTENCES = [
    ("en-us", "The train is late today. |It will be here at six. |Go home"),
    ("en-us", "The train is late today."),
    ("en-us", "The train is late today. I"),
    ("en-us", "The train is late today. |I am"),
    ("en-us", "Yes. No! Maybe we should wait. |Then go home"),
    ("en-us", "We met Dr. Smith and Mrs. Jones on St. James Street. |They left"),
    ("en-us", "It costs $3.50, e.g. at the U.S. Embassy, from 5 p.m. on Monday. |We go"),
    ("en-us", "The value of pi is 3.14159 as far as I know. |Is it"),
    ("en-us", "It was all over by 5 p.m. |Then we all went home"),
    ("en-us", "Look at example.com or v1.2.3 of the program. |It works"),
    ("en-us", "“Are you really sure about it?” she asked him. |He was"),
    ("en-us", "“Are you really sure about it?” |He was not. It is"),
    ("en-us", "He waited for an hour... and then he left. |They came"),
    ("en-us", "The very first heading\n\n|And then the text begins here. |More of"),
    ("en-us", "- the first of the items\n|- the second of the items\n|- third one"),
    ("en-us", "A line that was wrapped by its writer because it is so very long\nand goes on here. |Next one"),
    ("en-us", "<think>I should greet them. Politely, I mean.</think>Hello, how are you today? |I am"),
    ("en-us", "<think>I should greet them now. Politely, I mean. Or"),
    ("en-us", "Press the key [Fn. lock and more](https://a.b/c. d) and wait for it. |Then go"),
    ("en-us", "Say [tomato. or so](/təmˈɑːtoʊ/) as the British do. |Then go"),
    ("en-us", "A [note] stands here in the sentence. |Then go"),
    ("en-us", "```\nx = 1. y = 2.\nThis is done. It is\n"),
    ("en-us", "<speak>The train is late today. It is not here. Go"),
    ("en-us", "<speak>The train is late today. It is.</speak> The next. |Then we"),
    ("fr-fr", "Bonjour à tous mes amis ! |Comment ça va ? Très bien"),
    ("es", "¿Cómo estás hoy, amigo mío? |¡Muy bien, gracias! Y tú"),
    ("zh", "今天天气很好，我们一起去公园散步，然后回家。|明天"),
    ("en-us", "hello there, how is it going. |i am fine thank you. |and you"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "marked"), SENTENCES)
def test_a_sentence_is_complete_when_the_next_word_is(language, marked):
    expected = marked.split("|")[:-1]
    assert list(whole_sentences(marked.replace("|", ""), language)) == expected


@pytest.mark.slow
@pytest.mark.parametrize("unit", ["word ", "word, ", "w", "A. ", "[", "<b ", "... ", "a.b", "\n", "Mr. ", "$", "\\("])
def test_text_without_an_end_is_cut(unit):
    text = (unit * 3_000)[: 3 * LONGEST]
    sentences = list(whole_sentences(text, "en-us"))
    assert text.startswith("".join(sentences))
    assert len(text) - len("".join(sentences)) <= LONGEST + 1
    assert all(len(sentence) <= LONGEST for sentence in sentences)


PARTS = "Hello there, said Dr. Smith. It is 3.5 km! Is it? “Yes!” he (J. Smith) said… U.S. No. 5 - 。 你好".split()
MARKUP = ["\n", "\n\n", "<think>", "</think>", "```\n", "[word](/wˈɜːd/)", "[pause:1s]", "**bold.**", "$x.y$"]
WRITTEN = st.lists(st.sampled_from([*PARTS, *MARKUP]), max_size=60).map(" ".join)


@given(WRITTEN, st.lists(st.integers(1, 30), min_size=1, max_size=20))
def test_the_pieces_in_which_the_text_arrives_do_not_matter(text, sizes):
    waiting, given_out, place, at = "", [], 0, 0
    while place < len(text):
        size = sizes[at % len(sizes)]
        waiting += text[place : place + size]
        place, at = place + size, at + 1
        for sentence in whole_sentences(waiting, "en-us"):
            given_out.append(sentence)
            waiting = waiting[len(sentence) :]
    assert given_out == list(whole_sentences(text, "en-us"))
    assert "".join(given_out) + waiting == text
