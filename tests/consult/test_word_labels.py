"""Labels that Word shows and a draft can't hold as they are."""

import pytest

from consult.text.document import Block, Document
from consult.text.labels import labels
from consult.word import importing
from consult.word.importing import to_document
from consult.word.reading import read
from core.errors import DomainError
from tests.consult.word_files import docx, level, lists, numbered


def of_list(form: str, text: str) -> Document:
    """The draft a file of two items of such a list gives."""
    listed = lists((level(0, form, text),))
    return to_document(
        read(docx(numbered("One."), numbered("Two."), numbering=listed)), "en"
    ).document


@pytest.mark.parametrize("form", ["decimal", "decimalZero"])
def test_a_label_that_breaks_into_two_lines_in_word_is_one_line(form: str) -> None:
    found = of_list(form, "Article&#10;%1")

    zero = "0" if form == "decimalZero" else ""
    assert list(labels(found, "en").values()) == [f"Article {zero}1", f"Article {zero}2"]
    assert Document.model_validate(found.model_dump()) == found


def test_a_block_no_draft_can_hold_is_refused_in_a_sentence() -> None:
    bad = Block(lineage="00000000-0000-4000-8000-000000000001").model_copy(update={"label": "a\nb"})  # type: ignore[arg-type]  # as read from JSON

    with pytest.raises(DomainError) as refused:
        importing._document([bad], "en")

    assert "numbering" in str(refused.value)
