"""A wave as the analysis reads it: its questionnaire, its frame, and the responses that count.

A response counts while it is submitted, and of its answers those of questions it was asked. The
responses of a wave are remembered, for this process, until one is submitted, changed or gone.
It refuses to know who reads and what is shown to them.
"""

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from threading import Lock
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import func
from sqlalchemy import select as any_select
from sqlmodel import Session, col, select

from analytics.frame import REGIONS, Answered, Frame
from core.errors import NotFound
from core.texts import lazy as _l
from movement.models import Call, CallState, Organisation, Participation
from movement.queries.calls import get_call
from surveys.changes import Union, union
from surveys.completeness import counted
from surveys.definition import Question, Questionnaire
from surveys.logic import shown_codes
from surveys.models import Response, ResponseState, Wave
from surveys.queries.questionnaires import questionnaire_of
from surveys.queries.waves import versions_of_wave

REMEMBERED = 8
Fingerprint = tuple[int, datetime | None, datetime | None]


@dataclass(frozen=True, slots=True)
class Given:
    """A submitted response. `answered.region` is None for who stands in no region of the frame.

    `left`: answers to questions that were deleted before it was submitted: exported, never counted.
    """

    response_id: UUID
    organisation_id: UUID
    answered: Answered
    in_frame: bool
    submitted_at: datetime | None
    rotation: int
    left: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class WaveData:
    """A wave to analyse.

    `asked`: all its versions together, `questionnaire` what they ask. `given`: the submitted
    responses by organisation's code, IFRC and ICRC included; `updated_at`: when the last of them
    was given or changed, None before the first.
    """

    call: Call
    asked: Union
    frame: Frame
    given: tuple[Given, ...]
    updated_at: datetime | None

    @property
    def questionnaire(self) -> Questionnaire:
        """Every question its versions asked, as the newest asks it."""
        return self.asked.document

    @cached_property
    def responses(self) -> tuple[Answered, ...]:
        """The responses of members of the frame: what n counts."""
        return tuple(given.answered for given in self.given if given.in_frame)

    @property
    def n(self) -> int:
        """How many members of the frame have submitted."""
        return len(self.responses)

    def question(self, code: str) -> Question:
        """The question with this code; raises `NotFound`."""
        question = self.questionnaire.by_code.get(code)
        if question is None:
            raise NotFound(_l("There is no question with the code %(code)s.", code=code))
        return question


_known: OrderedDict[UUID, tuple[Fingerprint, tuple[Given, ...]]] = OrderedDict()
_unions: OrderedDict[tuple[UUID, ...], Union] = OrderedDict()
_lock = Lock()


def get_wave(session: Session, code: str) -> WaveData:
    """The wave with this call's code; raises `NotFound`."""
    call = get_call(session, code)
    wave = session.get(Wave, call.id)
    if wave is None or call.test:
        raise NotFound(_l("There is no wave with the code %(code)s.", code=code))
    mark = _fingerprint(session, call.id)
    moments = [moment for moment in mark[1:] if moment is not None]
    return WaveData(
        call=call,
        asked=asked_by(session, wave),
        frame=frame_of(session, call.id),
        given=_remembered(session, call.id, mark),
        updated_at=max(moments, default=None),
    )


def find_waves(session: Session) -> list[WaveData]:
    """Every wave that was opened, the latest closing date first."""
    codes = session.scalars(
        select(Call.code)
        .join(Wave, col(Wave.call_id) == Call.id)
        .where(
            Call.state != CallState.PLANNED,
            col(Call.test).is_(False),
            col(Call.archived_at).is_(None),
        )
        .order_by(col(Call.closes_on).desc(), Call.code)
    )
    return [get_wave(session, code) for code in codes.all()]


def asked_by(session: Session, wave: Wave) -> Union:
    """What the wave has asked, in all its versions; remembered for this process."""
    ids = versions_of_wave(session, wave)
    with _lock:
        known = _unions.get(tuple(ids.values()))
    if known is None:
        documents = {n: questionnaire_of(session, version_id) for n, version_id in ids.items()}
        known = union(documents)
        with _lock:
            _unions[tuple(ids.values())] = known
            while len(_unions) > REMEMBERED:
                _unions.popitem(last=False)
    return known


