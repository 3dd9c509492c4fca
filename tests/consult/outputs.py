"""What comparisons, compilations, accounts and files are tried on."""

from dataclasses import dataclass

from flask import Flask
from sqlmodel import Session

from consult.changes.operations import Delete, Replace
from consult.models import Contribution, Draft, Outcome, Round
from consult.services.dispositions import Decision, decide
from consult.services.drafts import begin_next, change, publish
from consult.services.rounds import Rules
from movement.models import Call, Organisation, Role
from tests.consult.arranged import a_draft, a_round, act, lineage
from tests.consult.said import amends
from tests.factories import Browser, a_society, browser_of, somebody

CODE = "strategy-text"
BASE = f"/consultations/{CODE}"


@dataclass
class Arranged:
    """Two drafts, a closed or open round on the first, and an amendment behind the second."""

    session: Session
    app: Flask
    kenya: Organisation
    round: Round
    call: Call
    amendment: Contribution

    def browser(self, role: Role, *, of: Organisation | None = None) -> Browser:
        return browser_of(self.app, self.session, somebody(self.session, role, of))


def two_drafts(app: Flask, session: Session) -> Arranged:
    """Them, saved."""
    kenya = a_society(session, "KEN")
    round_, call = a_round(session, a_draft(session), Rules(names_shown=False))
    one = amends(session, round_, kenya, "p1", "Societies act on rights alone.")
    decide(session, one.id, Decision(Outcome.PARTLY, {"en": "It says more."}), act())
    published_on(session, round_, one)
    session.commit()
    return Arranged(session, app, kenya, round_, call, one)


def published_on(session: Session, round_: Round, one: Contribution) -> None:
    """The next draft published: p1 in other words because of a contribution, p2 taken out."""
    draft = begin_next(session, session.get_one(Draft, round_.draft_id), act())
    replace = Replace(lineage=lineage("p1"), texts={"en": "Societies act on needs and rights."},
                      contributions=(one.id,))  # fmt: skip
    delete = Delete(lineage=lineage("p2"), note="Said in another place.")
    change(session, draft, [replace, delete], act())
    publish(session, draft, act())


def published_anew(session: Session, zero: Draft, *names: str) -> None:
    """The next draft published, these paragraphs in new words: "New p1.", with "About p1."."""
    draft = begin_next(session, zero, act())
    for name in names:
        change(session, draft, [Replace(lineage=lineage(name), texts={"en": f"New {name}."},
                                        note=f"About {name}.")], act())  # fmt: skip
    publish(session, draft, act())
    session.commit()
