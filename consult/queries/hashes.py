"""What a file remembers of a contribution and its disposition, to notice that either changed."""

from consult.models import Contribution, Disposition
from consult.services.steps import stamp
from consult.text.document import digest_of


def hash_of(
    one: Contribution, is_approved: Disposition | None, is_proposed: Disposition | None
) -> str:
    """What a file remembers of a contribution, to notice that it, or its disposition, changed."""
    rows = {row.state: row for row in (is_approved, is_proposed) if row}
    reasons = [sorted(row.reasons.items()) for row in (is_approved, is_proposed) if row]
    return digest_of(f"{one.id} {stamp(one, rows)} {reasons}")[:32]
