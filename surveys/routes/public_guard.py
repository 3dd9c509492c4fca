"""Protection from floods: starting costs a machine a moment, and a person nothing.

A browser with script solves a challenge while the person reads. One without waits a few seconds,
under a stricter limit. The more start at once, the harder the challenge and the longer the wait.
"""

from dataclasses import dataclass

from flask import Flask, request
from limits import RateLimitItemPerHour

from core import limits, proofs
from core.clock import now
from core.proofs import Answer, Challenge
from surveys.routes.public_visit import key

EASY_BITS, MOST_STEPS = 15, 6
"""About 30,000 hashes, doubled at each step: a second on an old phone."""
EASY_WAIT, LONGEST_WAIT = 6, 60
"""Seconds: less than the page takes to read."""
CALM, STRETCH = 60, 600
"""Starts in ten minutes that nobody needs to slow down."""
PER_HOUR = {
    "public-start": 600,  # a whole camp may stand behind one address
    "public-plain": 60,
    "public-plain-all": 1200,  # of one questionnaire, from everywhere
    "public-code": 120,
}


@dataclass(frozen=True)
class Held(Exception):
    """Starting has to wait. `again`: the challenge to wait on with; None where a fresh one must do.

    `seconds`: until it can be tried.
    """

    again: Challenge | None = None
    seconds: int = 0


def challenge_for(code: str) -> Challenge:
    """A challenge for starting the questionnaire, as hard as this moment needs."""
    steps = steps_at(limits.counters().lately("public-start", code, seconds=STRETCH))
    wait = min(EASY_WAIT * 2**steps, LONGEST_WAIT)
    return proofs.make(key(), code, bits=EASY_BITS + steps, wait=wait, now=now())


def steps_at(load: int) -> int:
    """How many times harder than in calm: one step for each doubling of the load, to a limit."""
    return min((load // CALM).bit_length(), MOST_STEPS)


def admit(code: str) -> None:
    """Let a start through, once for each challenge; raises Held, or 429 past a limit."""
    challenge = proofs.read(key(), code, request.form.get("challenge", ""))
    answer = proofs.judge(challenge, request.form.get("proof", ""), now=now())
    if challenge is None or answer in (Answer.BAD, Answer.OLD):
        raise Held
    if answer is Answer.EARLY:
        raise Held(challenge, proofs.seconds_left(challenge, now=now()))
    _spend(code, solved=answer is Answer.SOLVED)
    life = int(proofs.LIFE.total_seconds()) + 60
    if not limits.counters().once("proof", challenge.signature, seconds=life):
        raise Held
    limits.counters().lately("public-start", code, seconds=STRETCH, adding=1)


def _spend(code: str, *, solved: bool) -> None:
    if solved:
        limits.spend("public-start")
        return
    limits.spend("public-plain")
    if not limits.counters().hit("public-plain-all", code):
        raise limits.too_many("public-plain-all")


def init_app(app: Flask) -> None:
    """Draw the limits."""
    counters: limits.Counters = app.extensions["limits"]
    counters.limits.update({name: RateLimitItemPerHour(most) for name, most in PER_HOUR.items()})
