"""The forms in which a lexicon is read and written. A new form is a file with a `Form`, an entry here, and tests."""

from __future__ import annotations

from pathlib import Path

from kokoro_demo.errors import RequestError
from kokoro_demo.lexicons import cartesia, cmudict, columns, elevenlabs, misaki, own, pls
from kokoro_demo.lexicons.content import Content, Form

# By name, and in the order in which a file is tried: what is more particular comes first.
FORMS: dict[str, Form] = {
    "pls": pls.FORM,
    "elevenlabs": elevenlabs.FORM,
    "cartesia": cartesia.FORM,
    "misaki": misaki.FORM,
    "cmudict": cmudict.FORM,
    "fixes": own.FORM,
    "csv": columns.FORM,
}


def form_of(content: Content) -> str:
    """The name of the form in which a file is, by its content.

    Raises:
        RequestError: if it is in none.
    """
    for name, form in FORMS.items():
        if form.recognises(content):
            return name
    labels = ", ".join(form.label for form in FORMS.values())
    what = "The lexicon is empty." if not content.text.strip() else "This is not a lexicon in a known form."
    raise RequestError(f"{what} Known are: {labels}.")


def named_form(name: str) -> Form:
    """The form of a name.

    Raises:
        RequestError: if there is none.
    """
    if name not in FORMS:
        raise RequestError(f"There is no form of lexicon {name[:40]!r}. Known are: {', '.join(FORMS)}.")
    return FORMS[name]


def form_for_file(path: Path) -> str:
    """The name of the form that the suffix of a file means: of the JSON forms, misaki's.

    Raises:
        RequestError: if it means none.
    """
    suffix = path.suffix.lower().removeprefix(".")
    by_suffix = {form.suffix: name for name, form in FORMS.items() if name not in ("elevenlabs", "cartesia")}
    if suffix not in by_suffix:
        raise RequestError(f"Which form is {str(path)!r} to have? Name it with --to: {', '.join(FORMS)}.")
    return by_suffix[suffix]
