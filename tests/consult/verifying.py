"""What tests of the rules on stored rows share: the demonstration, and which rules are broken."""

from collections.abc import Callable, Mapping

from flask import Flask
from sqlalchemy import text
from sqlmodel import Session, col, select

from consult.models import Contribution, Draft
from consult.queries.consultations import drafts_of, get_consultation
from consult.services.demonstration import CODE
from consult.verify import RULES, Finding, Stored, findings
from core.clock import now
from movement import demonstrations
from movement.models import Process

Damage = Callable[[Session], None]


def the_demonstration(session: Session, app: Flask) -> None:
    """The whole directory and the demonstration's consultation."""
    app.test_cli_runner().invoke(args=["movement", "load"])
    process = Process(code="migration", titles={"en": "Migration"}, demonstration=True)
    session.add(process)
    session.flush()
    demonstrations.load_parts(session, process, now=now())
    session.commit()


def found(session: Session, *names: str) -> list[Finding]:
    """What breaks these rules, or any."""
    session.expire_all()
    chosen = [rule for rule in RULES if not names or rule.name in names]
    return findings(Stored(session, CODE), chosen)


def broken(session: Session, *names: str) -> set[str]:
    """The names of the rules that are broken, of these or of all."""
    return {finding.rule for finding in found(session, *names)}


def unnoticed(session: Session, damages: Mapping[str, tuple[str, Damage]]) -> set[str]:
    """The names of the damages, done and undone one by one, that their rule doesn't see."""
    found = set()
    for name, (rule, damage) in damages.items():
        if session.get_bind().dialect.name == "sqlite":
            session.execute(text("PRAGMA defer_foreign_keys = ON"))
        damage(session)
        session.flush()
        if rule not in broken(session, rule):
            found.add(name)
        session.rollback()
    return found


def draft(session: Session, number: int) -> Draft:
    """A draft of the demonstration's consultation."""
    return drafts_of(session, get_consultation(session, CODE))[number]


def one(session: Session, *conditions: object) -> Contribution:
    """The first contribution that is so."""
    chosen = select(Contribution).where(*conditions).order_by(col(Contribution.number))  # type: ignore[arg-type] # any condition of SQL
    return session.exec(chosen).first()  # type: ignore[return-value] # the demonstration has one
