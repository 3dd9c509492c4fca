"""Challenges that make asking cost a machine a little, and a person nothing.

A challenge is a signed note: for what it was made, when, how hard it is, and how long to wait
instead. A browser answers it with a number whose SHA-256 together with the challenge's signature
begins with so many zero bits (as Hashcash does, Back 2002); who has no script waits out the time.
It refuses to know what is guarded, and whether a challenge was used before: it only says whether an
answer fits. The numbers are found by `static/js/proof.js`.
"""

import hashlib
import hmac
import re
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

LIFE = timedelta(minutes=40)
"""How long a challenge can be answered: longer than reading a page takes anybody."""
LONGEST_NONCE = 11
"""Digits; with the signature they fill one block of SHA-256."""
_FORM = re.compile(r"([0-9a-f]{16})\.(\d{1,12})\.(\d{1,2})\.(\d{1,3})\.([A-Za-z0-9_-]{43})")
_NONCE = re.compile(rf"[0-9]{{1,{LONGEST_NONCE}}}", re.ASCII)


class Answer(StrEnum):
    """What came back. `BAD`: no challenge of ours for this; `EARLY`: neither solved nor waited."""

    SOLVED = "solved"
    WAITED = "waited"
    EARLY = "early"
    OLD = "old"
    BAD = "bad"


@dataclass(frozen=True)
class Challenge:
    """A challenge. `bits`: zeros asked for; `wait`: seconds without script; `signature`: its seal.

    `random`: makes each one different, so that a number found for one fits no other.
    """

    random: str
    issued: int
    bits: int
    wait: int
    signature: str

    def __str__(self) -> str:
        """As it travels in a form."""
        return f"{_signed(self)}.{self.signature}"


def make(key: bytes, purpose: str, *, bits: int, wait: int, now: datetime) -> Challenge:
    """A fresh challenge for a purpose."""
    plain = Challenge(secrets.token_hex(8), int(now.timestamp()), bits, wait, "")
    return Challenge(plain.random, plain.issued, bits, wait, _seal(key, purpose, plain))


def read(key: bytes, purpose: str, text: str) -> Challenge | None:
    """The challenge that came back, None if it isn't one of ours for this purpose."""
    found = _FORM.fullmatch(text)
    if found is None:
        return None
    random, issued, bits, wait, signature = found.groups()
    challenge = Challenge(random, int(issued), int(bits), int(wait), signature)
    sealed = _seal(key, purpose, challenge)
    return challenge if hmac.compare_digest(sealed, signature) else None


def judge(challenge: Challenge | None, nonce: str, *, now: datetime) -> Answer:
    """What an answer to a challenge is worth."""
    if challenge is None:
        return Answer.BAD
    age = now.timestamp() - challenge.issued
    if age > LIFE.total_seconds():
        return Answer.OLD
    if solves(challenge, nonce):
        return Answer.SOLVED
    return Answer.WAITED if age >= challenge.wait else Answer.EARLY


def solves(challenge: Challenge, nonce: str) -> bool:
    """Whether the number makes the hash begin with the zeros asked for."""
    if not _NONCE.fullmatch(nonce):
        return False
    hashed = hashlib.sha256(f"{challenge.signature}:{nonce}".encode()).digest()
    return int.from_bytes(hashed[:4]) >> (32 - challenge.bits) == 0


def seconds_left(challenge: Challenge, *, now: datetime) -> int:
    """How long to wait still, without script."""
    return max(0, challenge.wait - int(now.timestamp() - challenge.issued))


def _signed(challenge: Challenge) -> str:
    return f"{challenge.random}.{challenge.issued}.{challenge.bits}.{challenge.wait}"


def _seal(key: bytes, purpose: str, challenge: Challenge) -> str:
    message = f"proof/{purpose}/{_signed(challenge)}".encode()
    return urlsafe_b64encode(hmac.digest(key, message, "sha256")).decode().rstrip("=")
