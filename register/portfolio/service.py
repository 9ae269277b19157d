"""Keeping a portfolio: entries added, changed, handed in, withdrawn; books and valuations are named here too."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from accreditation.offer import service as offer
from core.decisions import require_undecided
from core.errors import Invalid, NotFound
from core.store.files import Evidence, StoredFile
from core.store.work import Work
from core.web.uploads import keep_file
from register.entries import queries as registrations
from register.portfolio import queries
from register.portfolio.books import close_period, open_period, postpone_period, runs_from, settle, stop_period
from register.portfolio.ledger import require_inside
from register.portfolio.models import PortfolioEntry, hundredths
from register.portfolio.policy import (
    ENTRY,
    EntryEvent,
    EntryKind,
    Measure,
    distinct,
    measure_of,
    require_counted_once,
    require_deletable,
    require_editable,
    require_fitting,
    require_submittable,
)
from register.portfolio.schemas import ChangedEntry, NewEntry
from register.portfolio.valuation import correct_valuation, take_effect, value_by, value_entry, value_heard
from register.rules.assessment.facts import Valuation

KINDS = {"programme": EntryKind.PROGRAMME, "master": EntryKind.MASTER}
"""What offer of a kind is in a portfolio; anything else is a course."""


@dataclass(frozen=True)
class FilledIn:
    """What is known of an entry once the offer had its say."""

    kind: EntryKind
    title: str
    provider: str
    accredited: bool

    def valuation(self, measure: Measure) -> Valuation:
        """How credit comes about unless it was said: hours of accredited offer are validated, points come later."""
        if measure is Measure.HOURS:
            return Valuation.VALIDATED if self.accredited else Valuation.NOT_VALIDATED
        return Valuation.AFTERWARDS


async def fill_in(work: Work, new: NewEntry) -> FilledIn:
    """What was stated, and where it was not, what the offer says.

    Invalid: `field-missing`, `no-such-offer`, `outside-accreditation-period` (its last day included).
    """
    if new.offer_code is None:
        lacking = [(name, "field-missing") for name in ("kind", "title") if not getattr(new, name)]
        if lacking or new.kind is None:
            raise Invalid("invalid-input", lacking)
        return FilledIn(new.kind, new.title, new.provider, accredited=False)
    try:
        found = await offer.offered(work, new.offer_code, new.register_code.value)
    except NotFound as error:
        raise Invalid("invalid-input", [("offer_code", "no-such-offer")]) from error
    if not found.accredited_from <= new.done_on <= found.accredited_until:
        raise Invalid("invalid-input", [("done_on", "outside-accreditation-period")])
    kind = new.kind or KINDS.get(found.kind, EntryKind.COURSE)
    return FilledIn(kind, new.title or found.name[:160], new.provider or found.provider, accredited=True)


__all__ = [
    "add_entry",
    "attach_evidence",
    "change_entry",
    "close_period",
    "correct_valuation",
    "delete_entry",
    "detach_evidence",
    "evidence",
    "open_period",
    "postpone_period",
    "read_entry",
    "runs_from",
    "stop_period",
    "submit_entry",
    "take_effect",
    "value_by",
    "value_entry",
    "value_heard",
    "withdraw_entry",
]

MOST_ENTRIES = 500


async def add_entry(work: Work, new: NewEntry) -> PortfolioEntry:
    """Start a draft in one's own portfolio; accredited offer fills in what it knows.

    NotFound("no-such-registration"); Invalid: `too-many-entries`, `field-missing`, `no-such-offer`,
    `outside-accreditation-period`, and as policy.require_fitting.
    """
    registration = await registrations.own_registration(work, new.register_code)
    if await queries.how_many(work, registration.id) >= MOST_ENTRIES:
        raise Invalid("too-many-entries", most=MOST_ENTRIES)
    usual = work.rules.chosen(registration.register_code.value, work.today)
    filled = await fill_in(work, new)
    entry = PortfolioEntry(
        person_id=registration.person_id,
        registration_id=registration.id,
        register_code=registration.register_code,
        kind=filled.kind,
        title=filled.title,
        description=new.description,
        done_on=new.done_on,
        claimed_points=new.points,
        claimed_hundredths=hundredths(new.hours),
        contact_hundredths=hundredths(new.contact_hours),
        category=new.category,
        themes=distinct(new.themes),
        valuation=new.valuation or filled.valuation(measure_of(usual)),
        provider=filled.provider,
        offer_code=new.offer_code,
        added_at=work.now,
    )
    require_fitting(entry.claim(), usual)
    work.add(entry)
    await work.flush()
    work.log("entry:add", entry, kind=entry.kind.value)
    return entry


async def change_entry(work: Work, entry_id: UUID, changed: ChangedEntry) -> PortfolioEntry:
    """Change a draft of one's own. Refused: `entry-frozen`, `entry-endorsed`; Stale; Invalid as require_fitting."""
    entry = await queries.own_entry(work, entry_id)
    work.expect(entry)
    require_editable(entry.state, endorsed=entry.endorsed_sha256 is not None)
    for name in changed.model_fields_set:
        _set(entry, name, getattr(changed, name))
    require_fitting(entry.claim(), work.rules.chosen(entry.register_code.value, work.today))
    await work.flush()
    work.log("entry:change", entry, fields=sorted(changed.model_fields_set))
    return entry


