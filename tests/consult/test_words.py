"""Texts compared and merged word by word, in any script."""

from hypothesis import given
from hypothesis import strategies as st

from consult.text.document import LONGEST_TEXT
from consult.text.inline import canonical
from consult.text.merging import Conflict, merge, merge_all
from consult.text.words import Piece, changed_words, redline, tokens, words

WORDS = [*["a", "b", "c", "d", "e", "f", ",", "(", ")", "**", "*"], "المهاجرين", "حماية"]
TEXTS = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
PARTS = ["one", " ", "two", "**", "*", "**three four**", "[five](http://x)", "[^0123abcd]"]
MARKED = st.lists(st.sampled_from(PARTS), max_size=8).map("".join).map(canonical)


@given(TEXTS, TEXTS)
def test_a_redline_holds_both_texts(before: str, after: str) -> None:
    pieces = redline(before, after)

    assert "".join(piece.text for piece in pieces if piece.kind != "insert") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "delete") == after


@given(st.text())
def test_tokens_are_the_text(text: str) -> None:
    assert "".join(tokens(text)) == text


@given(TEXTS, TEXTS, TEXTS)
def test_amendments_commute(base: str, one: str, other: str) -> None:
    assert merge(base, one, other) == merge(base, other, one)


@given(TEXTS, st.permutations(range(3)), st.lists(TEXTS, min_size=3, max_size=3))
def test_many_amendments_commute(base: str, order: list[int], versions: list[str]) -> None:
    assert merge_all(base, versions) == merge_all(base, [versions[index] for index in order])


@given(TEXTS, TEXTS)
def test_what_one_alone_changed_is_taken_over(base: str, one: str) -> None:
    assert merge(base, one, base).text == one
    assert merge(base, one, one).text == one


def test_an_arabic_word_keeps_its_marks() -> None:
    assert redline("يَحمي الناس", "يَحمي كل الناس") == [
        Piece("same", "يَحمي "),
        Piece("insert", "كل "),
        Piece("same", "الناس"),
    ]


def test_a_rewritten_stretch_stays_whole() -> None:
    pieces = redline("We help all people here.", "We protect every person here.")

    assert [piece.text for piece in pieces if piece.kind == "insert"] == ["protect every person"]
    assert changed_words(pieces) == (3, 3)


def test_changes_of_different_words_merge() -> None:
    merged = merge("We help people in need.", "We help all people in need.",
                   "We help people in need today.")  # fmt: skip

    assert merged.text == "We help all people in need today."


def test_different_changes_of_the_same_words_are_a_conflict() -> None:
    merged = merge("We help people.", "We protect people.", "We assist people.")

    assert merged.text is None
    assert merged.conflicts[0].base == "help"
    assert set(merged.conflicts[0].ways) == {"protect", "assist"}


def test_insertions_at_one_place_are_a_conflict() -> None:
    assert merge("We help.", "We always help.", "We never help.").text is None


def test_marks_that_would_cross_each_other_are_a_conflict() -> None:
    all_bold, one_bold = "**one two three**", "one **two** three"

    merged = merge("one two three", all_bold, one_bold)

    assert merged.text is None
    assert merged.conflicts == (Conflict("one two three", (all_bold, one_bold)),)


@given(MARKED, MARKED, MARKED)
def test_what_merges_of_stored_texts_can_be_stored(base: str, one: str, other: str) -> None:
    text = merge(base, one, other).text

    assert text is None or text == canonical(text)


def test_texts_too_long_together_are_a_conflict() -> None:
    long = "x " * (LONGEST_TEXT // 2 - 10)

    assert merge("a b c", f"{long}a b c", f"a b c {long}".strip()).text is None


def test_words_are_counted_without_signs() -> None:
    assert words("We help, and **protect** 1,000 people.") == 6
