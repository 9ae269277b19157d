"""What a first registration may rest on, as accredited; a master has its CROHO code and is checked for fit only."""

from datetime import date

import sqlalchemy as sa
from sqlmodel import Field

from core.store.db import Versioned


class AccreditedOffer(Versioned, table=True):
    """One programme, assessment or procedure of one provider, accredited for one register from and until a day."""

    __tablename__ = "accredited_offer"
    __table_args__ = (
        sa.UniqueConstraint("code", "register_code"),
        sa.CheckConstraint("accredited_until >= accredited_from", name="accreditation_has_days"),
    )

    code: str = Field(max_length=20)
    """Our own code, or the CROHO code of a master or teaching degree: text, five digits."""
    register_code: str = Field(max_length=40, index=True)
    kind: str = Field(max_length=40)
    """The kind of proof that it leads to: `programme`, `master`, `assessment`, `prior-learning`."""
    name: str = Field(max_length=200)
    provider: str = Field(max_length=160)
    ects: int | None = None
    accredited_from: date
    accredited_until: date
    """The last day, included."""
