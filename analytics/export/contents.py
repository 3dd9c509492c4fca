"""What an export holds, before it is written in any format.

Everything in it was chosen for its reader: whose rows, and by which rules tables are withheld.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from analytics.disclosure import Audience
from analytics.queries.waves import Given, WaveData
from core.texts import lazy as _l
from surveys.definition import Question, Texts, text_in
from surveys.kinds import Cell, Column, kind_of


@dataclass(frozen=True)
class Contents:
    """A wave as one reader may take it away.

    `names`: of organisations, by code; `channels`: by which way each response came, by response;
    `known`: whose answers the reader has by name; None for everybody's (staff).
    """

    wave: WaveData
    names: Mapping[str, Texts]
    regions: Mapping[str, Texts]
    channels: Mapping[UUID, str]
    language: str
    exported_at: datetime
    known: Collection[str] | None = None

    @property
    def audience(self) -> Audience:
        """By which rules its tables are withheld."""
        return Audience.STAFF if self.known is None else Audience.CO_CHAIR

    @property
    def invented(self) -> bool:
        """Whether the answers are a demonstration's."""
        return self.wave.call.demonstration

    @property
    def rows(self) -> list[Given]:
        """The responses it holds, by organisation's code."""
        known = self.known
        given = self.wave.given
        return [g for g in given if known is None or g.answered.organisation in known]

    @property
    def questions(self) -> list[Question]:
        """Every question that takes an answer, in the order of their first appearance.

        All versions' questions: a deleted one keeps its place and its answers.
        """
        known = self.wave.questionnaire.by_code
        return [known[code] for code in self.wave.asked.codes if known[code].asks]

    @property
    def columns(self) -> list[Column]:
        """The answers' columns, in the order of the questions."""
        return [column for q in self.questions for column in kind_of(q).columns(q)]

    def weight(self, region: str | None) -> float | None:
        """What a response of this region stands for: its members over its responses."""
        submitted = sum(response.region == region for response in self.wave.responses)
        return self.wave.frame.size(region) / submitted if region and submitted else None


ABOUT: Mapping[str, object] = {
    "organisation": _l("Code of the organisation (ISO 3166, or IFRC, ICRC)"),
    "name": _l("Name of the organisation"),
    "region": _l("Region of the organisation on the frame date"),
    "in_frame": _l("1: counted in n and N; 0: takes part without being counted"),
    "state": _l("State of the response"),
    "submitted_at": _l("When it was submitted, in UTC"),
    "channel": _l("By which way it came: web, or on_behalf (recorded by the secretariat)"),
    "rotation": _l("Where the organisation's own order of unordered lists starts"),
    "weight": _l("Members of the region over its responses: the weight in weighted figures"),
    "invented": _l("yes: the answers belong to a demonstration and are invented"),
}
"""The columns before the answers, with what they hold."""


def header(contents: Contents) -> list[str]:
    """The names of all columns of the responses."""
    return [*ABOUT, *(column.name for column in contents.columns)]


def records(contents: Contents) -> Iterator[list[Cell]]:
    """A row of cells per response, in the order of `header`."""
    weights = {region: contents.weight(region) for region in contents.wave.frame.regions}
    for given in contents.rows:
        answered = given.answered
        yield [
            answered.organisation,
            text_in(dict(contents.names.get(answered.organisation, {})), contents.language),
            answered.region,
            int(given.in_frame),
            "submitted",
            given.submitted_at.isoformat(timespec="seconds") if given.submitted_at else None,
            contents.channels.get(given.response_id),
            given.rotation,
            weights.get(answered.region or ""),
            "yes" if contents.invented else "no",
            *(
                cell
                for question in contents.questions
                for cell in kind_of(question).to_cells(question, _answer(given, question.code))
            ),
        ]


def _answer(given: Given, code: str) -> Any:
    """The answer that counts, else the one left from before its question was deleted."""
    counts = given.answered.answer(code)
    return given.left.get(code) if counts is None else counts
