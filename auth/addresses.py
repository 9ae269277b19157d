"""The e-mail address of a person: confirmed by a mailed link after enrolling, and before a new one takes its place."""

from sqlmodel import select

from auth import onetime, queries
from auth.models import Account, AccountState, Person
from auth.policy import Purpose
from auth.reset import end_sessions
from auth.service import SignInServices, fail, require_unlocked
from core.errors import Invalid, Refused
from core.fields import address_key
from core.store.work import Work


def ask_confirmation(work: Work, account: Account, email: str) -> None:
    """Mail a link that proves an address."""
    token = onetime.issue(work, Purpose.CONFIRM, email, account_id=account.id)
    work.send(
        "confirm-email",
        address=email,
        subject="Bevestig uw e-mailadres bij Bekwaam",
        body=f"Bevestig binnen een week dat dit uw adres is: {work.means.settings.address}/bevestigen/{token}\n",
        person_id=account.person_id,
    )


async def change(work: Work, account: Account, password: str, email: str) -> None:
    """Ask for another address; it counts once its link is followed. Invalid("wrong-password"), TooMany("locked").

    A wrong password counts as one at the door: a session that somebody left open is no place to guess it.

    The answer is the same for an address that has an account already: its owner gets a message instead.
    """
    mark = await require_unlocked(work, account.email, account)
    if not await work.port(SignInServices).passwords.verify(password, account.password_hash):
        await fail(work, account.email, mark)
        raise Invalid("invalid-input", [("password", "wrong-password")])
    await onetime.void(work, account.id, Purpose.CONFIRM)
    work.log("account:ask-email", None, stream=f"person/{account.person_id}", account=str(account.id))
    taken = await queries.account_by_email(work.session, email)
    if taken is None or taken.id == account.id:
        ask_confirmation(work, account, email)
        return
    work.send(
        "email-taken",
        address=taken.email,
        subject="Dit e-mailadres hoort al bij een account",
        body="Iemand, misschien uzelf, wilde dit adres gebruiken voor een ander account. Er is niets veranderd.\n",
        person_id=taken.person_id,
    )


async def require_free(work: Work, person: Person, email: str) -> None:
    """Refused: `same-email`, or `email-taken` where the address opens somebody else's account."""
    if address_key(email) == address_key(person.email):
        raise Refused("same-email")
    taken = (await work.session.exec(select(Account).where(Account.email == address_key(email)))).first()
    if taken is not None and taken.person_id != person.id:
        raise Refused("email-taken")


async def replace(work: Work, person: Person, email: str) -> None:
    """Another address for who showed who they are; every session and mailed link ends, and both addresses are told."""
    await require_free(work, person, email)
    before, person.email = person.email, email
    person.email_confirmed_at = None
    wanted = select(Account).where(Account.person_id == person.id, Account.state == AccountState.ACTIVE)
    for account in (await work.session.exec(wanted)).all():
        before, account.email = account.email, address_key(email)
        work.log("account:new-email", account)
        await end_sessions(work, account.id)
        await onetime.void(work, account.id, Purpose.CONFIRM, Purpose.RESET)
        ask_confirmation(work, account, email)
    work.log("person:new-email", person)
    for address in (before, email):
        work.send(
            "email-changed",
            address=address,
            subject="Uw e-mailadres is veranderd",
            body="Het registerbureau stelde een ander e-mailadres voor u in, nadat iemand zich aan de balie als u "
            "legitimeerde.\nOveral is uitgelogd. Was u dit niet? Neem dan meteen contact met ons op.\n",
            person_id=person.id,
        )


async def confirm(work: Work, token: str) -> Person:
    """Follow the link: the address is proved, and from now on the one to sign in with. Refused("link-expired")."""
    link = await onetime.spend(work, Purpose.CONFIRM, token)
    account = await work.session.get_one(Account, link.account_id)
    person = await queries.person(work.session, account.person_id)
    before = account.email
    if before != link.email:
        account.email = person.email = link.email
        work.log("account:new-email", account)
        work.send(
            "email-changed",
            address=before,
            subject="Uw e-mailadres is veranderd",
            body="Voor uw account is een ander e-mailadres ingesteld. Was u dit niet? Neem dan contact met ons op.\n",
            person_id=person.id,
        )
    person.email_confirmed_at = work.now
    work.log("person:confirm-email", person)
    return person
