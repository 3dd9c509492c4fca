"""A page's fields in their groups: which heading stands above which questions."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Union

from surveys.definition import Group

if TYPE_CHECKING:
    from surveys.forms.fields import AnswerField

Node = Union["Block", "AnswerField"]


@dataclass
class Block:
    """A group on a page, with its fields and further groups in the order asked."""

    group: Group
    children: list[Node] = field(default_factory=list)

    @property
    def nothing_to_show(self) -> bool:
        """Whether nothing of it is on the page."""
        return all(child.nothing_to_show for child in self.children)


def laid_out(groups: Sequence[Group], fields: Sequence["AnswerField"]) -> list[Node]:
    """The fields in their order, each inside the groups it stands in.

    A group comes up where its first question does; if others stand between its questions it comes
    up again, so that the order asked is kept.
    """
    known = {group.code: group for group in groups}
    top: list[Node] = []
    open_now: list[Block] = []
    for one in fields:
        path = _path(known, one.question.group)
        same = 0
        while same < min(len(path), len(open_now)) and open_now[same].group is path[same]:
            same += 1
        del open_now[same:]
        for group in path[same:]:
            block = Block(group)
            (open_now[-1].children if open_now else top).append(block)
            open_now.append(block)
        (open_now[-1].children if open_now else top).append(one)
    return top


def _path(known: dict[str, Group], code: str) -> list[Group]:
    """The groups around a question, the outermost first."""
    path: list[Group] = []
    while code in known and known[code] not in path:
        path.insert(0, known[code])
        code = known[code].group
    return path
