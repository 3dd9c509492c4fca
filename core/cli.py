"""How commands answer: JSON on standard output, sentences on standard error, status 0 or 1."""

import json
import sys
from collections.abc import Callable
from functools import wraps
from typing import Any, NoReturn, ParamSpec, TypeVar

import click

from core.errors import DomainError

P = ParamSpec("P")
R = TypeVar("R")


def answer(data: Any) -> None:
    """Print the result."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=2, default=str))


def refuse(sentence: object) -> NoReturn:
    """Say why not, and end with status 1."""
    click.echo(str(sentence), err=True)
    sys.exit(1)


def command_errors(function: Callable[P, R]) -> Callable[P, R]:
    """Turn a refusal of the services into a sentence and status 1."""

    @wraps(function)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return function(*args, **kwargs)
        except DomainError as error:
            refuse(error.message)

    return guarded
