"""What is wrong with a line of another system: all of it at once, each fault by its column."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from pydantic import ValidationError

from core.errors import Refused
from register.office.imports.policy import BadRow
from register.schools.duo.cells import BadCell
from register.schools.duo.rows import RefusedRow

T = TypeVar("T")
Fault = BadCell | BadRow


class BadLine(Exception):
    """Everything that is wrong with the cells of one line."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__([fault.code for fault in faults])
        self.faults = faults


class Reads:
    """Reads one thing of a line after the other, and keeps what is wrong until all were read."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def of(self, read: Callable[..., T], *given: object) -> T | None:
        """What was read, or None with its fault kept."""
        try:
            return read(*given)
        except (BadCell, BadRow) as fault:
            self.faults.append(fault)
        except Refused as refusal:
            self.faults.append(BadRow(refusal.code))
        except ValidationError as error:
            self.faults += [BadCell(one["type"].replace("_", "-"), str(one["loc"][0])) for one in error.errors()]
        return None

    def need(self, column: str, read: Callable[..., T | None], *given: object) -> T | None:
        """The same for what must be there: an empty cell is a fault of its column."""
        before = len(self.faults)
        found = self.of(read, *given)
        if found is None and len(self.faults) == before:
            self.faults.append(BadCell("missing-value", column))
        return found


def refused(line: int, bad: Fault | BadLine) -> list[RefusedRow]:
    """A row of the report for each fault of a line."""
    faults = bad.faults if isinstance(bad, BadLine) else [bad]
    return [RefusedRow(line, fault.code, fault.column) for fault in faults]


def lines_in(rows: Sequence[RefusedRow]) -> int:
    """How many lines were refused."""
    return len({row.line for row in rows})
