"""Evidence cited to paragraphs, kept by value."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

from core.db import json_type

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table('citation',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.Column('draft_id', sa.Uuid(), nullable=False),
    sa.Column('lineage', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Enum('finding', 'document', name='citationkind', native_enum=False, length=40), nullable=False),
    sa.Column('titles', json_type(), nullable=False),
    sa.Column('sentences', json_type(), nullable=False),
    sa.Column('figures', json_type(), nullable=False),
    sa.Column('n', sa.Integer(), nullable=True),
    sa.Column('size', sa.Integer(), nullable=True),
    sa.Column('wave_code', sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
    sa.Column('question', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('address', sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
    sa.Column('digest', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('by_label', sqlmodel.sql.sqltypes.AutoString(length=320), nullable=False),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_citation_consultation_id_consultation'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['draft_id'], ['consultation_draft.id'], name=op.f('fk_citation_draft_id_consultation_draft'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_citation'))
    )
    op.create_index('ix_citation_consultation_lineage', 'citation', ['consultation_id', 'lineage'], unique=False)
    op.create_table('citation_file',
    sa.Column('citation_id', sa.Uuid(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('content_type', sqlmodel.sql.sqltypes.AutoString(length=100), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('digest', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['citation_id'], ['citation.id'], name=op.f('fk_citation_file_citation_id_citation'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('citation_id', name=op.f('pk_citation_file'))
    )


def downgrade() -> None:
    """Take back."""
    op.drop_table('citation_file')
    op.drop_index('ix_citation_consultation_lineage', table_name='citation')
    op.drop_table('citation')
