"""Small waves to tabulate: questions, responses and hypothesis strategies for them."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import NAMESPACE_DNS, uuid5

from hypothesis import strategies as st

from analytics.frame import REGIONS, Answered, Frame
from surveys.definition import Choice, Question, QuestionKind

FRAME = Frame(
    {"africa": 48, "americas": 35, "asia_pacific": 38, "europe_central_asia": 54, "mena": 17}
)
NAMESPACE = uuid5(NAMESPACE_DNS, "plenary")
SCALE = ("1", "2", "3", "4", "5", "dont_know")


def choices(*codes: str) -> tuple[Choice, ...]:
    return tuple(Choice(code=code, texts={"en": code.title()}) for code in codes)


def question(kind: QuestionKind, *codes: str, **more: Any) -> Question:
    """A question called "q" with these choices."""
    texts = {"en": "What matters?"}
    uid = uuid5(NAMESPACE, "q")
    return Question(uid=uid, code="q", kind=kind, texts=texts, choices=choices(*codes), **more)


def answered(region: str | None, answer: Any, *, asked: bool = True, number: int = 0) -> Answered:
    shown = frozenset({"q"} if asked else set())
    answers = {} if answer is None else {"q": answer}
    return Answered(f"{region}-{number}", region, answers, shown)


def wave(answers: Mapping[str, Sequence[Any]]) -> list[Answered]:
    """One response per answer given, by region; None submits without an answer."""
    return [
        answered(region, answer, number=number)
        for region, given in answers.items()
        for number, answer in enumerate(given)
    ]


def waves(answer: st.SearchStrategy[Any], most: int = 9) -> st.SearchStrategy[dict[str, list[Any]]]:
    """Answers, or none, of up to `most` organisations in each region."""
    some = st.lists(st.none() | answer, max_size=most)
    return st.fixed_dictionaries(dict.fromkeys(REGIONS, some))


one_of_three = st.sampled_from(["a", "b", "c"])
ratings = st.sampled_from([1, 2, 3, 4, 5, "dont_know"])
matrices = st.dictionaries(st.sampled_from(["x", "y"]), ratings, min_size=1)
