"""How often one network address may do something: per minute for all requests, per hour for a few.

Counts live in the broker when it speaks Redis, so that all web processes share them, else in each
process. A broker that is away never fails a request: counting goes on in the process. Whoever is
counted stands there as a hash with a secret of the day, so that no list of counts is a list of
addresses, and none can be compared with yesterday's.
"""

import hashlib
import hmac
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar, cast

from flask import Flask, current_app, request
from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.errors import StorageError
from limits.storage import MemoryStorage, Storage, storage_from_string
from limits.strategies import SlidingWindowCounterRateLimiter
from werkzeug.exceptions import TooManyRequests

from core.clock import now
from core.settings import Settings

log = logging.getLogger(__name__)
UNCOUNTED = frozenset({"static", "health"})
QUIET_SECONDS = 10.0
SIGN_INS_PER_HOUR = 60
T = TypeVar("T")


@dataclass
class Counters:
    """The counts of one application, and the limits its settings draw."""

    shared: SlidingWindowCounterRateLimiter | None
    own: SlidingWindowCounterRateLimiter
    limits: dict[str, RateLimitItem]
    key: bytes
    silent_until: float = field(default=0.0)

    def hit(self, what: str, who: str) -> bool:
        """Count one; False if the limit was reached before it."""
        limit, name = self.limits[what], self._hashed(who)
        return self._counting(lambda counter: counter.hit(limit, what, name))

    def wait(self, what: str, who: str) -> int:
        """Seconds until one more is allowed; counts nothing."""
        limit, name = self.limits[what], self._hashed(who)
        window = self._counting(lambda counter: counter.get_window_stats(limit, what, name))
        return max(1, int(window.reset_time - time.time()) + 1)

    def once(self, what: str, which: str, *, seconds: int) -> bool:
        """Whether this is the first time in so many seconds; of many at once, one is the first."""
        name = f"once/{what}/{self._hashed(which)}"
        return self._counting(lambda counter: counter.storage.incr(name, seconds)) == 1

    def lately(self, what: str, which: str, *, seconds: int, adding: int = 0) -> int:
        """How often it happened in this and the last stretch of so many seconds, `adding` more."""
        stretch = int(time.time()) // seconds
        names = [f"lately/{what}/{which}/{stretch - back}" for back in (0, 1)]

        def count(counter: SlidingWindowCounterRateLimiter) -> int:
            if adding:
                counter.storage.incr(names[0], 2 * seconds, adding)
            return sum(counter.storage.get(name) for name in names)

        return self._counting(count)

    def _counting(self, ask: Callable[[SlidingWindowCounterRateLimiter], T]) -> T:
        """What the shared counts say; while these are away, those of this process."""
        if self.shared is not None and time.monotonic() >= self.silent_until:
            try:
                return ask(self.shared)
            except StorageError:
                self._turn_away()
        return ask(self.own)

    def _hashed(self, who: str) -> str:
        today = hmac.digest(self.key, f"{now():%Y-%m-%d}".encode(), "sha256")
        return hmac.new(today, who.encode(), hashlib.sha256).hexdigest()[:32]

    def _turn_away(self) -> None:
        self.silent_until = time.monotonic() + QUIET_SECONDS
        log.warning("the shared counts are unavailable: counting in this process")


class OwnStorage(MemoryStorage):
    """Counts in this process, tidied up in passing every few minutes.

    The parent starts a thread for it at nearly every count, which costs more than the counting.
    """

    TIDY_SECONDS = 300.0
    _tidy_at = 0.0

    def _MemoryStorage__schedule_expiry(self) -> None:  # noqa: N802 -- the parent's private name
        if time.monotonic() >= self._tidy_at:
            self._tidy_at = time.monotonic() + self.TIDY_SECONDS
            self._MemoryStorage__expire_events()  # type: ignore[attr-defined]  # likewise


def counters() -> Counters:
    """This application's counts."""
    found: Counters = current_app.extensions["limits"]
    return found


def client() -> str:
    """The network address the request came from, behind the trusted proxies."""
    return request.remote_addr or "unknown"


def spend(what: str) -> None:
    """Count one for the client; raises 429 with the seconds to wait when nothing was left."""
    if not counters().hit(what, client()):
        raise too_many(what)


def too_many(what: str) -> TooManyRequests:
    """The refusal to raise, with the seconds the client should wait."""
    return TooManyRequests(retry_after=counters().wait(what, client()))


def _count_request() -> None:
    if request.endpoint not in UNCOUNTED:
        spend("request")


def _shared(settings: Settings) -> Storage | None:
    if not settings.broker_url.startswith(("redis://", "rediss://")):
        return None
    store = storage_from_string(
        settings.broker_url, wrap_exceptions=True, socket_connect_timeout=1, socket_timeout=1
    )
    return cast(Storage, store)


def init_app(app: Flask) -> None:
    """Count every request before anything else is done for it."""
    settings: Settings = app.config["SETTINGS"]
    shared = _shared(settings)
    app.extensions["limits"] = Counters(
        shared=SlidingWindowCounterRateLimiter(shared) if shared else None,
        own=SlidingWindowCounterRateLimiter(OwnStorage()),
        limits={
            "request": RateLimitItemPerMinute(settings.requests_per_minute),
            "guess": RateLimitItemPerHour(settings.guesses_per_hour),
            "guess-noted": RateLimitItemPerHour(1),
            "sign-in": RateLimitItemPerHour(SIGN_INS_PER_HOUR),
        },
        key=settings.signing_key().encode(),
    )
    app.before_request_funcs.setdefault(None, []).insert(0, _count_request)
