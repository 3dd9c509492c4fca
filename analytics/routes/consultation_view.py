"""A request to a round's results: who looks, at what, and in which words figures are told."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from textwrap import shorten
from typing import Final
from uuid import UUID

from flask import g

from analytics import policy
from analytics.charts.labels import Labels
from analytics.consultations import Said, groups_of_round, of_members, positions, speakers
from analytics.queries.consultations import RoundData, get_round_data
from analytics.routes.labels import count, figure_text, joined, of
from analytics.routes.words import say as _
from analytics.table import ALL
from consult.policy import may_read
from consult.queries.consultations import asked
from consult.text.inline import plain
from consult.text.labels import labels as block_labels
from consult.words import KINDS, OUTCOMES, STANCES
from core.access import check
from core.db import get_session
from core.i18n import current_language, format_share, is_right_to_left
from core.texts import lazy as _l
from movement.actors import Actor
from movement.disclosure import Group, too_few
from movement.queries.directory import regions
from surveys.definition import text_in

FIRST_WORDS = 70
PENDING: Final = "pending"
NAMES = {
    **{kind.value: word for kind, word in KINDS.items()},
    **{stance.value: word[0] for stance, word in STANCES.items()},
    **{outcome.value: word[0] for outcome, word in OUTCOMES.items()},
    PENDING: _l("Not decided yet"),
    ALL: _l("All together"),
}


@dataclass(frozen=True)
class RoundView:
    """One reader's look at a round. `everything`: they read each contribution by name anyway."""

    data: RoundData
    actor: Actor
    everything: bool
    takes_figures: bool
    region_names: dict[str, str]

    @cached_property
    def groups(self) -> Sequence[Group]:
        """The regions as figures are shown by them; none where too few spoke."""
        return groups_of_round(self.data.said, self.data.frame, everything=self.everything)

    @property
    def members(self) -> list[Said]:
        """What members of the frame said."""
        return of_members(self.data.said)

    @property
    def took(self) -> int:
        """How many members took a position on any paragraph."""
        return len(speakers(positions(self.data.said)))

    @property
    def few(self) -> bool:
        """Whether so few spoke that what was said of their words tells what single ones said."""
        return too_few(len(speakers(self.data.said)))

    @property
    def spoken(self) -> str:
        """The language in which the draft is cited."""
        document = self.data.document
        language = current_language()
        return language if language in document.languages else document.source

    @cached_property
    def places(self) -> dict[UUID, str]:
        """Each paragraph by its label and first words."""
        document = self.data.document
        found = block_labels(document, self.spoken)
        named = {}
        for block in document.blocks:
            source = block.texts.get(document.source, "")
            words = plain(block.texts.get(self.spoken) or source)
            parts = (found[block.lineage], _first_words(words))
            named[block.lineage] = " ".join(part for part in parts if part)
        return named

    @cached_property
    def reads_draft(self) -> bool:
        """Whether the draft's own pages are open to them."""
        one = self.data.consultation
        return may_read(self.actor, one.process_id, asked(get_session(), one.id))

    @property
    def title(self) -> str:
        """The round's name."""
        return text_in(self.data.call.titles, current_language()) or self.data.call.code

    def labels(self, first: str, figure: str = "") -> Labels:
        """The words of a chart. `first`, `figure`: the headings of its table's first columns."""
        return Labels(
            language=current_language(),
            figure=figure_text,
            of=of,
            base=lambda n, size: spoke(n or 0, size),
            joined=joined,
            withheld=_("Withheld: too few organisations"),
            nobody=_("Nobody"),
            names={**self.region_names, **{code: str(word) for code, word in NAMES.items()}},
            headings={
                "label": first, "figure": figure or _("Share"), "n": _("Count"), "base": _("Of"),
            },
            right_to_left=is_right_to_left(current_language()),
        )  # fmt: skip


@lru_cache(maxsize=8_192)
def _first_words(text: str) -> str:
    return shorten(text, FIRST_WORDS, placeholder="…")


def view_of_round(code: str) -> RoundView:
    """The signed-in person's view of a round; as not found for whom it isn't open to."""
    session = get_session()
    data = get_round_data(session, code)
    check(policy.may_see_results(g.actor, data.call))
    language = current_language()
    return RoundView(
        data=data,
        actor=g.actor,
        everything=policy.reads_every_contribution(g.actor, data.call),
        takes_figures=policy.may_take_figures(g.actor, data.call),
        region_names={r.code: text_in(r.names, language) or r.code for r in regions(session)},
    )


def spoke(n: int, size: int) -> str:
    """How many spoke: 60 of 192 National Societies contributed (31%)."""
    return _(
        "%(n)s of %(size)s National Societies contributed (%(share)s).",
        n=count(n), size=count(size), share=format_share(n / size if size else 0),
    )  # fmt: skip
