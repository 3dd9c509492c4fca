"""What stands in the margin: numbers are labels, counted from the whole draft, never identity."""

from collections.abc import Iterator
from uuid import UUID

from consult.text.document import Block, BlockKind, Document
from consult.text.inline import notes

BULLET = "•"
WORDS = {
    "article": {"en": "Article", "fr": "Article", "es": "Artículo", "ar": "المادة"},
    "principle": {"en": "Principle", "fr": "Principe", "es": "Principio", "ar": "المبدأ"},
    "chapter": {"en": "Chapter", "fr": "Chapitre", "es": "Capítulo", "ar": "الفصل"},
    "section": {"en": "Section", "fr": "Section", "es": "Sección", "ar": "القسم"},
}
"""Words with which a template may begin."""
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"),
          (4, "iv"), (1, "i"))  # fmt: skip
_HUNDRED = 100
_MOST_ROMAN = 400


Counters = dict[tuple[BlockKind, int], int]
"""How far each level of headings and of paragraphs has counted."""


def labels(document: Document, language: str) -> dict[UUID, str]:
    """The label of each block, "" where it has none.

    A paragraph's count begins anew below each paragraph of lesser depth; at depth 0 it goes on
    through the whole draft. Headings count by their levels. Footnotes count as they are referred
    to; one that nothing refers to comes after them.
    """
    counters: Counters = {}
    found: dict[UUID, str] = {}
    for block in document.blocks:
        if block.kind is not BlockKind.FOOTNOTE:
            found[block.lineage] = next_label(block, counters, language)
    for number, footnote in enumerate(_in_order_of_reference(document), start=1):
        found[footnote.lineage] = footnote.label or str(number)
    return found


def next_label(block: Block, counters: Counters, language: str) -> str:
    """The label of the heading or paragraph that comes next; the counters move on with it."""
    for key in [key for key in counters if key[0] is block.kind and key[1] > block.level]:
        del counters[key]
    if block.number in {"", BULLET} or block.label:
        return block.label or block.number
    place = (block.kind, block.level)
    counters[place] = block.start or counters.get(place, 0) + 1
    above = [
        counters[kind, level]
        for kind, level in sorted(counters, key=lambda key: key[1])
        if kind is block.kind and level <= block.level
    ]
    return _worded(filled(block.number, above), language)


def filled(template: str, counts: list[int]) -> str:
    """A template with its counts: `counts` from the outermost level to the block's own, last."""
    own = counts[-1]
    return (
        template.replace("{.1}", ".".join(map(str, counts)))
        .replace("{1}", str(own))
        .replace("{a}", letters(own))
        .replace("{A}", letters(own).upper())
        .replace("{i}", roman(own))
        .replace("{I}", roman(own).upper())
    )


def letters(number: int) -> str:
    """1 is a, 26 z, 27 aa, 28 bb: as Word counts."""
    return chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, _HUNDRED)


def roman(number: int) -> str:
    """Small Roman numerals up to 399; larger numbers in digits."""
    if number >= _MOST_ROMAN:
        return str(number)
    text = ""
    for value, digits in _ROMAN:
        count, number = divmod(number, value)
        text += digits * count
    return text


def _worded(label: str, language: str) -> str:
    word, _, rest = label.partition(" ")
    known = WORDS.get(word.lower())
    return f"{known.get(language, known['en'])} {rest}" if known and rest else label


def _in_order_of_reference(document: Document) -> Iterator[Block]:
    by_key = {block.key: block for block in document.footnotes()}
    for block in document.blocks:
        for key in notes(block.texts.get(document.source, "")):
            if key in by_key:
                yield by_key.pop(key)
    yield from by_key.values()
