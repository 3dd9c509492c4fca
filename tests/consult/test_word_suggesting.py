"""Tracked changes and comments of a returned Word file, as contributions."""

from collections.abc import Callable, Sequence
from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from consult.word.importing import Imported, to_document
from consult.word.reading import WordText, read
from consult.word.remarks import remarks
from consult.word.suggesting import Proposal, Suggested, tracked
from tests.consult.word_files import docx, gone, ins, note, p, r, reference, table, tc, tr, who

ONE, TWO, THREE = "People are protected.", "Points are safe.", "Data are kept secret."


def opened(*blocks: str, **parts: str) -> tuple[WordText, Imported]:
    word = read(docx(*blocks, **parts))
    return word, to_document(word, "en", revisions="contributions")


def suggested(*blocks: str, **parts: str) -> list[tuple[str, str, int | None, str, str]]:
    """Kind, author, the number of the paragraph from 0, the text before and after."""
    word, imported = opened(*blocks, **parts)
    at = {block.lineage: number for number, block in enumerate(imported.document.blocks)}
    return [
        (
            one.kind.value,
            one.author,
            at[one.lineage] if one.lineage else None,
            one.before,
            one.after,
        )
        for one in tracked(word, "en", imported)
    ]


def test_each_author_proposes_a_full_text_without_the_others_changes() -> None:
    found = suggested(
        p(r("People "), gone(r("are")), ins(r("must be")), r(" protected"),
          ins(r(" always"), by="Second"), r("."))
    )  # fmt: skip

    assert found == [
        ("amendment", "First", 0, ONE, "People must be protected."),
        ("amendment", "Second", 0, ONE, "People are protected always."),
    ]


def test_whole_paragraphs_are_inserted_behind_others_and_deleted() -> None:
    found = suggested(
        p(ins(r("At the very beginning.")), mark="ins"),
        p(r(ONE)),
        p(ins(r("Between.")), mark="ins"),
        p(gone(r(TWO)), mark="del"),
        p(r(THREE)),
        p(ins(r("At the end.")), mark="ins"),
    )

    assert found == [
        ("insertion", "First", None, "", "At the very beginning."),
        ("deletion", "First", 1, TWO, ""),
        ("insertion", "First", 0, "", "Between."),
        ("insertion", "First", 2, "", "At the end."),
    ]


def test_a_line_begun_at_a_paragraphs_end_is_a_paragraph_behind_it() -> None:
    found = suggested(p(r(ONE), mark="ins"), p(ins(r("New line."))), p(r(TWO)))

    assert found == [("insertion", "First", 0, "", "New line.")]


def test_a_line_begun_before_a_paragraph_leaves_it_alone() -> None:
    found = suggested(p(r(ONE)), p(ins(r("New line.")), mark="ins"), p(r(TWO)))

    assert found == [("insertion", "First", 0, "", "New line.")]


def test_a_division_is_an_amendment_and_an_insertion() -> None:
    found = suggested(
        p(r("People on the move are protected. "), mark="ins"), p(r("So are points."))
    )

    assert found == [
        ("amendment", "First", 0, "People on the move are protected. So are points.",
         "People on the move are protected."),
        ("insertion", "First", 0, "", "So are points."),
    ]  # fmt: skip


def test_a_join_is_an_amendment_and_a_deletion() -> None:
    found = suggested(p(r("Points are safe and open to all. "), mark="del"), p(r("Always.")))

    assert found == [
        ("deletion", "First", 1, "Always.", ""),
        ("amendment", "First", 0, "Points are safe and open to all.",
         "Points are safe and open to all. Always."),
    ]  # fmt: skip


def test_rows_of_tables_are_inserted_and_deleted_too() -> None:
    found = suggested(
        table(tr(tc(p(r("Kept")))), tr(tc(p(r("Old cell"))), change="del"),
              tr(tc(p(r("New cell"))), change="ins")),
        p(r("End.")),
    )  # fmt: skip

    assert found == [
        ("deletion", "First", 1, "Old cell", ""),
        ("insertion", "First", 1, "", "New cell"),
    ]


def test_new_footnotes_are_given_beside_the_text_and_old_ones_are_amended() -> None:
    word, imported = opened(
        p(r("Text"), reference(1), ins(reference(2)), r(" on.")),
        footnotes=note(1, p(r("Old"), ins(r(" and new")))) + note(2, p(ins(r("Fresh.")))),
    )

    text, amended = tracked(word, "en", imported)

    footnote = imported.document.blocks[1]
    assert text.footnotes == ("Fresh.",)
    assert text.after == f"Text[^{footnote.key}] on."
    assert (amended.lineage, amended.before, amended.after) == (
        footnote.lineage, "Old", "Old and new",
    )  # fmt: skip


