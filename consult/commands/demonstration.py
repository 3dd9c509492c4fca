"""The consultation's part of `flask demo load`."""

from datetime import datetime

from flask import Flask
from sqlmodel import Session

from consult.services import demonstration, demonstration_adopted
from movement import demonstrations
from movement.models import Process


def _load(session: Session, process: Process, now: datetime) -> int:
    return demonstration.load(session, process, now=now)


def _load_adopted(session: Session, process: Process, now: datetime) -> int:
    return demonstration_adopted.load(session, process, now=now)


def init_app(_app: Flask) -> None:
    """Hand in what the demonstration holds of consultations."""
    demonstrations.register("contributions", _load)
    demonstrations.register("pledges", _load_adopted, demonstration_adopted.remove)
