"""Hostile texts being written: a published draft and the next one in work, of each process."""

from sqlmodel import Session, select

from consult.changes.operations import Replace, Split
from consult.services.drafts import (
    Act,
    begin_consultation,
    begin_first,
    begin_next,
    change,
    publish,
)
from consult.text.document import Block, BlockKind, Document
from consult.text.inline import canonical
from core.clock import now
from movement.models import Process
from tests.attacks.hostile import formula, hostile
from tests.attacks.world import World
from tests.consult.arranged import lineage

TEXTS = {"strategy": "writing", "other": "second-writing"}


def being_written(world: World, session: Session, process_code: str) -> None:
    """A consultation of the process: a draft, and the next one with three changes."""
    process = session.exec(select(Process).where(Process.code == process_code)).one()
    code, act = TEXTS[process_code], Act(now(), formula("secretariat"))
    titles = {"en": formula("Text"), "fr": hostile("Texte")}
    consultation = begin_consultation(session, process, code, titles, act)
    zero = begin_first(session, consultation, _document(code), act, source=hostile("file.docx"))
    publish(session, zero, act)
    draft = begin_next(session, zero, act)
    parts = tuple(_block(f"{code} part {n}") for n in (1, 2))
    replace = Replace(lineage=lineage(f"{code} p1"), texts={"en": canonical(formula("new"))})
    noted = Replace(lineage=lineage(f"{code} p1"), texts={"fr": canonical(hostile("neuf"))},
                    note=formula("note"))  # fmt: skip
    change(session, draft, [Split(lineage=lineage(f"{code} p2"), into=parts), replace, noted], act)


def _document(code: str) -> Document:
    heading = _block(f"{code} h", kind=BlockKind.HEADING, level=1, number="")
    rest = (_block(f"{code} p{n}") for n in (1, 2, 3))
    return Document(source="en", languages=("en", "fr"), blocks=(heading, *rest))


def _block(name: str, **more: object) -> Block:
    texts = {"en": canonical(formula(name)), "fr": canonical(hostile(name))}
    return Block.model_validate(
        {"lineage": lineage(name), "number": "{1}.", "texts": texts, "label": "", **more}
    )
