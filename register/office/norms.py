"""A rule set in words: what each norm asks, with the source that it rests on."""

from dataclasses import dataclass

from core.law.rulesets import RuleSet
from core.texts import day, euro
from core.web.pages import _, label


@dataclass(frozen=True)
class Section:
    """Norms about one subject; `source` is the article or document that they rest on."""

    title: str
    source: str
    norms: list[tuple[str, str]]


def sections(rules: RuleSet) -> list[Section]:
    """Every norm of a rule set, by subject; a subject without norms is left out."""
    said = rules.sources
    found = [
        Section(_("Periode"), said.get("period", ""), _period(rules)),
        Section(_("Herregistratie"), said.get("norm", ""), _renewal(rules)),
        Section(_("Bewijsstukken"), said.get("proofs", ""), _proofs(rules)),
        Section(_("Uitstel"), said.get("postponement", ""), _postponement(rules)),
        Section(_("Waardering van activiteiten"), said.get("activities", ""), _valuations(rules)),
        Section(_("Commissie"), "", _committee(rules)),
        Section(
            _("Termijnen"), "", [(label(name, "rule-term"), span(t.length, t.unit)) for name, t in rules.terms.items()]
        ),
        Section(_("Kosten"), "", _costs(rules)),
        Section(_("Procedure"), "", [(label(name, "rule-switch"), _yes(on)) for name, on in rules.switches.items()]),
    ]
    return [section for section in found if section.norms]


def span(length: int, unit: str) -> str:
    """So long: 1 maand, 8 weken."""
    return f"{length} {label(str(unit).removesuffix('s') if length == 1 else unit, 'term-unit')}"


def _yes(it_is: bool) -> str:
    return _("Ja") if it_is else _("Nee")


def _period(rules: RuleSet) -> list[tuple[str, str]]:
    months = ", ".join(map(str, rules.reminder_months))
    return [
        (_("Duur van een periode"), span(rules.period_years, "years")),
        (_("Te laat: registratie onder voorwaarden"), span(rules.conditional_months, "months")),
        (_("Iedereen ziet dat een registratie verliep"), _yes(rules.lapse_is_public)),
        (_("Aanvragen voor de einddatum"), span(rules.apply_before_due_months, "months")),
        (_("Herinneringen"), _("{months} maanden voor de einddatum", months=months) if months else ""),
        (_("Gegevens bewaren"), span(rules.retention_years, "years")),
    ]


def _renewal(rules: RuleSet) -> list[tuple[str, str]]:
    renewal, norms = rules.renewal, []
    for rung in renewal.ladder:
        norms.append((_("{n} punten of meer", n=rung.points), span(rung.years, "years")))
    if renewal.themes:
        norms.append(
            (label("themes", "norm"), _("{n} van {known}", n=renewal.themes.needed, known=renewal.themes.known))
        )
    if renewal.hours:
        norms.append((label("hours", "norm"), _("{n} uur", n=renewal.hours.least)))
        for part in renewal.hours.parts:
            sectors = ", ".join(label(sector, "sector") for sector in part.sectors)
            hours = _("{n} uur", n=part.least)
            norms.append((label(part.name, "norm"), f"{hours} ({sectors})" if sectors else hours))
        norms.append((_("Gewerkte uren bij elke bevoegdheid"), _("{n} uur", n=renewal.hours.work_hours)))
    for proof in renewal.proofs:
        levels = ", ".join(label(level, "level") for level in proof.from_levels)
        norms.append((label(proof.kind, "proof"), _("is genoeg, voor: {levels}", levels=levels)))
    return norms


def _proofs(rules: RuleSet) -> list[tuple[str, str]]:
    norms = []
    for proof in rules.proofs:
        by_size = [_("{level} vanaf {n} studiepunten", level=label(s.level, "level"), n=s.ects) for s in proof.sizes]
        levels = [proof.level, *proof.stated_levels]
        gives = [*by_size, *(label(level, "level") for level in levels if level)]
        norms.append((label(proof.kind, "proof"), ", ".join(gives) or _("geeft toegang")))
    if training := rules.in_training:
        years = ", ".join(span(n, "years") for n in sorted(set(training.years.values())))
        norms.append((label(training.level, "level"), _("ten hoogste {years} na de aanstelling", years=years)))
    return norms


def _postponement(rules: RuleSet) -> list[tuple[str, str]]:
    grounds = ", ".join(label(ground, "postponement-ground") for ground in rules.postponement.grounds)
    return [(_("Ten hoogste"), span(rules.postponement.max_months, "months")), (_("Redenen"), grounds)]


def _valuations(rules: RuleSet) -> list[tuple[str, str]]:
    said = [(label(each.kind, "valuation"), (each.least, each.most)) for each in rules.valuations]
    return [(name, _("{least} tot {most} punten", least=least, most=most)) for name, (least, most) in said]


def _committee(rules: RuleSet) -> list[tuple[str, str]]:
    body = rules.committee
    routes = ", ".join(label(route, "route") for route in body.second_opinion)
    alone = ", ".join(label(what, "alone") for what in body.chair_alone)
    return [
        (_("Leden"), _("{least} tot {most}", least=body.pool_least, most=body.pool_most)),
        (_("Zo veel leden stemmen ten minste"), str(body.quorum)),
        (_("Beslist de voorzitter alleen, namens de commissie"), alone),
        (_("Steekproef"), _("{n} van de 100 dossiers", n=body.sample_percent) if body.sample_check else _("Nee")),
        (_("Een tweede lezer bij"), routes),
        (_("Geen oordeel over wie bij hetzelfde bestuur werkte"), span(body.conflict_years, "years")),
    ]


def _costs(rules: RuleSet) -> list[tuple[str, str]]:
    fees = [
        (_("Bijdrage per jaar vanaf {year}", year=fee.from_year), _fee(fee.full_eur, fee.reduced_eur))
        for fee in rules.fees
    ]
    return [*fees, *((label(name, "course-kind"), euro(cents / 100)) for name, cents in rules.charges.items())]


def _fee(full: int, reduced: int | None) -> str:
    return (
        euro(full)
        if reduced is None
        else _("{full}, zonder aanstelling {reduced}", full=euro(full), reduced=euro(reduced))
    )


def in_force(rules: RuleSet) -> str:
    """From when to when a set holds, in words."""
    if rules.until_on is None:
        return _("vanaf {day}", day=day(rules.from_on))
    return _("van {first} tot en met {last}", first=day(rules.from_on), last=day(rules.until_on))
