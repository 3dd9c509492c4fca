"""Networks as voices, calls of several sorts, approval by a second person, outside parties."""

from uuid import uuid4

import sqlalchemy as sa
import sqlmodel
from alembic import op

from core.db import json_type

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

TIME = sqlmodel.sql.sqltypes.UTCDateTime
TEXT = sqlmodel.sql.sqltypes.AutoString
KINDS = sa.Enum('survey', 'consultation', 'reporting', name='callkind', native_enum=False, length=40)
VERDICTS = sa.Enum('approved', 'refused', 'replaced', name='verdict', native_enum=False, length=40)
PARTIES = sa.Enum('state', 'partner', 'other', name='partykind', native_enum=False, length=40)
WAITING = sa.text("verdict IS NULL")

ORGANISATION = sa.table(
    "organisation",
    sa.column("id", sa.Uuid()), sa.column("code", sa.String()), sa.column("kind", sa.String()),
    sa.column("names", json_type()), sa.column("countries", json_type()),
    sa.column("timezone", sa.String()), sa.column("weekend_days", json_type()),
    sa.column("note", sa.String()),
)
GROUP = sa.table(
    "network_or_group",
    sa.column("id", sa.Uuid()), sa.column("code", sa.String()), sa.column("names", json_type()),
    sa.column("organisation_id", sa.Uuid()),
)


def upgrade() -> None:
    """Apply."""
    op.add_column('call', sa.Column('kind', KINDS, nullable=False, server_default='survey'))
    op.add_column('call', sa.Column('approval_required', sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table('organisation') as batch_op:
        batch_op.alter_column('code', existing_type=TEXT(length=10), type_=TEXT(length=40), existing_nullable=False)
    with op.batch_alter_table('network_or_group') as batch_op:
        batch_op.add_column(sa.Column('organisation_id', sa.Uuid(), nullable=True))
        batch_op.create_unique_constraint(op.f('uq_network_or_group_organisation_id'), ['organisation_id'])
        batch_op.create_foreign_key(op.f('fk_network_or_group_organisation_id_organisation'), 'organisation', ['organisation_id'], ['id'], ondelete='SET NULL')
    op.create_table('approval',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('call_id', sa.Uuid(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('digest', TEXT(length=64), nullable=False),
    sa.Column('asked_by_id', sa.Uuid(), nullable=False),
    sa.Column('asked_by', TEXT(length=320), nullable=False),
    sa.Column('asked_at', TIME(), nullable=False),
    sa.Column('note', TEXT(), nullable=False),
    sa.Column('decided_by_id', sa.Uuid(), nullable=True),
    sa.Column('decided_by', TEXT(length=320), nullable=False),
    sa.Column('decided_at', TIME(), nullable=True),
    sa.Column('verdict', VERDICTS, nullable=True),
    sa.Column('reason', TEXT(), nullable=False),
    sa.ForeignKeyConstraint(['call_id'], ['call.id'], name=op.f('fk_approval_call_id_call'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_approval_organisation_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_approval'))
    )
    op.create_index('ix_approval_call_organisation', 'approval', ['call_id', 'organisation_id'])
    op.create_index('uq_approval_waiting', 'approval', ['call_id', 'organisation_id'], unique=True, sqlite_where=WAITING, postgresql_where=WAITING)
    op.create_table('outside_party',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('name', TEXT(length=200), nullable=False),
    sa.Column('kind', PARTIES, nullable=False),
    sa.Column('note', TEXT(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outside_party')),
    sa.UniqueConstraint('name', name=op.f('uq_outside_party_name'))
    )
    give_voices()


def give_voices() -> None:
    """Make an organisation of each network and group that is there, as loading does from now on."""
    connection = op.get_bind()
    for group in connection.execute(sa.select(GROUP)).all():
        voice = uuid4()
        connection.execute(sa.insert(ORGANISATION).values(
            id=voice, code=group.code.upper(), kind="network", names=group.names, countries={},
            timezone="UTC", weekend_days=[6, 7], note="",
        ))
        connection.execute(
            sa.update(GROUP).where(GROUP.c.id == group.id).values(organisation_id=voice)
        )


def downgrade() -> None:
    """Undo. Calls of other sorts, and what networks took part in, can't be kept."""
    op.drop_table('outside_party')
    op.drop_table('approval')
    with op.batch_alter_table('network_or_group') as batch_op:
        batch_op.drop_constraint(op.f('fk_network_or_group_organisation_id_organisation'), type_='foreignkey')
        batch_op.drop_constraint(op.f('uq_network_or_group_organisation_id'), type_='unique')
        batch_op.drop_column('organisation_id')
    voices = "(SELECT id FROM organisation WHERE kind = 'network')"
    for table in ('participation', 'assignment', 'group_membership', 'admission'):
        op.execute(f"DELETE FROM {table} WHERE organisation_id IN {voices}")
    op.execute("DELETE FROM organisation WHERE kind = 'network'")
    with op.batch_alter_table('organisation') as batch_op:
        batch_op.alter_column('code', existing_type=TEXT(length=40), type_=TEXT(length=10), existing_nullable=False)
    op.drop_column('call', 'approval_required')
    op.drop_column('call', 'kind')
