from kokoro_demo.ui.counts import count_html, warnings_html


def test_the_count_shows_how_many_symbols_the_model_takes():
    assert ">143 symbols; the model takes up to 510 at once<" in count_html("a" * 143)
    assert ">1 symbol; " in count_html("a")
    assert ">510 symbols; " in count_html("a" * 510)


def test_the_count_of_a_longer_text_shows_its_number_of_phrases():
    assert "1,830 symbols, spoken in 12 phrases of at most 510" in count_html("a" * 1830, 12)
    assert "1,830 symbols, spoken in phrases of at most 510" in count_html("a" * 1830)


def test_every_warning_is_shown_and_escaped():
    shown = warnings_html(["Left out: ™", "<script>alert(1)</script>"])
    assert "<li>Left out: ™</li>" in shown
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown


def test_without_warnings_there_is_no_list():
    assert warnings_html(()) == ""
