"""What an expression is evaluated against: the caller's scope, the clock, and a bounded effort.

Refuses to know how a scope finds its answers.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from core.texts import Lazy
from core.texts import lazy as _l
from surveys.conditions.values import Unknown, Value

MAX_TEXT = 100_000
MAX_STEPS = 100_000
CHARACTERS_A_STEP = 20
MAX_NESTING = 100
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001  # a reading of the clock, whatever its zone


class EvaluationError(Exception):
    """An expression would take too much time or space. `message`: a sentence that says so."""

    def __init__(self, message: Lazy) -> None:
        super().__init__(message.message)
        self.message = message


class Scope(Protocol):
    """What surrounds an expression. UNKNOWN stands for an answer that may still come."""

    @property
    def now(self) -> datetime:
        """The time now, with its zone: its date there is today()."""

    def values(self, code: str) -> tuple[str, ...] | Unknown:
        """${code}: texts as XForms stores them, "" for empty or hidden.

        Several for a question of a repeat seen from outside; a repeat's own name has a text for
        each of its items.
        """

    def this(self) -> str:
        """The answer the expression belongs to, written as a point."""

    def position(self, levels: int) -> int:
        """The place, from 1, of the repeat's item that lies `levels` up."""

    def indexed(self, code: str, places: Sequence[tuple[str, int]]) -> str | Unknown:
        """indexed-repeat(): a question's answer in the items given by (repeat, place from 1)."""

    def choice_name(self, value: str, code: str) -> str | Unknown:
        """jr:choice-name(): the label of a question's choice in the respondent's language."""

    def column(self, name: str) -> str:
        """In a choice_filter: this column of the choice in question."""

    def lookup(self, name: str) -> Sequence[Mapping[str, str]]:
        """The choices of the form's list with this name, each by column."""


class Effort:
    """The steps that several evaluations may take together; `left` of them are left."""

    def __init__(self, most: int) -> None:
        self.left = most


class Context:
    """One evaluation under way.

    `now`: milliseconds since 1970 on the clock of `zone`, milliseconds east of UTC. `item`,
    `place`, `size`: the choice a lookup is at, its place from 1, and how many there are.
    """

    def __init__(self, scope: Scope, effort: Effort | None = None) -> None:
        self.scope = scope
        self._clock: tuple[int, int] | None = None
        self.item: Mapping[str, str] | None = None
        self.place = 1
        self.size = 1
        self._left = MAX_STEPS
        self._effort = effort or Effort(MAX_STEPS)

    @property
    def zone(self) -> int:
        """Milliseconds the clock is ahead of UTC."""
        return self._read()[0]

    @property
    def now(self) -> int:
        """Milliseconds since 1970 on that clock."""
        return self._read()[1]

    def _read(self) -> tuple[int, int]:
        """The clock, read once and only where an expression asks for it."""
        if self._clock is None:
            now = self.scope.now
            zone = (now.utcoffset() or timedelta()) // timedelta(milliseconds=1)
            self._clock = zone, (now.replace(tzinfo=None) - _EPOCH) // timedelta(milliseconds=1)
        return self._clock

    def spend(self, steps: int) -> None:
        """Count steps; EvaluationError once they are used up."""
        self._left -= steps
        self._effort.left -= steps
        if self._effort.left < 0:
            raise EvaluationError(
                _l("The questionnaire's expressions take too many steps together. Simplify them.")
            )
        if self._left < 0:
            raise EvaluationError(
                _l("This expression takes more than %(most)s steps. Simplify it.", most=MAX_STEPS)
            )

    def weigh(self, value: Value) -> None:
        """Count a value by its size; EvaluationError if a text of it is too long."""
        texts = value if isinstance(value, tuple) else (value,) if isinstance(value, str) else ()
        for text in texts:
            if len(text) > MAX_TEXT:
                raise too_long()
            self.spend(1 + len(text) // CHARACTERS_A_STEP)


def too_long() -> EvaluationError:
    """The error for a text past MAX_TEXT."""
    return EvaluationError(
        _l("This expression makes a text of more than %(most)s characters.", most=MAX_TEXT)
    )
