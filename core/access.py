"""Who may enter a route. Every route carries a policy; a test walks the URL map for one without.

Knows no roles: a policy is a function of the signed-in person (None for nobody).
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from flask import g
from flask_babel import lazy_gettext as _l

from core.errors import DomainError, Forbidden, NotFound

P = ParamSpec("P")
R = TypeVar("R")
Policy = Callable[[Any], bool]


class SignInNeeded(DomainError):
    """Nobody is signed in, and the page needs somebody."""

    status = 401


def anyone(_person: object) -> bool:
    """Everybody, signed in or not."""
    return True


def signed_in(person: object) -> bool:
    """Whoever has signed in, whatever their roles."""
    return person is not None


def access(policy: Policy) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Guard a route. Nobody signed in: asked to sign in; the wrong person: refused with 403."""

    def guard(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            if not policy(g.get("actor")):
                if g.get("actor") is None:
                    raise SignInNeeded(_l("Sign in to open this page."))
                raise Forbidden(_l("This page is not open to your role."))
            return view(*args, **kwargs)

        guarded.access_policy = policy  # type: ignore[attr-defined]  # read by the test of all routes
        return guarded

    return guard


def check(allowed: bool, /, *, hide: bool = True) -> None:  # noqa: FBT001 -- a check reads as the sentence it is
    """Refuse where a row decides: as not found, so that ids tell nothing, or as forbidden."""
    if allowed:
        return
    if hide:
        raise NotFound(_l("There is no such page."))
    raise Forbidden(_l("This is not yours to do."))
