"""Drafts made of Word files: structure, numbers, footnotes, identity, and what is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.text.document import LONGEST_TEXT, MOST_BLOCKS, BlockKind, Document
from consult.text.inline import canonical
from consult.text.labels import labels
from consult.word.importing import Imported, Revisions, to_document
from consult.word.reading import read
from core.errors import DomainError
from tests.consult.word_files import (
    WORDS,
    docx,
    gone,
    ins,
    level,
    lists,
    note,
    numbered,
    p,
    r,
    reference,
    styled,
    table,
    tc,
    tr,
    who,
)

MAIN = (level(0, "decimal", "%1."), level(1, "lowerLetter", "(%2)"), level(2, "bullet", "-"))


def imported(*blocks: str, **parts: str) -> Imported:
    return to_document(read(docx(*blocks, **parts)), "en")


def shown(document: Document) -> list[str]:
    """Each block's label and text, set in by its depth."""
    numbers = labels(document, "en")
    return [
        f"{'  ' * b.level}{numbers[b.lineage]} {b.texts['en']}".rstrip() for b in document.blocks
    ]


def test_bullets_of_another_list_below_a_number_are_of_one_depth() -> None:
    inner = (level(0, "bullet", "•"),
             level(1, "bullet", "•", '<w:pPr><w:ind w:left="1134"/></w:pPr>'))  # fmt: skip
    outer = (level(0, "decimal", "%1.", '<w:pPr><w:ind w:left="567"/></w:pPr>'),)

    found = imported(
        numbered("They:"),
        *(numbered(text, 1, 2) for text in ("help;", "learn;", "act.")),
        numbering=lists(outer, inner),
    ).document  # fmt: skip

    assert [block.level for block in found.blocks] == [0, 1, 1, 1]


def test_headings_numbers_and_bullets_become_a_tree() -> None:
    found = imported(
        styled("Aims", "heading 1"),
        numbered("One"), numbered("Sub", 1), numbered("Dash", 2), p(), numbered("Sub two", 1),
        numbered("Two"), p(r("Plain")),
        numbering=lists(MAIN),
    ).document  # fmt: skip

    assert found.blocks[0].kind is BlockKind.HEADING
    assert shown(found) == [
        "   Aims",
        "1. One",
        "  (a) Sub",
        "    • Dash",
        "  (b) Sub two",
        "2. Two",
        " Plain",
    ]
    assert [block.number for block in found.blocks] == [
        "",
        "{1}.",
        "({a})",
        "•",
        "({a})",
        "{1}.",
        "",
    ]


def test_a_list_of_its_own_that_is_set_in_is_below_the_paragraph_above() -> None:
    inner = (level(0, "lowerLetter", "%1)", '<w:pPr><w:ind w:left="1440"/></w:pPr>'),)
    outer = (level(0, "decimal", "%1.", '<w:pPr><w:ind w:left="720"/></w:pPr>'),)

    found = imported(
        numbered("One"), numbered("a", num=2), numbered("b", num=2), numbered("Two"),
        p(r("Still two"), props='<w:ind w:left="720"/>'),
        numbering=lists(outer, inner),
    ).document  # fmt: skip

    assert shown(found) == ["1. One", "  a) a", "  b) b", "2. Two", "   Still two"]


def test_labels_are_words_even_where_ours_would_count_otherwise() -> None:
    plain = (level(0, "decimal", "%1."), level(1, "decimal", "%1.%2"))
    odd = (level(0, "ordinal", "%1"), level(1, "decimal", "%2 of %1"))
    override = (
        '<w:num w:numId="3"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="12"/></w:lvlOverride></w:num>'
    )
    data = docx(
        numbered("a"), numbered("b", 1), numbered("c", num=3), numbered("d", 1, num=3),
        numbered("e", num=2), numbered("f", 1, num=2), numbered("g"),
        numbering=lists(plain, odd, nums=override),
    )  # fmt: skip
    word = read(data)

    found = to_document(word, "en").document

    assert [labels(found, "en")[block.lineage] for block in found.blocks] == [
        paragraph.label for paragraph in word.paragraphs
    ]
    assert found.blocks[2].start == 12
    assert found.blocks[5].label == "1 of 1"


