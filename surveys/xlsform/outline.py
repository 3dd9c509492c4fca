"""A questionnaire as the rows of a form will nest: what stands in what, and each thing's name.

Reading (`surveys.xlsform.naming`) makes codes of names; here names are chosen that give back the
codes. Refuses to know cells.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from surveys.checks.known import mentioned
from surveys.checks.subjects import TEXTS, TREES
from surveys.conditions import nodes, references
from surveys.definition import Group, Question, QuestionKind, Questionnaire, Section
from surveys.xlsform.codes import Codes
from surveys.xlsform.leading import lead

INTRODUCTION = "introduction"
Thing = Section | Group | Question


@dataclass
class Node:
    """A section, group or question with what stands in it. `name`: what the form calls it.

    `paths`: how its expressions write questions whose names stand in several groups, by code.
    """

    thing: Thing
    inside: "list[Node]" = field(default_factory=list)
    name: str = ""
    paths: dict[str, str] = field(default_factory=dict)


def outline(questionnaire: Questionnaire) -> list[Node]:
    """What stands at the top of the form: groups for sections, and the loose ones' questions."""
    nodes: list[Node] = []
    loose = False
    for section in questionnaire.sections:
        inside = _nested(section.groups, section.questions)
        loose = not loose and is_loose(section, questionnaire)
        nodes.extend(inside if loose else [Node(section, inside)])
    _name(nodes, "", Codes(), _spoken_of(questionnaire))
    lead(nodes)
    return nodes


def is_loose(section: Section, questionnaire: Questionnaire) -> bool:
    """Whether a form can leave the section's questions outside every group."""
    plain = section.relevant is None and not (section.groups or section.hints or section.appearance)
    return section.loose and plain and section.texts == questionnaire.texts


def free_name(wish: str, questionnaire: Questionnaire) -> str:
    """The name, or a numbered one, that nothing in the questionnaire has."""
    taken = {section.code for section in questionnaire.sections}
    taken |= {question.called for question in questionnaire.anywhere.values()}
    number, name = 1, wish
    while name in taken or name in questionnaire.anywhere:
        number += 1
        name = f"{wish}_{number}"
    return name


def _nested(groups: Iterable[Group], questions: Iterable[Question]) -> list[Node]:
    """The flat groups and questions as they nest; a group without questions keeps its place."""
    nodes = {group.code: Node(group) for group in groups}
    top: list[Node] = []
    placed: set[str] = set()
    order = list(nodes)

    def place(code: str) -> None:
        """Put the group into the one around it, after those that come before it."""
        if code in placed or code not in nodes:
            return
        placed.add(code)
        group = nodes[code].thing
        around = group.group if isinstance(group, Group) else ""
        place(around)
        for earlier in order[: order.index(code)]:
            place(earlier)
        (nodes[around].inside if around in nodes else top).append(nodes[code])

    for question in questions:
        place(question.group)
        inside = _nested(question.groups, question.questions)
        target = nodes[question.group].inside if question.group in nodes else top
        target.append(Node(question, inside))
    for code in order:
        place(code)
    return top


def _name(nodes: list[Node], inside: str, codes: Codes, spoken: frozenset[str]) -> None:
    for node in nodes:
        thing = node.thing
        wish = thing.name or thing.code
        if isinstance(thing, Question):
            gives = codes.next_question(wish, inside) == thing.code
            plain = gives and not spoken & {wish, thing.code}
            node.name = wish if plain or wish == thing.code else thing.code
            codes.question(node.name, inside)
        else:
            gives = codes.next_group(wish, inside) == thing.code
            node.name = wish if gives else thing.code
            codes.group(node.name, inside)
        _name(node.inside, thing.code, codes, spoken)


def _spoken_of(questionnaire: Questionnaire) -> frozenset[str]:
    """The codes that must be names of their own: where they stand no path could."""
    return frozenset(code for thing in _things(questionnaire) for code in _spoken(thing))


def _things(questionnaire: Questionnaire) -> Iterator[Thing]:
    for section in questionnaire.sections:
        yield section
        yield from section.groups
        for question in section.questions:
            for inner in question.everything():
                yield inner
                yield from inner.groups


def _spoken(thing: Thing) -> Iterator[str]:
    yield from references(getattr(thing, "default", None))
    for tree in filter(None, (getattr(thing, name, None) for name in TREES)):
        named = [node["args"][1] for node, _ in nodes(tree) if node.get("op") == "choice_name"]
        yield from (argument["ref"] for argument in named)
    for texts in TEXTS:
        yield from mentioned(getattr(thing, texts, {}).values())


def asks_each_time(node: Node) -> bool:
    """Whether the node is a repeat."""
    return isinstance(node.thing, Question) and node.thing.kind is QuestionKind.REPEAT
