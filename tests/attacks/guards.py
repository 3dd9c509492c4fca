"""What opens a route: a row of the table of roles, or having signed in."""

from dataclasses import dataclass

from movement.actors import OF_A_PROCESS, OF_AN_ORGANISATION
from movement.models import Role
from tests.movement.role_table import Cell, cell

ALWAYS = frozenset({Cell.BEHALF, Cell.CONTACTS, Cell.ALL})
ENTITLED = frozenset(Cell) - {Cell.NO, Cell.CONSENT}


@dataclass(frozen=True)
class Guard:
    """A row of the table, and which of its words open the route.

    `anywhere`: the route names no organisation or process, so that any of one's own will do.
    """

    row: str
    cells: frozenset[Cell] = ENTITLED
    anywhere: bool = False

    def opens(self, role: Role, *, own: bool, released: bool) -> bool:
        """Whether the role may enter, for its own organisation or process or another's."""
        said = cell(self.row, role)
        if said not in self.cells:
            return False
        if self.anywhere or said in ALWAYS:
            return True
        if said is Cell.RELEASED:
            return released
        return own or role not in OF_AN_ORGANISATION | OF_A_PROCESS


@dataclass(frozen=True)
class Signed:
    """Open to whoever has signed in; `only_for`: to one person, whose the thing is."""

    only_for: Role | None = None

    def opens(self, role: Role, *, own: bool, released: bool) -> bool:
        """Whether the role's person may enter."""
        return self.only_for is None or (own and role is self.only_for)


def any_of(*cells: Cell) -> frozenset[Cell]:
    """These words of the table."""
    return frozenset(cells)


ANSWER, SUBMIT, RUN = Guard("answer"), Guard("submit"), Guard("run waves")
READ = (Guard("own answers"), Guard("others' named answers"))
RESULTS, SOME_RESULTS = Guard("dashboards"), Guard("dashboards", anywhere=True)
FIGURES = Guard("export", any_of(Cell.YES, Cell.SHOWN, Cell.PROCESS))
EXPORT = Guard("export", any_of(Cell.YES, Cell.PROCESS))
SOME_EXPORT = Guard("export", any_of(Cell.YES, Cell.PROCESS), anywhere=True)
COPY = (Guard("export", any_of(Cell.RESPONSE)), Guard("others' named answers"))
PEOPLE, EVERYBODY = Guard("people"), Guard("people", any_of(Cell.ALL))
COLLEAGUES = Guard("people", any_of(Cell.YES), anywhere=True)
DIRECTORY = Guard("directory")
READ_DRAFT, SOME_DRAFTS = Guard("read drafts"), Guard("read drafts", anywhere=True)
READ_MEETING = Guard("read meetings")
CONTRIBUTE, SIGN = Guard("contribute"), Guard("sign contributions")
DRAFTING = Guard("drafting")
DRAFTS = Guard("drafts")
PROCESSES, SOME_PROCESSES = Guard("processes"), Guard("processes", anywhere=True)
