"""The Markdown of meetings as pages show it: headings and paragraphs with their labels."""

from dataclasses import dataclass

from markupsafe import Markup

from consult.markup import marked
from consult.services.meetings import written
from consult.text.document import BlockKind
from consult.text.labels import labels
from core.i18n import current_language


@dataclass(frozen=True)
class Line:
    """A block: what stands before it, its words as HTML, and how deep it stands.

    `heading`: its level among the text's own headings, from 1; 0 for paragraphs.
    """

    label: str
    words: Markup
    depth: int
    heading: int
    footnote: bool


def shown_text(text: str) -> list[Line]:
    """A stored text line by line; footnotes last."""
    language = current_language()
    document = written(text, language)
    found = labels(document, language)
    notes = {block.key: (found[block.lineage], "") for block in document.footnotes()}
    lines = [
        Line(
            found[block.lineage], marked(block.texts.get(language, ""), notes),
            0 if block.kind is BlockKind.HEADING else block.level,
            block.level if block.kind is BlockKind.HEADING else 0,
            block.kind is BlockKind.FOOTNOTE,
        )
        for block in document.blocks
    ]  # fmt: skip
    return sorted(lines, key=lambda line: line.footnote)
