"""A second factor that somebody sets up alone, and the code that opens it in a session that goes on.

Each needs more than an open session: the password to set up, a code to open; and what follows is a session of its own,
so that a token that lies about somewhere gains nothing by it.
"""

from auth import queries, reset, service
from auth.actor import Actor, person_of
from auth.models import Account
from auth.service import SignInServices
from core.clock import machine_now
from core.errors import Invalid, Refused
from core.store.work import Work


async def begin(work: Work, password: str, code: str | None) -> tuple[str, str]:
    """A new secret, to confirm by a code of it: in base32, and as the address behind a QR code. Shown this once.

    Unauthenticated: `wrong-credentials`, and `code-needed` where a second factor stands already; TooMany("locked").
    """
    own = await queries.account_of(work.session, person_of(work.actor))
    account = await service.check_password(work, own.email, password)
    await service.check_code(work, account, code)
    account.totp_pending = work.port(SignInServices).codes.new()
    work.log("account:begin-second-factor", account)
    return work.port(SignInServices).codes.base32(account.totp_pending), work.port(SignInServices).codes.uri(
        account.totp_pending, account.email
    )


async def confirm(work: Work, code: str) -> Account:
    """The secret works from now on; every session of the account ends, and its owner is told.

    Refused("no-second-factor-begun"); Invalid("wrong-code").
    """
    account = await queries.account_of(work.session, person_of(work.actor))
    if account.totp_pending is None:
        raise Refused("no-second-factor-begun")
    counter = work.port(SignInServices).codes.verify(account.totp_pending, code, None, machine_now())
    if counter is None:
        raise Invalid("invalid-input", [("otp", "wrong-code")])
    account.totp_secret, account.totp_counter, account.totp_pending = account.totp_pending, counter, None
    work.log("account:second-factor", account)
    await reset.end_sessions(work, account.id)
    work.send(
        "second-factor",
        address=account.email,
        subject="Uw account heeft een tweede stap",
        body="Wie met uw account inlogt, vult voortaan ook een eenmalige code in. Was u dit niet? Neem dan contact met "
        "ons op.\n",
        person_id=account.person_id,
    )
    return account


async def give(work: Work, code: str, device: str = "") -> Account:
    """A code in a session that began without one; that session ends, for the next one is opened by the code.

    Refused("second-factor-missing"); Unauthenticated("wrong-credentials"); TooMany("locked").
    """
    account = await queries.account_of(work.session, person_of(work.actor))
    if account.totp_secret is None:
        raise Refused("second-factor-missing")
    mark = await service.require_unlocked(work, account.email, account, device)
    await service.check_code(work, account, code, mark)
    assert isinstance(work.actor, Actor)
    await service.close_session(work, work.actor.session_id)
    return account


async def reset_factor(work: Work, account: Account) -> None:
    """Nothing asks for a code until its owner sets up another; every session ends."""
    account.totp_secret = account.totp_pending = None
    account.totp_counter = 0
    work.log("account:reset-second-factor", account)
    await reset.end_sessions(work, account.id)
    work.send(
        "second-factor-reset",
        address=account.email,
        subject="De tweede stap van uw account is weg",
        body="Op verzoek is de tweede stap van uw account weggehaald. Log in en stel een nieuwe in. Hebt u dit niet "
        "gevraagd? Neem dan meteen contact met ons op.\n",
        person_id=account.person_id,
    )
