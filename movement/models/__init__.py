"""The tables of those who take part: the directory, people, and calls for their input."""

from movement.models.approvals import Approval, Verdict
from movement.models.calls import (
    Call,
    CallKind,
    CallMessage,
    CallState,
    MessageKind,
    Participation,
    ParticipationState,
    Process,
    ReminderStep,
)
from movement.models.directory import (
    Admission,
    Group,
    GroupKind,
    GroupMembership,
    Organisation,
    OrganisationKind,
    OutsideParty,
    PartyKind,
    Region,
)
from movement.models.people import Assignment, Person, Role, SignInLink, SignInSession

__all__ = [
    "Admission",
    "Approval",
    "Assignment",
    "Call",
    "CallKind",
    "CallMessage",
    "CallState",
    "Group",
    "GroupKind",
    "GroupMembership",
    "MessageKind",
    "Organisation",
    "OrganisationKind",
    "OutsideParty",
    "Participation",
    "ParticipationState",
    "PartyKind",
    "Person",
    "Process",
    "Region",
    "ReminderStep",
    "Role",
    "SignInLink",
    "SignInSession",
    "Verdict",
]
