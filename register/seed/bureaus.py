"""The bureaus of the seeded world: each is admitted and accredited, and somebody applies on its certificate."""

from dataclasses import dataclass
from datetime import date

from accreditation.courses.schemas import Answers
from accreditation.kinds import CourseKind
from accreditation.offer import service as offer
from accreditation.providers.policy import StaffLevel
from accreditation.providers.schemas import NewProvider
from core.store.work import Work
from register.entries.policy import ApplicationKind, Route
from register.entries.schemas import NewProof
from register.rules.assessment.facts import ProofKind
from register.rules.assessment.facts import Role as Post
from register.seed.attending import accredited, admitted
from register.seed.steps import LEADERS, hand_in
from register.seed.world import Place, World

CERTIFIED, ASKED = date(2026, 10, 2), date(2026, 11, 12)


@dataclass(frozen=True)
class Bureau:
    """Who acts for it, what it does, and who applies on its certificate."""

    owner: str
    name: str
    kvk_number: str
    postcode: str
    kind: CourseKind
    answers: Answers
    applicant: tuple[str, str, str]
    """E-mail name, given name and family name."""


BUREAUS = (
    Bureau(
        "karel.kompas",
        "Bureau Kompas",
        "23456789",
        "3511AB",
        CourseKind.ASSESSMENT,
        Answers(
            title="Toetsend assessment schoolleider",
            summary="Een dag met opdrachten uit de praktijk en een gesprek met twee assessoren.",
            form="classroom",
            teachers="Twee assessoren, die zelf een school leidden.",
            testing="Opdrachten en een gesprek over elk deel van de beroepsstandaard.",
        ),
        ("roos.dekker", "Roos", "Dekker"),
    ),
    Bureau(
        "vera.vallei",
        "EVC-centrum Vallei",
        "34567890",
        "6711AC",
        CourseKind.PRIOR_LEARNING,
        Answers(
            title="EVC schoolleider",
            summary="Een portfolio met bewijs uit het werk, en een gesprek daarover.",
            form="classroom",
            teachers="Twee beoordelaars met een certificaat voor EVC.",
            testing="Een portfolio, een gesprek en een bezoek aan de school.",
            recognised_by="Nationaal Kenniscentrum EVC",
        ),
        ("omid.karimi", "Omid", "Karimi"),
    ),
)


async def settle(world: World, place: Place) -> None:
    """Both bureaus, and an application in progress on each; the clock goes back to where the stories were."""
    moment = world.clock.at
    codes = [await _accredited(world, bureau, f"bank-2026-{300 + n}") for n, bureau in enumerate(BUREAUS, 1)]
    world.on(ASKED)
    for bureau, code in zip(BUREAUS, codes, strict=True):
        await _applied(world, bureau, place, code)
    world.clock.at = moment


async def _accredited(world: World, bureau: Bureau, reference: str) -> str:
    """The code under which its certificate stands in the offer."""
    new = NewProvider(
        name=bureau.name,
        kvk_number=bureau.kvk_number,
        postcode=bureau.postcode,
        town="Utrecht" if bureau.kind is CourseKind.ASSESSMENT else "Ede",
        email=f"{bureau.owner}@voorbeeld.example",
        telephone="030 1234567",
        staff_level=StaffLevel.HBO,
        quality_procedure="Twee beoordelaars kijken los van elkaar; elk jaar bekijkt een derde een deel van de zaken.",
        complaints_procedure="Een onafhankelijke commissie behandelt klachten binnen zes weken.",
        registers=[LEADERS.value],
    )
    provider_id = await admitted(world, bureau.owner, new)
    await accredited(world, bureau.owner, provider_id, bureau.answers, reference, bureau.kind)
    return await world.by(bureau.owner, lambda work: _code(work, bureau))


async def _code(work: Work, bureau: Bureau) -> str:
    (found,) = await offer.offer_list(work, LEADERS.value, [bureau.kind.value], None, 2)
    return found.code


async def _applied(world: World, bureau: Bureau, place: Place, code: str) -> None:
    who, given, family = bureau.applicant
    await world.professional(
        who,
        bureau.kind.value,
        given,
        "",
        family,
        register=LEADERS,
        post=Post.DIRECTOR,
        place=place,
        appointed_on=date(2026, 8, 1),
    )
    proof = NewProof(kind=ProofKind(bureau.kind.value), programme_code=code, issued_on=CERTIFIED)
    await hand_in(world, who, LEADERS, proof, kind=ApplicationKind.REGISTRATION, route=Route(bureau.kind.value))
