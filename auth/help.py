"""Help with an account, without ever choosing a password or opening a door: a mailed link, and the end of sessions."""

from uuid import UUID

import msgspec

from auth import queries, reset, second_factor
from auth.actor import person_of
from auth.models import Account
from core.errors import Forbidden, NotFound
from core.store.work import Work


class AccountStanding(msgspec.Struct, frozen=True):
    """What the office may know of an account: where the link goes, and whether somebody is signed in."""

    email: str
    second_factor: bool
    sessions: int


async def standing(work: Work, person_id: UUID) -> AccountStanding | None:
    """How an account stands; None for who has none."""
    try:
        account = await queries.account_of(work.session, person_id)
    except NotFound:
        return None
    open_ones = await queries.sessions_of(work.session, account.id)
    return AccountStanding(account.email, account.totp_secret is not None, len(open_ones))


async def send_link(work: Work, person_id: UUID) -> None:
    """Have a link mailed to the address of the account, to choose a new password. As `_account`."""
    account = await _account(work, person_id)
    reset.ask(work, account.email)
    work.log("account:help-link", None, stream=f"person/{person_id}")


async def end_sessions(work: Work, person_id: UUID) -> None:
    """End every session of somebody at once: a lost laptop, or somebody else at the keys. As `_account`."""
    account = await _account(work, person_id)
    await reset.end_sessions(work, account.id)
    work.log("account:help-end-sessions", None, stream=f"person/{person_id}")


async def reset_factor(work: Work, person_id: UUID) -> None:
    """Take a second factor away that its owner lost. As `_account`."""
    await second_factor.reset_factor(work, await _account(work, person_id))


async def _account(work: Work, person_id: UUID) -> Account:
    """NotFound("no-such-account"); Forbidden("own-case") for one's own."""
    if person_id == person_of(work.actor):
        raise Forbidden("own-case")
    return await queries.account_of(work.session, person_id)
