"""The remedy clause (rechtsmiddelenclausule) that belongs to each register."""

from datetime import date

from babel.dates import format_date

BODY = {
    "schoolleiders-po": "de Commissie Registratie van het Schoolleidersregister PO",
    "schoolleiders-vo": "de Commissie Registratie van het Schoolleidersregister VO",
    "leraren": "de Commissie Registratie van het Lerarenregister",
}


def remedy_clause(register: str, last_day: date) -> str:
    """Where, how and until when to object (Awb 3:45, 6:4, 6:5, 6:7)."""
    until = format_date(last_day, "d MMMM y", locale="nl")
    return (
        f"Bent u het niet eens met dit besluit? Dan kunt u bezwaar maken bij {BODY[register]}. "
        f"Doe dat uiterlijk op {until}. Zet in uw bezwaarschrift uw naam en adres, de datum, het nummer van dit "
        f"besluit en waarom u het er niet mee eens bent, en onderteken het. Bezwaar maken kost niets. "
        f"Zolang over uw bezwaar niet is beslist, blijft dit besluit gelden."
    )
