"""The remedy clause (rechtsmiddelenclausule) that belongs to each register."""

from datetime import date

from babel.dates import format_date

from core.decisions import Decision
from core.errors import NotFound
from core.law.articles import PUBLIC
from core.law.rulesets import RuleSets
from core.remedies import Remedy, remedy_of
from core.settings import Settings


def public(rules: RuleSets, decision: Decision) -> bool:
    """Whether the register of a decision is a public body, by the rules that it was taken under."""
    try:
        return rules.named(decision.rule_set).switches[PUBLIC]
    except NotFound:
        return False


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


def remedy_clause(decision: Decision, last_day: date, settings: Settings, rules: RuleSets) -> str:
    """With whom, where, how and until when to object (Awb 3:45, 6:4, 6:5, 6:7): with the body that decided.

    Against a decision on objection one appeals (Awb 6:23). After a ruling one goes to the court of the register's
    track: of a public register the administrative court, within a term; of a private one the civil court, without.
    """
    until = format_date(last_day, "d MMMM y", locale="nl")
    house = settings.house
    remedy = remedy_of(decision)
    ruling = "deze uitspraak" if decision.part_of is None else f"dit besluit en uitspraak {decision.part_of}"
    if remedy is Remedy.COURT:
        if public(rules, decision):
            return (
                f"Bent u het niet eens met {ruling}? Dan kunt u beroep instellen bij de "
                f"{house.courts.administrative}. Doe dat uiterlijk op {until}."
            )
        return (
            f"{ruling[:1].upper()}{ruling[1:]} {'binden' if decision.part_of else 'bindt'} u en het register. "
            "Bent u het er niet mee eens? Dan kunt u de zaak voorleggen aan de "
            f"burgerlijke rechter: de {house.courts.civil}. Het reglement stelt daarvoor geen termijn."
        )
    if remedy is Remedy.APPEAL:
        one = "deze beslissing op bezwaar" if decision.part_of is None else "dit besluit"
        number = "deze beslissing" if decision.part_of is None else f"beslissing op bezwaar {decision.part_of}"
        along = "" if decision.part_of is None else f", samen met beslissing op bezwaar {decision.part_of}"
        web = f"{settings.address}/beroepen/nieuw"
        return (
            f"Bent u het niet eens met {one}? Dan kunt u beroep instellen bij de Commissie van "
            f"Beroep{along}, binnen zes weken: uiterlijk op {until}. "
            f"Dat kan op {web} of per post: {house.appeals.address}. "
            "Zet in uw beroepschrift uw naam en adres, de datum, het "
            f"nummer van {number} en waarom u het er niet mee eens bent, en onderteken het. Beroep instellen "
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
