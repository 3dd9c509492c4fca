"""A Word file that comes back: its tracked changes and comments as things said of a draft.

The paragraphs of the file are those of the draft by the identities they carry, else by their words.
What was changed without tracking is told as well, without an author: nobody's words are lost. What
the file had from us, others' proposals and what was adopted, is not its sender's and is left out.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from consult.models import ContributionKind, ProposalKind, Scope
from consult.text.document import Block, BlockKind, Document
from consult.text.inline import plain
from consult.word.identities import carried
from consult.word.importing import Imported, to_document
from consult.word.origins import LANGUAGE, TEXTS, Origin, refuse_other
from consult.word.ours import OURS, Marks, answered, set_apart
from consult.word.reading import WordText, read
from consult.word.remarks import Remark, remarks
from consult.word.suggesting import Proposal, Suggested, tracked
from consult.word.untold import untold
from core.errors import DomainError
from core.texts import Lazy
from core.texts import lazy as _l


@dataclass(frozen=True)
class Voiced:
    """One thing that a returned file says of a draft.

    `lineage`: the paragraph it is about, or after which `after` is to stand; None the whole text,
    or its beginning. `author`: as Word names them, "" for a change that wasn't tracked. `before`,
    `after`: the paragraph's full texts, inline markup, "" where there is none. `quote`: plain words
    of the draft's paragraph. `text`: a comment, with its answers.
    """

    kind: ContributionKind
    lineage: UUID | None
    author: str = ""
    at: datetime | None = None
    scope: Scope = Scope.PARAGRAPH
    proposal_kind: ProposalKind | None = None
    before: str = ""
    after: str = ""
    text: str = ""
    quote: str = ""


@dataclass(frozen=True)
class Returned:
    """All that a returned file says, in its order by author; and notices for its sender.

    `language`: in which it was read.
    """

    voiced: tuple[Voiced, ...]
    notices: tuple[Lazy, ...]
    language: str


def returned(
    data: bytes, base: Document, language: str, *,
    wanted: Origin | None = None, marks: Callable[[str], Marks] = lambda _language: {},
) -> Returned:  # fmt: skip
    """What the Word file in these bytes says of a draft, in one of its languages.

    `language`: of a file that doesn't say it itself. `wanted`: of what text it has to be made.
    `marks`: by language, what files of ours hold, which isn't the sender's. Raises `DomainError`
    for a file that can't be read, or is made of another text.
    """
    word = read(data)
    if wanted is not None:
        refuse_other(word.properties, wanted)
    own = word.properties.get(LANGUAGE, "")
    language = own if own in base.languages else language
    ours = marks(language)
    word, changes_of_ours = set_apart(word, ours)
    imported = to_document(word, language, revisions="contributions", base=base)
    places = _Places(base, imported.document)
    proposed = (one for one in tracked(word, language, imported) if one.author != OURS)
    changes = [_change(one, places) for one in proposed]
    named = [one for one in changes if one is not None]
    said, comments_of_ours = answered(remarks(word, imported), ours)
    comments = [_comment(one, places, language) for one in said]
    silent = list(_silent(imported.document, places, language, {one.lineage for one in named}))
    if TEXTS not in word.properties:
        _refuse_other_text(word, imported, places, len(silent))
    left_out = _left_out(changes_of_ours + comments_of_ours)
    notices = (*_notices(imported, places, len(silent)), *left_out, *untold(word))
    return Returned((*named, *silent, *comments), notices, language)


def _refuse_other_text(word: WordText, imported: Imported, places: "_Places", silent: int) -> None:
    """Refuse a file of ours that no longer says of which text, where it isn't this one's.

    Files made elsewhere carry no identities; whatever they are of, they are read by their words.
    """
    known = {one for paragraph in word.paragraphs for one in carried(paragraph.bookmarks)}
    foreign = [one for one in known if one not in places.base.at]
    if known and (2 * len(foreign) > len(known) or 2 * silent > len(imported.sources)):
        raise DomainError(
            _l(
                "Most of this file is not the draft that is asked about: it may be of another "
                "draft, another consultation or another language. Put the changes into a fresh "
                "copy of that draft."
            )
        )


def _left_out(count: int) -> Iterator[Lazy]:
    if count:
        yield _l(
            "%(count)s changes and comments of other contributors, which the file had from here, "
            "were left out.",
            count=count,
        )


class _Places:
    """Where the paragraphs of a file stand in the draft."""

    def __init__(self, base: Document, file: Document) -> None:
        self.base = base
        self.missing = [one for one in base.blocks if one.lineage not in file.at]
        self._nearest: dict[UUID, UUID | None] = {}
        known: UUID | None = None
        for block in file.blocks:
            known = block.lineage if block.lineage in base.at else known
            self._nearest[block.lineage] = known

    def known(self, lineage: UUID | None) -> Block | None:
        """The draft's own paragraph, or None for one that only the file has."""
        return self.base.find(lineage) if lineage else None

    def nearest(self, lineage: UUID | None) -> UUID | None:
        """The paragraph itself, or the nearest one before it that the draft has."""
        return self._nearest.get(lineage) if lineage else None


