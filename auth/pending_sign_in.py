"""Between password and one-time code: whose code a page is waiting for, and how often one may guess it."""

from sqlmodel import select

from auth import devices, policy, queries
from auth.models import Account, HalfwaySession
from auth.service import HALFWAY, SignInServices
from auth.token_hash import hash_of
from core.clock import machine_now
from core.errors import TooMany, Unauthenticated
from core.store.work import Work


async def account_at(work: Work, token: str) -> tuple[HalfwaySession, Account]:
    """The halfway session of a cookie with its account; Unauthenticated("sign-in-first") when it is over."""
    wanted = select(HalfwaySession, Account).join(Account).where(HalfwaySession.token_hash == hash_of(token))
    found = (await work.session.exec(wanted)).one_or_none()
    if found is None or machine_now() - found[0].created_at > HALFWAY:
        raise Unauthenticated("sign-in-first")
    return found


async def require_unlocked(work: Work, account: Account, device: str = "") -> str:
    """TooMany("locked") after five wrong guesses: a wrong code is one too; the mark of the device."""
    now = machine_now()
    async with work.means.database.reading() as look:
        mark = await devices.mark_of(look, account, device)
        failures = await queries.failures_of(
            look, work.port(SignInServices).who(account.email), now - policy.FAILURE_WINDOW, mark
        )
    until = policy.lock_until(list(failures), now)
    if until is not None:
        raise TooMany("locked", retry_after=max(1, int((until - now).total_seconds())))
    return mark
