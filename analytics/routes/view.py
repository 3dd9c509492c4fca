"""A request to a wave's results: who looks, at what, and how the address says to count.

The address carries the filter: `weighted=1`, and `region=` once or several times, with codes
separated by commas or plus signs. No region means all.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from flask import g, request

from analytics import policy
from analytics.charts.labels import Labels
from analytics.consent import named
from analytics.disclosure import Audience
from analytics.frame import Answered
from analytics.queries.waves import WaveData, get_wave
from analytics.routes.labels import labels_for
from analytics.table import Table
from analytics.tabulate import groups_of_wave, tabulate
from core.access import check
from core.db import get_session
from core.i18n import current_language
from movement.actors import Actor
from movement.disclosure import Group
from movement.queries.directory import regions
from surveys.definition import Question, Questionnaire, text_in


@dataclass(frozen=True)
class View:
    """One reader's look at a wave. `chosen`: the regions asked for; empty for all."""

    wave: WaveData
    actor: Actor
    weighted: bool
    chosen: tuple[str, ...]
    region_names: dict[str, str]

    @property
    def audience(self) -> Audience:
        """By which rules figures are shown."""
        return policy.audience_of(self.actor, self.wave.call)

    @property
    def staff(self) -> bool:
        """Whether everything is shown, names included."""
        return policy.sees_everything(self.actor, self.wave.call)

    @property
    def takes_figures(self) -> bool:
        """Whether the figures of a page may be downloaded."""
        return policy.may_take_figures(self.actor, self.wave.call)

    @property
    def questionnaire(self) -> Questionnaire:
        """What was asked."""
        return self.wave.questionnaire

    @property
    def language(self) -> str:
        """The language of the questionnaire's texts: the page's, if it was translated."""
        spoken, translated = current_language(), self.questionnaire.languages
        return spoken if spoken in translated else translated[0]

    @cached_property
    def known(self) -> frozenset[str]:
        """Whose answers the reader may export by name, and so could subtract."""
        if self.staff or not policy.may_export(self.actor, self.wave.call):
            return frozenset()
        return named(self.questionnaire, self.wave.responses)

    @cached_property
    def groups(self) -> Sequence[Group]:
        """What the filter offers: regions, or several that are only shown together."""
        frame = self.wave.frame
        if self.staff:
            return [Group((region,), ()) for region in frame.regions if frame.size(region)]
        return groups_of_wave(self.wave.responses, frame, self.known)

    @property
    def regions(self) -> tuple[str, ...]:
        """The regions counted, in the frame's order."""
        return self.chosen or self.wave.frame.regions

    @cached_property
    def counted(self) -> list[Answered]:
        """The responses of the regions counted."""
        return [r for r in self.wave.responses if r.region in self.regions]

    @property
    def submitted(self) -> int:
        """How many members in the regions counted have answered."""
        return len(self.counted)

    @cached_property
    def labels(self) -> Labels:
        """The words of charts, with the base of this view."""
        return labels_for(self.language, self.region_names, submitted=self.submitted)

    @property
    def query(self) -> dict[str, str]:
        """The filter as an address carries it."""
        query = {"weighted": "1"} if self.weighted else {}
        return query | ({"region": ",".join(self.chosen)} if self.chosen else {})

    @cached_property
    def _tables(self) -> dict[tuple[str, bool], Table]:
        return {}

    def table(self, question: Question, *, by_region: bool) -> Table:
        """The question's figures as this reader may see them, both counts of them."""
        key = (question.code, by_region)
        if key not in self._tables:
            self._tables[key] = tabulate(
                question,
                self.wave.responses,
                self.wave.frame,
                by_region=by_region,
                weighted=True,
                audience=self.audience,
                regions=self.chosen or None,
                known=self.known,
            )
        return self._tables[key]


def view_of(code: str) -> View:
    """The signed-in person's view of a wave; as not found for whom it isn't open to."""
    session = get_session()
    wave = get_wave(session, code)
    check(policy.may_see_results(g.actor, wave.call))
    language = current_language()
    return View(
        wave=wave,
        actor=g.actor,
        weighted=request.args.get("weighted") == "1",
        chosen=wave.frame.ordered(_asked()),
        region_names={r.code: text_in(r.names, language) or r.code for r in regions(session)},
    )


def _asked() -> set[str]:
    given = ",".join(request.args.getlist("region")).replace("+", ",").replace(" ", ",")
    return set(given.split(","))
