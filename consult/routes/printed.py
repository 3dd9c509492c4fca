"""What pages of files and comparisons share: who may read, drafts, revised rows as HTML."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from flask import Response, g, make_response, request
from markupsafe import Markup
from sqlmodel import Session

from consult import policy
from consult.changes.operations import Operation
from consult.export.reasons import Reader, Reasons
from consult.export.revised import Piece, Revised
from consult.markup import Notes, changed, written
from consult.models import Consultation
from consult.queries.behind import contributions_behind
from consult.queries.consultations import asked, get_consultation, rounds_of
from consult.queries.steps import Step, steps_of
from consult.queries.visibility import decisions_open, names_open
from consult.text.document import Document
from consult.text.inline import joined
from core.access import check
from core.db import get_session
from core.errors import DomainError, NotFound
from core.i18n import current_language
from core.texts import lazy as _l
from movement.actors import Actor

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
}


@dataclass(frozen=True)
class Drafts:
    """Somebody entitled at the published drafts of a consultation."""

    consultation: Consultation
    steps: list[Step]
    actor: Actor

    @property
    def drafts(self) -> bool:
        """Whether they see who said what, so that they can write the next draft."""
        return policy.may_draft(self.actor, self.consultation.process_id)

    def step(self, number: int) -> Step:
        """A published draft; raises `NotFound`."""
        for one in self.steps:
            if one.number == number:
                return one
        raise NotFound(_l("There is no such page."))


def drafts_for_reading(code: str) -> Drafts:
    """Let the signed-in person read the published drafts; to others there is no such page."""
    session = get_session()
    consultation = get_consultation(session, code)
    who = asked(session, consultation.id)
    check(policy.may_read(g.actor, consultation.process_id, who))
    return Drafts(consultation, steps_of(session, consultation), g.actor)


def reader_of(session: Session, consultation: Consultation) -> Reader:
    """What this person may read: those who draft all, others what rounds show once they ended."""
    actor = g.get("actor")
    drafts = actor is not None and policy.may_draft(actor, consultation.process_id)
    # A draft may rest on contributions of several rounds, each with rules of its own.
    rounds = [one for one, _call in rounds_of(session, consultation)]
    return Reader(
        everything=drafts,
        named=frozenset(one.call_id for one in rounds if drafts or names_open(one)),
        decided=frozenset(one.call_id for one in rounds if drafts or decisions_open(one)),
    )


def reasons_for(
    session: Session, consultation: Consultation, operations: Iterable[Operation]
) -> Reasons:
    """Why these operations were made, for this person and in the page's language."""
    sources = {source for operation in operations for source in operation.contributions}
    language = current_language()
    behind = contributions_behind(session, language, sources)
    return Reasons(reader_of(session, consultation), language, behind)


def drafts_for_drafting(code: str) -> Drafts:
    """Let the secretariat and the process's consultants in."""
    found = drafts_for_reading(code)
    check(found.drafts)
    return found


def title_of(consultation: Consultation) -> str:
    """The consultation's title in the page's language."""
    titles = consultation.titles
    return titles.get(current_language()) or titles.get("en") or consultation.code


def language_of(*documents: Document) -> str:
    """The language asked for, else the page's, else the source's: one they all have."""
    wanted = (request.args.get("language"), current_language(), documents[0].source)
    common = [one for one in documents[0].languages if all(one in d.languages for d in documents)]
    if not common:
        raise DomainError(_l("These drafts have no language in common."))
    return next((one for one in wanted if one in common), common[0])


def number_in(name: str, otherwise: int) -> int:
    """A draft's number in the address."""
    found = request.args.get(name, "")
    return int(found) if found.isdecimal() and len(found) <= len("9999") else otherwise


def html_of(pieces: list[Piece], notes: Notes) -> Markup:
    """Pieces with their changes as HTML."""
    out = []
    for revision, group in groupby(pieces, lambda piece: piece.revision):
        inner = written(joined(piece.run for piece in group), notes)
        kind = "insert" if revision and revision.inserted else "delete"
        out.append(changed(kind, inner) if revision else inner)
    return Markup().join(out)


def operations_in(found: Revised, pieces: list[Piece]) -> list[UUID]:
    """The operations behind these pieces, those inside their footnotes too, each once."""
    every = list(pieces)
    for piece in pieces:
        every += found.notes.get(piece.run.note, []) if piece.run.note else []
    return list(dict.fromkeys(p.revision.by for p in every if p.revision and p.revision.by))


def download(data: bytes, kind: str, name: str) -> Response:
    """A file to keep: never shown by the browser itself."""
    answer = make_response(data)
    answer.headers["Content-Type"] = TYPES[kind]
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
