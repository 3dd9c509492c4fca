"""A consultation in a few sentences: a text, its published draft, an open round."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID, uuid5

from sqlmodel import Session, select

from consult.models import Consultation, Draft, Round
from consult.services.drafts import Act, begin_consultation, begin_first, publish
from consult.services.rounds import Rules, open_round
from consult.text.document import Block, BlockKind, Document, digest_of
from core.clock import now
from movement.models import Call, Participation, Process
from movement.services import participation
from movement.services.calls import Opening
from tests.factories import PROCESS

NAMES = UUID("5b1d6f0e-3a52-4a0c-9f4e-6d5f0c8f4a11")
TEXTS = (
    ("Protecting people on the move", "حماية الأشخاص المتنقلين"),
    ("Societies act on needs alone.", "تعمل الجمعيات على أساس الاحتياجات وحدها."),
    ("Societies give access to services.", "توفر الجمعيات الوصول إلى الخدمات."),
    ("They share what they learn.", "وتتشارك ما تتعلمه."),
)


def lineage(name: str) -> UUID:
    """An identity that is always the same for a name."""
    return uuid5(NAMES, name)


def block(name: str, en: str, ar: str = "", **more: object) -> Block:
    """A paragraph whose identity is given by a name."""
    texts = {"en": en, **({"ar": ar} if ar else {})}
    made_from = {"ar": digest_of(en)} if ar else {}
    return Block.model_validate(
        {"lineage": lineage(name), "number": "{1}.", "texts": texts, "made_from": made_from, **more}
    )


def a_text(*blocks: Block) -> Document:
    """A text in English and Arabic; without blocks, a heading and three paragraphs: h, p1 to p3."""
    (heading, arabic), *rest = TEXTS
    standard = (
        block("h", heading, arabic, kind=BlockKind.HEADING, level=1, number=""),
        *(block(f"p{index}", en, ar) for index, (en, ar) in enumerate(rest, start=1)),
    )
    return Document(source="en", languages=("en", "ar"), blocks=blocks or standard)


def act() -> Act:
    """Something the secretariat does now."""
    return Act(now(), "secretariat@example.org")


def a_draft(
    session: Session, document: Document | None = None, *, code: str = "strategy-text"
) -> Draft:
    """A consultation whose zero draft is published. Flushes."""
    process = session.exec(select(Process).where(Process.code == PROCESS)).one_or_none()
    process = process or Process(code=PROCESS, titles={"en": "Strategy"})
    session.add(process)
    session.flush()
    titles = {"en": "A strategy", "ar": "استراتيجية"}
    consultation = begin_consultation(session, process, code, titles, act())
    draft = begin_first(session, consultation, document or a_text(), act())
    publish(session, draft, act())
    return draft


def consultation_of(session: Session, draft: Draft) -> Consultation:
    return session.get_one(Consultation, draft.consultation_id)


def a_round(
    session: Session,
    draft: Draft,
    rules: Rules | None = None,
    *,
    code: str = "round-1",
    closes_on: date | None = None,
    also: Sequence[UUID] = (),
) -> tuple[Round, Call]:
    """An open round of every Society there is, all invited without a mail. Commits.

    `also`: organisations that take part outside the frame, such as networks.
    """
    closing = closes_on or (now() + timedelta(days=21)).date()
    opening = Opening(code, {"en": "First round"}, closing)
    one, call = open_round(session, draft, opening, rules or Rules(), act())
    session.add_all(
        Participation(call_id=call.id, organisation_id=other, in_frame=False) for other in also
    )
    session.flush()
    for part in session.exec(select(Participation).where(Participation.call_id == call.id)):
        participation.invited(part, now=now())
    session.commit()
    return one, call
