"""Granting and ending shares, and what they show: every look is a line in the owner's stream, a refused one too."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from auth import queries as people
from auth.actor import person_of
from core.errors import Invalid, NotFound
from core.store.files import StoredFile
from core.store.work import Work
from register.entries import queries as registrations
from register.portfolio import queries as portfolios
from register.portfolio.ledger import period_of
from register.portfolio.models import PortfolioEntry
from register.portfolio.policy import EntryState
from register.portfolio.queries import Portfolio
from register.portfolio.sharing import policy, queries
from register.portfolio.sharing.models import PortfolioShare
from register.portfolio.sharing.policy import Scope, Sight
from register.portfolio.sharing.schemas import NewShare

KEPT_BACK = frozenset({EntryState.DRAFT, EntryState.WITHDRAWN})
"""What nobody else sees, whatever was shared: it was not handed in, or taken back."""


async def share(work: Work, new: NewShare) -> PortfolioShare:
    """Grant sight of one's own portfolio.

    NotFound("no-such-registration"); Invalid: as policy.require_scope, `until-in-the-past`, `board-or-person`,
    `not-your-board`, `no-such-person`, `own-portfolio`, `no-such-period`, `no-such-entry`.
    """
    policy.require_scope(new.scope, new.period_id, new.entry_ids)
    policy.require_to_come(new.until_on, work.today)
    policy.require_one_reader(new.board_number, new.reader)
    registration = await registrations.own_registration(work, new.register_code)
    grantee_id = await _reader(work, new)
    if new.scope is not Scope.WHOLE:
        await _require_own(work, registration.id, new)
    row = PortfolioShare(
        person_id=registration.person_id,
        registration_id=registration.id,
        register_code=registration.register_code,
        scope=new.scope,
        period_id=new.period_id,
        entry_ids=[str(id) for id in dict.fromkeys(new.entry_ids)],
        with_files=new.with_files,
        board_number=new.board_number,
        grantee_id=grantee_id,
        granted_at=work.now,
        granted_on=work.today,
        until_on=new.until_on,
    )
    work.add(row)
    await work.flush()
    reader = {"board": row.board_number} if row.board_number else {"person": str(row.grantee_id)}
    work.log("share:grant", row, scope=row.scope.value, until=row.until_on, files=row.with_files, **reader)
    return row


async def _reader(work: Work, new: NewShare) -> UUID | None:
    """Who the share is for, when it is a person; a board must be one's own employer today."""
    me = person_of(work.actor)
    if new.reader is None:
        if new.board_number not in await queries.boards_employing(work, me):
            raise Invalid("invalid-input", [("board_number", "not-your-board")])
        return None
    try:
        found = await people.person_named(work.session, new.reader.register_number, new.reader.family_name)
    except NotFound as error:
        raise Invalid("invalid-input", [("register_number", "no-such-person")]) from error
    if found.id == me:
        raise Invalid("invalid-input", [("register_number", "own-portfolio")])
    work.send(
        "portfolio-shared",
        address=found.email,
        subject="Iemand deelt een portfolio met u",
        body="Iemand laat u meekijken in een portfolio. Log in bij Bekwaam en kijk bij Met u gedeeld: "
        f"{work.means.settings.address}/gedeeld\n",
        person_id=found.id,
    )
    return found.id


async def _require_own(work: Work, registration_id: UUID, new: NewShare) -> None:
    periods = {row.id for row in await portfolios.periods_of(work, registration_id)}
    if new.period_id is not None and new.period_id not in periods:
        raise Invalid("invalid-input", [("period_id", "no-such-period")])
    known = {row.id for row in await portfolios.entries_of(work, registration_id)}
    if not known.issuperset(new.entry_ids):
        raise Invalid("invalid-input", [("entry_ids", "no-such-entry")])


async def end_share(work: Work, share_id: UUID) -> PortfolioShare:
    """Take a share back: the next request of its reader finds nothing. Refused("share-ended"), Stale."""
    row = await queries.own_share(work, share_id)
    work.expect(row)
    policy.require_standing(ended=row.ended_at is not None)
    row.ended_at = work.now
    await work.flush()
    work.log("share:end", row)
    return row


@dataclass(frozen=True)
class Shown:
    """A portfolio as far as it is shown to who asks."""

    portfolio: Portfolio
    sight: Sight
    entries: Sequence[PortfolioEntry]

    def period_of(self, entry: PortfolioEntry) -> UUID | None:
        """The period in which an entry counts."""
        found = period_of(entry.done_on, [row.period() for row in self.portfolio.periods])
        return found.id if found else None

    def shows_file(self, entry: PortfolioEntry) -> bool:
        return self.sight.shows_file(entry.id, self.period_of(entry))


async def look(work: Work, registration_id: UUID) -> Shown:
    """Somebody else's portfolio, as far as it is shared with the actor now; the look is told to its owner.

    NotFound("no-such-portfolio"), the same for one that is not there; the attempt is in the trail as well.
    """
    found = await _look(work, registration_id)
    work.looked("portfolio:read", stream=_stream(found), via="share", shares=_ids(found.sight))
    return found


async def look_at_file(work: Work, registration_id: UUID, entry_id: UUID) -> tuple[StoredFile, bytes]:
    """The evidence behind a shown entry, where evidence is shared. NotFound: `no-such-portfolio`, `no-such-file`."""
    found = await _look(work, registration_id)
    entry = next((row for row in found.entries if row.id == entry_id), None)
    if entry is None or entry.file_id is None or not found.shows_file(entry):
        raise NotFound("no-such-file")
    facts = {"entry": str(entry.id), "shares": _ids(found.sight)}
    work.looked("portfolio:read", stream=_stream(found), via="share", file=True, **facts)
    file = await work.session.get_one(StoredFile, entry.file_id)
    return file, await work.files.get(file.sha256)


async def _look(work: Work, registration_id: UUID) -> Shown:
    sight = await queries.sight_of(work, registration_id)
    if not sight:
        await _refuse(work, registration_id)
    registration = await registrations.registration(work, registration_id)
    portfolio = await portfolios.portfolio_of(work, registration)
    shown = Shown(portfolio, sight, ())
    entries = [
        row
        for row in portfolio.entries.values()
        if row.state not in KEPT_BACK and sight.shows(row.id, shown.period_of(row))
    ]
    return Shown(portfolio, sight, entries)


async def _refuse(work: Work, registration_id: UUID) -> None:
    """Keep the attempt although the request is refused; what is not there costs and says the same."""
    owner = await queries.owner_of(work, registration_id)
    if owner != getattr(work.actor, "person_id", None):
        stream = f"person/{owner}" if owner else "access"
        work.looked("portfolio:refused", stream=stream, registration=str(registration_id))
    raise NotFound("no-such-portfolio")


def _stream(found: Shown) -> str:
    return f"person/{found.portfolio.registration.person_id}"


def _ids(sight: Sight) -> list[str]:
    return sorted(str(grant.id) for grant in sight.grants)
