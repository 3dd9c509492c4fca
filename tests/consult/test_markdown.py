"""Drafts as Markdown and back."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.text.document import Block, BlockKind, Document
from consult.text.inline import canonical
from consult.text.labels import labels
from consult.text.markdown import read, write
from core.errors import DomainError

PARTS = ["a", "b ", "1. ", "(a) ", "- ", "# ", "{= x} ", "[^0123abcd]", "[^0123abcd]: ", "*", "**",
         "{text} ", "(i) ", "(xxii) ",
         "<!-- lineage: 00000000-0000-4000-8000-000000000000 -->", " "]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PARTS), max_size=6).map("".join).map(canonical)
NUMBERS = ["", "•", "{1}.", "({a})", "({i})", "article {1}", "{.1}"]

STARTS = st.sampled_from([None, 3, 9, 22, 35, 120])
LABELS = st.sampled_from(["", "", "3 bis", "3}", "{x", "a\\", "x} {y}"])


@st.composite
def documents(draw: st.DrawFn) -> Document:
    blocks: list[Block] = []
    for lineage in draw(
        st.lists(st.uuids(version=4), max_size=8, unique_by=lambda one: one.hex[:8])
    ):
        kind = draw(st.sampled_from(list(BlockKind)))
        number = "" if kind is BlockKind.FOOTNOTE else draw(st.sampled_from(NUMBERS))
        level = 0
        if kind is BlockKind.HEADING:
            level, number = draw(st.integers(1, 6)), number.replace("•", "")
        elif kind is BlockKind.PARAGRAPH:
            level = draw(st.integers(0, 5))
        start = (
            draw(st.sampled_from([None, 3, 9, 22, 35, 120])) if number not in {"", "•"} else None
        )
        label = (
            draw(st.sampled_from(["", "", "3 bis", "3}", "{x", "a\\", "x} {y}"])) if number else ""
        )
        blocks.append(Block(lineage=lineage, kind=kind, level=level, number=number, start=start,
                            label=label, texts={"en": draw(TEXTS)}))  # fmt: skip
    return Document(source="en", languages=("en",), blocks=tuple(blocks))


@given(documents())
def test_what_is_written_is_read_again(document: Document) -> None:
    assert read(write(document, "en"), "en") == document


@given(st.sampled_from(["({a})", "({i})"]), st.integers(0, 1), st.integers(1, 400))
def test_a_long_list_is_read_again(number: str, level: int, start: int) -> None:
    first = Block(lineage=UUID(int=1), level=level, number=number, start=start, texts={"en": "x"})
    others = (
        Block(lineage=UUID(int=at), level=level, number=number, texts={"en": "x"})
        for at in range(2, 40)
    )
    document = Document(source="en", languages=("en",), blocks=(first, *others))

    assert read(write(document, "en"), "en") == document


def told(marks: str) -> list[str]:
    """The templates of items with these marks below a numbered paragraph each, by "/"."""
    lines = [
        line
        for run in marks.split("/")
        for line in ("1. Societies:", *(f"    ({one}) word" for one in run.split()))
    ]
    document = read("\n".join(lines), "en")
    return [block.number for block in document.blocks if block.level]


@pytest.mark.parametrize(
    ("marks", "number"),
    [
        ("a b c d e f g h i j", "({a})"),
        ("u v w x", "({a})"),
        ("i ii iii iv v", "({i})"),
        ("xviii xix xx xxi xxii xxviii", "({i})"),
    ],
)
def test_a_list_goes_on_with_what_it_counts_with(marks: str, number: str) -> None:
    assert set(told(marks)) == {number}


def test_a_list_below_another_paragraph_counts_with_its_own() -> None:
    assert told("a b/i ii") == ["({a})", "({a})", "({i})", "({i})"]


def test_what_lost_the_paragraph_above_it_is_read_at_its_depth() -> None:
    deep = Block(lineage=UUID(int=2), level=3, texts={"en": "b"})
    first = Block(lineage=UUID(int=1), texts={"en": "a"})
    document = Document(source="en", languages=("en",), blocks=(first, deep))

    assert read(write(document, "en"), "en") == document


def test_a_resolution_is_read_with_its_levels_and_labels() -> None:
    lines = ["# Title", "", "1. First[^n]", "    (a) one", "    (b) two", "        - a bullet",
             "2. Second", "[^n]: Note"]  # fmt: skip

    document = read("\n".join(lines), "en")

    shown = labels(document, "en")
    assert [shown[block.lineage] for block in document.blocks] == [
        "", "1.", "(a)", "(b)", "•", "2.", "1",
    ]  # fmt: skip
    assert [block.level for block in document.blocks] == [1, 0, 1, 1, 2, 0, 0]


def test_numbers_are_counted_and_not_read() -> None:
    document = read("7. First\n9. Second\n{start 5} 1. x", "en")

    assert list(labels(document, "en").values())[:2] == ["1.", "2."]


def test_labels_are_words_of_the_language() -> None:
    document = read("{number article {1}} Who takes part", "fr")

    assert list(labels(document, "ar").values()) == ["المادة 1"]


def test_identities_are_kept() -> None:
    name = UUID("0b8a2c9e-6f57-4c0c-8a10-5b7f1d6a9e02")

    document = read(f"<!-- lineage: {name} -->\n1. A", "en")

    assert document.blocks[0].lineage == name


@pytest.mark.parametrize("text", ["\tA", "1. A\n        (a) too deep"])
def test_what_stands_under_nothing_is_refused_by_its_line(text: str) -> None:
    with pytest.raises(DomainError) as refused:
        read(text, "en")

    assert "ine" in str(refused.value)