def frame_of(session: Session, call_id: UUID) -> Frame:
    """The frame of a call: its members counted by region, in the order results are shown."""
    rows = session.execute(
        any_select(col(Participation.region_code), func.count())
        .where(col(Participation.call_id) == call_id, col(Participation.in_frame).is_(True))
        .group_by(col(Participation.region_code))
    )
    sizes = {str(region): size for region, size in rows if region is not None}
    return Frame(sizes, (*REGIONS, *sorted(sizes.keys() - set(REGIONS))))


def responses_of(session: Session, call_id: UUID) -> Iterator[Given]:
    """The submitted responses by organisation's code."""
    chosen = (
        select(Response, Organisation.code, Organisation.timezone, Participation.in_frame)
        .join(Organisation, col(Organisation.id) == Response.organisation_id)
        .join(
            Participation,
            (col(Participation.call_id) == Response.wave_id)
            & (col(Participation.organisation_id) == Response.organisation_id),
        )
        .where(Response.wave_id == call_id, Response.state == ResponseState.SUBMITTED)
        .order_by(Organisation.code)
    )
    earlier = list(versions_of_wave(session, session.get_one(Wave, call_id)).values())
    for response, code, timezone, in_frame in session.execute(chosen):
        given = _given(session, response, code, ZoneInfo(timezone), in_frame=in_frame)
        yield replace(given, left=_left(session, response, earlier))
        session.expunge(response)


def submitted_in(session: Session, call_id: UUID) -> int:
    """How many responses of the wave are submitted."""
    return _fingerprint(session, call_id)[0]


def _given(
    session: Session, response: Response, code: str, zone: ZoneInfo, *, in_frame: bool
) -> Given:
    """What counts of a response: its conditions see the moment it was submitted."""
    submitted_at = response.submitted_at
    moment = submitted_at.astimezone(zone) if submitted_at else None
    questionnaire = questionnaire_of(session, response.version_id)
    region = response.region_code if in_frame else None
    answers = counted(questionnaire, response.answers, now=moment)
    shown = shown_codes(questionnaire, response.answers, now=moment)
    return Given(
        response_id=response.id,
        organisation_id=response.organisation_id,
        answered=Answered(code, region, answers, shown),
        in_frame=in_frame,
        submitted_at=response.submitted_at,
        rotation=response.rotation,
    )


def _left(session: Session, response: Response, versions: list[UUID]) -> dict[str, Any]:
    """Stored answers to questions of earlier versions that the response's own does not ask.

    Each as it counted in the last version that asked it; what was hidden there is no answer.
    """
    if len(versions) == 1 or response.version_id not in versions:
        return {}
    own = questionnaire_of(session, response.version_id).by_code
    found: dict[str, Any] = {}
    for version_id in versions[: versions.index(response.version_id)]:
        earlier = questionnaire_of(session, version_id)
        given = counted(earlier, response.answers)
        found = {code: value for code, value in found.items() if code not in earlier.by_code}
        found |= {code: value for code, value in given.items() if code not in own}
    return found


def _fingerprint(session: Session, call_id: UUID) -> Fingerprint:
    """Changes whenever a submitted response comes, goes or is changed."""
    row = session.execute(
        any_select(
            func.count(), func.max(col(Response.saved_at)), func.max(col(Response.submitted_at))
        )
        .select_from(Response)
        .join(
            Participation,
            (col(Participation.call_id) == Response.wave_id)
            & (col(Participation.organisation_id) == Response.organisation_id),
        )
        .where(col(Response.wave_id) == call_id, col(Response.state) == ResponseState.SUBMITTED)
    ).one()
    return (row[0], row[1], row[2])


def _remembered(session: Session, call_id: UUID, mark: Fingerprint) -> tuple[Given, ...]:
    with _lock:
        known = _known.get(call_id)
    if known is not None and known[0] == mark:
        return known[1]
    given = tuple(responses_of(session, call_id))
    with _lock:
        _known[call_id] = (mark, given)
        _known.move_to_end(call_id)
        while len(_known) > REMEMBERED:
            _known.popitem(last=False)
    return given
