"""The signed-in person as policies see them: who, and what they hold for whom. Plain data."""

from dataclasses import dataclass
from uuid import UUID

from movement.models import Role

OF_AN_ORGANISATION = frozenset({Role.RESPONDENT, Role.FOCAL_POINT, Role.APPROVER})
OF_A_PROCESS = frozenset({Role.CO_CHAIR, Role.CONSULTANT})
STAFF = frozenset({Role.SECRETARIAT})


@dataclass(frozen=True)
class Grant:
    """One role held now: for an organisation, for a process, or for all (both None)."""

    role: Role
    organisation_id: UUID | None = None
    process_id: UUID | None = None


@dataclass(frozen=True)
class Actor:
    """Whoever is signed in. `language`: their own, else their Society's, else None."""

    id: UUID
    name: str
    email: str
    language: str | None
    session_id: UUID
    grants: tuple[Grant, ...] = ()

    @property
    def label(self) -> str:
        """How records name them."""
        return self.email

    @property
    def roles(self) -> frozenset[str]:
        """The names of the roles held for anything."""
        return frozenset(grant.role.value for grant in self.grants)

    @property
    def staff(self) -> bool:
        """Whether they belong to the secretariat."""
        return any(grant.role in STAFF for grant in self.grants)

    @property
    def organisation_ids(self) -> frozenset[UUID]:
        """The organisations they belong to."""
        return frozenset(g.organisation_id for g in self.grants if g.organisation_id)

    def holds(
        self, *roles: Role, organisation: UUID | None = None, process: UUID | None = None
    ) -> bool:
        """Whether one of the roles is held, for this organisation or process where one is given.

        A grant for no process in particular holds for every process.
        """
        return any(
            grant.role in roles
            and (organisation is None or grant.organisation_id == organisation)
            and (process is None or grant.process_id in (None, process))
            for grant in self.grants
        )
