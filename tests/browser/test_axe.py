"""axe finds nothing in any state of the page: here on a phone in dark mode; `axe_states` covers the others."""

from tests.browser.axe_states import STATES, open_page, walk
from tests.ui.fakes import FakeBackend


def test_axe_finds_nothing_in_any_state(serve, browser):
    page = open_page(browser, serve(FakeBackend()), "phone", "dark")
    violations = dict(walk(page))
    page.context.close()
    assert {name: problems for name, problems in violations.items() if problems} == {}
    assert len(violations) == len(STATES)
