"""What is read from a Word file beside its words: lists, headings, marks, changes, comments."""

from datetime import UTC, datetime

from consult.word.contents import Deletion, Insertion, Mark
from consult.word.reading import read
from consult.word.resolving import accepting, resolved
from tests.consult.word_files import (
    docx,
    field,
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
    who,
)

ARTICLES = (
    level(0, "upperRoman", "%1."),
    level(1, "decimal", "%1.%2", "<w:isLgl/>"),
    level(2, "lowerLetter", "(%3)"),
)
STYLES = (
    '<w:style w:type="paragraph" w:styleId="Titre1"><w:name w:val="heading 1"/>'
    '<w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Mine"><w:name w:val="Mine"/>'
    '<w:basedOn w:val="Titre1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Loop"><w:basedOn w:val="Loop"/></w:style>'
    '<w:style w:type="character" w:styleId="Strong"><w:rPr><w:b/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Item"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
    "</w:pPr></w:style>"
)


def labels(*blocks: str, **parts: str) -> list[str]:
    return [paragraph.label for paragraph in read(docx(*blocks, **parts)).paragraphs]


def test_numbers_are_counted_by_level_and_begin_anew_below_a_higher_one() -> None:
    levels = [0, 2, 2, 1, 2, 0, 1]

    found = labels(*(numbered("x", at) for at in levels), numbering=lists(ARTICLES))

    assert found == ["I.", "(a)", "(b)", "1.1", "(a)", "II.", "2.1"]


def test_a_level_may_go_on_counting_or_begin_elsewhere() -> None:
    never = level(1, "decimal", "%2)", '<w:lvlRestart w:val="0"/>')
    late = '<w:lvl w:ilvl="0"><w:start w:val="5"/><w:lvlText w:val="%1."/></w:lvl>'

    found = labels(
        *(numbered("x", at) for at in (0, 1, 0, 1)),
        numbering=lists((late, never)),
    )

    assert found == ["5.", "1)", "6.", "2)"]


def test_lists_of_one_definition_share_its_count_unless_one_says_where_to_begin() -> None:
    more = (
        '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        '<w:num w:numId="4"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">'
        '<w:lvl w:ilvl="0"><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="%1)"/></w:lvl>'
        "</w:lvlOverride></w:num>"
    )
    numbering = lists((level(0, "decimal", "%1."),), nums=more)

    found = labels(*(numbered("x", num=num) for num in (1, 2, 3, 3, 1, 4)), numbering=numbering)

    assert found == ["1.", "2.", "1.", "2.", "3.", "iv)"]


def test_a_style_can_number_and_a_paragraph_can_refuse_its_styles_number() -> None:
    none = p(r("x"), props='<w:pStyle w:val="Item"/><w:numPr><w:numId w:val="0"/></w:numPr>')

    found = labels(
        styled("x", "Item"), none, styled("x", "Item"),
        styles=STYLES, numbering=lists((level(0, "decimal", "%1."),)),
    )  # fmt: skip

    assert found == ["1.", "", "2."]


def test_a_level_tied_to_a_style_numbers_what_is_in_that_style() -> None:
    levels = (
        level(0, "decimal", "%1."),
        level(1, "lowerLetter", "%2)", '<w:pStyle w:val="Item"/>'),
    )

    assert labels(styled("x", "Item"), styles=STYLES, numbering=lists(levels)) == ["a)"]


def test_arabic_letters_and_digits_number_too() -> None:
    levels = (level(0, "arabicAbjad", "%1."), level(1, "hindiNumbers", "%2"))

    found = labels(*(numbered("x", at) for at in (0, 0, 1)), numbering=lists(levels))

    assert found == ["أ.", "ب.", "١"]


def test_headings_are_known_by_outline_level_in_any_language() -> None:
    outlined = p(r("x"), props='<w:outlineLvl w:val="2"/>')

    found = read(
        docx(styled("x", "Titre1"), styled("x", "Mine"), outlined, styled("x", "Loop"),
             styled("x", "heading 4"), p(r("x")), styles=STYLES)
    )  # fmt: skip

    assert [one.form.outline for one in found.paragraphs] == [1, 1, 3, None, 4, None]


