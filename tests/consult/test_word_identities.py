"""Which paragraphs of a draft the paragraphs of a returned Word file are."""

from consult.text.document import Document
from consult.text.markdown import read as read_markdown
from consult.word.identities import bookmark
from consult.word.importing import to_document
from consult.word.reading import read
from tests.consult.word_files import docx, p, r


def base() -> Document:
    return read_markdown(
        "# Aims\n1. People on the move are protected.\n1. Every point is safe.\n1. Last one.", "en"
    )


def test_paragraphs_are_known_by_their_bookmark_whatever_they_say() -> None:
    before = base()
    names = [
        f'<w:bookmarkStart w:id="{at}" w:name="{bookmark(block.lineage)}"/>'
        for at, block in enumerate(before.blocks)
    ]
    data = docx(p(names[2], r("Entirely new words")), p(r("Added")), p(names[1], r("Changed")))

    found = to_document(read(data), "en", base=before).document.blocks

    assert found[0].lineage == before.blocks[2].lineage
    assert found[2].lineage == before.blocks[1].lineage
    assert found[1].lineage not in before.at


def test_without_bookmarks_they_are_known_by_their_words() -> None:
    before = base()
    data = docx(
        p(r("Aims")), p(r("People on the move must be protected.")), p(r("Nothing alike")),
        p(r("Last one.")), p(r("Every point is safe.")),
    )  # fmt: skip

    found = to_document(read(data), "en", base=before).document.blocks

    assert [before.at.get(block.lineage) for block in found] == [0, 1, None, 3, 2]


def test_one_bookmark_names_one_paragraph() -> None:
    block = base().blocks[0]
    mark = f'<w:bookmarkStart w:id="1" w:name="{bookmark(block.lineage)}"/>'

    found = to_document(read(docx(p(mark, r("a")), p(mark, r("b")))), "en").document.blocks

    assert found[0].lineage == block.lineage != found[1].lineage