def _set(entry: PortfolioEntry, name: str, value: object) -> None:
    """A field of the form, under the name by which the row keeps it."""
    if name in {"hours", "contact_hours"}:
        kept = "claimed_hundredths" if name == "hours" else "contact_hundredths"
        setattr(entry, kept, hundredths(value if isinstance(value, Decimal) else None))
    elif name == "themes":
        entry.themes = distinct(value if isinstance(value, list) else [])
    elif name == "points":
        entry.claimed_points = value if isinstance(value, int) else None
    else:
        setattr(entry, name, value)


async def attach_evidence(work: Work, entry_id: UUID, evidence: Evidence) -> PortfolioEntry:
    """Put a file behind a draft, in place of an earlier one.

    Refused: `entry-frozen`, `entry-endorsed`.
    """
    entry = await queries.own_entry(work, entry_id)
    require_editable(entry.state, endorsed=entry.endorsed_sha256 is not None)
    file = await keep_file(work, entry.person_id, evidence)
    entry.file_id = file.id
    await work.flush()
    work.log("entry:attach", entry, sha256=file.sha256)
    return entry


async def detach_evidence(work: Work, entry_id: UUID) -> PortfolioEntry:
    """Take the file away from a draft. NotFound("no-such-file"); Refused: `entry-frozen`, `entry-endorsed`; Stale."""
    entry = await queries.own_entry(work, entry_id)
    work.expect(entry)
    require_editable(entry.state, endorsed=entry.endorsed_sha256 is not None)
    if entry.file_id is None:
        raise NotFound("no-such-file")
    file_id, entry.file_id = entry.file_id, None
    await work.flush()
    work.log("entry:detach", entry, file=str(file_id))
    return entry


async def delete_entry(work: Work, entry_id: UUID) -> None:
    """Remove a draft for good. Refused: `entry-frozen`, `entry-has-history`; Stale."""
    entry = await queries.own_entry(work, entry_id)
    work.expect(entry)
    require_deletable(entry.state, asked=entry.peers_asked > 0)
    await work.session.delete(entry)
    await work.flush()
    work.log("entry:delete", entry)


async def submit_entry(work: Work, entry_id: UUID) -> PortfolioEntry:
    """Hand an entry in, its evidence frozen: hours count at once (checked by sample), points wait for a valuation.

    Refused: `wrong-state`, `outside-period`, and as policy.require_counted_once; Stale; Invalid as
    policy.require_submittable.
    """
    entry = await queries.own_entry(work, entry_id)
    work.expect(entry)
    entry_state = ENTRY.after(entry.state, EntryEvent.SUBMIT)
    periods = [row.period() for row in await queries.periods_of(work, entry.registration_id)]
    rules = queries.rules_on(work, entry.register_code, entry.done_on, periods)
    require_fitting(entry.claim(), rules)
    require_submittable(entry.claim(), rules, work.today)
    require_inside(entry.done_on, periods)
    file = await work.session.get(StoredFile, entry.file_id) if entry.file_id else None
    others = [other.handed_in(other.frozen_sha256) for other in await queries.standing_on(work, entry)]
    require_counted_once(entry.handed_in(file.sha256 if file else None), others)

    entry.state, entry.submitted_at, entry.frozen_sha256 = entry_state, work.now, file.sha256 if file else None
    work.log("entry:submit", entry, sha256=entry.frozen_sha256, endorsed=entry.endorsed_sha256)
    if measure_of(rules) is Measure.HOURS:
        entry.state = ENTRY.after(entry.state, EntryEvent.ACCEPT)
        entry.hundredths = entry.claimed_hundredths
        work.log("entry:accept", entry, hundredths=entry.hundredths)
        await settle(work, entry.registration_id, only=entry)
    else:
        entry.state = ENTRY.after(entry.state, EntryEvent.PUT_UP)
        work.log("entry:put-up", entry)
    await work.flush()
    return entry


async def withdraw_entry(work: Work, entry_id: UUID) -> PortfolioEntry:
    """Take an entry back, with what was booked, as long as no renewal has used it.

    Refused: `wrong-state`, `decided-already` (a decision on it is under way).
    """
    entry = await queries.own_entry(work, entry_id)
    work.expect(entry)
    await require_undecided(work, entry.id)
    entry.state = ENTRY.after(entry.state, EntryEvent.WITHDRAW)
    work.log("entry:withdraw", entry)
    await settle(work, entry.registration_id, only=entry)
    return entry


async def read_entry(work: Work, entry_id: UUID) -> tuple[PortfolioEntry, bool]:
    """An entry and whether it is one's own; a look by somebody else leaves a line in the owner's stream."""
    entry = await queries.entry(work, entry_id)
    own = getattr(work.actor, "person_id", None) == entry.person_id
    if not own:
        work.looked("portfolio:read", stream=entry.stream(), entry=str(entry.id))
    return entry, own


async def evidence(work: Work, entry_id: UUID) -> tuple[StoredFile, bytes]:
    """The file behind an entry, traced like `read_entry`; NotFound("no-such-file")."""
    entry, _ = await read_entry(work, entry_id)
    if entry.file_id is None:
        raise NotFound("no-such-file")
    file = await work.session.get_one(StoredFile, entry.file_id)
    return file, await work.files.get(file.sha256)
