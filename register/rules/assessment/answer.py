"""What an assessment answers: outcome, the standing that follows, grounds, and why."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

FACTS_MISSING = "facts-missing"


class Outcome(StrEnum):
    """`granted-shorter`: for a shorter period than the rule set's normal one."""

    GRANTED = "granted"
    GRANTED_SHORTER = "granted-shorter"
    PARTLY_GRANTED = "partly-granted"
    REFUSED = "refused"


class Status(StrEnum):
    """Where the person stands after the decision."""

    ENROLLED = "enrolled"
    IN_TRAINING = "in-training"
    REGISTERED = "registered"
    POSTPONED = "postponed"
    CONDITIONAL = "conditional"


@dataclass(frozen=True)
class Step:
    """One rule that was applied, with its source; a stretch of days where there is one."""

    rule: str
    code: str
    why: str
    from_on: date | None = None
    to_on: date | None = None

    def as_dict(self) -> dict[str, object]:
        days = {"from": _text(self.from_on), "to": _text(self.to_on)} if self.from_on else {}
        return {"rule": self.rule, "code": self.code, **days, "why": self.why}


@dataclass(frozen=True)
class Line:
    """What one activity counts for; `code` says why not, or why not in full."""

    activity: int
    points: int = 0
    hours: Decimal = Decimal(0)
    themes: int = 0
    code: str | None = None

    @property
    def counts(self) -> bool:
        return bool(self.points or self.hours or self.themes)

    def as_dict(self) -> dict[str, object]:
        return {
            "activity": self.activity,
            "counts": self.counts,
            "points": self.points,
            "hours": _number(self.hours),
            "themes": self.themes,
            "code": self.code,
        }


@dataclass(frozen=True)
class Result:
    """The outcome for one qualification."""

    name: str
    outcome: Outcome
    grounds: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, object]:
        return {"name": self.name, "outcome": self.outcome.value, "grounds": list(self.grounds)}


@dataclass(frozen=True)
class Assessment:
    """The answer; `level`, `status` and `due_on` are those after the decision, so unchanged by a refusal."""

    outcome: Outcome
    level: str | None
    status: Status
    due_on: date | None
    rule_set: str | None
    version: int | None = None
    grounds: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    explanation: tuple[Step, ...] = ()
    results: tuple[Result, ...] | None = None
    lines: tuple[Line, ...] = field(default=())

    def refused(self, grounds: Iterable[str], steps: Iterable[Step] = (), lines: Iterable[Line] = ()) -> "Assessment":
        """A refusal that leaves this standing as it is."""
        codes = tuple(dict.fromkeys(grounds))
        return replace(
            self,
            outcome=Outcome.REFUSED,
            grounds=codes,
            explanation=(*self.explanation, *steps),
            lines=tuple(lines),
            results=None
            if self.results is None
            else tuple(Result(r.name, Outcome.REFUSED, codes) for r in self.results),
        )

    def lacking(self, missing: Iterable[str], lines: Iterable[Line] = ()) -> "Assessment":
        """Refused because the outcome hangs on facts that were not stated."""
        paths = tuple(dict.fromkeys(missing))
        step = Step("Awb 4:5", FACTS_MISSING, f"cannot be decided without: {', '.join(paths)}")
        return replace(self.refused([FACTS_MISSING], [step], lines), missing=paths)

    def all_granted(self) -> tuple[Result, ...] | None:
        """Every qualification shares in what is granted."""
        return None if self.results is None else tuple(Result(each.name, Outcome.GRANTED) for each in self.results)

    def same_as(self, other: "Assessment") -> bool:
        """Whether both decide the same, whatever the grounds."""
        return self._decided() == other._decided()

    def _decided(self) -> tuple[object, ...]:
        results = None if self.results is None else [each.outcome for each in self.results]
        return self.outcome, self.level, self.status, self.due_on, results

    def as_dict(self) -> dict[str, object]:
        """As the calculator answers it."""
        answer: dict[str, object] = {
            "outcome": self.outcome.value,
            "level": self.level,
            "status": self.status.value,
            "due_on": _text(self.due_on),
            "grounds": list(self.grounds),
            "missing": list(self.missing),
            "explanation": [step.as_dict() for step in self.explanation],
            "rule_set": self.rule_set,
            "lines": [line.as_dict() for line in self.lines],
        }
        if self.results is not None:
            answer["results"] = [each.as_dict() for each in self.results]
        return answer


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)
