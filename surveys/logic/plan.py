"""What working out a questionnaire's logic takes, prepared once: steps in an order that works.

A step is a section, group or question with a condition, a calculated value or a repeat; whatever
else there is, is asked whenever the step around it is. It refuses to know answers.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from surveys.conditions import CircularConditions, Tree, in_order, references
from surveys.definition import Group, Question, QuestionKind, Questionnaire, Section

REMEMBERED = 64
Path = tuple[str, ...]
"""The repeats something stands in, by their codes, the outermost first."""


@dataclass(frozen=True)
class Step:
    """One thing to work out in every place of its `path`.

    `key`: a question's code; "section CODE" or "group CODE". `covers`: the keys in the same place
    that are hidden with it. `question`: None for a section or group. `repeats`: whether it is one.
    """

    key: str
    path: Path
    relevant: Tree | None
    covers: tuple[str, ...] = ()
    question: Question | None = None

    @property
    def repeats(self) -> bool:
        """Whether it opens places of its own."""
        return self.question is not None and self.question.kind is QuestionKind.REPEAT


@dataclass(frozen=True)
class Around:
    """What stands around a question or group, from the innermost `ancestors` outwards.

    An ancestor is a repeat's code, or "" for a group or section.
    """

    path: Path
    ancestors: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Plan:
    """What evaluation needs of a questionnaire, worked out once.

    `steps`: each after those it needs. `questions`: every one by code. `inside`: the codes of the
    questions asked directly in a place, by path. `conditional`: the codes of questions that may be
    hidden in their place. `carriers`: the key of the step around each step or question.
    `refers`: the codes a step's trees refer to, by its key. `repeats`: the codes of the repeats.
    """

    questionnaire: Questionnaire
    steps: tuple[Step, ...]
    questions: dict[str, Question]
    around: dict[str, Around]
    inside: dict[Path, tuple[str, ...]]
    conditional: frozenset[str]
    carriers: dict[str, str]
    refers: dict[str, frozenset[str]]
    repeats: frozenset[str]


_plans: dict[int, Plan] = {}


def plan_of(questionnaire: Questionnaire) -> Plan:
    """The questionnaire's plan, remembered for the last few; CircularConditions if there is none.

    A questionnaire never changes, so the object itself is the key: hashing the document each time
    would cost more than evaluating it. A remembered plan keeps its document alive, so that no
    other takes its place in memory.
    """
    plan = _plans.get(id(questionnaire))
    if plan is None:
        plan = _Planner(questionnaire).plan()
        if len(_plans) >= REMEMBERED:
            _plans.clear()
        _plans[id(questionnaire)] = plan
    return plan


def check_circles(questionnaire: Questionnaire) -> None:
    """Raise CircularConditions, with codes in the order of the form, if anything waits for itself.

    Beyond what evaluation needs, filters of choices count: two lists that each wait for the other's
    choice leave nobody a way to begin.
    """
    planner = _Planner(questionnaire)
    filters = {q.code: q.choice_filter for q in planner.questions.values() if q.choice_filter}
    needs = {}
    for key in planner.steps.keys() | filters.keys():
        refers = planner.refers(key) | references(filters.get(key))
        needs[key] = planner.settling(key, refers) | (refers & filters.keys())
    _ordered({key: needs[key] for key in planner.order(needs)})


def _ordered(needs: dict[str, frozenset[str]]) -> list[str]:
    try:
        return in_order(needs)
    except CircularConditions as circle:
        raise CircularConditions([key.split()[-1] for key in circle.codes]) from None


class _Planner:
    """Walks a questionnaire once and collects what its plan is made of."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.questionnaire = questionnaire
        self.steps: dict[str, Step] = {}
        self.questions: dict[str, Question] = {}
        self.around: dict[str, Around] = {}
        self.inside: dict[Path, list[str]] = {}
        self.carriers: dict[str, str] = {}
        self.conditional: set[str] = set()
        self.known: list[str] = []
        for section in questionnaire.sections:
            self._section(section)

    def plan(self) -> Plan:
        needs = self.needs()
        return Plan(
            questionnaire=self.questionnaire,
            steps=tuple(self.steps[key] for key in _ordered(needs)),
            questions=self.questions,
            around=self.around,
            inside={path: tuple(codes) for path, codes in self.inside.items()},
            conditional=frozenset(self.conditional),
            carriers=self.carriers,
            refers={key: self.refers(key) for key in self.steps},
            repeats=frozenset(key for key, step in self.steps.items() if step.repeats),
        )

    def needs(self) -> dict[str, frozenset[str]]:
        """What each step waits for: what stands around it, and what its trees refer to."""
        return {key: self.settling(key, self.refers(key)) for key in self.steps}

    def refers(self, key: str) -> frozenset[str]:
        """The codes a step's trees refer to; none where it is no step."""
        step = self.steps.get(key)
        if step is None:
            return frozenset()
        trees = [step.relevant]
        if step.question is not None:
            trees += [step.question.calculation, step.question.times]
        return frozenset(code for tree in trees for code in references(tree))

    def settling(self, key: str, refers: Iterable[str]) -> frozenset[str]:
        """The steps something waits for: the one around it, and those that settle references."""
        around = self.carriers.get(key)
        return self.carried(refers) | ({around} if around else frozenset())

    def order(self, keys: Iterable[str]) -> list[str]:
        """Keys of questions, groups and sections in the order of the form."""
        places = {key: place for place, key in enumerate(self.known)}
        return sorted(keys, key=lambda key: places[key])

    def carried(self, codes: Iterable[str]) -> frozenset[str]:
        """The steps that settle what these questions are: themselves, or the ones around them."""
        found = (code if code in self.steps else self.carriers.get(code) for code in codes)
        return frozenset(key for key in found if key)

    def _section(self, section: Section) -> None:
        carrier = ""
        if section.relevant is not None:
            carrier = f"section {section.code}"
            self.known.append(carrier)
            keys = tuple(_keys(section.groups, section.questions, None))
            self.steps[carrier] = Step(carrier, (), section.relevant, keys)
        self._questions(section.groups, section.questions, (), ("",), carrier)

    def _questions(
        self,
        groups: tuple[Group, ...],
        questions: tuple[Question, ...],
        path: Path,
        outer: tuple[str, ...],
        carrier: str,
    ) -> None:
        within = {"": (outer, carrier)}
        for group in groups:
            ancestors, above = within[group.group]
            key = f"group {group.code}"
            if group.relevant is not None:
                covers = tuple(_keys(groups, questions, group.code))
                self.steps[key] = Step(key, path, group.relevant, covers)
                self._carry(key, above)
                above = key
            self.known.append(key)
            self.around[key] = Around(path, ancestors)
            within[group.code] = ("", *ancestors), above
        self.inside.setdefault(path, []).extend(question.code for question in questions)
        for question in questions:
            ancestors, above = within[question.group]
            self._question(question, path, ancestors, above)

    def _question(
        self, question: Question, path: Path, ancestors: tuple[str, ...], carrier: str
    ) -> None:
        code = question.code
        self.known.append(code)
        self.questions[code] = question
        self.around[code] = Around(path, ancestors)
        self._carry(code, carrier)
        if question.relevant is not None or carrier not in {"", *path}:
            self.conditional.add(code)
        repeats = question.kind is QuestionKind.REPEAT
        if repeats or question.relevant is not None or question.calculation is not None:
            self.steps[code] = Step(code, path, question.relevant, (), question)
        if repeats:
            inner = (code, *ancestors)
            self._questions(question.groups, question.questions, (*path, code), inner, code)

    def _carry(self, key: str, carrier: str) -> None:
        if carrier:
            self.carriers[key] = carrier


def _keys(
    groups: tuple[Group, ...], questions: tuple[Question, ...], group: str | None
) -> Iterator[str]:
    """The keys of the groups and questions inside a group (None: of all) of the same place."""
    inside = {group} if group is not None else {"", *(g.code for g in groups)}
    for inner in groups:
        if inner.group in inside:
            inside.add(inner.code)
            yield f"group {inner.code}"
    yield from (question.code for question in questions if question.group in inside)
