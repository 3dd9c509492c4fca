"""Drafts, contributions, decisions, meetings, pledges and reports."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

from core.db import json_type

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table('consultation',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('code', sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
    sa.Column('process_id', sa.Uuid(), nullable=False),
    sa.Column('titles', json_type(), nullable=False),
    sa.Column('demonstration', sa.Boolean(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('archived_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['process_id'], ['process.id'], name=op.f('fk_consultation_process_id_process'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consultation')),
    sa.UniqueConstraint('code', name=op.f('uq_consultation_code'))
    )
    with op.batch_alter_table('consultation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_consultation_process_id'), ['process_id'], unique=False)

    op.create_table('consultation_code',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Enum('theme', 'framework', name='codekind', native_enum=False, length=40), nullable=False),
    sa.Column('code', sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
    sa.Column('titles', json_type(), nullable=False),
    sa.Column('framework', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_consultation_code_consultation_id_consultation'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consultation_code')),
    sa.UniqueConstraint('consultation_id', 'code', name=op.f('uq_consultation_code_consultation_id_code'))
    )
    op.create_table('consultation_draft',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('state', sa.Enum('in_work', 'published', name='draftstate', native_enum=False, length=40), nullable=False),
    sa.Column('document', json_type(), nullable=False),
    sa.Column('digest', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('base_id', sa.Uuid(), nullable=True),
    sa.Column('edition', sa.Integer(), nullable=False),
    sa.Column('source', sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('published_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('published_by', sqlmodel.sql.sqltypes.AutoString(length=320), nullable=False),
    sa.ForeignKeyConstraint(['base_id'], ['consultation_draft.id'], name=op.f('fk_consultation_draft_base_id_consultation_draft')),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_consultation_draft_consultation_id_consultation'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consultation_draft')),
    sa.UniqueConstraint('consultation_id', 'number', name=op.f('uq_consultation_draft_consultation_id_number'))
    )
    op.create_table('contribution_submission',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('call_id', sa.Uuid(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('reference', sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
    sa.Column('at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('by_id', sa.Uuid(), nullable=True),
    sa.Column('by_label', sqlmodel.sql.sqltypes.AutoString(length=320), nullable=False),
    sa.Column('approved_by', sqlmodel.sql.sqltypes.AutoString(length=320), nullable=False),
    sa.Column('content', json_type(), nullable=False),
    sa.Column('checksum', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_contribution_submission_by_id_person'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['call_id'], ['call.id'], name=op.f('fk_contribution_submission_call_id_call'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_contribution_submission_organisation_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contribution_submission')),
    sa.UniqueConstraint('reference', name=op.f('uq_contribution_submission_reference'))
    )
    with op.batch_alter_table('contribution_submission', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_contribution_submission_call_id'), ['call_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_contribution_submission_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('consultation_round',
    sa.Column('call_id', sa.Uuid(), nullable=False),
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.Column('draft_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('visibility', sa.Enum('after_submission', 'after_closing', 'never', name='visibility', native_enum=False, length=40), nullable=False),
    sa.Column('names_shown', sa.Boolean(), nullable=False),
    sa.Column('closed_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('closed_by', sqlmodel.sql.sqltypes.AutoString(length=320), nullable=False),
    sa.Column('account_public', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['call_id'], ['call.id'], name=op.f('fk_consultation_round_call_id_call'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_consultation_round_consultation_id_consultation'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['draft_id'], ['consultation_draft.id'], name=op.f('fk_consultation_round_draft_id_consultation_draft'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('call_id', name=op.f('pk_consultation_round')),
    sa.UniqueConstraint('consultation_id', 'number', name=op.f('uq_consultation_round_consultation_id_number'))
    )
    with op.batch_alter_table('consultation_round', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_consultation_round_draft_id'), ['draft_id'], unique=False)

    op.create_table('draft_adoption',
    sa.Column('draft_id', sa.Uuid(), nullable=False),
    sa.Column('body', sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
    sa.Column('adopted_on', sa.Date(), nullable=False),
    sa.Column('reference', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('recorded_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('recorded_by', sqlmodel.sql.sqltypes.AutoString(length=320), nullable=False),
    sa.ForeignKeyConstraint(['draft_id'], ['consultation_draft.id'], name=op.f('fk_draft_adoption_draft_id_consultation_draft'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('draft_id', name=op.f('pk_draft_adoption'))
    )
    op.create_table('draft_agreement',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('draft_id', sa.Uuid(), nullable=False),
    sa.Column('group_id', sa.Uuid(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('consents', sa.Boolean(), nullable=False),
    sa.Column('reason', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('by_label', sqlmodel.sql.sqltypes.AutoString(length=320), nullable=False),
    sa.ForeignKeyConstraint(['draft_id'], ['consultation_draft.id'], name=op.f('fk_draft_agreement_draft_id_consultation_draft'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['group_id'], ['network_or_group.id'], name=op.f('fk_draft_agreement_group_id_network_or_group'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_draft_agreement_organisation_id_organisation'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_draft_agreement')),
    sa.UniqueConstraint('draft_id', 'group_id', 'organisation_id', name=op.f('uq_draft_agreement_draft_id_group_id_organisation_id'))
    )
    op.create_table('draft_operation',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('draft_id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('operation', json_type(), nullable=False),
    sa.Column('by_label', sqlmodel.sql.sqltypes.AutoString(length=320), nullable=False),
    sa.Column('at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['draft_id'], ['consultation_draft.id'], name=op.f('fk_draft_operation_draft_id_consultation_draft'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_draft_operation')),
    sa.UniqueConstraint('draft_id', 'position', name=op.f('uq_draft_operation_draft_id_position'))
    )
    with op.batch_alter_table('draft_operation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_draft_operation_draft_id'), ['draft_id'], unique=False)

    op.create_table('implementation_report',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('call_id', sa.Uuid(), nullable=False),
    sa.Column('draft_id', sa.Uuid(), nullable=False),
    sa.Column('lineage', sa.Uuid(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('state', sa.Enum('in_progress', 'submitted', name='reportstate', native_enum=False, length=40), nullable=False),
    sa.Column('status', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
    sa.Column('language', sqlmodel.sql.sqltypes.AutoString(length=10), nullable=False),
    sa.Column('measures', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('difficulties', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('next_steps', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('edition', sa.Integer(), nullable=False),
    sa.Column('updated_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('submitted_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('by_label', sqlmodel.sql.sqltypes.AutoString(length=320), nullable=False),
    sa.Column('history', json_type(), nullable=False),
    sa.ForeignKeyConstraint(['call_id'], ['call.id'], name=op.f('fk_implementation_report_call_id_call'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['draft_id'], ['consultation_draft.id'], name=op.f('fk_implementation_report_draft_id_consultation_draft'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_implementation_report_organisation_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_implementation_report')),
    sa.UniqueConstraint('call_id', 'organisation_id', 'lineage', name=op.f('uq_implementation_report_call_id_organisation_id_lineage'))
    )
    with op.batch_alter_table('implementation_report', schema=None) as batch_op:
        batch_op.create_index('ix_implementation_report_draft', ['draft_id', 'lineage'], unique=False)
        batch_op.create_index(batch_op.f('ix_implementation_report_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('meeting',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('code', sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
    sa.Column('process_id', sa.Uuid(), nullable=False),
    sa.Column('consultation_id', sa.Uuid(), nullable=True),
    sa.Column('group_id', sa.Uuid(), nullable=True),
    sa.Column('titles', json_type(), nullable=False),
    sa.Column('place', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('begins_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('concept', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('agreed_text', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('demonstration', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_meeting_consultation_id_consultation'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['group_id'], ['network_or_group.id'], name=op.f('fk_meeting_group_id_network_or_group'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['process_id'], ['process.id'], name=op.f('fk_meeting_process_id_process'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting')),
    sa.UniqueConstraint('code', name=op.f('uq_meeting_code'))
    )
    with op.batch_alter_table('meeting', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_meeting_consultation_id'), ['consultation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_meeting_process_id'), ['process_id'], unique=False)

    op.create_table('paragraph_duty',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('draft_id', sa.Uuid(), nullable=False),
    sa.Column('lineage', sa.Uuid(), nullable=False),
    sa.Column('addressees', json_type(), nullable=False),
    sa.Column('report_due', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['draft_id'], ['consultation_draft.id'], name=op.f('fk_paragraph_duty_draft_id_consultation_draft'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_paragraph_duty')),
    sa.UniqueConstraint('draft_id', 'lineage', name=op.f('uq_paragraph_duty_draft_id_lineage'))
    )
    op.create_table('pledge',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.Column('draft_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=True),
    sa.Column('state', sa.Enum('in_progress', 'published', 'withdrawn', name='pledgestate', native_enum=False, length=40), nullable=False),
    sa.Column('titles', json_type(), nullable=False),
    sa.Column('texts', json_type(), nullable=False),
    sa.Column('language', sqlmodel.sql.sqltypes.AutoString(length=10), nullable=False),
    sa.Column('lineages', json_type(), nullable=False),
    sa.Column('focal_function', sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
    sa.Column('from_date', sa.Date(), nullable=False),
    sa.Column('until_date', sa.Date(), nullable=True),
    sa.Column('open_to_others', sa.Boolean(), nullable=False),
    sa.Column('edition', sa.Integer(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('published_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_pledge_consultation_id_consultation'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['draft_id'], ['consultation_draft.id'], name=op.f('fk_pledge_draft_id_consultation_draft'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pledge')),
    sa.UniqueConstraint('consultation_id', 'number', name=op.f('uq_pledge_consultation_id_number'))
    )
    op.create_table('reporting_round',
    sa.Column('call_id', sa.Uuid(), nullable=False),
    sa.Column('draft_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['call_id'], ['call.id'], name=op.f('fk_reporting_round_call_id_call'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['draft_id'], ['consultation_draft.id'], name=op.f('fk_reporting_round_draft_id_consultation_draft'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('call_id', name=op.f('pk_reporting_round'))
    )
    with op.batch_alter_table('reporting_round', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_reporting_round_draft_id'), ['draft_id'], unique=False)

    op.create_table('contribution',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.Column('call_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=True),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('author_id', sa.Uuid(), nullable=True),
    sa.Column('author_label', sqlmodel.sql.sqltypes.AutoString(length=320), nullable=False),
    sa.Column('kind', sa.Enum('comment', 'amendment', 'position', name='contributionkind', native_enum=False, length=40), nullable=False),
    sa.Column('category', sa.Enum('general', 'technical', 'editorial', name='category', native_enum=False, length=40), nullable=False),
    sa.Column('scope', sa.Enum('whole', 'section', 'paragraph', 'selection', name='scope', native_enum=False, length=40), nullable=False),
    sa.Column('draft_id', sa.Uuid(), nullable=False),
    sa.Column('lineage', sa.Uuid(), nullable=True),
    sa.Column('language', sqlmodel.sql.sqltypes.AutoString(length=10), nullable=False),
    sa.Column('quote', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('quote_start', sa.Integer(), nullable=True),
    sa.Column('text', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('proposal_kind', sa.Enum('replace', 'insert_after', 'delete', name='proposalkind', native_enum=False, length=40), nullable=True),
    sa.Column('proposal', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('stance', sa.Enum('support', 'can_live_with', 'concern', 'object', name='stance', native_enum=False, length=40), nullable=True),
    sa.Column('state', sa.Enum('in_progress', 'dropped', 'submitted', 'admitted', 'returned', 'withdrawn', name='contributionstate', native_enum=False, length=40), nullable=False),
    sa.Column('is_current', sa.Boolean(), nullable=False),
    sa.Column('source', sa.Enum('web', 'mail', 'meeting', 'word', 'command', name='source', native_enum=False, length=40), nullable=False),
    sa.Column('source_note', sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
    sa.Column('recorded_by', sqlmodel.sql.sqltypes.AutoString(length=320), nullable=False),
    sa.Column('meeting_id', sa.Uuid(), nullable=True),
    sa.Column('submission_id', sa.Uuid(), nullable=True),
    sa.Column('officer_id', sa.Uuid(), nullable=True),
    sa.Column('edition', sa.Integer(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('updated_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('submitted_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('admitted_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('returned_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('return_reason', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('withdrawn_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['author_id'], ['person.id'], name=op.f('fk_contribution_author_id_person'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['call_id'], ['call.id'], name=op.f('fk_contribution_call_id_call'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_contribution_consultation_id_consultation'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['draft_id'], ['consultation_draft.id'], name=op.f('fk_contribution_draft_id_consultation_draft'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_contribution_meeting_id_meeting'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['officer_id'], ['person.id'], name=op.f('fk_contribution_officer_id_person'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_contribution_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['submission_id'], ['contribution_submission.id'], name=op.f('fk_contribution_submission_id_contribution_submission'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contribution')),
    sa.UniqueConstraint('consultation_id', 'number', name=op.f('uq_contribution_consultation_id_number'))
    )
    with op.batch_alter_table('contribution', schema=None) as batch_op:
        batch_op.create_index('ix_contribution_draft_lineage', ['draft_id', 'lineage'], unique=False)
        batch_op.create_index(batch_op.f('ix_contribution_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index('ix_contribution_round_state', ['call_id', 'state'], unique=False)
        batch_op.create_index('uq_contribution_official_position', ['call_id', 'organisation_id', 'lineage'], unique=True, sqlite_where=sa.text("kind = 'position' AND is_current AND state IN ('submitted', 'admitted')"), postgresql_where=sa.text("kind = 'position' AND is_current AND state IN ('submitted', 'admitted')"))

    op.create_table('meeting_document',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('meeting_id', sa.Uuid(), nullable=False),
    sa.Column('title', sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('content_type', sqlmodel.sql.sqltypes.AutoString(length=100), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('digest', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.Column('added_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_meeting_document_meeting_id_meeting'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_document'))
    )
    with op.batch_alter_table('meeting_document', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_meeting_document_meeting_id'), ['meeting_id'], unique=False)

    op.create_table('meeting_session',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('meeting_id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('title', sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
    sa.Column('record', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_meeting_session_meeting_id_meeting'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_session'))
    )
    with op.batch_alter_table('meeting_session', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_meeting_session_meeting_id'), ['meeting_id'], unique=False)

    op.create_table('pledge_party',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('pledge_id', sa.Uuid(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=True),
    sa.Column('outside_party_id', sa.Uuid(), nullable=True),
    sa.Column('lead', sa.Boolean(), nullable=False),
    sa.Column('signed_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('signed_by', sqlmodel.sql.sqltypes.AutoString(length=320), nullable=False),
    sa.Column('left_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_pledge_party_organisation_id_organisation'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['outside_party_id'], ['outside_party.id'], name=op.f('fk_pledge_party_outside_party_id_outside_party'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['pledge_id'], ['pledge.id'], name=op.f('fk_pledge_party_pledge_id_pledge'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pledge_party')),
    sa.UniqueConstraint('pledge_id', 'organisation_id', name=op.f('uq_pledge_party_pledge_id_organisation_id')),
    sa.UniqueConstraint('pledge_id', 'outside_party_id', name=op.f('uq_pledge_party_pledge_id_outside_party_id'))
    )
    with op.batch_alter_table('pledge_party', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_pledge_party_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_pledge_party_pledge_id'), ['pledge_id'], unique=False)

    op.create_table('pledge_progress',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('pledge_id', sa.Uuid(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=True),
    sa.Column('language', sqlmodel.sql.sqltypes.AutoString(length=10), nullable=False),
    sa.Column('text', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('status', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
    sa.Column('at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('by_label', sqlmodel.sql.sqltypes.AutoString(length=320), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_pledge_progress_organisation_id_organisation'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['pledge_id'], ['pledge.id'], name=op.f('fk_pledge_progress_pledge_id_pledge'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pledge_progress'))
    )
    with op.batch_alter_table('pledge_progress', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_pledge_progress_pledge_id'), ['pledge_id'], unique=False)

    op.create_table('report_evidence',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('report_id', sa.Uuid(), nullable=False),
    sa.Column('title', sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
    sa.Column('address', sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('content_type', sqlmodel.sql.sqltypes.AutoString(length=100), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('digest', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=True),
    sa.Column('added_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['report_id'], ['implementation_report.id'], name=op.f('fk_report_evidence_report_id_implementation_report'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report_evidence'))
    )
    with op.batch_alter_table('report_evidence', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_report_evidence_report_id'), ['report_id'], unique=False)

    op.create_table('contribution_carry_over',
    sa.Column('contribution_id', sa.Uuid(), nullable=False),
    sa.Column('draft_id', sa.Uuid(), nullable=False),
    sa.Column('fit', sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
    sa.Column('lineage', sa.Uuid(), nullable=True),
    sa.Column('proposal', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.ForeignKeyConstraint(['contribution_id'], ['contribution.id'], name=op.f('fk_contribution_carry_over_contribution_id_contribution'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['draft_id'], ['consultation_draft.id'], name=op.f('fk_contribution_carry_over_draft_id_consultation_draft'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('contribution_id', 'draft_id', name=op.f('pk_contribution_carry_over'))
    )
    with op.batch_alter_table('contribution_carry_over', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_contribution_carry_over_draft_id'), ['draft_id'], unique=False)

    op.create_table('contribution_code',
    sa.Column('contribution_id', sa.Uuid(), nullable=False),
    sa.Column('code_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['code_id'], ['consultation_code.id'], name=op.f('fk_contribution_code_code_id_consultation_code'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['contribution_id'], ['contribution.id'], name=op.f('fk_contribution_code_contribution_id_contribution'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('contribution_id', 'code_id', name=op.f('pk_contribution_code'))
    )
    with op.batch_alter_table('contribution_code', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_contribution_code_code_id'), ['code_id'], unique=False)

    op.create_table('contribution_endorsement',
    sa.Column('contribution_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('endorses', sa.Boolean(), nullable=False),
    sa.Column('note', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['contribution_id'], ['contribution.id'], name=op.f('fk_contribution_endorsement_contribution_id_contribution'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_contribution_endorsement_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('contribution_id', 'person_id', name=op.f('pk_contribution_endorsement'))
    )
    op.create_table('contribution_event',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('contribution_id', sa.Uuid(), nullable=False),
    sa.Column('at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('by_label', sqlmodel.sql.sqltypes.AutoString(length=320), nullable=False),
    sa.Column('act', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
    sa.Column('note', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('before', json_type(), nullable=True),
    sa.ForeignKeyConstraint(['contribution_id'], ['contribution.id'], name=op.f('fk_contribution_event_contribution_id_contribution'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contribution_event'))
    )
    with op.batch_alter_table('contribution_event', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_contribution_event_contribution_id'), ['contribution_id'], unique=False)

    op.create_table('contribution_sponsor',
    sa.Column('contribution_id', sa.Uuid(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('state', sa.Enum('invited', 'confirmed', 'declined', 'left', name='sponsorstate', native_enum=False, length=40), nullable=False),
    sa.Column('invited_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('decided_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('decided_by', sqlmodel.sql.sqltypes.AutoString(length=320), nullable=False),
    sa.ForeignKeyConstraint(['contribution_id'], ['contribution.id'], name=op.f('fk_contribution_sponsor_contribution_id_contribution'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_contribution_sponsor_organisation_id_organisation')),
    sa.PrimaryKeyConstraint('contribution_id', 'organisation_id', name=op.f('pk_contribution_sponsor'))
    )
    with op.batch_alter_table('contribution_sponsor', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_contribution_sponsor_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('disposition',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('contribution_id', sa.Uuid(), nullable=False),
    sa.Column('state', sa.Enum('proposed', 'approved', 'replaced', name='dispositionstate', native_enum=False, length=40), nullable=False),
    sa.Column('outcome', sa.Enum('accepted', 'partly', 'not_accepted', 'noted', 'duplicate', 'out_of_scope', 'carried_over', name='outcome', native_enum=False, length=40), nullable=False),
    sa.Column('reasons', json_type(), nullable=False),
    sa.Column('duplicate_of_id', sa.Uuid(), nullable=True),
    sa.Column('proposed_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('proposed_by', sqlmodel.sql.sqltypes.AutoString(length=320), nullable=False),
    sa.Column('approved_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('approved_by', sqlmodel.sql.sqltypes.AutoString(length=320), nullable=False),
    sa.ForeignKeyConstraint(['contribution_id'], ['contribution.id'], name=op.f('fk_disposition_contribution_id_contribution'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['duplicate_of_id'], ['contribution.id'], name=op.f('fk_disposition_duplicate_of_id_contribution'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_disposition'))
    )
    with op.batch_alter_table('disposition', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_disposition_contribution_id'), ['contribution_id'], unique=False)
        batch_op.create_index('uq_disposition_standing', ['contribution_id', 'state'], unique=True, sqlite_where=sa.text("state <> 'replaced'"), postgresql_where=sa.text("state <> 'replaced'"))

    op.create_table('meeting_statement',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('meeting_id', sa.Uuid(), nullable=False),
    sa.Column('session_id', sa.Uuid(), nullable=True),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('text', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('language', sqlmodel.sql.sqltypes.AutoString(length=10), nullable=False),
    sa.Column('consent', sa.Boolean(), nullable=False),
    sa.Column('recorded_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('recorded_by', sqlmodel.sql.sqltypes.AutoString(length=320), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_meeting_statement_meeting_id_meeting'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_meeting_statement_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['session_id'], ['meeting_session.id'], name=op.f('fk_meeting_statement_session_id_meeting_session'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_statement'))
    )
    with op.batch_alter_table('meeting_statement', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_meeting_statement_meeting_id'), ['meeting_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_meeting_statement_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('operation_source',
    sa.Column('operation_id', sa.Uuid(), nullable=False),
    sa.Column('contribution_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['contribution_id'], ['contribution.id'], name=op.f('fk_operation_source_contribution_id_contribution'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['operation_id'], ['draft_operation.id'], name=op.f('fk_operation_source_operation_id_draft_operation'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('operation_id', 'contribution_id', name=op.f('pk_operation_source'))
    )
    with op.batch_alter_table('operation_source', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_operation_source_contribution_id'), ['contribution_id'], unique=False)



def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table('operation_source', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_operation_source_contribution_id'))

    op.drop_table('operation_source')
    with op.batch_alter_table('meeting_statement', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_meeting_statement_organisation_id'))
        batch_op.drop_index(batch_op.f('ix_meeting_statement_meeting_id'))

    op.drop_table('meeting_statement')
    with op.batch_alter_table('disposition', schema=None) as batch_op:
        batch_op.drop_index('uq_disposition_standing', sqlite_where=sa.text("state <> 'replaced'"), postgresql_where=sa.text("state <> 'replaced'"))
        batch_op.drop_index(batch_op.f('ix_disposition_contribution_id'))

    op.drop_table('disposition')
    with op.batch_alter_table('contribution_sponsor', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_contribution_sponsor_organisation_id'))

    op.drop_table('contribution_sponsor')
    with op.batch_alter_table('contribution_event', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_contribution_event_contribution_id'))

    op.drop_table('contribution_event')
    op.drop_table('contribution_endorsement')
    with op.batch_alter_table('contribution_code', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_contribution_code_code_id'))

    op.drop_table('contribution_code')
    with op.batch_alter_table('contribution_carry_over', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_contribution_carry_over_draft_id'))

    op.drop_table('contribution_carry_over')
    with op.batch_alter_table('report_evidence', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_report_evidence_report_id'))

    op.drop_table('report_evidence')
    with op.batch_alter_table('pledge_progress', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_pledge_progress_pledge_id'))

    op.drop_table('pledge_progress')
    with op.batch_alter_table('pledge_party', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_pledge_party_pledge_id'))
        batch_op.drop_index(batch_op.f('ix_pledge_party_organisation_id'))

    op.drop_table('pledge_party')
    with op.batch_alter_table('meeting_session', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_meeting_session_meeting_id'))

    op.drop_table('meeting_session')
    with op.batch_alter_table('meeting_document', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_meeting_document_meeting_id'))

    op.drop_table('meeting_document')
    with op.batch_alter_table('contribution', schema=None) as batch_op:
        batch_op.drop_index('uq_contribution_official_position', sqlite_where=sa.text("kind = 'position' AND is_current AND state IN ('submitted', 'admitted')"), postgresql_where=sa.text("kind = 'position' AND is_current AND state IN ('submitted', 'admitted')"))
        batch_op.drop_index('ix_contribution_round_state')
        batch_op.drop_index(batch_op.f('ix_contribution_organisation_id'))
        batch_op.drop_index('ix_contribution_draft_lineage')

    op.drop_table('contribution')
    with op.batch_alter_table('reporting_round', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_reporting_round_draft_id'))

    op.drop_table('reporting_round')
    op.drop_table('pledge')
    op.drop_table('paragraph_duty')
    with op.batch_alter_table('meeting', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_meeting_process_id'))
        batch_op.drop_index(batch_op.f('ix_meeting_consultation_id'))

    op.drop_table('meeting')
    with op.batch_alter_table('implementation_report', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_implementation_report_organisation_id'))
        batch_op.drop_index('ix_implementation_report_draft')

    op.drop_table('implementation_report')
    with op.batch_alter_table('draft_operation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_draft_operation_draft_id'))

    op.drop_table('draft_operation')
    op.drop_table('draft_agreement')
    op.drop_table('draft_adoption')
    with op.batch_alter_table('consultation_round', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_consultation_round_draft_id'))

    op.drop_table('consultation_round')
    with op.batch_alter_table('contribution_submission', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_contribution_submission_organisation_id'))
        batch_op.drop_index(batch_op.f('ix_contribution_submission_call_id'))

    op.drop_table('contribution_submission')
    op.drop_table('consultation_draft')
    op.drop_table('consultation_code')
    with op.batch_alter_table('consultation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_consultation_process_id'))

    op.drop_table('consultation')
