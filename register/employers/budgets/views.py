"""A ledger as it is shown by the API, to a board and to the holder alike."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from auth.persons import Person
from core.records import filled
from register.employers.budgets.models import BudgetLine
from register.employers.budgets.schemas import BudgetOfStaff, BudgetView, SpendingView
from register.employers.budgets.service import Budget
from register.rules.entitlement.answer import as_dict


def view(budget: Budget) -> BudgetView:
    """The whole of it."""
    ledger = budget.ledger
    return filled(
        BudgetView,
        budget.post,
        appointment_id=budget.post.id,
        asked=ledger and ledger.asked,
        entitlement=ledger and as_dict(ledger.found),
        lines=lines(budget.lines, ledger.refused if ledger else {}),
    )


def of_staff(budget: Budget, person: Person) -> BudgetOfStaff:
    """One line of a board's list."""
    assert budget.ledger  # the list has the posts of which terms were noted
    answer = as_dict(budget.ledger.found)
    left = {name: answer[name] for name in ("available_eur", "available_hours", "to_general_budget_eur")}
    return filled(
        BudgetOfStaff,
        budget.post,
        appointment_id=budget.post.id,
        register_number=person.register_number,
        name=person.full_name(),
        not_counted=len(budget.ledger.refused),
        **left,
    )


def lines(rows: Sequence[BudgetLine], refused: Mapping[UUID, str]) -> list[SpendingView]:
    """Each line, with whether it counts."""
    taken_back = {row.reverses_id for row in rows}
    return [line(row, row.id in taken_back, refused.get(row.id)) for row in rows]


def line(row: BudgetLine, is_taken_back: bool = False, code: str | None = None) -> SpendingView:
    """One line; as it was booked, it counts."""
    booking = row.booking()
    return filled(
        SpendingView,
        row,
        eur=f"{booking.eur:.2f}",
        hours=f"{booking.hours:.2f}",
        reversed=is_taken_back,
        code=code,
    )
