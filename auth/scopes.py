"""To what a role is narrowed: a board, a provider, a register. What does not exist narrows nothing, so it is refused.

Their tables lie in rooms above; they are named here as a foreign key names one.
"""

from uuid import UUID

import sqlalchemy as sa

from auth.permissions import Role
from core.errors import Invalid
from core.store.work import Work

_BOARD = sa.table("school_board", sa.column("number", sa.String()))
_PROVIDER = sa.table("provider", sa.column("id", sa.Uuid()))


async def require_scope(work: Work, role: Role, scope: str) -> None:
    """Invalid, field `scope`: `board-number-needed`, `no-such-board`, `no-such-provider`, `no-such-register`."""
    if code := await _flaw(work, role, scope):
        raise Invalid("invalid-input", [("scope", code)])


async def _flaw(work: Work, role: Role, scope: str) -> str:
    if role is Role.BOARD:
        if not (len(scope) == 5 and scope.isascii() and scope.isdigit()):
            return "board-number-needed"
        return (
            "" if await _stands(work, sa.select(_BOARD.c.number).where(_BOARD.c.number == scope)) else "no-such-board"
        )
    if not scope:
        return ""
    if role is Role.PROVIDER:
        id = provider_of(scope)
        known = id is not None and await _stands(work, sa.select(_PROVIDER.c.id).where(_PROVIDER.c.id == id))
        return "" if known else "no-such-provider"
    return "" if scope in work.rules.registers() else "no-such-register"


def provider_of(scope: str) -> UUID | None:
    """The provider that a scope names; None for what names none."""
    try:
        return UUID(scope)
    except ValueError:
        return None


async def _stands(work: Work, wanted: sa.Select[tuple[object]]) -> bool:
    return (await (await work.session.connection()).execute(wanted.limit(1))).first() is not None
