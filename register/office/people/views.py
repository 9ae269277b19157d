"""A person as the own pages, the office and the API show them."""

from auth import consent, help, merged_persons, persons, queries
from core.names import joined
from core.records import filled
from core.store.work import Work
from register.entries import queries as registrations
from register.entries.models import Appointment
from register.office.people import hiding
from register.office.people.schemas import AppointmentView, Consent, Named, PersonFile, Profile, Standing


async def profile(work: Work, person: persons.Person) -> Profile:
    """What the vault keeps of somebody."""
    return filled(
        Profile,
        person,
        name=person.full_name(),
        country=person.lives_in(),
        email_confirmed=person.email_confirmed_at is not None,
        consents=[Consent(row.given_on, row.withdrawn_on) for row in await consent.history(work, person.id)],
        former_names=[
            Named(joined(row.given_name, row.family_names), row.from_on, row.until_on)
            for row in await persons.former_names(work, person.id)
        ],
    )


def appointment(row: Appointment) -> AppointmentView:
    """A post."""
    return filled(AppointmentView, row)


async def person_file(work: Work, person: persons.Person) -> PersonFile:
    """A person with everything that the office may see."""
    into = await queries.person(work.session, person.merged_into) if person.merged_into else None
    hidden = await hiding.hidden(work, person)
    return PersonFile(
        profile=await profile(work, person),
        hidden=person.hidden,
        hidden_ground=hidden.ground if hidden else "",
        hidden_since=hidden.since if hidden else None,
        deceased_on=person.deceased_on,
        merged_into=into.register_number if into else None,
        doubles=await merged_persons.merged_into(work.session, person.id),
        entries=[
            Standing(row.register_code.value, row.status.value, row.duty_overdue)
            for row in await registrations.registrations_of(work, person.id)
        ],
        appointments=[appointment(row) for row in await registrations.appointments(work, person.id)],
        account=await help.standing(work, person.id),
    )
