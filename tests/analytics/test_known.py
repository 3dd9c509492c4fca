"""A reader who has some answers by name and subtracts them never comes down to a few others."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from analytics.disclosure import Audience
from analytics.frame import REGIONS, Answered
from analytics.tabulate import tabulate
from movement.disclosure import THRESHOLD
from surveys.definition import QuestionKind
from tests.analytics.invented import FRAME, answered, question

QUESTION = question(QuestionKind.CHOOSE_ONE, "a", "b")
somebody = st.tuples(st.sampled_from([None, "a", "b"]), st.booleans())
waves = st.fixed_dictionaries(dict.fromkeys(REGIONS, st.lists(somebody, max_size=9)))
Told = tuple[str | None, bool]
Wave = dict[str, list[Told]]


def read(wave: Wave) -> tuple[list[Answered], frozenset[str]]:
    """The responses, and the organisations whose answers are known by name."""
    responses, known = [], set()
    for region, given_there in wave.items():
        for number, (answer, named) in enumerate(given_there):
            response = answered(region, answer, number=number)
            responses.append(response)
            if named:
                known.add(response.organisation)
    return responses, frozenset(known)


def others(responses: Sequence[Answered], known: frozenset[str], group: str) -> int:
    """How many answers of a group are left when the known ones are subtracted."""
    regions = REGIONS if group == "all" else tuple(group.split("+"))
    return sum(
        r.region in regions and r.organisation not in known and r.answer("q") is not None
        for r in responses
    )


@given(waves)
def test_what_is_left_of_a_shown_figure_is_nobody_or_not_few(wave: Wave) -> None:
    responses, known = read(wave)

    for by_region in (False, True):
        table = tabulate(
            QUESTION, responses, FRAME,
            by_region=by_region, weighted=True, audience=Audience.CO_CHAIR, known=known,
        )  # fmt: skip
        shown = {row.group for row in table.rows if not row.suppressed}
        left = {group: others(responses, known, group) for group in shown}
        assert all(rest == 0 or rest >= THRESHOLD for rest in left.values()), left


@given(waves)
def test_knowing_nobody_changes_nothing(wave: Wave) -> None:
    responses, _known = read(wave)

    tables = [
        tabulate(QUESTION, responses, FRAME, by_region=True, weighted=True,
                 audience=Audience.CO_CHAIR, known=known)
        for known in ((), frozenset({"somebody who did not answer"}))
    ]  # fmt: skip

    assert tables[0] == tables[1]


def test_four_unnamed_answers_hide_the_whole_table() -> None:
    known_nine: list[Told] = [("a", True)] * 9
    unnamed_four: list[Told] = [("b", False)] * 4
    responses, known = read({"africa": known_nine + unnamed_four})

    table = tabulate(
        QUESTION, responses, FRAME,
        by_region=False, weighted=False, audience=Audience.CO_CHAIR, known=known,
    )  # fmt: skip

    assert all(row.suppressed for row in table.rows)