def test_a_suggestion_is_as_old_as_its_last_change() -> None:
    word, imported = opened(
        p(ins(r("a"), at="2026-01-01T00:00:00Z"), r(" b "), ins(r("c"), at="2026-02-01T00:00:00"))
    )

    (found,) = tracked(word, "en", imported)

    assert found.at == datetime(2026, 2, 1)  # noqa: DTZ001 - as the file gives it


def test_an_inserted_paragraph_comes_as_a_block_with_its_place_in_the_tree() -> None:
    word, imported = opened(
        p(r(ONE)), p(ins(r("New")), mark="ins", props='<w:outlineLvl w:val="1"/>'), p(r(TWO))
    )

    (found,) = tracked(word, "en", imported)

    assert found.block is not None
    assert (found.block.kind, found.block.level, found.block.texts) == ("heading", 2, {"en": "New"})


def applied(imported: Imported, suggestions: Sequence[Suggested]) -> list[str]:
    """The texts of a draft with suggestions carried out, those for one place in their order."""
    gone_ones = {one.lineage for one in suggestions if one.kind is Proposal.DELETION}
    amended = {one.lineage: one.after for one in suggestions if one.kind is Proposal.AMENDMENT}
    behind: dict[object, list[str]] = {}
    for one in suggestions:
        if one.kind is Proposal.INSERTION:
            behind.setdefault(one.lineage, []).append(one.after)
    found = list(behind.get(None, ()))
    for block in imported.document.blocks:
        if block.lineage not in gone_ones:
            found.append(amended.get(block.lineage, block.texts["en"]))
        found += behind.get(block.lineage, ())
    return found


WRITTEN: dict[str, Callable[[str], str]] = {
    "kept": r,
    "in": lambda text: ins(r(text)),
    "out": lambda text: gone(r(text)),
}
CHANGED = st.sampled_from(["kept", "in", "out"])
WORD = st.sampled_from(["people", "move", "along", "routes", "safely", "every", "day", "points"])


@given(
    st.lists(
        st.tuples(
            st.lists(st.tuples(CHANGED, WORD), min_size=1, max_size=5),
            st.sampled_from(["", "", "ins", "del"]),
        ),
        max_size=6,
    )
)
def test_one_authors_suggestions_carried_out_are_the_file_with_all_accepted(
    paragraphs: list[tuple[list[tuple[str, str]], str]],
) -> None:
    blocks = [
        p(*(WRITTEN[kind](f"{word} ") for kind, word in row), mark=m) for row, m in paragraphs
    ]
    word, imported = opened(*blocks, p(r("The end.")))

    found = applied(imported, tracked(word, "en", imported))

    accepted = to_document(word, "en", revisions="accept").document
    assert sorted(found) == sorted(block.texts["en"] for block in accepted.blocks)


def comment(key: int, text: str, by: str = "Second", paragraph: str = "") -> str:
    attributes = who(by).replace('"7"', f'"{key}"', 1)
    return f'<w:comment {attributes}><w:p w14:paraId="{paragraph}">{r(text)}</w:p></w:comment>'


def test_comments_are_remarks_on_a_paragraph_with_the_words_they_cover() -> None:
    def around(key: int, *inside: str) -> str:
        ends = f'<w:commentRangeEnd w:id="{key}"/><w:r><w:commentReference w:id="{key}"/></w:r>'
        return f'<w:commentRangeStart w:id="{key}"/>{"".join(inside)}{ends}'

    word, imported = opened(
        p(r("One "), around(3, r("covered "), ins(r("new ")), gone(r("words"))), r(".")),
        p(ins(around(1, r("All new."))), mark="ins"),
        p(r("Two.")),
        comments=comment(1, "On new") + comment(3, "Why?", paragraph="0000000A")
        + comment(4, "Because.", by="First", paragraph="0000000B"),
        commentsExtended='<w15:commentEx w15:paraId="0000000B" w15:paraIdParent="0000000A"/>'
        '<w15:commentEx w15:paraId="0000000A"/>',
    )  # fmt: skip

    first, second = remarks(word, imported)

    one, two = imported.document.blocks
    assert (first.text, first.quote, first.lineage) == ("Why?", "covered words", one.lineage)
    assert [answer.texts for answer in first.answers] == [("Because.",)]
    assert (second.text, second.quote, second.lineage) == ("On new", "", two.lineage)
