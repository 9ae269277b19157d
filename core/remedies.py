"""PURE: what is open against a decision (rechtsmiddel)."""

from enum import StrEnum

from core.decisions import Decision


class Remedy(StrEnum):
    """What is open against a decision."""

    OBJECTION = "objection"
    APPEAL = "appeal"
    COURT = "court"


def remedy_of(decision: Decision) -> Remedy:
    """Against a decision on objection one appeals (Awb 7:1), and after a ruling one goes to court.

    What came with either in the place of a contested decision is a part of it (7:11(2), 7:25), and goes the same way.
    """
    if decision.kind == "appeal":
        return Remedy.COURT
    if decision.kind == "objection":
        return Remedy.APPEAL
    if decision.part_of is None:
        return Remedy.OBJECTION
    return Remedy.COURT if decision.taken_by.startswith("chamber/") else Remedy.APPEAL
