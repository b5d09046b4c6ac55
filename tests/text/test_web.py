"""Web addresses and programs' names."""

from __future__ import annotations

import pytest

from kokoro_demo.text import normalise


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("Check out https://example.com", "Check out example dot com"),
        ("https://x.org/a?q=1#end", "x dot org slash a question mark q equals one hash end"),
        ("HTTP://EXAMPLE.COM", "EXAMPLE dot COM"),
        ("www.google.com.", "www dot google dot com."),
        ("(see example.com)", "(see example dot com)"),
        ("localhost:7860", "localhost colon seventy eight sixty"),
        ("user@example.com", "user at example dot com"),
        ("john.doe+tag@mail.co.uk", "john dot doe plus tag at mail dot co dot uk"),
        ("main.py and README.md", "main dot py and README dot md"),
        ("src/app/main.rs", "src slash app slash main dot rs"),
        ("/usr/local/bin", "slash usr slash local slash bin"),
        ("C:\\Windows", "C colon backslash Windows"),
        ("the end.Start again", "the end. Start again"),
        ("@elonmusk and @john_smith", "at elonmusk and at john underscore smith"),
        ("#HelloWorld #AI #covid19", "hashtag Hello World hashtag A I hashtag covid nineteen"),
    ],
)
def test_addresses(written: str, spoken: str) -> None:
    assert normalise(written, "en-us").spoken == spoken


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("snake_case and MAX_VALUE", "snake case and MAX VALUE"),
        ("camelCase, getElementById", "camel Case, get Element By Id"),
        ("getHTTPResponse", "get H T T P Response"),
        ("__init__.py", "init dot py"),
        ("McDonald's iPhone and YouTube", "McDonald's iPhone and YouTube"),
        ("i++ and x == y", "i plus plus and x equals y"),
        ("foo.bar() and .NET", "foo dot bar and dot NET"),
        ("the item(s)", "the item"),
    ],
)
def test_code(written: str, spoken: str) -> None:
    assert normalise(written, "en-us").spoken == spoken
