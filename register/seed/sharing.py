"""Who shows whom what in the seeded world: boards with their own staff, shares, a look, a colleague's word."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import date
from uuid import UUID

from auth import service as auth
from auth.permissions import Role
from core.store.work import Work
from register.entries.policy import Register
from register.portfolio import service as portfolio
from register.portfolio.endorsing import service as endorsing
from register.portfolio.endorsing.schemas import NewRequest
from register.portfolio.planning import service as planning
from register.portfolio.planning.schemas import NewGoal
from register.portfolio.policy import EntryKind
from register.portfolio.schemas import NewEntry
from register.portfolio.sharing import service as sharing
from register.portfolio.sharing.policy import Scope
from register.portfolio.sharing.queries import shared_with
from register.portfolio.sharing.schemas import NewShare, Reader
from register.seed.world import Place, World

LEADERS = Register.LEADERS_PO
TODAY = date(2026, 11, 19)
UNTIL = date(2027, 7, 31)


async def show(world: World, places: Sequence[Place]) -> None:
    """Carla's board is shown a portfolio, Wim's board is not; a colleague looks at another and endorses an activity."""
    world.on(TODAY)
    for who, place in (("hanneke.bestuur", places[14]), ("wim.bestuur", places[12]), ("carla.bestuur", places[13])):
        await world.system(_of_board(world, who, place))
    to_board = NewShare(
        register_code=LEADERS, scope=Scope.WHOLE, board_number=places[13].board_number, until_on=UNTIL, with_files=True
    )
    await world.by("willem.jansen", lambda work: sharing.share(work, to_board))
    ada = next(person for person in world.people if person.email.startswith("ada.commissie@"))
    named = {"register_number": ada.register_number or "", "family_name": "Smit"}
    to_ada = NewShare(register_code=LEADERS, scope=Scope.WHOLE, reader=Reader(**named), until_on=UNTIL)
    await world.by("marijke.devries", lambda work: sharing.share(work, to_ada))
    await world.by("ada.commissie", _look)
    await _endorsed(world, named)


def _of_board(world: World, who: str, place: Place) -> Callable[[Work], Awaitable[None]]:
    async def deed(work: Work) -> None:
        await auth.grant(work, world.ids[who], Role.BOARD, work.today, scope=place.board_number)

    return deed


async def _look(work: Work) -> None:
    for found in await shared_with(work, None, 2):
        await sharing.look(work, found.id)


async def _endorsed(world: World, named: dict[str, str]) -> None:
    """A peer review that waits to be handed in, for a goal of the plan, with a colleague's word behind it."""
    new = NewEntry(
        register_code=LEADERS,
        kind=EntryKind.PEER_REVIEW,
        title="Collegiale visitatie op twee scholen",
        done_on=date(2026, 10, 8),
        points=20,
        themes=["Visie op onderwijs", "Leren van elkaar"],
    )

    goal = NewGoal(
        register_code=LEADERS, title="Leren van andere scholen", themes=["Leren van elkaar"], reach_by=date(2027, 6, 30)
    )

    async def ask(work: Work) -> UUID:
        entry = await portfolio.add_entry(work, new)
        await planning.link_entry(work, entry.id, (await planning.add_goal(work, goal)).id)
        return (await endorsing.ask(work, entry.id, NewRequest(**named))).id

    request = await world.by("marijke.devries", ask)
    said = "Ik liep beide dagen mee en sprak met de teams. De verslagen kloppen met wat ik zag."
    await world.by("ada.commissie", lambda work: endorsing.endorse(work, request, said))
