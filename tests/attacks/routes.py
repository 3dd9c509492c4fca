"""Which row of the table of roles guards which route: every route stands here, or a test fails."""

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


def _any_of(*cells: Cell) -> frozenset[Cell]:
    return frozenset(cells)


ANSWER, SUBMIT, RUN = Guard("answer"), Guard("submit"), Guard("run waves")
READ = (Guard("own answers"), Guard("others' named answers"))
RESULTS, SOME_RESULTS = Guard("dashboards"), Guard("dashboards", anywhere=True)
FIGURES = Guard("export", _any_of(Cell.YES, Cell.SHOWN, Cell.PROCESS))
EXPORT = Guard("export", _any_of(Cell.YES, Cell.PROCESS))
SOME_EXPORT = Guard("export", _any_of(Cell.YES, Cell.PROCESS), anywhere=True)
COPY = (Guard("export", _any_of(Cell.RESPONSE)), Guard("others' named answers"))
PEOPLE, EVERYBODY = Guard("people"), Guard("people", _any_of(Cell.ALL))
COLLEAGUES = Guard("people", _any_of(Cell.YES), anywhere=True)
DIRECTORY = Guard("directory")

OPEN_TO_ALL = frozenset({
    "core.language", "health", "home.index", "mailbox.index", "mailbox.letter", "signin.ask",
    "signin.confirm", "signin.demonstration", "signin.sign_out", "static",
})  # fmt: skip
"""The mailbox exists in development only."""

ROUTES: dict[str, Guard | Signed | tuple[Guard, ...]] = {
    "responses.begin": ANSWER,
    "responses.start": ANSWER,
    "responses.on_behalf": Guard("answer", _any_of(Cell.BEHALF)),
    "responses.hub": READ,
    "responses.section": ANSWER,
    "submitting.review": READ,
    "submitting.history": READ,
    "submitting.receipt": READ,
    "submitting.submit": SUBMIT,
    "submitting.reopen": SUBMIT,
    "submitting.decline": SUBMIT,
    "copies.download": COPY,
    "surveys.blank": Guard("answer", anywhere=True),
    "surveys.index": RUN,
    "surveys.upload": RUN,
    "surveys.show": RUN,
    "surveys.blank_version": RUN,
    "waves.open_wave": RUN,
    "calls.index": RUN,
    "calls.board": RUN,
    "calls.extend": RUN,
    "calls.act": RUN,
    "calls.mails": RUN,
    "calls.try_again": RUN,
    "call_mail.texts": RUN,
    "call_mail.preview": RUN,
    "call_mail.invite": RUN,
    "call_mail.plan": RUN,
    "call_mail.save_plan": RUN,
    "call_mail.remind": RUN,
    "results.index": SOME_RESULTS,
    "results.plotly": SOME_RESULTS,
    "results.overview": RESULTS,
    "results.section": RESULTS,
    "results.comments": RESULTS,
    "results.explore": RESULTS,
    "results.table": FIGURES,
    "exports.index": SOME_EXPORT,
    "exports.ask": SOME_EXPORT,
    "exports.follow": EXPORT,
    "exports.file": EXPORT,
    "people.colleagues": COLLEAGUES,
    "people.of_organisation": PEOPLE,
    "people.end": PEOPLE,
    "people.index": EVERYBODY,
    "people.add": EVERYBODY,
    "people.remove": EVERYBODY,
    "directory.index": DIRECTORY,
    "directory.organisation": DIRECTORY,
    "directory.correct": DIRECTORY,
    "directory.add_admission": DIRECTORY,
    "directory.correct_admission": DIRECTORY,
    "directory.remove_admission": DIRECTORY,
    "directory.groups": DIRECTORY,
    "directory.group": DIRECTORY,
    "directory.add_member": DIRECTORY,
    "directory.end_member": DIRECTORY,
    "kept.index": Signed(),
    "kept.show": Signed(only_for=Role.FOCAL_POINT),
}


def opens(endpoint: str, role: Role, *, own: bool, released: bool = False) -> bool:
    """Whether the table opens a route to a role."""
    guards = ROUTES[endpoint]
    alternatives = guards if isinstance(guards, tuple) else (guards,)
    return any(guard.opens(role, own=own, released=released) for guard in alternatives)
