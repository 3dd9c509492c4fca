"""A second person approves exactly what is then submitted, and nobody approves their own."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, col, select

from core.errors import Conflict, DomainError, Forbidden
from core.models import AuditEntry, Mail, MailState
from movement.actors import Actor, Grant
from movement.models import Approval, Call, CallKind, Organisation, Person, Role, Verdict
from movement.queries.approvals import find_waiting, waiting_for
from movement.services import approvals, people
from movement.services.calls import Opening, open_call
from tests.movement.arranged import CLOSES, NOW, OFFICE, add_regions, person, process, society

ONE, TWO = "1" * 64, "2" * 64


@dataclass
class Scene:
    """Kenya in a round: who prepares, and two who may approve."""

    session: Session
    call: Call
    kenya: Organisation
    focal: Actor
    approver: Actor
    other: Actor
    hours: int = 0

    def ask(self, digest: str = ONE, by: Actor | None = None, note: str = "") -> Approval:
        return approvals.ask(
            self.session, self.call, self.kenya.id, digest=digest, by=by or self.focal,
            office=OFFICE, now=NOW, note=note,
        )  # fmt: skip

    def decide(
        self, approval: Approval, *, approved: bool, reason: str = "", by: Actor | None = None
    ) -> None:
        self.hours += 1
        approvals.decide(
            self.session, approval, approved=approved, reason=reason, by=by or self.approver,
            office=OFFICE, now=NOW + timedelta(hours=self.hours),
        )  # fmt: skip

    def stands(self, digest: str) -> bool:
        found = approvals.standing(self.session, self.call.id, self.kenya.id, digest)
        return found is not None

    def mails(self, purpose: str) -> list[Mail]:
        chosen = select(Mail).where(Mail.purpose == purpose).order_by(Mail.to_address)
        return list(self.session.exec(chosen.execution_options(populate_existing=True)))


def actor(made: Person, role: Role, organisation: UUID) -> Actor:
    return Actor(made.id, made.name, made.email, None, uuid4(), (Grant(role, organisation),))


@pytest.fixture
def scene(session: Session) -> Scene:
    add_regions(session)
    kenya = society(session, "KEN")
    opening = Opening(
        "round-1", {"en": "Zero draft"}, CLOSES, kind=CallKind.CONSULTATION, approval_required=True
    )
    call = open_call(session, process(session), opening, now=NOW)
    focal = person(session, "focal@example.org", Role.FOCAL_POINT, kenya)
    one = person(session, "one@example.org", Role.APPROVER, kenya, language="ar")
    two = person(session, "two@example.org", Role.APPROVER, kenya)
    return Scene(
        session, call, kenya, actor(focal, Role.FOCAL_POINT, kenya.id),
        actor(one, Role.APPROVER, kenya.id), actor(two, Role.APPROVER, kenya.id),
    )  # fmt: skip


def test_what_another_person_approved_stands_for_that_text_only(scene: Scene) -> None:
    approval = scene.ask(ONE)

    scene.decide(approval, approved=True)

    assert scene.stands(ONE)
    assert not scene.stands(TWO)


def test_what_is_only_asked_for_does_not_stand(scene: Scene) -> None:
    scene.ask(ONE)

    assert not scene.stands(ONE)
    assert [one.digest for one in waiting_for(scene.session, [scene.kenya.id])] == [ONE]


def test_nobody_approves_what_they_asked_for_themselves(scene: Scene) -> None:
    approval = scene.ask(by=scene.approver)

    with pytest.raises(Forbidden, match="yourself"):
        scene.decide(approval, approved=True, by=scene.approver)

    scene.decide(approval, approved=True, by=scene.other)
    assert scene.stands(ONE)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.APPROVER])
def test_no_other_role_approves(scene: Scene, role: Role) -> None:
    approval = scene.ask()
    somebody = Actor(uuid4(), "", "x@example.org", None, uuid4(), (Grant(role, scene.kenya.id),))

    with pytest.raises(Forbidden, match="approver"):
        scene.decide(approval, approved=True, by=somebody)

    assert not scene.stands(ONE)


def test_an_approver_of_another_society_approves_nothing_here(scene: Scene) -> None:
    approval, sweden = scene.ask(), society(scene.session, "SWE")
    stranger = person(scene.session, "swe@example.org", Role.APPROVER, sweden)

    with pytest.raises(Forbidden):
        scene.decide(approval, approved=True, by=actor(stranger, Role.APPROVER, sweden.id))

    assert not scene.stands(ONE)


def test_refusing_needs_a_reason_and_ends_what_stood(scene: Scene) -> None:
    scene.decide(scene.ask(), approved=True)
    again = scene.ask(by=scene.approver)

    with pytest.raises(DomainError, match="why"):
        scene.decide(again, approved=False, reason="  ", by=scene.other)
    scene.decide(again, approved=False, reason="The figure is wrong", by=scene.other)

    assert again.reason == "The figure is wrong"
    assert not scene.stands(ONE)


def test_another_text_replaces_the_request_and_calls_its_mails_back(scene: Scene) -> None:
    first = scene.ask(ONE)

    second = scene.ask(TWO)

    with pytest.raises(Conflict):
        scene.decide(first, approved=True)
    assert first.verdict is Verdict.REPLACED
    assert find_waiting(scene.session, scene.call.id, scene.kenya.id) == second
    states = [mail.state for mail in scene.mails("approval_asked")]
    assert sorted(states) == [MailState.CANCELLED] * 2 + [MailState.QUEUED] * 2


def test_asking_twice_for_the_same_text_asks_once(scene: Scene) -> None:
    first, second = scene.ask(), scene.ask()

    assert first.id == second.id
    assert len(scene.mails("approval_asked")) == 2


def test_where_nobody_else_could_approve_the_asker_is_told_so(scene: Scene) -> None:
    gone = scene.session.get_one(Person, scene.other.id)
    people.remove(scene.session, gone, now=NOW, by=None, label="test")

    with pytest.raises(Conflict, match="second person"):
        scene.ask(by=scene.approver)


def test_it_is_decided_once(scene: Scene) -> None:
    approval = scene.ask()
    scene.decide(approval, approved=True)

    with pytest.raises(Conflict):
        scene.decide(approval, approved=False, reason="Late", by=scene.other)

    assert scene.stands(ONE)


def test_approvers_are_mailed_in_their_language_and_the_asker_gets_the_answer(
    scene: Scene,
) -> None:
    approval = scene.ask(note="Please look at paragraph 3 on https://evil.example")

    asked = scene.mails("approval_asked")
    scene.decide(approval, approved=False, reason="See paragraph 3")

    assert [(mail.to_address, mail.language) for mail in asked] == [
        ("one@example.org", "ar"),
        ("two@example.org", "en"),
    ]
    (answer,) = scene.mails("approval_decided")
    assert answer.to_address == "focal@example.org"
    assert answer.subject == "Not approved: Zero draft"
    texts = " ".join(mail.body for mail in [*asked, answer])
    assert "evil" not in texts
    assert "paragraph 3" not in texts
    assert not [word for word in texts.split() if "{" in word]


def test_all_of_it_is_in_the_audit_trail(scene: Scene) -> None:
    scene.ask(ONE)
    scene.decide(scene.ask(TWO), approved=True)

    entries = scene.session.exec(select(AuditEntry).order_by(col(AuditEntry.id))).all()
    named = [one.action for one in entries if one.action.startswith("approval.")]
    assert named == ["approval.asked", "approval.replaced", "approval.asked", "approval.approved"]


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["ask", "approve", "refuse"]),
        st.sampled_from([ONE, TWO]),
        st.sampled_from(["focal", "approver", "other"]),
    ),
    max_size=12,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_whatever_happens_nothing_stands_that_no_second_person_approved(
    scene: Scene, steps: list[tuple[str, str, str]]
) -> None:
    before = scene.session.begin_nested()
    asked_by: dict[UUID, str] = {}
    told: dict[str, tuple[bool, bool]] = {}

    for act, digest, who in steps:
        by = getattr(scene, who)
        waiting = find_waiting(scene.session, scene.call.id, scene.kenya.id)
        try:
            if act == "ask":
                asked_by.setdefault(scene.ask(digest, by=by).id, who)
            elif waiting is not None:
                scene.decide(waiting, approved=act == "approve", reason="Because", by=by)
                told[waiting.digest] = (act == "approve", who != asked_by[waiting.id])
        except DomainError:
            continue

    assert {digest: scene.stands(digest) for digest in (ONE, TWO)} == {
        digest: told.get(digest, (False, True))[0] for digest in (ONE, TWO)
    }
    assert all(second for _approved, second in told.values())
    before.rollback()
