"""Inline marks: anything typed is a text, and what is stored reads the same again."""

from hypothesis import example, given
from hypothesis import strategies as st

from consult.text.inline import Run, canonical, joined, notes, parse, plain, render

PARTS = [*"ab *[]()^\\ ", "**", "[x](http://y)", "[^0123abcd]", "](http://z)", "***"]
TYPED = st.lists(st.sampled_from(PARTS), max_size=10).map("".join)
RUNS = st.lists(
    st.builds(
        Run,
        st.text("ab*[]\\(^", min_size=1, max_size=5),
        st.booleans(),
        st.booleans(),
        st.sampled_from(["", "", "http://x"]),
    ),
    max_size=5,
)


@given(TYPED)
@example("[ ](http://y)")
@example("a\\\\[ ](http://y)")
@example("** a**[ b](http://y) *c *")
def test_a_stored_text_is_stored_the_same_again(typed: str) -> None:
    stored = canonical(typed)

    assert canonical(stored) == stored


@given(TYPED)
def test_nothing_typed_is_lost_but_marks(typed: str) -> None:
    runs = parse(typed)

    assert plain(render(runs)) == "".join(run.text for run in runs)


@given(RUNS)
def test_runs_are_written_and_read_again(runs: list[Run]) -> None:
    assert parse(render(runs)) == joined(runs)


def test_marks_nest_and_touch() -> None:
    assert parse("***a***") == (Run("a", bold=True, italic=True),)
    assert parse("**a***b*") == (Run("a", bold=True), Run("b", italic=True))


def test_what_finds_no_partner_is_text() -> None:
    assert plain("5 * 3 * 2") == "5 * 3 * 2"
    assert canonical("[a bracketed proposal]") == "[a bracketed proposal]"
    assert plain("**open") == "**open"


def test_only_safe_addresses_are_links() -> None:
    assert parse("[x](https://example.org)")[0].href == "https://example.org"
    assert plain("[x](javascript:alert)") == "[x](javascript:alert)"


def test_references_to_footnotes_are_told() -> None:
    assert notes("See[^0123abcd] and[^89abcdef].") == ["0123abcd", "89abcdef"]
