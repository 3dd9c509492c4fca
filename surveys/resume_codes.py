"""The code by which somebody without an account goes on with their answers: twelve letters.

60 random bits in Crockford's Base32, which has no letters that look alike, in three groups of
four. Only a keyed hash of it is kept. It refuses to know whose answers they are; so does everyone.
"""

import hmac
import secrets
import unicodedata
from uuid import UUID

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH, GROUP = 12, 4
_ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})
LONGEST_TYPED = 60


def fresh() -> str:
    """A new code, as it is shown: three groups of four letters, with dashes between."""
    letters = "".join(secrets.choice(ALPHABET) for _place in range(LENGTH))
    return "-".join(letters[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def plain(typed: str) -> str | None:
    """The code's letters of what was typed, however grouped and in any script's digits, or None."""
    letters = [_ascii(sign) for sign in typed[:LONGEST_TYPED].upper() if sign.isalnum()]
    code = "".join(letters).translate(_ALIKE)
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else None


def hashed(key: bytes, form_id: UUID, code: str) -> str:
    """What is kept of a code, in hexadecimal: of no use without the installation's key.

    `code`: as `plain` gives it. Bound to the form, so that it fits no other.
    """
    return hmac.digest(key, f"resume/{form_id}/{code}".encode(), "sha256").hex()


def _ascii(sign: str) -> str:
    value = unicodedata.digit(sign, None)
    return sign if value is None else str(value)
