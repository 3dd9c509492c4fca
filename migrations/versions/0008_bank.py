"""The secretariat's own entries of the questions bank."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

from core.db import json_type

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table('bank_entry',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Enum('scale', 'question', 'section', name='entrykind', native_enum=False, length=40), nullable=False),
    sa.Column('definition', json_type(), nullable=False),
    sa.Column('taken_from', sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
    sa.Column('saved_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('saved_by', sqlmodel.sql.sqltypes.AutoString(length=320), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bank_entry'))
    )


def downgrade() -> None:
    """Undo."""
    op.drop_table('bank_entry')
