"""People who are made by a command, not by enrolling: the first administrator."""

import secrets

from auth import service as auth
from auth.actor import SYSTEM
from auth.permissions import Role
from auth.schemas import NewPerson
from core.settings import Settings
from core.store.work import Work
from core.terminal import say
from register.service.context import open_means, open_sign_in


async def create_admin(settings: Settings, email: str, given_name: str, family_name: str) -> int:
    """Make an administrator; shows password and one-time-code secret, once. 1 when the address is taken."""
    means = open_means(settings).bound(open_sign_in(settings))
    new = NewPerson(
        given_name=given_name,
        family_name=family_name,
        address="-",
        postcode="1000AA",
        town="-",
        email=email,
        telephone="0000000000",
        password=secrets.token_urlsafe(18),
    )

    async def make(work: Work) -> str | None:
        person = await auth.add_person(work, new, Role.ADMIN)
        return await auth.give_second_factor(work, person.id) if person else None

    try:
        secret = await means.do(SYSTEM, make)
    finally:
        await means.database.close()
    if secret is None:
        say("that address has an account already")
        return 1
    say(f"password: {new.password}\none-time codes: {secret}")
    return 0
