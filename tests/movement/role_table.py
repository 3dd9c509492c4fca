"""The table of roles, as it was agreed. Each row: what is done, and what each role may.

YES: for their own organisation, where an organisation is concerned. BEHALF: for any organisation,
recorded as on its behalf. PROCESS: of their own process. RELEASED: once results are released.
CONTACTS: of every organisation, its own contacts. RESPONSE: their own response. SHOWN: what a page
shows. CONSENT: where consent was given. NO: not at all; also what the table leaves open.
"""

from enum import Enum, auto

from movement.models import Role


class Cell(Enum):
    """What a role may."""

    NO = auto()
    YES = auto()
    BEHALF = auto()
    PROCESS = auto()
    RELEASED = auto()
    CONTACTS = auto()
    RESPONSE = auto()
    SHOWN = auto()
    CONSENT = auto()
    ALL = auto()


NO, YES, BEHALF, PROCESS = Cell.NO, Cell.YES, Cell.BEHALF, Cell.PROCESS
RELEASED, CONTACTS, RESPONSE, SHOWN, CONSENT, ALL = (
    Cell.RELEASED, Cell.CONTACTS, Cell.RESPONSE, Cell.SHOWN, Cell.CONSENT, Cell.ALL,
)  # fmt: skip
ROLES = (
    Role.RESPONDENT, Role.FOCAL_POINT, Role.APPROVER, Role.SECRETARIAT, Role.CO_CHAIR,
    Role.CONSULTANT, Role.ADMINISTRATOR,
)  # fmt: skip
TABLE: dict[str, tuple[Cell, ...]] = {
    "answer": (YES, YES, YES, BEHALF, NO, NO, NO),
    "submit": (NO, YES, YES, BEHALF, NO, NO, NO),
    "own answers": (YES, YES, YES, NO, NO, NO, NO),
    "others' named answers": (NO, NO, NO, YES, NO, CONSENT, NO),
    "dashboards": (RELEASED, RELEASED, RELEASED, YES, YES, PROCESS, NO),
    "run waves": (NO, NO, NO, YES, NO, NO, NO),
    "export": (RESPONSE, RESPONSE, RESPONSE, YES, SHOWN, PROCESS, NO),
    "people": (NO, YES, YES, CONTACTS, NO, NO, ALL),
    "read drafts": (YES, YES, YES, YES, PROCESS, PROCESS, NO),
    # Who is asked anything in a process: in these tests every Society in each.
    "read meetings": (ALL, ALL, ALL, YES, PROCESS, PROCESS, NO),
    "contribute": (YES, YES, YES, NO, NO, NO, NO),  # staff enter on pages of their own
    "sign contributions": (NO, YES, YES, NO, NO, NO, NO),
    "drafting": (NO, NO, NO, YES, NO, PROCESS, NO),
    "processes": (NO, NO, NO, YES, PROCESS, PROCESS, NO),
    "drafts": (NO, NO, NO, YES, NO, PROCESS, NO),
    "directory": (NO, NO, NO, YES, NO, NO, YES),  # "pages for staff to see and correct it"
}


def cell(row: str, role: Role) -> Cell:
    """What the table says of a role."""
    return TABLE[row][ROLES.index(role)]
