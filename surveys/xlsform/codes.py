"""Codes: what a form's names become where it uses one name in several groups.

Reading and writing share it, so that a written form gives back the codes it came from.
"""

MAX_CODE = 120
LOOSE = "questions"


class Codes:
    """The codes given so far; those of groups and those of questions are told apart."""

    def __init__(self) -> None:
        self._groups: set[str] = set()
        self._questions: set[str] = set()

    def group(self, name: str, inside: str) -> str:
        """A code for the section or group of this name, inside the one with that code."""
        return _give(self._groups, name, inside)

    def question(self, name: str, inside: str) -> str:
        """A code for the question of this name, inside the section, group or repeat."""
        return _give(self._questions, name, inside)

    def loose(self) -> str:
        """A code for a section of what stands outside every group."""
        number = 1
        while (code := f"{LOOSE}_{number}" if number > 1 else LOOSE) in self._groups:
            number += 1
        self._groups.add(code)
        return code

    def next_group(self, name: str, inside: str) -> str:
        """The code `group` would give now."""
        return _free(self._groups, name, inside)

    def next_question(self, name: str, inside: str) -> str:
        """The code `question` would give now."""
        return _free(self._questions, name, inside)


def _give(taken: set[str], name: str, inside: str) -> str:
    code = _free(taken, name, inside)
    taken.add(code)
    return code


def _free(taken: set[str], name: str, inside: str) -> str:
    """The name itself; if it is taken, behind its group's; else the first numbered one."""
    if name not in taken:
        return name
    code = f"{inside}.{name}"
    if inside and len(code) <= MAX_CODE and code not in taken:
        return code
    number = 2
    while f"{name}.{number}" in taken:
        number += 1
    return f"{name}.{number}"
