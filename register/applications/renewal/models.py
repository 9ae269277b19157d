"""Which reminders of a due date went out."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from sqlmodel import Field, SQLModel


class Reminder(SQLModel, table=True):
    """One rung of the ladder of reminders for one due date: it goes out once."""

    __tablename__ = "reminder"
    __traced__: ClassVar[bool] = False

    registration_id: UUID = Field(foreign_key="registration.id", primary_key=True)
    due_on: date = Field(primary_key=True)
    months_before: int = Field(primary_key=True)
    sent_on: date
