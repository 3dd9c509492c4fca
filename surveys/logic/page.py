"""What a page of one section needs to follow a questionnaire's logic by itself, as JSON.

The page's own questions, whatever decides about them, and the answers given elsewhere that their
expressions refer to; `static/js/logic.js` works it out as `surveys.logic.working` does. It refuses
to know how a page shows it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from surveys.conditions import UNKNOWN, Tree, nodes, references
from surveys.definition import Question, QuestionKind, Section, text_in
from surveys.logic.places import Place
from surveys.logic.plan import Plan, Step
from surveys.logic.scope import columns_of
from surveys.logic.working import Worked

REMEMBERED = 256


@dataclass(frozen=True)
class Movement:
    """What changes on a section's page while it is being answered, by the questions' codes.

    `follows`: whether it is asked. `counts`: what it is worth (calculated). `filters`: which
    choices it offers. `doubts`: it has a warning, which speaks of its own answer.
    """

    follows: frozenset[str]
    counts: frozenset[str]
    filters: frozenset[str]
    doubts: frozenset[str]

    @property
    def any(self) -> bool:
        """Whether the page has anything to follow."""
        return bool(self.follows or self.counts or self.filters or self.doubts)


def movement(plan: Plan, section: Section) -> Movement:
    """What depends on answers that stand on the section's own page."""
    return _movement(plan, section.code)


@lru_cache(REMEMBERED)
def _movement(plan: Plan, code: str) -> Movement:
    """The same, remembered: a questionnaire never changes."""
    section = plan.questionnaire.section(code)
    if section is None:
        raise AssertionError(code)  # callers hold the questionnaire's own sections
    own = {q.code: q for question in section.questions for q in question.everything()}
    moved = _moved(plan, frozenset(own))
    changing = own.keys() | moved

    def depends(tree: Tree | None) -> bool:
        return bool(references(tree) & changing)

    return Movement(
        follows=frozenset(code for code in own if code in moved and _decided(plan, code, moved)),
        counts=frozenset(
            code
            for code, question in own.items()
            if question.kind is QuestionKind.CALCULATED and code in moved
        ),
        filters=frozenset(code for code, q in own.items() if depends(q.choice_filter)),
        doubts=frozenset(code for code, q in own.items() if q.warning is not None),
    )


def _moved(plan: Plan, own: frozenset[str]) -> set[str]:
    """The steps, and the questions under them, that answers to these questions could change."""
    moved: set[str] = set()
    for step in plan.steps:
        seen = plan.refers[step.key]
        if seen & own or seen & moved or plan.carriers.get(step.key) in moved:
            moved.add(step.key)
            moved.update(step.covers)
            if step.question is not None:
                moved.update(q.code for q in step.question.everything())
    return moved


def _decided(plan: Plan, code: str, moved: set[str]) -> bool:
    """Whether it is the question's being asked that moves, and not merely its value."""
    question = plan.questions[code]
    return plan.carriers.get(code) in moved or question.relevant is not None


def _trees(step: Step) -> Iterator[Tree]:
    question = step.question
    trees = [step.relevant]
    if question is not None:
        trees += [question.calculation, question.times]
    yield from (tree for tree in trees if tree is not None)


def deciding(plan: Plan, code: str) -> tuple[set[str], set[str]]:
    """What decides whether a question is asked: (the questions, itself too; the operators)."""
    wanted = _Wanted(plan)
    wanted.keys([code])
    trees = (tree for step in plan.steps if step.key in wanted.steps for tree in _trees(step))
    return wanted.codes, {node.get("op", "") for tree in trees for node, _depth in nodes(tree)}


def page_logic(worked: Worked, section: Section) -> dict[str, Any] | None:
    """The section's logic for its page, None where nothing on it moves.

    `steps`: in the order to work them out. `questions`: those that occur, by code. `given`: texts
    of other sections' answers, by code; of a repeat {"answers": such an object} per item. `filters`
    and `warnings`: trees by code. `language`, `now`: as the server sees them.
    """
    plan = worked.plan
    move = movement(plan, section)
    if not move.any:
        return None
    own = [q for question in section.questions for q in question.everything()]
    wanted = _wanted(plan, section.code)
    here = {question.code for question in section.questions}
    lists = worked.questionnaire.lists
    return {
        "now": worked.now.isoformat(timespec="milliseconds"),
        "steps": [_step(step, plan) for step in plan.steps if step.key in wanted.steps],
        "questions": {
            code: _question(worked, code, wanted.named) for code in plan.questions if code in wanted
        },
        "given": _given(worked.top, wanted.codes - here),
        "filters": {q.code: _filter(worked, q) for q in own if q.code in move.filters},
        "warnings": {q.code: q.warning for q in own if q.warning is not None},
        "lists": {
            name: [columns_of(c, worked.language) for c in lists.get(name, ())]
            for name in sorted(wanted.lists)
        },
    }


