"""Two who do something at the same moment, each in a session of their own."""

from collections.abc import Callable
from threading import Thread

from flask import Flask
from sqlmodel import Session

from core.errors import DomainError

Step = Callable[[Session], object]
IN_THE_MIDST = 0.4
"""Seconds after which the second either waits for the first, or is done without seeing it."""


def at_once(app: Flask, first: Step, second: Step) -> list[DomainError]:
    """Take the second step in another session while the first is not committed; its refusals."""
    refused: list[DomainError] = []

    def other() -> None:
        with app.extensions["sessions"]() as theirs:
            try:
                second(theirs)
                theirs.commit()
            except DomainError as refusal:
                refused.append(refusal)

    with app.extensions["sessions"]() as mine:
        first(mine)
        thread = Thread(target=other)
        thread.start()
        thread.join(IN_THE_MIDST)
        mine.commit()
        thread.join()
    return refused
