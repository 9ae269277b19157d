"""What goes out about appointments that boards delivered."""

from datetime import date, datetime
from uuid import UUID

import msgspec


class AppointmentClaimView(msgspec.Struct, frozen=True):
    """What a board says; `changes` is the appointment that would end, null where one would be added."""

    id: UUID
    changes: UUID | None
    board_number: str
    location_code: str
    role: str
    appointed_on: date
    ended_on: date | None
    state: str
    delivered_at: datetime
