"""What the pages of agreement, pledges and reports share: paragraphs, who acts, who mails."""

from dataclasses import dataclass

from flask import current_app, g
from wtforms import Field

from consult.models import Draft
from consult.queries.consultations import document_of
from consult.services.drafts import Act
from consult.text.document import Block, BlockKind
from consult.text.inline import plain
from consult.text.labels import labels
from core.clock import now
from core.i18n import current_language
from movement.services.messages import Office

LONGEST_EDITION = 9


@dataclass(frozen=True)
class Paragraph:
    """A paragraph as pages of what follows show it. `text`: plain, in `language`."""

    block: Block
    label: str
    text: str
    language: str

    @property
    def heading(self) -> bool:
        """Whether it is a heading, which nothing is addressed by."""
        return self.block.kind is BlockKind.HEADING


def paragraphs_of(draft: Draft) -> list[Paragraph]:
    """A draft's headings and paragraphs in the page's language, else in its source."""
    document, page = document_of(draft), current_language()
    spoken = page if page in document.languages else document.source
    names = labels(document, page)
    return [
        Paragraph(
            block, names[block.lineage],
            plain(block.texts.get(spoken) or block.texts.get(document.source, "")), spoken,
        )
        for block in document.blocks
        if block.kind is not BlockKind.FOOTNOTE
    ]  # fmt: skip


def acting() -> Act:
    """The signed-in person's act, now."""
    return Act(now(), g.actor.label)


def office() -> Office:
    """Who writes mails."""
    return Office.of(current_app.config["SETTINGS"])


def edition_of(field: Field) -> int:
    """The edition that a page says it shows; -1, which no row has, where it says none."""
    return edition_in(str(field.data or ""))


def edition_in(text: str) -> int:
    """The same, of a field's text."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST_EDITION else -1
