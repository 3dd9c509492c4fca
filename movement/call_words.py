"""Words and shapes for the states of calls and their mail, as pages show them."""

from typing import Final

from flask import Flask

from core.models import MailState
from core.texts import Lazy
from core.texts import lazy as _l
from movement.models import CallKind, CallState, MessageKind, ParticipationState

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
SORTS: Final[dict[CallKind, Lazy]] = {
    CallKind.SURVEY: _l("Wave"),
    CallKind.CONSULTATION: _l("Round of a consultation"),
    CallKind.REPORTING: _l("Round of reports"),
}
ACTS: Final[dict[str, tuple[Lazy, Lazy]]] = {
    "extend": (_l("Extend the wave"), _l("Extend the round")),
    "close": (_l("Close the wave now"), _l("Close the round now")),
    "reopen": (_l("Reopen the wave"), _l("Reopen the round")),
    "look": (_l("Look at the wave"), _l("Look at the round")),
    "extended": (_l("The wave is extended."), _l("The round is extended.")),
}
"""Of a survey's wave, and of any other call."""
LINES: Final[dict[str, Word]] = {
    "planned": (_l("Planned"), "idle"),
    "queued": (_l("Waiting"), "doing"),
    "sent": (_l("Sent"), "done"),
    "failed": (_l("Failed"), "stopped"),
    "skipped": (_l("Left out"), "idle"),
}


def act_name(act: str, kind: str) -> Lazy:
    """What one does with a call, a key of `ACTS`, in the word for the call's kind."""
    return ACTS[act][0 if kind == CallKind.SURVEY else 1]


def sort_name(kind: str) -> Lazy:
    """What sort of call it is."""
    return SORTS[CallKind(kind)]


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
        act_name=act_name,
        sort_name=sort_name,
        call_word=call_word,
        part_word=part_word,
        mail_word=mail_word,
        kind_word=kind_word,
        line_word=line_word,
    )
