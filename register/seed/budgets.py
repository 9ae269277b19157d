"""What two boards of the seeded world keep of the hours and budget of a director and of a teacher."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlmodel import select

from core.store.work import Work
from register.employers.budgets import service as budgets
from register.employers.budgets.schemas import NewSpending, NewTerms, TakeBack
from register.entries.models import Appointment
from register.rules.entitlement.policy import Kind
from register.seed.world import World

CAO = "po-2019"
Line = tuple[date, str, str, str]


async def keep(world: World) -> None:
    """A director who saves, with a line that was taken back, and a teacher whose factor changed."""
    marijke = [
        (date(2024, 5, 22), "1850", "16", "Leergang strategisch leiderschap"),
        (date(2025, 10, 9), "640.50", "12", "Collegiale visitatie in de regio"),
        (date(2026, 3, 12), "475", "8", "Sturen op kwaliteit met data"),
    ]
    post = await _kept(world, "wim.bestuur", "marijke.devries", True, [(None, "1"), (date(2024, 8, 1), "0.8")], marijke)
    twice = NewSpending(
        spent_on=date(2026, 3, 12), eur=Decimal(475), hours=Decimal(8), what="Sturen op kwaliteit met data"
    )
    line = await world.by("wim.bestuur", lambda work: budgets.book(work, post, twice))
    back = TakeBack(reason="Stond er twee keer")
    await world.by("wim.bestuur", lambda work: budgets.take_back(work, line.id, back))
    yasmin = [
        (date(2026, 3, 19), "295", "12", "Rekenen met verhoudingen"),
        (date(2026, 9, 10), "0", "9.5", "Werkgroep taal"),
    ]
    factors = [(None, "0.7"), (date(2025, 8, 1), "0.8")]
    post = await _kept(world, "hanneke.bestuur", "yasmin.bouzid", False, factors, yasmin)
    assigned = NewSpending(
        spent_on=date(2026, 10, 1), eur=Decimal(180), hours=Decimal(4), kind=Kind.ASSIGNED, what="Bedrijfshulpverlening"
    )
    await world.by("hanneke.bestuur", lambda work: budgets.book(work, post, assigned))


async def _kept(
    world: World,
    board: str,
    who: str,
    saving: bool,
    factors: Sequence[tuple[date | None, str]],
    lines: Sequence[Line],
) -> UUID:
    """Terms and lines of the post of somebody; a factor without a day holds from the first."""

    async def found(work: Work) -> Appointment:
        return (await work.session.exec(select(Appointment).where(Appointment.person_id == world.ids[who]))).one()

    post = await world.system(found)
    id, begun = post.id, post.appointed_on
    for since, factor in factors:
        terms = NewTerms(cao=CAO, saving=saving, holds_from=since or begun, factor=Decimal(factor))
        await world.by(board, lambda work, terms=terms: budgets.note_terms(work, id, terms))  # type: ignore[misc]
    for on, eur, hours, what in lines:
        new = NewSpending(spent_on=on, eur=Decimal(eur), hours=Decimal(hours), what=what)
        await world.by(board, lambda work, new=new: budgets.book(work, id, new))  # type: ignore[misc]
    return id
