"""Words and shapes for the states of calls and their mail, as pages show them."""

from typing import Final

from flask import Flask

from core.models import MailState
from core.texts import Lazy
from core.texts import lazy as _l
from movement.models import CallState, MessageKind, ParticipationState

Word = tuple[Lazy, str]
"""(the word, the tone of `components/tag.html`)."""

CALLS: Final[dict[CallState, Word]] = {
    CallState.PLANNED: (_l("Planned"), "idle"),
    CallState.OPEN: (_l("Open"), "doing"),
    CallState.CLOSED: (_l("Closed"), "stopped"),
}
PARTS: Final[dict[ParticipationState, Word]] = {
    ParticipationState.LISTED: (_l("Not invited"), "idle"),
    ParticipationState.INVITED: (_l("Invited"), "idle"),
    ParticipationState.OPENED: (_l("Opened"), "doing"),
    ParticipationState.IN_PROGRESS: (_l("In progress"), "doing"),
    ParticipationState.SUBMITTED: (_l("Submitted"), "done"),
    ParticipationState.DECLINED: (_l("Declined"), "stopped"),
}
MAILS: Final[dict[MailState, Word]] = {
    MailState.QUEUED: (_l("Waiting"), "idle"),
    MailState.SENDING: (_l("Being sent"), "doing"),
    MailState.SENT: (_l("Sent"), "done"),
    MailState.UNCERTAIN: (_l("Perhaps sent"), "warning"),
    MailState.FAILED: (_l("Failed"), "stopped"),
    MailState.CANCELLED: (_l("Called back"), "idle"),
}
KINDS: Final[dict[str, Lazy]] = {
    MessageKind.INVITATION: _l("Invitation"),
    MessageKind.REMINDER: _l("Reminder"),
    "approval_asked": _l("Approval asked for"),
    "approval_decided": _l("Approval decided"),
}
LINES: Final[dict[str, Word]] = {
    "planned": (_l("Planned"), "idle"),
    "queued": (_l("Waiting"), "doing"),
    "sent": (_l("Sent"), "done"),
    "failed": (_l("Failed"), "stopped"),
    "skipped": (_l("Left out"), "idle"),
}


def call_word(state: str) -> Word:
    """A call's state."""
    return CALLS[CallState(state)]


def part_word(state: str) -> Word:
    """How far an organisation is."""
    return PARTS[ParticipationState(state)]


def mail_word(state: str) -> Word:
    """How far a mail is."""
    return MAILS[MailState(state)]


def kind_word(kind: str) -> Lazy | str:
    """What a mail is for; a purpose of another feature stands as it is."""
    return KINDS.get(kind, kind.replace("_", " "))


def line_word(state: str) -> Word:
    """What became of a planned reminder."""
    return LINES[state]


def init_app(app: Flask) -> None:
    """Let templates use the words."""
    app.jinja_env.globals.update(
        call_word=call_word,
        part_word=part_word,
        mail_word=mail_word,
        kind_word=kind_word,
        line_word=line_word,
    )
