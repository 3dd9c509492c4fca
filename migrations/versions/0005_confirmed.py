"""Unusual answers somebody said are right, with their response."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    """Apply. The table itself stays, for on SQLite its trigger would go with it."""
    op.add_column("response", sa.Column("confirmed", JSON, nullable=False, server_default="{}"))


def downgrade() -> None:
    """Revert."""
    op.drop_column("response", "confirmed")
