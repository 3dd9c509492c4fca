"""Reviews, test runs, waves that change their version, comparability, and what is archived."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

from core.db import json_type

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

TIME = sqlmodel.sql.sqltypes.UTCDateTime
TEXT = sqlmodel.sql.sqltypes.AutoString
FLAG = {'nullable': False, 'server_default': sa.false()}


def upgrade() -> None:
    """Apply."""
    # added in place: copying a table on SQLite loses its trigger
    op.add_column('survey', sa.Column('second_pair', sa.Boolean(), **FLAG))
    op.add_column('survey', sa.Column('archived_at', TIME(), nullable=True))
    op.add_column('call', sa.Column('test', sa.Boolean(), **FLAG))
    op.add_column('call', sa.Column('archived_at', TIME(), nullable=True))
    op.add_column('response', sa.Column('known_id', sa.Uuid(), nullable=True))
    op.create_table('questionnaire_review',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('survey_id', sa.Uuid(), nullable=False),
    sa.Column('edition', sa.Integer(), nullable=False),
    sa.Column('act', sa.Enum('asked', 'approved', 'sent_back', name='reviewact', native_enum=False, length=40), nullable=False),
    sa.Column('comments', json_type(), nullable=False),
    sa.Column('note', TEXT(), nullable=False),
    sa.Column('at', TIME(), nullable=False),
    sa.Column('by', TEXT(length=320), nullable=False),
    sa.ForeignKeyConstraint(['survey_id'], ['survey.id'], name=op.f('fk_questionnaire_review_survey_id_survey'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_questionnaire_review'))
    )
    op.create_index(op.f('ix_questionnaire_review_survey_id'), 'questionnaire_review', ['survey_id'])
    op.create_table('wave_change',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('wave_id', sa.Uuid(), nullable=False),
    sa.Column('before_id', sa.Uuid(), nullable=False),
    sa.Column('after_id', sa.Uuid(), nullable=False),
    sa.Column('moved', sa.Integer(), nullable=False),
    sa.Column('at', TIME(), nullable=False),
    sa.Column('by', TEXT(length=320), nullable=False),
    sa.ForeignKeyConstraint(['after_id'], ['questionnaire_version.id'], name=op.f('fk_wave_change_after_id_questionnaire_version'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['before_id'], ['questionnaire_version.id'], name=op.f('fk_wave_change_before_id_questionnaire_version'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['wave_id'], ['wave.call_id'], name=op.f('fk_wave_change_wave_id_wave'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_wave_change'))
    )
    op.create_index(op.f('ix_wave_change_wave_id'), 'wave_change', ['wave_id'])
    op.create_table('comparability',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('survey_id', sa.Uuid(), nullable=False),
    sa.Column('before', sa.Integer(), nullable=False),
    sa.Column('after', sa.Integer(), nullable=False),
    sa.Column('uid', sa.Uuid(), nullable=False),
    sa.Column('said', sa.Enum('same', 'reworded', 'not_comparable', name='comparable', native_enum=False, length=40), nullable=False),
    sa.Column('at', TIME(), nullable=False),
    sa.Column('by', TEXT(length=320), nullable=False),
    sa.ForeignKeyConstraint(['survey_id'], ['survey.id'], name=op.f('fk_comparability_survey_id_survey'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_comparability')),
    sa.UniqueConstraint('survey_id', 'before', 'after', 'uid', name=op.f('uq_comparability_survey_id_before_after_uid'))
    )


def downgrade() -> None:
    """Undo."""
    for table in ('comparability', 'wave_change', 'questionnaire_review'):
        op.drop_table(table)
    op.drop_column('response', 'known_id')
    for table, column in (
        ('call', 'archived_at'), ('call', 'test'), ('survey', 'archived_at'), ('survey', 'second_pair'),
    ):
        op.drop_column(table, column)
