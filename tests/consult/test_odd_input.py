"""What nobody means well: every way in refuses it with a sentence, before it costs anything."""

import re
from io import BytesIO
from zipfile import ZipFile

import pytest
import xlsxwriter

from consult.changes.applying import CannotApply, apply
from consult.changes.operations import Insert
from consult.export.matrix_file import read as read_matrix
from consult.models import Outcome
from consult.services.dispositions import Decision
from consult.services.saying import BadContribution, Said, tidied
from consult.text import markdown
from consult.text.document import LONGEST_TEXT, MOST_BLOCKS, Document
from consult.text.inline import BREAK
from consult.word.contents import FieldPart, Run
from consult.word.fields import results
from consult.word.importing import to_document
from consult.word.reading import read as read_word
from consult.word.resolving import accepting, resolved
from consult.word.suggesting import tracked
from core.errors import DomainError
from tests.consult.arranged import a_text, block
from tests.consult.effort import grows
from tests.consult.speaking import a_comment, an_amendment
from tests.consult.word_files import docx, field, ins, p, packed, r

IN_PROPORTION = 6


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

    for name, one in said:
        with pytest.raises(BadContribution) as refused:
            tidied(one, a_text())
        assert set(refused.value.problems) == {name}


def test_the_ends_of_lines_count_as_one_character_each() -> None:
    lines = "\r\n".join(["word"] * 2_000)

    assert tidied(a_comment(lines), a_text()).text == lines.replace("\r\n", "\n")
    proposed = tidied(an_amendment("\r\n".join(["words"] * 3_333)), a_text()).proposal
    assert proposed is not None
    assert proposed.count(BREAK) == 3_332


def test_a_quote_is_searched_for_only_if_it_can_be_one() -> None:
    with pytest.raises(BadContribution) as refused:
        tidied(a_comment(quote="a " * 3_000), a_text())

    assert "quote" in refused.value.problems


@pytest.mark.parametrize("reason", ["A nought \x00.", "Half a sign \ud800.", "False \u202eorder."])
def test_a_reason_from_a_cell_is_refused_where_no_database_holds_it(reason: str) -> None:
    with pytest.raises(DomainError, match="control characters"):
        Decision(Outcome.NOTED, {"en": reason}).checked()


@pytest.mark.parametrize(
    ("part", "before", "after"),
    [
        ("xl/styles.xml", 'fontId="0"', 'fontId="x"'),
        ("xl/workbook.xml", "windowWidth", "otherWidth"),
        ("xl/worksheets/sheet1.xml", "<v>0</v>", "<v>99</v>"),
        ("[Content_Types].xml", "ContentType=", "Other="),
    ],
)
def test_a_damaged_workbook_is_no_matrix(part: str, before: str, after: str) -> None:
    made = BytesIO()
    with xlsxwriter.Workbook(made) as book:
        book.add_worksheet().write_string(0, 0, "ID")
    with ZipFile(made) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert before.encode() in parts[part]
    parts[part] = parts[part].replace(before.encode(), after.encode())

    with pytest.raises(DomainError, match="no matrix"):
        read_matrix(packed(dict(parts)), {"id": "id"})


def test_fields_in_fields_are_read_in_proportion_to_their_number() -> None:
    def nested(count: int) -> list[Run]:
        begin, end = Run(field=FieldPart.BEGIN), Run(field=FieldPart.END)
        return [*[begin] * count, *[Run("x")] * count, *[end] * count]

    assert grows(lambda count: results([nested(count)]), 50) < IN_PROPORTION


def test_a_link_leads_from_all_that_is_in_its_field() -> None:
    link = field(
        'HYPERLINK "https://example.org"', r("before "), field("PAGE", r("7")), r(" after")
    )

    (paragraph,) = resolved(read_word(docx(p(link))).paragraphs, accepting)

    assert [(run.text, run.href) for run in paragraph.runs] == [
        (text, "https://example.org") for text in ("before ", "7", " after")
    ]


def test_comments_that_all_cover_the_same_words_are_refused_before_memory_is_full() -> None:
    begun = "".join(f'<w:commentRangeStart w:id="{key}"/>' for key in range(2_000))

    with pytest.raises(DomainError, match="comments"):
        read_word(docx(p(begun, r("Words."))))


def test_a_file_changed_by_too_many_people_is_refused() -> None:
    data = docx(*(p(ins(r("Words."), by=f"Person {number}")) for number in range(700)))
    word = read_word(data)
    imported = to_document(word, "en", revisions="contributions")

    with pytest.raises(DomainError, match="700 people"):
        tracked(word, "en", imported)
