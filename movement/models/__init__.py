"""The tables of those who take part: the directory, people, and calls for their input."""

from movement.models.calls import (
    Call,
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
    Region,
)
from movement.models.people import Assignment, Person, Role, SignInLink, SignInSession

__all__ = [
    "Admission",
    "Assignment",
    "Call",
    "CallMessage",
    "CallState",
    "Group",
    "GroupKind",
    "GroupMembership",
    "MessageKind",
    "Organisation",
    "OrganisationKind",
    "Participation",
    "ParticipationState",
    "Person",
    "Process",
    "Region",
    "ReminderStep",
    "Role",
    "SignInLink",
    "SignInSession",
]
