"""What a board notes and books on the hours and budget of its staff, and how that stands for it and for the holder."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from auth.actor import person_of
from auth.persons import Person
from core.errors import Invalid, Refused
from core.store.work import Work
from register.employers.budgets import policy, queries
from register.employers.budgets.models import BudgetLine, BudgetTerms
from register.employers.budgets.policy import CENTS, FACTORS, Ledger
from register.employers.budgets.schemas import NewSpending, NewTerms, TakeBack
from register.entries.models import Appointment


@dataclass(frozen=True)
class Budget:
    """A post with what was noted and booked; `ledger` is None until its terms are noted."""

    post: Appointment
    terms: Sequence[BudgetTerms]
    lines: Sequence[BudgetLine]
    ledger: Ledger | None


async def of_post(work: Work, appointment_id: UUID) -> Budget:
    """The hours and budget of a post at one's board; NotFound("no-such-appointment"), Refused("unknown-cao")."""
    post = await queries.post_of_board(work, appointment_id)
    return (await _budgets(work, [post]))[0]


async def of_boards(work: Work, after: UUID | None, most: int) -> list[tuple[Budget, Person]]:
    """What one's boards keep, also of posts that ended, with whose it is; Refused("unknown-cao")."""
    rows = await queries.posts_of_boards(work, after, most)
    budgets = await _budgets(work, [post for post, _person in rows])
    return [(budget, person) for budget, (_post, person) in zip(budgets, rows, strict=True)]


async def own(work: Work) -> list[Budget]:
    """One's own, of each post of which a board noted something; Refused("unknown-cao")."""
    return await _budgets(work, await queries.own_posts(work))


async def _budgets(work: Work, posts: Sequence[Appointment]) -> list[Budget]:
    ids = [post.id for post in posts]
    terms, lines = await queries.terms_of(work, ids), await queries.lines_of(work, ids)
    found = []
    for post in posts:
        of_it = [one for one in terms if one.appointment_id == post.id]
        booked = [one for one in lines if one.appointment_id == post.id]
        found.append(Budget(post, of_it, booked, _ledger(work, post, of_it, booked) if of_it else None))
    return found


def _ledger(work: Work, post: Appointment, terms: Sequence[BudgetTerms], lines: Sequence[BudgetLine]) -> Ledger:
    return policy.ledger(
        policy.Post(post.role.value, post.appointed_on, post.ended_on),
        [one.terms() for one in terms],
        [one.booking() for one in lines],
        work.today,
        work.means.settings.caos,
    )


async def note_terms(work: Work, appointment_id: UUID, new: NewTerms) -> BudgetTerms:
    """Note what holds from a day on; the first time from the first day of the appointment.

    Cao and saving are of the appointment as a whole: another holds from its first day, or every year would be another
    by a note of tomorrow. NotFound("no-such-appointment"); Invalid: `unknown-choice` of the cao, `first-day-first`,
    `before-appointment`, `of-whole-appointment`.
    """
    post = await queries.post_of_board(work, appointment_id)
    if new.cao not in work.means.settings.caos:
        raise Invalid("invalid-input", [("cao", "unknown-choice")])
    if new.holds_from < post.appointed_on:
        raise Invalid("invalid-input", [("holds_from", "before-appointment")])
    noted = await queries.terms_of(work, [post.id])
    if not noted and new.holds_from > post.appointed_on:
        raise Invalid("invalid-input", [("holds_from", "first-day-first")])
    other = [name for name in ("cao", "saving") if noted and getattr(noted[-1], name) != getattr(new, name)]
    if other and new.holds_from != post.appointed_on:
        raise Invalid("invalid-input", [(name, "of-whole-appointment") for name in other])
    row = BudgetTerms(
        person_id=post.person_id,
        appointment_id=post.id,
        cao=new.cao,
        saving=new.saving,
        holds_from=new.holds_from,
        factor=int(new.factor * FACTORS),
        noted_at=work.now,
        noted_by=person_of(work.actor),
    )
    work.add(row)
    await work.flush()
    work.log("budget:note-terms", row)
    return row


async def book(work: Work, appointment_id: UUID, new: NewSpending) -> BudgetLine:
    """Book one line of spending, if it fits.

    NotFound("no-such-appointment"); Invalid: `nothing-spent`, `spent-later`; Refused: `terms-first`,
    `outside-appointment`, `over-budget`, `displaces-later`.
    """
    budget = await of_post(work, appointment_id)
    if not new.eur and not new.hours:
        raise Invalid("invalid-input", [("eur", "nothing-spent")])
    if new.spent_on > work.today:
        raise Invalid("invalid-input", [("spent_on", "spent-later")])
    if budget.ledger is None:
        raise Refused("terms-first")
    row = BudgetLine(
        person_id=budget.post.person_id,
        appointment_id=budget.post.id,
        spent_on=new.spent_on,
        cents=int(new.eur * CENTS),
        hundredths=int(new.hours * CENTS),
        kind=new.kind,
        what=new.what,
        booked_at=work.now,
        booked_by=person_of(work.actor),
    )
    policy.require_fit(budget.ledger, _ledger(work, budget.post, budget.terms, [*budget.lines, row]), row.id)
    return await _booked(work, row, "budget:book")


async def take_back(work: Work, line_id: UUID, new: TakeBack) -> BudgetLine:
    """Correct a line by a counter-booking in its amounts: both stay, and neither counts.

    NotFound("no-such-line"); Refused("spending-taken-back") for one that was taken back, or that takes back itself.
    """
    line, post = await queries.line_of_board(work, line_id)
    lines = await queries.lines_of(work, [post.id])
    if line.reverses_id is not None or any(one.reverses_id == line.id for one in lines):
        raise Refused("spending-taken-back")
    row = BudgetLine(
        **line.model_dump(include={"person_id", "appointment_id", "spent_on", "cents", "hundredths", "kind"}),
        what=new.reason,
        reverses_id=line.id,
        booked_at=work.now,
        booked_by=person_of(work.actor),
    )
    return await _booked(work, row, "budget:take-back")


async def _booked(work: Work, row: BudgetLine, action: str) -> BudgetLine:
    work.add(row)
    await work.flush()
    work.log(action, row)
    return row
