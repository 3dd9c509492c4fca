"""A file read as a draft's text in one language: Word, or Markdown by its name."""

from dataclasses import dataclass, replace
from pathlib import PurePath

from pydantic import ValidationError

from consult.text import markdown
from consult.text.document import LONGEST_TEXT, MOST_BLOCKS, BlockKind, Document
from consult.text.inline import plain
from consult.word.importing import Revisions, to_document
from consult.word.package import MAX_BYTES
from consult.word.reading import read as read_word
from core.characters import REFUSED, readable
from core.errors import DomainError
from core.texts import Lazy
from core.texts import lazy as _l

MARKDOWN = {".md", ".markdown", ".txt"}
LONGEST_TITLE = 300
EMPTY = _l("This file has no paragraph.")


@dataclass(frozen=True)
class Sent:
    """A file as it came."""

    name: str
    data: bytes

    @property
    def shown(self) -> str:
        """Its name without folders, as records keep it."""
        return readable(PurePath(self.name.replace("\\", "/")).name)[:300]


@dataclass(frozen=True)
class Read:
    """A file's text. `notices`: sentences on what was left out or changed, for its sender.

    `word`: it comes from Word, where not all of a draft has a place.
    """

    document: Document
    notices: tuple[Lazy, ...] = ()
    word: bool = False

    @property
    def title(self) -> str:
        """Its first heading, to call a consultation by; or ""."""
        found = (one for one in self.document.blocks if one.kind is BlockKind.HEADING)
        heading = next(found, None)
        text = heading.texts.get(self.document.source, "") if heading else ""
        return plain(text)[:LONGEST_TITLE]


def read_file(sent: Sent, language: str, revisions: Revisions | None) -> Read:
    """The text of a file in a language.

    Raises `DomainError` for what can't be read; for a Word file with tracked changes or comments
    unless `revisions` says what becomes of them.
    """
    if len(sent.data) > MAX_BYTES:
        raise DomainError(_l("This file is larger than 12 MB. Divide it, and try again."), 413)
    word = PurePath(sent.shown).suffix.lower() not in MARKDOWN
    found = _word(sent.data, language, revisions) if word else _markdown(sent.data, language)
    if not found.document.blocks:
        raise DomainError(EMPTY)
    return _cleaned(found)


def _cleaned(read: Read) -> Read:
    """Without characters that no text of ours may hold, and with a notice where there were any."""
    blocks = tuple(
        block.model_copy(
            update={"texts": {one: REFUSED.sub("", text) for one, text in block.texts.items()}}
        )
        for block in read.document.blocks
    )
    if blocks == read.document.blocks:
        return read
    told = _l("Invisible control characters were taken out.")
    return replace(
        read,
        document=read.document.model_copy(update={"blocks": blocks}),
        notices=(*read.notices, told),
    )


def _word(data: bytes, language: str, revisions: Revisions | None) -> Read:
    word = read_word(data)
    imported = to_document(word, language, revisions=revisions)
    if revisions != "contributions" or not (word.is_changed or word.is_commented):
        return Read(imported.document, imported.notices, word=True)
    left = _l(
        "The text is the one before all tracked changes. Read the file back for an organisation "
        "to make its changes (%(changes)s) and comments (%(comments)s) contributions.",
        changes=len(word.revisions),
        comments=len(word.comments),
    )
    return Read(imported.document, (*imported.notices, left), word=True)


def _markdown(data: bytes, language: str) -> Read:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DomainError(
            _l("This file is neither Word nor text in UTF-8. Save it as one, and try again.")
        ) from error
    try:
        return Read(markdown.read(text, language))
    except ValidationError as error:
        raise DomainError(
            _l(
                "This file can't be a draft: it has more than %(most)s paragraphs, one is longer "
                "than %(longest)s characters, or its numbering can't be read.",
                most=MOST_BLOCKS,
                longest=LONGEST_TEXT,
            )
        ) from error
