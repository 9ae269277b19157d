"""The remedy clause (rechtsmiddelenclausule) that belongs to each register."""

from datetime import date

from babel.dates import format_date

from core.decisions import Decision
from core.settings import Settings

REGISTERS = {
    "schoolleiders-po": "het Schoolleidersregister PO",
    "schoolleiders-vo": "het Schoolleidersregister VO",
    "leraren": "het Lerarenregister",
}
BODIES = {
    "course-accreditation": "de Commissie Accreditatie",
    "course-withdrawal": "de Commissie Accreditatie",
    "provider-admission": "het bureau",
    "provider-suspension": "het bureau",
    "provider-withdrawal": "het bureau",
    "institutional-accreditation": "het bureau",
    "institutional-withdrawal": "het bureau",
}


def remedy_clause(decision: Decision, last_day: date, settings: Settings) -> str:
    """With whom, where, how and until when to object (Awb 3:45, 6:4, 6:5, 6:7): with the body that decided.

    Against a decision on objection one appeals (Awb 6:23); a ruling binds.
    """
    until = format_date(last_day, "d MMMM y", locale="nl")
    house = settings.house
    if decision.kind == "appeal":
        return f"De uitspraak is bindend. Wilt u daartegen opkomen, dan kunt u tot en met {until} naar de rechter."
    if decision.kind == "objection":
        web = f"{settings.address}/beroepen/nieuw"
        return (
            "Bent u het niet eens met deze beslissing op bezwaar? Dan kunt u beroep instellen bij de Commissie van "
            f"Beroep, binnen zes weken: uiterlijk op {until}. Dat kan op {web} of per post: {house.appeals.address}. "
            "Zet in uw beroepschrift uw naam en adres, de datum, het "
            "nummer van deze beslissing en waarom u het er niet mee eens bent, en onderteken het. Beroep instellen "
            "kost niets. Zolang over uw beroep niet is beslist, blijft de beslissing gelden."
        )
    body = BODIES.get(decision.kind, "de Commissie Registratie")
    web = f"{settings.address}/bezwaren/nieuw"
    return (
        f"Bent u het niet eens met dit besluit? Dan kunt u bezwaar maken bij {body} van "
        f"{REGISTERS[decision.register_code]}. Doe dat uiterlijk op {until}. Dat kan op {web} of per post: "
        f"{house.where_to_object.address}. Zet in uw bezwaarschrift uw naam en adres, de datum, het nummer van dit "
        f"besluit en waarom u het er niet mee eens bent, en onderteken het. Bezwaar maken kost niets. "
        f"Zolang over uw bezwaar niet is beslist, blijft dit besluit gelden."
    )
