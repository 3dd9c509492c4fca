"""Asking a group whether it agrees to a draft."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table('agreement_request',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('draft_id', sa.Uuid(), nullable=False),
    sa.Column('group_id', sa.Uuid(), nullable=False),
    sa.Column('asked_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('asked_by', sqlmodel.sql.sqltypes.AutoString(length=320), nullable=False),
    sa.ForeignKeyConstraint(['draft_id'], ['consultation_draft.id'], name=op.f('fk_agreement_request_draft_id_consultation_draft'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['group_id'], ['network_or_group.id'], name=op.f('fk_agreement_request_group_id_network_or_group'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_agreement_request')),
    sa.UniqueConstraint('draft_id', 'group_id', name=op.f('uq_agreement_request_draft_id_group_id'))
    )


def downgrade() -> None:
    """Take back."""
    op.drop_table('agreement_request')
