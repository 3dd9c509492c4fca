"""What may be said: the rules for a contribution's words, held by every way it comes in.

Functions of plain data: they know the draft's text, and neither database nor clock.
"""

import re
from dataclasses import asdict, dataclass, replace
from typing import Any
from uuid import UUID

from consult.models import Category, Contribution, ContributionKind, ProposalKind, Scope, Stance
from consult.text.document import LONGEST_TEXT, Block, BlockKind, Document
from consult.text.inline import canonical, notes, plain
from core.characters import REFUSED
from core.errors import DomainError
from core.texts import Lazy
from core.texts import lazy as _l

LONGEST_WORDS, LONGEST_QUOTE = 10_000, 2_000
NEED_A_REASON = frozenset({Stance.CONCERN, Stance.OBJECT})
Problems = dict[str, Lazy]
"""By field of `Said`: a sentence that says what to do."""


class BadContribution(DomainError):
    """What was said can't stand as it is. `problems`: by field."""

    status = 422

    def __init__(self, problems: Problems) -> None:
        super().__init__(next(iter(problems.values())))
        self.problems = problems


@dataclass(frozen=True)
class Said:
    """A contribution's words. Fields as in `consult.models.Contribution`."""

    kind: ContributionKind
    language: str
    scope: Scope = Scope.PARAGRAPH
    lineage: UUID | None = None
    category: Category = Category.GENERAL
    text: str = ""
    quote: str = ""
    quote_start: int | None = None
    proposal_kind: ProposalKind | None = None
    proposal: str | None = None
    stance: Stance | None = None

    def fields(self) -> dict[str, Any]:
        """The values, by column."""
        return asdict(self)

    @classmethod
    def of(cls, one: Contribution) -> "Said":
        """What a contribution says."""
        return cls(**{name: getattr(one, name) for name in cls.__dataclass_fields__})


def tidied(said: Said, document: Document) -> Said:
    """What was said as it is stored: canonical, the quote as it stands in the paragraph.

    Raises `BadContribution` with a sentence for each field that is wrong.
    """
    problems = _too_long(said, times=2)  # as sent: a line's end is two characters, spaces go
    if not problems:
        said = _trimmed(said)
        problems = _problems(said, document)
    if problems:
        raise BadContribution(problems)
    return _placed(said, document)


def _trimmed(said: Said) -> Said:
    """Without what doesn't belong to its kind, and with texts in canonical form."""
    amends = said.kind is ContributionKind.AMENDMENT
    quoted = said.kind is ContributionKind.COMMENT and said.lineage is not None
    scope = Scope.PARAGRAPH if amends or said.kind is ContributionKind.POSITION else said.scope
    quote = " ".join(said.quote.split()) if quoted else ""
    if scope is Scope.PARAGRAPH and quote:
        scope = Scope.SELECTION
    proposes = amends and said.proposal_kind is not ProposalKind.DELETE
    return replace(
        said,
        scope=scope,
        lineage=None if scope is Scope.WHOLE else said.lineage,
        text=said.text.replace("\r\n", "\n").strip(),
        quote=quote if scope is Scope.SELECTION else "",
        proposal_kind=said.proposal_kind if amends else None,
        proposal=canonical(said.proposal or "") if proposes else None,
        stance=said.stance if said.kind is ContributionKind.POSITION else None,
    )


def _problems(said: Said, document: Document) -> Problems:
    texts = {"text": said.text, "quote": said.quote, "proposal": said.proposal or ""}
    problems: Problems = {
        name: _l("This holds invisible control characters. Take them out.")
        for name, text in texts.items()
        if REFUSED.search(text)
    }
    if said.language not in document.languages:
        return {"language": _l("The draft is not in this language. Choose one of its languages.")}
    problems |= _too_long(said)
    block = document.find(said.lineage) if said.lineage else None
    if said.scope is not Scope.WHOLE and block is None:
        return {"lineage": _l("This paragraph is not in the draft that the round asks about.")}
    of_kind = {
        ContributionKind.COMMENT: _of_comment,
        ContributionKind.AMENDMENT: _of_amendment,
        ContributionKind.POSITION: _of_position,
    }[said.kind]
    return of_kind(said, block, document) | problems


