"""Who acts: the public, the system, or a person with the roles that they hold at this moment."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from auth.permissions import Access, Permission, Role, granted, usable
from core.errors import Forbidden, Unauthenticated


@dataclass(frozen=True)
class Actor:
    """A signed-in person; permissions follow from the roles that were read in this transaction, and from whether this
    session gave a second factor."""

    person_id: UUID
    account_id: UUID
    session_id: UUID
    roles: frozenset[Role]
    permissions: frozenset[Permission]
    organisations: frozenset[UUID] = frozenset()
    """The providers for which this person acts at this moment."""
    withheld: frozenset[Permission] = frozenset()
    """What the roles would give, had this session given a second factor."""
    second_factor: bool = False
    """Whether it did."""

    @classmethod
    def of(
        cls,
        person_id: UUID,
        account_id: UUID,
        session_id: UUID,
        roles: Iterable[Role],
        organisations: frozenset[UUID] = frozenset(),
        *,
        second_factor: bool = False,
    ) -> "Actor":
        """`roles`: all that the person holds; the session uses those that its second factor opens."""
        held = frozenset(roles)
        used = usable(held, second_factor=second_factor)
        may = granted(used)
        withheld = granted(held) - may
        return cls(person_id, account_id, session_id, used, may, organisations, withheld, second_factor)

    @property
    def ref(self) -> str:
        return f"person/{self.person_id}"

    @property
    def session_ref(self) -> str | None:
        return str(self.session_id)

    def can(self, permission: object) -> bool:
        return permission in self.permissions or permission is Access.SIGNED_IN


@dataclass(frozen=True)
class System:
    """The house itself: chores, imports, the seed. It may do what it is written to do."""

    ref: str = "system"
    session_ref: str | None = None

    def can(self, _permission: object) -> bool:
        return True


SYSTEM = System()


def person_of(actor: object) -> UUID:
    """The person who acts; Unauthenticated("sign-in-first") for the public, Forbidden("no-person") for the system."""
    if isinstance(actor, Actor):
        return actor.person_id
    if isinstance(actor, System):
        raise Forbidden("no-person")
    raise Unauthenticated("sign-in-first")
