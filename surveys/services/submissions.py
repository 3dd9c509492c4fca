"""What a submission is called and how it is told from another: its reference and its checksum."""

import hashlib
import json
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from surveys.models import Response, Submission
from surveys.queries.responses import Asked

REFERENCE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


def submission_of(
    response: Response,
    asked: Asked,
    answers: dict[str, Any],
    *,
    key: str,
    at: datetime,
    by: Mapping[str, Any],
) -> Submission:
    """A response's submission, not yet added. `answers`: those that count; `by`: who submits."""
    return Submission(
        response_id=response.id,
        key=key,
        reference=make_reference(asked.call.code, asked.organisation.code),
        at=at,
        answers=answers,
        digest=digest_of(answers),
        **by,
    )


def make_reference(wave: str, organisation: str) -> str:
    """What a receipt is called: the wave, the organisation, and six letters nobody can guess."""
    letters = "".join(secrets.choice(REFERENCE_LETTERS) for _ in range(6))
    return f"{wave[:20]}-{organisation}-{letters}".upper()


def digest_of(answers: dict[str, Any]) -> str:
    """The SHA-256 of the answers as sorted JSON: two receipts with the same one say the same."""
    canonical = json.dumps(answers, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
