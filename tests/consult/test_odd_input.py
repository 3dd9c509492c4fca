"""What nobody means well: every way in refuses it with a sentence, before it costs anything."""

import re
from typing import Any

import pytest

from consult.changes.applying import CannotApply, apply
from consult.changes.operations import Insert
from consult.models import ContributionKind
from consult.services.saying import BadContribution, Said, tidied
from consult.text import markdown
from consult.text.document import LONGEST_TEXT, MOST_BLOCKS, Document
from consult.text.inline import BREAK
from core.errors import DomainError
from tests.consult.arranged import a_text, block, lineage
from tests.consult.speaking import a_comment, an_amendment


@pytest.mark.parametrize(
    "line",
    [
        f"{{start {'9' * 5_000}}} Text.",
        "{start 0} Text.",
        f"{{= {'9' * 40}}} Text.",
        "{number {b}} Text.",
        "Text in a \u202efalse order.",
        "A bell \x07 rings.",
        "A nought \x00 is here.",
        "x" * (LONGEST_TEXT + 1),
        "[^" * (LONGEST_TEXT // 2),
    ],
)
def test_a_markdown_line_that_can_not_be_a_paragraph_is_refused_by_its_number(
    line: str,
) -> None:
    with pytest.raises(DomainError, match="ine 2"):
        markdown.read(f"A first line.\n{line}\n", "en")


@pytest.mark.parametrize("line", [f"<!-- lineage: {'-' * 32} -->", "{start ²} Text."])
def test_what_is_nearly_a_mark_of_ours_is_text(line: str) -> None:
    document = markdown.read(f"A first line.\n{line}\n", "en")

    assert len(document.blocks) == 2
    assert document == Document.model_validate(document.model_dump())


def test_a_file_of_too_many_paragraphs_is_refused_at_the_first_one_too_many() -> None:
    lines = "a\n" * (MOST_BLOCKS + 1)

    with pytest.raises(DomainError, match=str(MOST_BLOCKS)):
        markdown.read(lines + "\t\n\tnever looked at", "en")


def test_braces_that_never_close_are_text() -> None:
    line = "{=" + " " * 15_000 + "x"

    assert re.sub(r"\s+", " ", markdown.read(line, "en").blocks[0].texts["en"]) == "{= x"


def test_a_new_block_that_no_draft_could_be_read_with_is_refused() -> None:
    long = block("new", "x").model_copy(update={"texts": {"en": "x" * (LONGEST_TEXT + 1)}})

    with pytest.raises(CannotApply):
        apply(a_text(), [Insert(block=long, note="wording")])


@pytest.mark.parametrize("sign", ["[", "*a ", "\\", "\r\n"])
def test_a_field_of_a_megabyte_is_refused_without_reading_its_marks(sign: str) -> None:
    huge = sign * (1_000_000 // len(sign))
    said: list[tuple[str, Said]] = [
        ("proposal", an_amendment(huge)),
        ("text", a_comment(huge)),
        ("quote", a_comment(quote=huge)),
    ]

    for field, one in said:
        with pytest.raises(BadContribution) as refused:
            tidied(one, a_text())
        assert set(refused.value.problems) == {field}


def test_the_ends_of_lines_count_as_one_character_each() -> None:
    lines = "\r\n".join(["word"] * 2_000)

    assert tidied(a_comment(lines), a_text()).text == lines.replace("\r\n", "\n")
    proposed = tidied(an_amendment("\r\n".join(["words"] * 3_333)), a_text()).proposal
    assert proposed is not None
    assert proposed.count(BREAK) == 3_332


def _said(**values: Any) -> Said:
    given: dict[str, Any] = {"lineage": lineage("p1"), "text": "Why?"}
    return Said(ContributionKind.COMMENT, "en", **given | values)


def test_a_quote_is_searched_for_only_if_it_can_be_one() -> None:
    with pytest.raises(BadContribution) as refused:
        tidied(_said(quote="a " * 3_000), a_text())

    assert "quote" in refused.value.problems
