"""What follows a text, in every state its pages show: agreement, adoption, pledges, reports.

Two texts: to the one a group is asked whether it agrees; the other is adopted, pledged on and
reported on. All of it is invented.
"""

from datetime import date

from sqlmodel import Session, create_engine, select

from consult.models import Draft
from consult.pledge_states import Progress
from consult.queries.reports import Asking
from consult.services import pledging, reporting, signing
from consult.services.adopting import ask_group, say
from consult.services.pledging import Told
from consult.services.reporting import Said
from movement.models import Organisation, OutsideParty, PartyKind
from tests.browser.site import Site
from tests.consult.after import a_group, a_pledge, an_adoption, reports_asked, words
from tests.consult.arranged import a_draft, act, lineage

P1, P2 = lineage("p1"), lineage("p2")


def after(site: Site) -> dict[str, str]:
    """Arrange all of it; the ids that stand in the pages' addresses."""
    engine = create_engine(f"sqlite:///{site.data / 'plenary.sqlite3'}")
    with Session(engine) as session:
        one = {
            code: session.exec(select(Organisation).where(Organisation.code == code)).one()
            for code in ("KEN", "JOR", "SWE")
        }
        _agreeing(session, one)
        adopted = a_draft(session, code="adopted")
        an_adoption(session, adopted, one["KEN"])
        found = _pledges(session, adopted, one)
        _reported(session, reports_asked(session, adopted, code="reports"), one)
        reports_asked(session, adopted, code="more-reports", closes_on=date(2099, 12, 31))
        session.commit()
    engine.dispose()
    return found


def _agreeing(session: Session, one: dict[str, Organisation]) -> None:
    draft = a_draft(session, code="agreeing")
    group = a_group(session, *one.values(), code="of-three")
    ask_group(session, draft, group, act())
    say(session, draft, group, one["JOR"], act(), consents=True)
    reason = "Paragraph 2 leaves out those who wait at borders."
    say(session, draft, group, one["SWE"], act(), consents=False, reason=reason)


def _pledges(session: Session, draft: Draft, one: dict[str, Organisation]) -> dict[str, str]:
    state = OutsideParty(name="An invented neighbour State", kind=PartyKind.STATE)
    session.add(state)
    session.flush()
    writing = a_pledge(session, draft, one["KEN"], words(titles={"en": "Still being written"}))
    joint = a_pledge(session, draft, one["KEN"], words("p1", "p2", open_to_others=True))
    signing.invite(session, joint, [one["JOR"], one["SWE"]], act())
    signing.sign(session, joint, one["JOR"], act())
    signing.add_outside(session, joint, state, act())
    pledging.publish(session, joint, act())
    told = Told(Progress.ON_TRACK, "One of two places is open.", organisation=one["KEN"])
    pledging.report(session, joint, told, act())
    asked = a_pledge(session, draft, one["SWE"], words(titles={"en": "Shared training"}))
    signing.invite(session, asked, [one["KEN"]], act())
    theirs = a_pledge(session, draft, state, words(titles={"en": "Open borders for families"}))
    gone = a_pledge(session, draft, one["JOR"], words(titles={"en": "A pledge withdrawn"}))
    pledging.publish(session, gone, act())
    pledging.withdraw(session, gone, act())
    rows = {"writing": writing, "joint": joint, "asked": asked, "theirs": theirs}
    return {f"pledge_{name}": str(row.id) for name, row in rows.items()}


def _reported(session: Session, asking: Asking, one: dict[str, Organisation]) -> None:
    """Jordan has submitted, Kenya is at it."""
    for paragraph, status in ((P1, "done"), (P2, "begun")):
        said = Said(paragraph, status, "Two clinics work.", "Fuel is dear.", "A third one.")
        reporting.save(session, asking, one["JOR"], said, act())
    reporting.submit(session, asking, one["JOR"], act())
    said = Said(P1, "begun", measures="One mobile service point is open.")
    reporting.save(session, asking, one["KEN"], said, act())
