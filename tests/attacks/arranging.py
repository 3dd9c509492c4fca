"""The hostile world's rows: its directory, calls, people, answers, mails, kept forms, exports."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from flask import Flask
from sqlmodel import Session, select

from analytics.models import Export, ExportFormat
from analytics.tasks import make
from core.clock import now
from core.models import KeptForm, Mail
from movement.models import (
    Admission,
    Assignment,
    Call,
    CallMessage,
    Group,
    GroupKind,
    GroupMembership,
    MessageKind,
    Organisation,
    OutsideParty,
    Participation,
    PartyKind,
    Process,
    Region,
    Role,
)
from movement.services import invitations, participation
from movement.services.calls import Opening
from movement.services.messages import Office
from movement.services.signin import start_session
from movement.services.voices import give_voice
from surveys.definition import Questionnaire
from surveys.models import (
    AnswerChange,
    Channel,
    Evidence,
    QuestionnaireDraft,
    QuestionnaireVersion,
    Response,
    ResponseState,
    Submission,
    Survey,
)
from surveys.services.waves import open_wave
from tests.attacks.arranged_after import followed
from tests.attacks.arranged_consultations import consulted
from tests.attacks.arranged_drafts import changing, drafted, public
from tests.attacks.arranged_meetings import met
from tests.attacks.arranged_speaking import spoken
from tests.attacks.arranged_writing import being_written
from tests.attacks.hostile import TAG, answers, formula, hostile, questionnaire
from tests.attacks.world import OTHER, OWN, World
from tests.movement.arranged import add_regions, federation, person, society

PROCESSES = {"strategy": ("tiny", "spring"), "other": ("second", "autumn")}


def build(app: Flask, folder: Path) -> World:
    """Arrange everything in a migrated, empty database."""
    world = World(app, folder)
    with world.session() as session:
        _directory(world, session)
        calls = [_call(session, *names) for names in PROCESSES.items()]
        for survey_code, _call_code in PROCESSES.values():
            drafted(world, session, survey_code)
        for process_code in PROCESSES:
            being_written(world, session, process_code)
        for draft in session.exec(select(QuestionnaireDraft)):
            asked = Questionnaire.model_validate(draft.definition)
            world.ids[f"{asked.code} question"] = next(asked.questions()).uid
        _people(world, session)
        for call in calls:
            _answered(world, session, call)
        for survey_code, _call_code in PROCESSES.values():
            changing(world, session, survey_code)
        _mails(world, session, calls)
        public(session)
        for process_code in PROCESSES:
            spoken(world, session, process_code)
            met(world, session, process_code)
            consulted(world, session, process_code)
            followed(world, session, process_code)
        _kept(world, session)
        exports = _exports(world, session, calls)
        session.commit()
    with app.app_context():
        assert all(make(export) for export in exports)
    if world.on_sqlite:
        world.keep()
    return world


def _directory(world: World, session: Session) -> None:
    add_regions(session)
    for region in session.exec(select(Region)):
        region.names = {"en": hostile(region.code), "fr": hostile(region.code)}
    for number, code in enumerate((OWN, OTHER, "SWE"), start=1):
        made = society(session, code)
        made.names = {language: formula(code) for language in ("en", "fr")}
        made.countries, made.note = {"en": hostile("country")}, hostile("note")
        made.tile_column, made.tile_row = number, 1
    federation(session)
    session.flush()
    for admission in session.exec(select(Admission)):
        admission.note = hostile("spell")
    for code in ("lab", "forum"):
        group = Group(code=code, kind=GroupKind.NETWORK, names={"en": hostile(code)},
                      short_name=f"<{TAG} onevil=1>", note=hostile("note"), member_count=3,
                      member_count_as_of=hostile("2020"), sources=[hostile("source")])  # fmt: skip
        session.add(group)
        session.flush()
        member = GroupMembership(group_id=group.id, organisation_id=_by_code(session, OWN).id,
                                 note=hostile("seat"))  # fmt: skip
        session.add(member)
        session.flush()
        world.ids[f"{code} membership"] = member.id
        give_voice(session, group)
    for name, kind in (("a state", PartyKind.STATE), ("a partner", PartyKind.PARTNER)):
        party = OutsideParty(name=formula(name), kind=kind, note=hostile("note"))
        session.add(party)
        session.flush()
        world.ids[name] = party.id
    for code in (OWN, OTHER):
        own = Admission.organisation_id == _by_code(session, code).id
        world.ids[f"{code} admission"] = session.exec(select(Admission.id).where(own)).one()


def _by_code(session: Session, code: str) -> Organisation:
    return session.exec(select(Organisation).where(Organisation.code == code)).one()


def _call(session: Session, process_code: str, names: tuple[str, str]) -> Call:
    process = Process(code=process_code, titles={"en": hostile(process_code)})
    session.add(process)
    session.flush()
    survey = Survey(code=names[0], process_id=process.id, titles={"en": hostile("survey")})
    session.add(survey)
    session.flush()
    document = questionnaire(names[0])
    session.add(
        QuestionnaireVersion(
            survey_id=survey.id, number=1, definition=document.as_json(),
            digest=document.digest(), source=hostile("form.xlsx"), published_at=now(),
        )
    )  # fmt: skip
    session.flush()
    closing = (now() + timedelta(days=21)).date()
    call = open_wave(session, survey, Opening(names[1], {"en": formula("Wave")}, closing),
                     now=now())  # fmt: skip
    for message in session.exec(select(CallMessage).where(CallMessage.call_id == call.id)):
        session.delete(message)
    session.flush()
    body = f"{hostile('To {{organisation}}: {organisation}, {title}, {sender}.')}\n\n{{link}}"
    for kind in MessageKind:
        session.add(CallMessage(call_id=call.id, kind=kind, language="en",
                                subject=hostile("{title}"), body=body))  # fmt: skip
    session.flush()
    return call


def _people(world: World, session: Session) -> None:
    process = session.exec(select(Process).where(Process.code == "strategy")).one()
    of_society = (Role.RESPONDENT, Role.FOCAL_POINT, Role.APPROVER)
    for role in Role:
        place = _by_code(session, OWN) if role in of_society else None
        _somebody(world, session, role.value, role, place)
        if role in (Role.CO_CHAIR, Role.CONSULTANT):
            held = select(Assignment).where(Assignment.role == role)
            session.exec(held).one().process_id = process.id
    _somebody(world, session, "stranger", Role.FOCAL_POINT, _by_code(session, OTHER))
    _somebody(world, session, "second administrator", Role.ADMINISTRATOR, None)
    _somebody(world, session, "colleague", Role.FOCAL_POINT, _by_code(session, OWN))


def _somebody(
    world: World, session: Session, who: str, role: Role, place: Organisation | None
) -> None:
    made = person(session, f"{who.replace(' ', '-')}@example.org", role, place)
    made.name = formula("A function")
    world.tokens[who] = start_session(session, made.id, now=now())
    world.ids[who] = made.id
    held = select(Assignment.id).where(Assignment.person_id == made.id)
    world.ids[f"{who} assignment"] = session.exec(held).one()


def _answered(world: World, session: Session, call: Call) -> None:
    """Kenya has submitted and goes on, Ghana has submitted, Sweden declines."""
    for listed in session.exec(select(Participation).where(Participation.call_id == call.id)):
        participation.invited(listed, now=now())
    version = session.exec(
        select(QuestionnaireVersion)
        .join(Survey)
        .where(Survey.process_id == call.process_id)
    ).one()  # fmt: skip
    for code, state in ((OWN, ResponseState.IN_PROGRESS), (OTHER, ResponseState.SUBMITTED)):
        member = _by_code(session, code)
        part = participation.find(session, call.id, member.id)
        assert part
        participation.started(part, now=now())
        ended = now() if state is ResponseState.SUBMITTED else None
        response = Response(
            wave_id=call.id, version_id=version.id, organisation_id=member.id,
            region_code="africa", state=state, answers=answers(),
            unread={} if ended else {"staff": {"": [hostile("many")]}}, editions={"only": 1},
            started_at=now(), saved_at=now(), submitted_at=ended,
        )  # fmt: skip
        session.add(response)
        session.flush()
        if ended:
            participation.submitted(session, part, now=now())
        world.ids[f"{code} {call.code}"] = response.id
        world.ids[f"{code} {call.code} evidence"] = _evidence(session, response)
        _history(session, response, f"{call.code}-{code}")
    declining = participation.find(session, call.id, _by_code(session, "SWE").id)
    assert declining
    participation.declined(session, declining, formula("No time"), now=now())


def _evidence(session: Session, response: Response) -> UUID:
    """A file with a name no upload would keep, which the response names."""
    row = Evidence(
        response_id=response.id, question="evidence", name=hostile("plan")[:100], size=9,
        type="application/pdf", sha256="0" * 64, data=b"%PDF-1.7\n", uploaded_at=now(),
        by="respondent@example.org",
    )  # fmt: skip
    session.add(row)
    session.flush()
    named = {"id": str(row.id), "name": row.name, "type": row.type, "size": row.size}
    response.answers = {**response.answers, "evidence": named}
    return row.id


def _history(session: Session, response: Response, name: str) -> None:
    by = "secretariat@example.org"
    session.add(
        AnswerChange(response_id=response.id, question="story", at=now(), by=by,
                     channel=Channel.ON_BEHALF, reason=formula("By post"),
                     before=hostile("Before"), after=hostile("After"))
    )  # fmt: skip
    session.add(
        Submission(response_id=response.id, key=f"key-{name}", reference=f"REF-{name}", at=now(),
                   by=by, channel=Channel.ON_BEHALF, reason=formula("By post"), answers=answers(),
                   digest="0" * 64)
    )  # fmt: skip


def _mails(world: World, session: Session, calls: list[Call]) -> None:
    office = Office.of(world.app.config["SETTINGS"])
    for call in calls:
        to = invitations.chosen(session, call, "all")
        invitations.invite(session, call, to, office=office, now=now())
        mails = session.exec(select(Mail).where(Mail.purpose == "invitation"))
        world.ids[f"{call.code} mail"] = [mail.id for mail in mails][-1]


def _kept(world: World, session: Session) -> None:
    for who in ("focal_point", "stranger"):
        row = KeptForm(
            person_id=world.ids[who], path=f"/responses/{world.ids['KEN spring']}/sections/only",
            fields={"q_name": [hostile("Kept")], hostile("field"): [hostile("value")]},
            kept_at=now(),
        )  # fmt: skip
        session.add(row)
        session.flush()
        world.ids[f"{who} kept"] = row.id


def _exports(world: World, session: Session, calls: list[Call]) -> list[Any]:
    made = []
    for call in calls:
        for who in ("secretariat", "consultant"):
            for kind in ExportFormat:
                row = Export(call_id=call.id, person_id=world.ids[who], format=kind,
                             consented_only=who == "consultant", asked_at=now())  # fmt: skip
                session.add(row)
                session.flush()
                world.ids[f"{who} {call.code} {kind.value}"] = row.id
                made.append(row.id)
    return made
