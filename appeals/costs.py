"""The costs of a party, worked out by the tariff of the day of the decision (Awb 7:15, 7:28; compare the Besluit
proceskosten bestuursrecht): points by kind of act, the weight of the case, and what else is paid."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from core.law.tariffs import Rate, Rates
from core.texts import day, euro, number

CENT = Decimal("0.01")


class CostAct(StrEnum):
    """An act of who speaks for a party by profession, which has its points."""

    FILING = "filing"
    HEARING = "hearing"
    FURTHER_HEARING = "further-hearing"


class CostWeight(StrEnum):
    """How heavy a case is."""

    VERY_LIGHT = "very-light"
    LIGHT = "light"
    AVERAGE = "average"
    HEAVY = "heavy"
    VERY_HEAVY = "very-heavy"


@dataclass(frozen=True)
class Costs:
    """What is paid: points at an amount, by a weight, and what else was asked and shown, in euros."""

    points: Decimal
    per_point: Rate
    weight: Decimal
    other: Decimal = Decimal(0)

    @property
    def amount(self) -> Decimal:
        """The sum in euros and cents."""
        return (self.points * self.per_point.amount * self.weight + self.other).quantize(CENT, ROUND_HALF_UP)

    @property
    def said(self) -> str:
        """How it was worked out, as the decision says it."""
        parts = []
        if self.points:
            parts.append(
                f"{number(self.points, 'nl')} punten van {euro(self.per_point.amount, 'nl')} "
                f"(tarief vanaf {day(self.per_point.valid_from, 'nl')}), gewicht {number(self.weight, 'nl')}"
            )
        if self.other:
            parts.append(f"andere kosten: {euro(self.other, 'nl')}")
        return f"{'; '.join(parts)}; samen {euro(self.amount, 'nl')}."


def costs_of(rates: Rates, on: date, acts: Sequence[CostAct], weight: CostWeight, other: Decimal) -> Costs:
    """The costs of these acts by the figures of a day."""
    points = sum((rates.on(f"costs-{act}", on).amount for act in acts), Decimal(0))
    return Costs(points, rates.on("costs-point", on), rates.on(f"costs-{weight}", on).amount, other)
