"""A returned contribution is rewritten in a row of its own until it is submitted again."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.add_column("contribution", sa.Column("revises_id", sa.Uuid(), nullable=True))
    op.create_index(op.f("ix_contribution_revises_id"), "contribution", ["revises_id"], unique=True)


def downgrade() -> None:
    """Take back."""
    op.drop_index(op.f("ix_contribution_revises_id"), table_name="contribution")
    op.drop_column("contribution", "revises_id")
