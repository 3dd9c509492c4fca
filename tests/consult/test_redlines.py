"""Redlines of texts with marks: nothing is cut inside a mark, nothing is lost on either side."""

from hypothesis import given
from hypothesis import strategies as st

from consult.text.inline import joined, parse, render
from consult.text.redlines import redlined

WORDS = ["one", "two.", "**three**", "*four*", "[five](https://example.org)", "[^0123abcd]",
         "المهاجرين", "حماية", "a*b", "\\*"]  # fmt: skip
TEXTS = st.lists(st.sampled_from(WORDS), max_size=10).map(" ".join).map(parse).map(render)


@given(TEXTS, TEXTS)
def test_without_insertions_it_is_the_text_before_without_deletions_the_one_after(
    before: str, after: str
) -> None:
    found = redlined(before, after)

    for left_out, text in (("insert", before), ("delete", after)):
        runs = [run for one in found if one.kind != left_out for run in one.runs]
        assert joined(runs) == parse(text)


def test_a_word_made_bold_is_another_word() -> None:
    found = redlined("Needs first", "**Needs** first")

    assert [(one.kind, one.runs[0].text, one.runs[0].bold) for one in found] == [
        ("delete", "Needs", False), ("insert", "Needs", True), ("same", " first", False),
    ]  # fmt: skip


def test_equal_texts_have_no_changes() -> None:
    assert [one.kind for one in redlined("a **b** c", "a **b** c")] == ["same"]
