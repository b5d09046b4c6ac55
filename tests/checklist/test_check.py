"""The check of rows, including invalid ones."""

from kokoro_demo.checklist import check_row, count_results, marked, read_list, request_for, summary
from kokoro_demo.checklist.check import with_lexicon_notes
from kokoro_demo.errors import RequestError
from kokoro_demo.speech import SpeechRequest
from tests.checklist.pronouncing import check, read


def test_rows_match_differ_are_only_read_or_say_why_not():
    rows = check(
        "text,expected,language\nread,ɹˈid,\nlead,lˈɛd,\nHi.,,\n,lˈɛd,\nhi,x1,\nhi,,klingon\ncolour,kˈʌlə,en-GB"
    )
    assert [row.result for row in rows] == ["matches", "differs", "read", "error", "error", "error", "matches"]
    assert marked(rows[1].difference) == "lˈ[ɛ|i]d"
    assert rows[2].phonemes == "hˈI."
    assert "nothing to speak" in rows[3].error
    assert "U+0031" in rows[4].error
    assert "klingon" in rows[5].error


def test_a_row_that_cannot_be_compared_still_shows_its_pronunciation():
    row = check("text,expected\nread,x1")[0]
    assert (row.result, row.phonemes) == ("error", "ɹˈid")


def test_warnings_stay_with_their_row():
    rows = check("text\nhi\nhi ก")
    assert rows[0].warnings == ()
    assert "ก" in " ".join(rows[1].warnings)


def test_a_row_overrides_only_the_fields_that_it_sets():
    row = read_list("text,voice,language\nhi,bf_emma,fr-fr").rows[0]
    usual = SpeechRequest("x", "af_heart", 1.5, seed=3, lexicon="hi = bye", phonemes="a")
    assert request_for(row, usual) == SpeechRequest("hi", "bf_emma", 1.5, 3, "fr-fr", "hi = bye")
    plain = read_list("hi").rows[0]
    assert request_for(plain, usual).voice == "af_heart"


def test_the_lexicon_counts():
    row = read_list("text,expected\nXylquith,bˈɪzi").rows[0]
    assert check_row(row, read, SpeechRequest("x", lexicon="Xylquith = busy")).result == "matches"


def test_a_wrong_line_of_the_lexicon_is_reported_once_and_not_in_every_row():
    checklist = with_lexicon_notes(read_list("hi\nyou ก"), "nonsense")
    rows = [check_row(row, read, SpeechRequest("x", lexicon="nonsense")) for row in checklist.rows]
    assert [note for note in checklist.notes if "nonsense" in note]
    assert rows[0].warnings == ()
    assert "ก" in " ".join(rows[1].warnings)


def test_an_unknown_voice_fails_only_its_row():
    def strict(request):
        if request.voice == "af_nobody":
            raise RequestError("There is no voice 'af_nobody'.")
        return read(request)

    rows = [check_row(row, strict) for row in read_list("text,voice\nhi,af_nobody\nhi,").rows]
    assert [row.result for row in rows] == ["error", "read"]


def test_the_summary_counts():
    rows = check("text,expected\nread,ɹˈid\nlead,lˈɛd\nHi.,")
    assert count_results(rows) == {"differs": 1, "error": 0, "read": 1, "matches": 1}
    assert summary(rows) == "3 rows: 1 differs, 1 not compared, 1 matches."
    assert summary([]) == "0 rows: nothing to check."


def test_a_row_is_as_certain_as_its_least_certain_word():
    rows = check("text,language\nhouse,\nthe Xqzvblorf,\nblogged,\nXqzvblorf,es\n...,\n")
    assert [row.source for row in rows[:4]] == ["dictionary", "espeak", "rule", "espeak"]
    assert [row.guessed for row in rows[:4]] == [(), ("Xqzvblorf",), (), ()], "Spanish is read by eSpeak NG altogether"
    assert rows[4].source is None
    assert summary(rows[:4]) == "4 rows: 4 not compared. 1 has words that eSpeak NG guessed."