@given(
    st.lists(
        st.tuples(st.integers(0, 2), st.integers(1, 3), st.sampled_from(["", "x"])), max_size=14
    )
)
def test_every_label_is_the_one_word_shows(rows: list[tuple[int, int, str]]) -> None:
    definitions = (
        MAIN,
        (level(0, "upperRoman", "%1"), level(1, "decimal", "%1.%2."), level(2, "decimal", "%3)")),
        (level(0, "decimal", "Article %1"), level(1, "decimal", "%2"), level(2, "none", "Note")),
    )
    word = read(
        docx(*(numbered(text, at, num) for at, num, text in rows), numbering=lists(*definitions))
    )

    found = to_document(word, "en").document

    expected = [one.label if one.label != "-" else "•" for one in word.paragraphs if one.text]
    assert [labels(found, "en")[block.lineage] for block in found.blocks] == expected


def test_templates_with_a_known_word_are_kept_for_every_language() -> None:
    found = imported(numbered("x"), numbering=lists((level(0, "decimal", "ARTICLE %1"),))).document

    assert found.blocks[0].number == "article {1}"


def test_footnotes_are_blocks_that_texts_refer_to() -> None:
    found = imported(
        p(r("Text"), reference(5), r(" on"), reference(1, "endnote")),
        footnotes=note(5, p(r(" The note"), r(".")), p(r("Second line"))),
        endnotes=note(1, p(r("At the end")), kind="endnote"),
    )
    text, first, second = found.document.blocks

    assert text.texts["en"] == f"Text[^{first.key}] on[^{second.key}]"
    assert first.texts["en"] == "The note.\u2028Second line"
    assert [block.kind for block in (first, second)] == [BlockKind.FOOTNOTE] * 2
    assert "endnotes" in str([notice.message for notice in found.notices])


def test_marks_and_links_are_kept_and_other_addresses_are_not() -> None:
    bold = r("bold", props="<w:b/>")
    link = f'<w:hyperlink r:id="k">{r("page")}</w:hyperlink>'
    bad = f'<w:hyperlink r:id="j">{r("script")}</w:hyperlink>'

    found = imported(
        p(bold, r(" *stars* "), link, r(" "), bad),
        links="k https://a.example\nj javascript:alert(1)",
    )

    (block,) = found.document.blocks
    assert block.texts["en"] == r"**bold** \*stars\* [page](https://a.example) script"
    assert ["link" in notice.message for notice in found.notices] == [True]


@given(st.lists(WORDS, min_size=1, max_size=5))
def test_texts_are_in_the_form_in_which_texts_are_stored(texts: list[str]) -> None:
    runs = (r(text, props="<w:b/>" if at % 2 else "") for at, text in enumerate(texts))

    for block in imported(p(*runs)).document.blocks:
        assert canonical(block.texts["en"]) == block.texts["en"]


def test_what_a_draft_cannot_hold_is_said_with_its_place() -> None:
    picture = "<w:r><w:drawing/></w:r>"
    formula = "<m:oMath><m:r><m:t>a=b</m:t></m:r></m:oMath>"

    found = imported(
        styled("Contents 1", "toc 1"),
        p(r("See"), picture, formula),
        table(tr(tc(p(r("Cell one"))), tc(p(r("Cell two"))))),
    )

    said = " ".join(notice.message % notice.values for notice in found.notices)
    assert [block.texts["en"] for block in found.document.blocks] == [
        "Seea=b", "Cell one", "Cell two",
    ]  # fmt: skip
    for part in ("picture was left out, at “Seea=b”", "formula", "from “Cell one”", "contents"):
        assert part in said


@pytest.mark.parametrize(
    ("block", "times", "said"),
    [(p(r("x")), MOST_BLOCKS + 1, "paragraphs"), (p(r("x" * (LONGEST_TEXT + 1))), 1, "longer")],
)
def test_what_is_too_long_for_a_draft_is_refused(block: str, times: int, said: str) -> None:
    with pytest.raises(DomainError) as refused:
        imported(*[block] * times)

    assert said in str(refused.value.message.message)  # type: ignore[attr-defined]  # lazy, English


def test_tracked_changes_and_comments_are_never_decided_silently() -> None:
    changed = read(docx(p(r("Kept "), ins(r("new")), gone(r("old")))))
    comment = f"<w:comment {who('First')}>{p(r('Why?'))}</w:comment>"
    commented = read(docx(p(r("Text")), comments=comment))

    for word in (changed, commented):
        with pytest.raises(DomainError):
            to_document(word, "en")

    def text(revisions: Revisions) -> str:
        (block,) = to_document(changed, "en", revisions=revisions).document.blocks
        return block.texts["en"]

    assert text("accept") == "Kept new"
    assert text("reject") == text("contributions") == "Kept old"
    notices = to_document(commented, "en", revisions="accept").notices
    assert ["Comments" in notice.message for notice in notices] == [True]
    assert to_document(commented, "en", revisions="contributions").notices == ()
