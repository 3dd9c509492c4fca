"""What of an answer a public table counts, where the question alone doesn't say which rows it has.

Years, hours and currencies are as many as people give: a row of its own has only what enough gave,
so that not even which rows there are tells of a few. It refuses to know how rows are worked out.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from analytics.measures import ANY_RANK, Line, Measure, Part
from movement.disclosure import too_few
from surveys.definition import Question, QuestionKind

OTHER_YEARS = "other_years"
"""The value of the row for years that too few gave."""
DAYS = frozenset({QuestionKind.DATE, QuestionKind.MONTH, QuestionKind.DATE_TIME})
HOURS = tuple(Line(None, f"{hour:02}:00") for hour in range(24))
YEAR = len("2020")
Said = Sequence[Sequence[Part]]


def lines_for(measure: Measure, question: Question, said: Said) -> list[Line]:
    """The rows published, `said` being each person's parts.

    Of a ranking only who placed an item at all; of numbers the mean, for a quartile is one
    person's; of days the years that enough gave.
    """
    if question.kind is QuestionKind.TIME:
        return list(HOURS)
    if question.kind in DAYS:
        years = _frequent(_years(said))
        rest = len(said) - sum(years.values())
        shown = sorted(str(year) for year in years)
        return [Line(None, one) for one in (*shown, *[OTHER_YEARS] * bool(rest or not years))]
    given = {part.item for part in _parts(said)} - withheld_items(question, said)
    answers = [{"currency": item} for item in sorted(map(str, given))]
    lines = measure.lines(question, answers if question.kind is QuestionKind.MONEY else ())
    ranked = any(line.value == ANY_RANK for line in lines)
    return [
        line for line in lines if line.quantile is None and (not ranked or line.value == ANY_RANK)
    ]


def parts_for(question: Question, said: Said) -> list[Part]:
    """What each person's answer counts in, among those rows."""
    if question.kind not in DAYS:
        return list(_parts(said))
    own = _frequent(_years(said))
    years = (str(part.hits[0])[:YEAR] for part in _parts(said))
    return [Part(None, (year if year in own else OTHER_YEARS,)) for year in years]


def withheld_items(question: Question, said: Said) -> set[str | None]:
    """The currencies withheld: those few answered in, and others till those withheld are enough."""
    if question.kind is not QuestionKind.MONEY:
        return set()
    counts = Counter(part.item for part in _parts(said))
    return set(counts) - set(_frequent(counts))


def silent_too(measure: Measure, question: Question, silent: int, said: Said) -> Said:
    """What was said, with what silence stands for: a box that wasn't ticked, nothing added."""
    if measure.nothing is None:
        return said
    return [*said, *(list(measure.parts(question, measure.nothing)) for _ in range(silent))]


def _parts(said: Said) -> Iterable[Part]:
    return (part for parts in said for part in parts)


def _years(said: Said) -> Counter[str | None]:
    return Counter(str(part.hits[0])[:YEAR] for part in _parts(said))


def _frequent(counts: Counter[str | None]) -> dict[str | None, int]:
    """Those that may stand alone: frequent ones, as long as the others are enough together."""
    alone = {key: count for key, count in counts.items() if not too_few(count)}
    while alone and too_few(sum(counts.values()) - sum(alone.values())):
        alone.pop(min(alone, key=lambda key: (alone[key], str(key))))
    return alone
