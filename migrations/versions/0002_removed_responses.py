"""A response that is deleted, by whatever way, leaves its participation as it was before.

Participation knows nothing of responses, and responses may be deleted by hand; so the database
itself keeps the two in step. Without it a deleted response would still be counted as submitted.
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

RESET = """
UPDATE participation
SET state = CASE
        WHEN state = 'declined' THEN state
        WHEN opened_at IS NOT NULL THEN 'opened'
        WHEN invited_at IS NOT NULL THEN 'invited'
        ELSE 'listed'
    END,
    started_at = NULL,
    submitted_at = NULL
WHERE call_id = OLD.wave_id AND organisation_id = OLD.organisation_id;
"""


def upgrade() -> None:
    """Apply."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"CREATE TRIGGER response_removed AFTER DELETE ON response BEGIN {RESET} END")
        return
    op.execute(
        "CREATE FUNCTION response_removed() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {RESET} RETURN NULL; END $$"
    )
    op.execute(
        "CREATE TRIGGER response_removed AFTER DELETE ON response "
        "FOR EACH ROW EXECUTE FUNCTION response_removed()"
    )


def downgrade() -> None:
    """Undo."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER response_removed")
        return
    op.execute("DROP TRIGGER response_removed ON response")
    op.execute("DROP FUNCTION response_removed")