def test_marks_are_a_runs_own_and_not_its_headings() -> None:
    bold = r("a", props="<w:b/>")
    italic = r("b", props='<w:b w:val="0"/><w:i/>')
    strong = r("c", props='<w:rStyle w:val="Strong"/>')
    found = read(
        docx(
            p(bold, italic, strong),
            p(bold, props='<w:pStyle w:val="Titre1"/>'),
            p(r("d", props="<w:rtl/><w:b/>"), r("e", props="<w:rtl/><w:bCs/>"), props="<w:bidi/>"),
            styles=STYLES,
        )
    )  # fmt: skip
    text, heading, arabic = found.paragraphs

    assert [set(run.marks) for run in text.runs] == [{Mark.BOLD}, {Mark.ITALIC}, {Mark.BOLD}]
    assert [set(run.marks) for run in heading.runs] == [set()]
    assert [set(run.marks) for run in arabic.runs] == [set(), {Mark.BOLD}]
    assert arabic.form.bidi


def test_changes_keep_who_and_when_and_what_is_around_what() -> None:
    at = "2026-05-02T08:30:00Z"
    data = docx(p(ins(r("a"), gone(r("b"), by="Second", at=at)), mark="del"))

    (paragraph,) = read(data).paragraphs

    first, second = paragraph.runs
    assert [type(change) for change in first.revisions] == [Insertion]
    assert [type(change) for change in second.revisions] == [Insertion, Deletion]
    assert second.revisions[1].author == "Second"
    assert second.revisions[1].at == datetime(2026, 5, 2, 8, 30, tzinfo=UTC)
    assert [type(change) for change in paragraph.mark] == [Deletion]
    assert read(data).is_changed
    assert not read(docx(p(r("a")))).is_changed


def test_links_come_from_relations_and_from_fields() -> None:
    linked = f'<w:hyperlink r:id="k">{r("one")}</w:hyperlink>'
    data = docx(p(linked, field('HYPERLINK "https://b.example"', r("two"))),
                links="k https://a.example/?x=1&y=2")  # fmt: skip

    (paragraph,) = read(data).paragraphs

    linked_by_field = resolved([paragraph], accepting)[0].runs[-1]
    assert paragraph.runs[0].href == "https://a.example/?x=1&y=2"
    assert (linked_by_field.text, linked_by_field.href) == ("two", "https://b.example")


def test_comments_know_their_words_their_author_and_what_they_answer() -> None:
    start, end = '<w:commentRangeStart w:id="7"/>', '<w:commentRangeEnd w:id="7"/>'
    comments = (
        f'<w:comment {who("Second")}><w:p w14:paraId="0000000A">{r("Why?")}</w:p></w:comment>'
        f"<w:comment {who('First').replace('7', '8', 1)}>"
        f'<w:p w14:paraId="0000000B">{r("So.")}</w:p></w:comment>'
    )
    extended = (
        '<w15:commentEx w15:paraId="0000000A"/>'
        '<w15:commentEx w15:paraId="0000000B" w15:paraIdParent="0000000A" w15:done="1"/>'
    )

    found = read(
        docx(p(r("a "), start, r("b")), p(r("c"), end, r("d")),
             comments=comments, commentsExtended=extended)
    )  # fmt: skip

    covered = [run.text for one in found.paragraphs for run in one.runs if "7" in run.comments]
    question, answer = found.comments
    assert covered == ["b", "c"]
    assert (question.author, question.texts, question.parent) == ("Second", ("Why?",), "")
    assert (answer.author, answer.texts, answer.parent, answer.done) == (
        "First",
        ("So.",),
        "7",
        True,
    )


def test_notes_bookmarks_and_languages_are_kept_with_their_paragraphs() -> None:
    bookmark = '<w:bookmarkStart w:id="1" w:name="pl_x"/>'
    spoken = r("a", props='<w:lang w:val="fr-CH"/>')

    found = read(docx(bookmark, p(spoken, reference(4)), p(r("b")), footnotes=note(4, p(r("n")))))

    first, second = found.paragraphs
    assert (first.bookmarks, second.bookmarks) == (("pl_x",), ())
    assert first.form.language == "fr-CH"
    assert [run.note.id for run in first.runs if run.note] == ["4"]
    assert [one.text for one in found.notes["footnote", "4"]] == ["n"]
