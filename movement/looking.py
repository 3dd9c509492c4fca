"""Recording that an organisation has looked at what it is asked. It changes no words: a GET may."""

from flask import request

from core.clock import now
from core.db import sessions
from movement.models import Participation
from movement.services import participation
from movement.services.participation import BEFORE_OPENING


def note_opening(part: Participation) -> None:
    """Somebody of the organisation reads the page; the first time counts.

    A page is read in a session that only reads, so this has its own.
    """
    if request.method != "GET" or part.state not in BEFORE_OPENING:
        return
    with sessions()() as own:
        found = participation.held(own, part)
        participation.opened(found, now=now())
        own.commit()