def _too_long(said: Said, *, times: int = 1) -> Problems:
    """What is longer than it may be, or than so many times that, before any work is done on it."""
    problems: Problems = {}
    for name, text, most in (
        ("text", said.text, LONGEST_WORDS),
        ("quote", said.quote, LONGEST_QUOTE),
        ("proposal", said.proposal or "", LONGEST_TEXT),
    ):
        if len(text) > times * most:
            problems[name] = _l("Write at most %(most)s characters.", most=most)
    return problems


def _of_comment(said: Said, block: Block | None, _document: Document) -> Problems:
    problems: Problems = {}
    if not said.text:
        problems["text"] = _l("Write your comment.")
    if said.scope is Scope.SECTION and (block is None or block.kind is not BlockKind.HEADING):
        problems["scope"] = _l("Choose the heading of the section that you speak of.")
    if said.scope is Scope.SELECTION and block and _quoted(said, block) is None:
        problems["quote"] = _l("Quote words that stand in this paragraph, exactly as they are.")
    return problems


def _of_amendment(said: Said, block: Block | None, document: Document) -> Problems:
    if block is None:
        return {"lineage": _l("Choose the paragraph that you propose to change.")}
    if said.proposal_kind is None:
        return {"proposal_kind": _l("Choose whether to change, add or delete a paragraph.")}
    if said.proposal_kind is ProposalKind.DELETE:
        return {}
    known = {footnote.key for footnote in document.footnotes()}
    if not said.proposal:
        return {"proposal": _l("Write the words that you propose.")}
    if not set(notes(said.proposal)) <= known:
        return {"proposal": _l("It refers to a footnote that the draft does not have.")}
    changes = said.proposal_kind is ProposalKind.REPLACE
    return _of_replacement(said, block) if changes else _of_insertion(block)


def _of_replacement(said: Said, block: Block) -> Problems:
    now = block.texts.get(said.language, "")
    if not now:
        return {"language": _l("This paragraph has no text in this language yet.")}
    if said.proposal == canonical(now):
        return {"proposal": _l("These are the paragraph's own words. Change them first.")}
    return {}


def _of_insertion(block: Block) -> Problems:
    if block.kind is BlockKind.FOOTNOTE:
        return {"proposal_kind": _l("A new paragraph can't follow a footnote.")}
    return {}


def _of_position(said: Said, block: Block | None, _document: Document) -> Problems:
    if block is None:
        return {"lineage": _l("Choose the paragraph that you take a position on.")}
    if said.stance is None:
        return {"stance": _l("Choose a position.")}
    if said.stance in NEED_A_REASON and not said.text:
        return {"text": _l("Say why: a concern or an objection needs a reason.")}
    return {}


def _placed(said: Said, document: Document) -> Said:
    """The quote with its place, its spaces as they are in the paragraph."""
    block = document.find(said.lineage) if said.lineage else None
    found = _quoted(said, block) if block and said.scope is Scope.SELECTION else None
    if found is None:
        return replace(said, quote="", quote_start=None)
    return replace(said, quote=found[1], quote_start=found[0])


def _quoted(said: Said, block: Block) -> tuple[int, str] | None:
    """Where the quoted words stand, nearest to where they were said to be; None for nowhere."""
    words = [re.escape(word) for word in said.quote.split()]
    if not words:
        return None
    text = plain(block.texts.get(said.language, ""))
    found = [(match.start(), match[0]) for match in re.finditer(r"\s+".join(words), text)]
    wanted = said.quote_start or 0
    return min(found, key=lambda place: abs(place[0] - wanted), default=None)
