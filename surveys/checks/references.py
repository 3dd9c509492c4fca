"""What expressions and texts refer to: whether it exists, has a value, and comes before."""

from collections.abc import Iterator

from core.texts import Lazy
from core.texts import lazy as _l
from surveys.checks.finding import Finding
from surveys.checks.known import Known, mentioned
from surveys.checks.subjects import VALUELESS, Subject
from surveys.conditions import Tree, nodes
from surveys.definition import QuestionKind

# They are decided before the answer there is to speak of.
_BEFORE_ANSWER = frozenset({"relevant", "times", "default"})


def lost_references(subject: Subject, known: Known) -> Iterator[Finding]:
    """Errors for references that lead nowhere, warnings of those that look ahead."""
    for field, tree in subject.trees():
        found = [node for node, _depth in nodes(tree)]
        if field in _BEFORE_ANSWER and any("this" in node for node in found):
            message = _l("“.” is the answer itself: it can't decide whether the question is asked.")
            yield subject.error(field, message)
        yield from _of_tree(subject, field, found, known)
    for field, codes in _mentions(subject, known):
        for code in codes:
            if code not in known.questions:
                yield subject.error(field, _nowhere(code, known))


def _mentions(subject: Subject, known: Known) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The codes its texts mention, by field."""
    listed = subject.question.list if subject.question else ""
    for field, texts in subject.texts():
        shared = field == "choices" and listed in known.lists
        yield field, known.lists[listed] if shared else mentioned(texts)


def _of_tree(subject: Subject, field: str, found: list[Tree], known: Known) -> Iterator[Finding]:
    for code in sorted({node["ref"] for node in found if "ref" in node}):
        target = known.questions.get(code)
        if target is None:
            yield subject.error(field, _nowhere(code, known))
        elif target.kind is QuestionKind.NOTE:
            message = _l(
                "“%(code)s” is a note, which nobody answers: it counts as empty.", code=code
            )
            yield subject.warning(field, message)
        elif target.kind in VALUELESS:
            message = _l("“%(code)s” has no value a condition could compare.", code=code)
            yield subject.error(field, message)
        elif target is subject.thing and field != "required_if":
            message = _l("The question refers to itself: a constraint writes . for its own answer.")
            yield subject.error(field, message)
        elif _looks_ahead(subject, field, code, known):
            yield subject.warning(field, _l("“%(code)s” is asked only later.", code=code))
    for name in sorted({node["lookup"] for node in found if "lookup" in node} - set(known.lists)):
        message = _l("The sheet choices has no list “%(list)s”.", list=name)
        yield subject.error(field, message)


def _nowhere(code: str, known: Known) -> Lazy:
    if code in known.items:
        return _l(
            "“%(code)s” is a row of %(question)s: conditions can't refer to single rows.",
            code=code,
            question=known.items[code],
        )
    if code in known.groups:
        return _l("“%(code)s” is a group and has no value: refer to a question in it.", code=code)
    return _l("There is no question “%(code)s”.", code=code)


def _looks_ahead(subject: Subject, field: str, code: str, known: Known) -> bool:
    """Whether it speaks of what is asked later; calculations may, and may be spoken of."""
    if field == "calculation" or known.questions[code].kind is QuestionKind.CALCULATED:
        return False
    return known.places[code] > subject.place