@lru_cache(REMEMBERED)
def _wanted(plan: Plan, code: str) -> "_Wanted":
    """What the page of a section refers to, remembered as `_movement` is."""
    section = plan.questionnaire.section(code)
    own = [q for question in (section.questions if section else ()) for q in question.everything()]
    wanted = _Wanted(plan)
    wanted.keys(question.code for question in own)
    wanted.trees(t for q in own for t in (q.choice_filter, q.warning) if t is not None)
    return wanted


class _Wanted:
    """Collects what expressions refer to, and what decides about that in turn.

    `named`: the questions whose choices' texts are asked for.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.codes: set[str] = set()
        self.steps: set[str] = set()
        self.lists: set[str] = set()
        self.named: set[str] = set()
        self._by_key = {step.key: step for step in plan.steps}

    def __contains__(self, code: str) -> bool:
        return code in self.codes

    def keys(self, keys: Iterable[str]) -> None:
        """Want these questions or steps, and all that settles them."""
        waiting = list(keys)
        while waiting:
            key = waiting.pop()
            if key in self.codes or key in self.steps:
                continue
            if key in self.plan.questions:
                self.codes.add(key)
            step = self._by_key.get(key)
            if step is not None:
                self.steps.add(key)
                for tree in _trees(step):
                    waiting += self._refers(tree)
            carrier = self.plan.carriers.get(key)
            if carrier:
                waiting.append(carrier)

    def trees(self, trees: Iterable[Tree]) -> None:
        """Want what these expressions refer to."""
        for tree in trees:
            self.keys(self._refers(tree))

    def _refers(self, tree: Tree) -> list[str]:
        for node, _depth in nodes(tree):
            if "lookup" in node:
                self.lists.add(node["lookup"])
            elif node.get("op") == "choice_name":
                self.named.add(node["args"][1]["ref"])
        return [code for code in references(tree) if code in self.plan.questions]


def _step(step: Step, plan: Plan) -> dict[str, Any]:
    question = step.question
    told: dict[str, Any] = {"key": step.key}
    if step.path:
        told |= {"path": step.path, "ancestors": plan.around[step.key].ancestors}
    if step.relevant is not None:
        told["relevant"] = step.relevant
    if step.covers:
        told["covers"] = step.covers
    if question is not None and not question.asks and question.calculation is not None:
        told["calculation"] = question.calculation
    if question is not None and step.repeats:
        told["repeats"] = True
        if question.times is not None:
            told["times"] = question.times
    return told


def _question(worked: Worked, code: str, named: set[str]) -> dict[str, Any]:
    """Its `kind`, `path` and `ancestors`; `fixed`: nobody answers it; its choices' `names`."""
    question, around = worked.plan.questions[code], worked.plan.around[code]
    told: dict[str, Any] = {"kind": question.kind.value}
    if around.path:
        told["path"] = around.path
        told["ancestors"] = around.ancestors
    if question.read_only or not question.asks:
        told["fixed"] = True
    if code in named:
        told["names"] = {c.code: text_in(c.texts, worked.language) for c in question.choices}
    return told


def _filter(worked: Worked, question: Question) -> dict[str, Any]:
    """A filter's tree, and each choice's columns that it looks at."""
    tree = question.choice_filter or {}
    looked_at = {node["column"] for node, _depth in nodes(tree) if "column" in node}
    columns = {choice.code: columns_of(choice, worked.language) for choice in question.choices}
    return {
        "tree": tree,
        "choices": {
            code: {name: text for name, text in found.items() if name in looked_at}
            for code, found in columns.items()
        },
    }


def _given(place: Place, codes: set[str]) -> dict[str, Any]:
    """The texts of answers held in a place, by code, whether or not they are asked."""
    plan = place.plan
    told: dict[str, Any] = {}
    for code in place.codes:
        if code not in codes or code in place.values:
            continue
        question = plan.questions[code]
        if code in plan.repeats:
            told[code] = [{"answers": _given(item, codes)} for item in place.items.get(code, ())]
            continue
        text = place.held(question)
        if text is not UNKNOWN:
            told[code] = text
    return told
