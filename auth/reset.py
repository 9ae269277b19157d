"""A forgotten password: asked by anybody, answered by mail to whoever it concerns, and never past the second factor."""

from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from auth import devices, onetime, queries
from auth.actor import SYSTEM
from auth.models import Account, HalfwaySession, LoginSession, ResetRequest
from auth.passwords import weakness
from auth.policy import MOST_RESETS_AN_HOUR, Purpose
from auth.service import SignInServices
from core.clock import machine_now
from core.errors import Invalid
from core.fields import address_key
from core.store.work import Means, Work

AT_ONCE = 20


def ask(work: Work, email: str) -> None:
    """Note the question and nothing else: whether the address is known is looked up later, so nobody can tell."""
    work.add(ResetRequest(email=address_key(email)[:254], asked_at=machine_now()))


async def answer_all(means: Means) -> int:
    """Mail a link to each known address that was asked for; how many questions there were."""
    async with means.database.reading() as look:
        waiting = (await look.exec(select(ResetRequest.id).order_by(col(ResetRequest.id)).limit(AT_ONCE))).all()
    for id in waiting:

        async def deed(work: Work, id: UUID = id) -> None:
            await _answer(work, id)

        await means.do(SYSTEM, deed)
    return len(waiting)


async def _answer(work: Work, id: UUID) -> None:
    question = await work.session.get(ResetRequest, id)
    if question is None:
        return  # another worker did
    await work.session.delete(question)
    account = await queries.account_by_email(work.session, question.email)
    if account is None:
        return
    hour_ago = machine_now() - timedelta(hours=1)
    if await onetime.issued_since(work, account.id, Purpose.RESET, hour_ago) >= MOST_RESETS_AN_HOUR:
        return
    token = onetime.issue(work, Purpose.RESET, account.email, account_id=account.id)
    work.send(
        "reset-password",
        address=account.email,
        subject="Een nieuw wachtwoord voor Bekwaam",
        body=f"Kies binnen een uur een nieuw wachtwoord op {work.means.settings.address}/wachtwoord/{token}\n"
        "Hebt u dit niet gevraagd? Doe dan niets: uw wachtwoord verandert niet.\n",
        person_id=account.person_id,
    )
    work.log("account:ask-reset", None, stream=f"person/{account.person_id}", account=str(account.id))


async def set_password(work: Work, token: str, password: str) -> None:
    """Set a new password with a mailed link: every session, token and known device of the account ends.

    Nobody is signed in by it, so the second factor is still asked. Refused("link-expired"); Invalid as for enrolling.
    """
    link = await onetime.standing(work, Purpose.RESET, token)
    account = await work.session.get_one(Account, link.account_id)
    if weak := weakness(password, account.email):
        raise Invalid("invalid-input", [("password", weak)])
    await onetime.spend(work, Purpose.RESET, token)
    account.password_hash = await work.port(SignInServices).passwords.hash(password)
    await onetime.void(work, account.id, Purpose.RESET)
    await end_sessions(work, account.id)
    await devices.forget(work, account.id)
    work.log("account:new-password", account)
    work.send(
        "password-changed",
        address=account.email,
        subject="Uw wachtwoord is veranderd",
        body="Het wachtwoord van uw account bij Bekwaam is veranderd. Was u dit niet? Neem dan contact met ons op.\n",
        person_id=account.person_id,
    )


async def end_sessions(work: Work, account_id: UUID) -> None:
    """Every cookie and token of an account stops at the next request."""
    open_ones = (col(LoginSession.account_id) == account_id, col(LoginSession.ended_at).is_(None))
    await work.session.exec(sa.update(LoginSession).where(*open_ones).values(ended_at=machine_now()))
    await work.session.exec(sa.delete(HalfwaySession).where(col(HalfwaySession.account_id) == account_id))
