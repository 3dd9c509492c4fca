"""How commands answer: JSON on standard output, sentences on standard error, status 0 or 1."""

import json
import re
import sys
from collections.abc import Callable
from functools import wraps
from typing import Any, NoReturn, ParamSpec, TypeVar

import click
from sqlalchemy.exc import DBAPIError

from core.db import lacks_schema
from core.errors import DomainError
from core.texts import lazy as _l

P = ParamSpec("P")
R = TypeVar("R")
_HALVES = re.compile("[\ud800-\udfff]")
"""What Python makes of bytes that are no UTF-8."""


def answer(data: Any) -> None:
    """Print the result, in which a mark stands for each byte of a file's name that is no UTF-8."""
    told = json.dumps(data, ensure_ascii=False, indent=2, default=str)
    click.echo(told.encode(errors="replace").decode())


def refuse(sentence: object) -> NoReturn:
    """Say why not, and end with status 1."""
    click.echo(str(sentence), err=True)
    sys.exit(1)


def command_errors(function: Callable[P, R]) -> Callable[P, R]:
    """Turn a refusal of the services, and what no command can work with, into a sentence.

    The status is 1. A text that is no UTF-8 is refused before anything looks for it or stores it; a
    path may be any bytes.
    """

    @wraps(function)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        if any(isinstance(given, str) and _HALVES.search(given) for given in kwargs.values()):
            refuse(_l("An argument is not in UTF-8. Write it anew."))
        try:
            return function(*args, **kwargs)
        except DomainError as error:
            refuse(error.message)
        except DBAPIError as error:
            if not lacks_schema(error):
                raise
            refuse(_l("The database has no schema yet, or an older one: run flask db upgrade."))

    return guarded