def _change(one: Suggested, places: _Places) -> Voiced | None:
    """A tracked change; None for one that takes back what only the file had."""
    known = places.known(one.lineage)
    more = "\n".join(one.footnotes)
    if one.kind is Proposal.INSERTION or known is None:
        if not one.after:
            return None
        return Voiced(
            ContributionKind.AMENDMENT, places.nearest(one.lineage), one.author, one.at,
            proposal_kind=ProposalKind.INSERT_AFTER, after=one.after, text=more,
        )  # fmt: skip
    if one.before == one.after and one.footnotes:
        # only a new footnote: no words of the paragraph change, and the note's are said of it
        scope = Scope.SECTION if known.kind is BlockKind.HEADING else Scope.PARAGRAPH
        return Voiced(ContributionKind.COMMENT, known.lineage, one.author, one.at, scope, text=more)
    gone = one.kind is Proposal.DELETION or not one.after
    return Voiced(
        ContributionKind.AMENDMENT, known.lineage, one.author, one.at,
        proposal_kind=ProposalKind.DELETE if gone else ProposalKind.REPLACE,
        before=one.before, after=one.after, text=more,
    )  # fmt: skip


def _silent(
    file: Document, places: _Places, language: str, told: set[UUID | None]
) -> Iterator[Voiced]:
    """What was changed without tracking, where no tracked change tells it already."""
    for block in file.blocks:
        text = block.texts.get(language, "")
        known = places.known(block.lineage)
        if known is None and text and block.kind is not BlockKind.FOOTNOTE:
            yield Voiced(
                ContributionKind.AMENDMENT, places.nearest(block.lineage),
                proposal_kind=ProposalKind.INSERT_AFTER, after=text,
            )  # fmt: skip
        elif known is not None and known.lineage not in told:
            before = known.texts.get(language, "")
            if text and _spelled(before) != _spelled(text):
                yield Voiced(
                    ContributionKind.AMENDMENT, known.lineage,
                    proposal_kind=ProposalKind.REPLACE, before=before, after=text,
                )  # fmt: skip


def _spelled(text: str) -> list[str]:
    """A text's words: marks and spaces that a file lost are no proposals."""
    return plain(text).split()


def _comment(one: Remark, places: _Places, language: str) -> Voiced:
    block = places.known(places.nearest(one.lineage))
    exact = block is not None and block.lineage == one.lineage
    quoted = block is not None and one.quote in plain(block.texts.get(language, ""))
    quote = one.quote if exact and quoted else ""
    scope = Scope.SELECTION if quote else Scope.PARAGRAPH
    if block is None:
        scope = Scope.WHOLE
    elif block.kind is BlockKind.HEADING and not quote:
        scope = Scope.SECTION
    answers = [f"{answer.author}: {' '.join(answer.texts)}" for answer in one.answers]
    return Voiced(
        ContributionKind.COMMENT, block.lineage if block else None, one.comment.author,
        one.comment.at, scope, text="\n".join([one.text, *answers]), quote=quote,
    )  # fmt: skip


def _notices(imported: Imported, places: _Places, silent: int) -> tuple[Lazy, ...]:
    found = [*imported.notices]
    if silent:
        found.append(
            _l(
                "%(count)s changes were not tracked in Word. They are listed without an author.",
                count=silent,
            )
        )
    if places.missing:
        found.append(
            _l(
                "%(count)s paragraphs of the draft are not in the file. Nothing is proposed for "
                "them.",
                count=len(places.missing),
            )
        )
    return tuple(found)
