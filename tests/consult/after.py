"""What follows a text, in a few sentences: a group that agrees, an adoption, pledges, a round."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from sqlmodel import Session, select

from consult.models import Adoption, Draft, Pledge
from consult.queries.reports import Asking, get_asking
from consult.services.addressing import Addressing, address
from consult.services.adopting import Decision, adopt, ask_group, say
from consult.services.drafts import Act
from consult.services.pledge_words import Words
from consult.services.pledging import Maker, begin
from consult.services.reporting import open_reporting
from core.clock import now
from movement.models import Group, GroupKind, GroupMembership, Organisation, Participation
from movement.services import participation
from movement.services.calls import Opening
from tests.consult.arranged import a_draft, act, lineage
from tests.factories import a_society

FIRST = datetime(2026, 1, 1, tzinfo=UTC)


def a_group(session: Session, *members: Organisation, code: str = "leadership") -> Group:
    """A group that governs, with these members."""
    group = Group(code=code, kind=GroupKind.GOVERNANCE, names={"en": "Leadership Group"})
    session.add(group)
    session.flush()
    session.add_all(GroupMembership(group_id=group.id, organisation_id=o.id) for o in members)
    session.flush()
    return group


def asked_and_agreed(session: Session, draft: Draft, *members: Organisation) -> Group:
    """A group that was asked about a draft, all of whose members consent."""
    group = a_group(session, *members)
    ask_group(session, draft, group, act())
    for one in members:
        say(session, draft, group, one, act(), consents=True)
    return group


def half_agreed(session: Session) -> tuple[Draft, Group, Organisation]:
    """A draft, the group asked about it, and its member that is silent; the other one consents."""
    draft, kenya, ghana = a_draft(session), a_society(session), a_society(session, "GHA")
    group = a_group(session, kenya, ghana)
    ask_group(session, draft, group, act())
    say(session, draft, group, kenya, act(), consents=True)
    return draft, group, ghana


def an_adoption(session: Session, draft: Draft, *members: Organisation) -> Adoption:
    """The draft, adopted after its group agreed."""
    asked_and_agreed(session, draft, *members)
    return adopt(session, draft, Decision("Council of Delegates", now().date(), "CD/1"), act())


def words(*names: str, **more: object) -> Words:
    """What a pledge says, on the paragraphs of these names (p1 if none is given)."""
    given = {
        "titles": {"en": "Safe places", "ar": "أماكن آمنة"},
        "texts": {"en": "We will open two safe places.", "ar": "سنفتح مكانين آمنين."},
        "from_date": date(2027, 1, 1),
        "until_date": date(2028, 12, 31),
        "lineages": tuple(lineage(name) for name in names or ("p1",)),
        "focal_function": "Head of migration",
        **more,
    }
    return Words(**given)  # type: ignore[arg-type]  # values of many types by name


def a_pledge(session: Session, draft: Draft, maker: Maker, said: Words | None = None) -> Pledge:
    """A pledge in progress."""
    return begin(session, draft, said or words(), maker, act())


def reports_asked(
    session: Session,
    draft: Draft,
    *,
    code: str = "reports-1",
    marks: Sequence[str] = ("kind:national_society",),
    names: Sequence[str] = ("p1", "p2"),
    closes_on: date | None = None,
    approval_required: bool = False,
) -> Asking:
    """An open round of reports on paragraphs addressed to these; all are invited. Commits."""
    lineages = [lineage(name) for name in names]
    address(session, draft, lineages, Addressing(marks, date(2031, 6, 30)), act())
    closing = closes_on or (now() + timedelta(days=30)).date()
    opening = Opening(code, {"en": "First reports"}, closing, approval_required=approval_required)
    _one, call = open_reporting(session, draft, opening, act())
    for part in session.exec(select(Participation).where(Participation.call_id == call.id)):
        participation.invited(part, now=now())
    session.commit()
    return get_asking(session, code)


def later(days: int) -> Act:
    """Something done so many days from now."""
    return Act(now() + timedelta(days=days), "secretariat@example.org")
