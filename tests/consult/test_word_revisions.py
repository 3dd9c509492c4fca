"""The text of a Word file once its tracked changes are accepted or rejected."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.word.reading import read
from consult.word.revisions import plain_text
from tests.consult.word_files import (
    WORDS,
    docx,
    field,
    gone,
    ins,
    note,
    p,
    packed,
    r,
    reference,
    table,
    tc,
    tr,
    who,
)


def both(*blocks: str, **parts: str) -> tuple[list[str], list[str]]:
    """The text with all changes accepted, and with all rejected."""
    data = docx(*blocks, **parts)
    return plain_text(data, accept=True), plain_text(data, accept=False)


PIECES = st.lists(st.tuples(st.sampled_from(["kept", "in", "out", "in and out"]), WORDS))
WRITTEN: dict[str, Callable[[str], str]] = {
    "kept": r,
    "in": lambda text: ins(r(text)),
    "out": lambda text: gone(r(text)),
    "in and out": lambda text: ins(gone(r(text), by="Second")),
}


@given(st.lists(st.tuples(PIECES, st.sampled_from(["", "ins", "del"])), min_size=1, max_size=6))
def test_accepting_keeps_insertions_and_rejecting_keeps_deletions(
    paragraphs: list[tuple[list[tuple[str, str]], str]],
) -> None:
    blocks = [
        p(*(WRITTEN[kind](text) for kind, text in pieces), mark=mark) for pieces, mark in paragraphs
    ]

    accepted, rejected = both(*blocks, p(r("End.")))

    for found, there, without in ((accepted, "in", "del"), (rejected, "out", "ins")):
        expected = [""]
        for pieces, mark in paragraphs:
            expected[-1] += "".join(text for kind, text in pieces if kind in {"kept", there})
            expected += [""] if mark != without else []
        expected[-1] += "End."
        assert found == expected


def test_a_deleted_paragraph_goes_and_leaves_no_empty_line() -> None:
    blocks = (p(r("One.")), p(gone(r("Two.")), mark="del"), p(r("Three.")))

    assert both(*blocks) == (["One.", "Three."], ["One.", "Two.", "Three."])


def test_a_last_paragraph_that_is_all_deleted_goes_too() -> None:
    accepted, rejected = both(p(r("One.")), p(gone(r("Two.")), mark="del"))

    assert accepted == ["One."]
    assert rejected == ["One.", "Two."]


def test_a_text_that_is_all_deleted_is_one_empty_paragraph() -> None:
    assert both(p(gone(r("All.")), mark="del")) == ([""], ["All."])


def test_a_paragraph_that_loses_its_end_stays_before_a_table() -> None:
    blocks = (p(r("Before."), mark="del"), table(tr(tc(p(r("Cell."))))), p(r("After.")))

    accepted, _rejected = both(*blocks)

    assert accepted == ["Before.", "Cell.", "After."]


def test_a_move_is_at_one_place_only() -> None:
    moved = who("First")
    blocks = (
        p(f"<w:moveFrom {moved}>{r('Moved.')}</w:moveFrom>", mark="moveFrom"),
        p(r("Stays.")),
        p(f"<w:moveTo {moved}>{r('Moved.')}</w:moveTo>", mark="moveTo"),
        p(r("End.")),
    )

    assert both(*blocks) == (["Stays.", "Moved.", "End."], ["Moved.", "Stays.", "End."])


def test_rows_and_cells_come_and_go_with_all_that_is_in_them() -> None:
    blocks = (
        table(
            tr(tc(p(r("1"))), tc(p(r("2")), change="cellIns"), tc(p(r("3")), change="cellDel")),
            tr(tc(p(r("new"))), change="ins"),
            tr(tc(p(r("old"))), change="del"),
        ),
        p(r("End.")),
    )

    assert both(*blocks) == (["1", "2", "new", "End."], ["1", "3", "old", "End."])


def test_an_emptied_cell_keeps_its_paragraph() -> None:
    blocks = (table(tr(tc(p(gone(r("x")))), tc(p(gone(r("y")), mark="del")))), p(r("End.")))

    accepted, _rejected = both(*blocks)

    assert accepted == ["", "", "End."]


def test_where_a_whole_table_goes_the_paragraphs_around_it_meet() -> None:
    blocks = (p(r("One "), mark="del"), table(tr(tc(p(r("x"))), change="del")), p(r("two.")))

    assert both(*blocks) == (["One two."], ["One ", "x", "two."])


def test_content_controls_and_their_own_changes_leave_the_text_alone() -> None:
    start, end = f"<w:customXmlDelRangeStart {who('First')}/>", "<w:customXmlDelRangeEnd/>"
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{end}{r('held ')}{start}</w:sdtContent></w:sdt>"

    found = both(p(start, control, end, r("on.")), f"<w:customXml>{p(r('Deep.'))}</w:customXml>")

    assert found == (["held on.", "Deep."], ["held on.", "Deep."])


def test_changes_of_format_change_no_text() -> None:
    changed = f"<w:pPrChange {who('First')}><w:pPr/></w:pPrChange>"
    run = r("Text.", props=f"<w:b/><w:rPrChange {who('First')}><w:rPr/></w:rPrChange>")
    rows = f"<w:tblPr><w:tblPrChange {who('First')}><w:tblPr/></w:tblPrChange></w:tblPr>"
    blocks = (p(run, props=changed), f"<w:tbl>{rows}{tr(tc(p(r('Cell.'))))}</w:tbl>")

    assert both(*blocks) == (["Text.", "Cell."], ["Text.", "Cell."])


def test_a_fields_result_is_text_and_its_code_is_not() -> None:
    nested = field(" IF ", r("inner ")).replace("</w:instrText>", "</w:instrText>" + r("code"), 1)
    simple = f'<w:fldSimple w:instr=" PAGE ">{r("7")}</w:fldSimple>'

    assert both(p(r("a "), nested, field(" REF x ", r("b ")), simple))[0] == ["a inner b 7"]


def test_a_field_inside_a_fields_code_shows_nothing() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    rest = (
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{r("shown")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )

    assert both(p(begin, field(" PAGE ", r("hidden")), rest))[0] == ["shown"]


def test_half_a_field_that_rejecting_leaves_hides_nothing() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    separate = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    blocks = (p(ins(begin), separate, ins(r("1 "), end), r("on")), p(r("and on"), begin))

    assert both(*blocks) == (["1 on", "and on"], ["on", "and on"])


def test_notes_follow_the_text_as_long_as_it_refers_to_them() -> None:
    blocks = (
        p(r("One"), gone(reference(2)), ins(reference(3))),
        table(tr(tc(p(r("Cell"), reference(1))))),
        p(r("Two"), reference(1, "endnote")),
    )
    footnotes = note(1, p(r("First."))) + note(2, p(r("Second."))) + note(3, p(r("Third.")))
    endnotes = note(1, p(r("Last."), gone(r(" Old."))), kind="endnote")

    accepted, rejected = both(*blocks, footnotes=footnotes, endnotes=endnotes)

    assert accepted == ["One", "Cell", "Two", "Third.", "First.", "Last."]
    assert rejected == ["One", "Cell", "Two", "Second.", "First.", "Last. Old."]


def test_signs_that_are_no_letters_have_a_letter_of_their_own() -> None:
    signs = (
        '<w:r><w:tab/><w:noBreakHyphen/><w:softHyphen/><w:br/><w:br w:type="page"/><w:cr/>'
        '<w:sym w:font="Symbol" w:char="2022"/><w:t> cut </w:t></w:r>'
    )

    assert both(p(signs))[0] == ["\t\u2011\u00ad\u2028\u2028•cut"]


@pytest.mark.parametrize("char", ["", "x", "D800", "0000", "99999999999", "202E"])
def test_a_sign_that_is_no_character_is_nothing(char: str) -> None:
    assert both(p(r("a"), f'<w:r><w:sym w:char="{char}"/></w:r>'))[0] == ["a"]


def test_formulas_are_their_letters() -> None:
    formula = "<m:oMath><m:f><m:num><m:r><m:t>a</m:t></m:r></m:num><m:den>"
    formula += f"{ins('<m:r><m:t>b</m:t></m:r>')}</m:den></m:f></m:oMath>"

    assert both(p(r("x="), formula)) == (["x=ab"], ["x=a"])


def test_a_formula_changed_as_word_writes_it_is_accepted_and_rejected() -> None:
    letters = "<m:rPr/><w:rPr/><m:t>{}</m:t>"
    formula = f"<m:oMath><m:r>{ins(letters.format('5'))}</m:r>"
    formula += f"<m:r>{gone(letters.format('4'))}</m:r></m:oMath>"
    data = docx(p(r("x="), formula))

    assert both(p(r("x="), formula)) == (["x=5"], ["x=4"])
    assert read(data).is_changed


def box(*paragraphs: str) -> str:
    """A text box as Word writes it: once for itself, once for older versions."""
    content = f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{content}'
        f"</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{content}"
        "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def test_a_text_box_is_read_once_and_behind_its_paragraph() -> None:
    blocks = (p(r("On"), box(p(r("Boxed"), gone(r(" old")))), r("e.")), p(r("Two.")))

    assert both(*blocks)[0] == ["One.", "Boxed", "Two."]
    assert both(p(r("One."), gone(box(p(r("Boxed"))))))[0] == ["One."]


def test_headers_footers_and_comments_are_not_printed() -> None:
    comment = f"<w:comment {who('First')}>{p(r('Remark.'))}</w:comment>"

    assert both(p(r("Text.")), comments=comment, header="<w:p/>")[0] == ["Text."]


def test_strict_files_are_read_like_others() -> None:
    strict = (
        '<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main">'
        f"<w:body>{p(r('Strict.'), gone(r('x')))}</w:body></w:document>"
    )
    relation = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="a" Target="/odd/place.xml" '
        'Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"/>'
        "</Relationships>"
    )

    data = packed({"_rels/.rels": relation, "odd/place.xml": strict})

    assert plain_text(data, accept=True) == ["Strict."]


@pytest.mark.parametrize("accept", [True, False])
def test_a_paragraph_inserted_and_deleted_again_leaves_nothing(accept: bool) -> None:  # noqa: FBT001
    flags = f"<w:rPr><w:ins {who('First')}/><w:del {who('Second')}/></w:rPr>"
    both_ways = ins(gone(r("Gone."), by="Second"))
    data = docx(p(r("One.")), p(both_ways, props=flags), p(r("Two.")))

    assert plain_text(data, accept=accept) == ["One.", "Two."]
