"""Between password and one-time code: whose code a page is waiting for, and how often one may guess it."""

from sqlmodel import select

from auth.models import Account, HalfwaySession
from auth.service import HALFWAY
from auth.token_hash import hash_of
from core.clock import machine_now
from core.errors import Unauthenticated
from core.store.work import Work


async def account_at(work: Work, token: str) -> tuple[HalfwaySession, Account]:
    """The halfway session of a cookie with its account; Unauthenticated("sign-in-first") when it is over."""
    wanted = select(HalfwaySession, Account).join(Account).where(HalfwaySession.token_hash == hash_of(token))
    found = (await work.session.exec(wanted)).one_or_none()
    if found is None or machine_now() - found[0].created_at > HALFWAY:
        raise Unauthenticated("sign-in-first")
    return found
