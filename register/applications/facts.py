"""What the assessment gets to see of a first registration: rows turned into facts."""

from decimal import Decimal

from accreditation.offer import service as offer
from core.errors import NotFound
from core.store.work import Work
from register.entries import queries
from register.entries.models import Application, ApplicationProof
from register.entries.policy import Register
from register.rules.assessment.facts import Facts, Kind, Proof, ProofKind, Qualification

UNLISTED = frozenset({ProofKind.DIPLOMA_VALUATION, ProofKind.PEDAGOGIC_NOTE})
"""The register's own valuation (sterk-cert), and the note of who trained the teacher: no list has them."""


async def facts_for(work: Work, application: Application) -> Facts:
    """What the assessment gets to see of a first registration: the post, and each proof with its accreditation."""
    posts = await queries.appointments(work, application.person_id)
    post = posts[0] if posts else None
    proofs = await queries.proofs(work, application.id)
    return Facts(
        register=application.register_code.value,
        kind=Kind.REGISTRATION,
        decided_on=work.today,
        appointed_on=post.appointed_on if post else None,
        role=post.role if post else None,
        statutory_director=post.statutory_director if post else None,
        employer_responsibility=post.employer_responsibility if post else None,
        proofs=tuple([await _proof(work, application, proof) for proof in proofs]),
        sector=application.sector,
        qualifications=tuple(Qualification(name=one["name"]) for one in application.qualifications) or None,
    )


async def _proof(work: Work, application: Application, proof: ApplicationProof) -> Proof:
    """A document with what the offer and the national list say of its programme; unlisted is not recognised."""
    ects = proof.ects
    recognised: bool | None = False
    first, last = None, None
    if proof.kind in UNLISTED:
        recognised = True
    if proof.programme_code:
        try:
            found = await offer.offered(work, proof.programme_code, application.register_code.value)
        except NotFound:
            # For leaders a master must stand in the offer: it is checked for fit.
            teacher = application.register_code is Register.TEACHERS
            recognised = teacher and await offer.is_teaching_degree(work, proof.programme_code)
        else:
            recognised, first, last = True, found.accredited_from, found.accredited_until
            ects = Decimal(found.ects) if found.ects is not None else ects
    return Proof(
        kind=proof.kind,
        ects=ects,
        issued_on=proof.issued_on,
        accredited_from=first,
        accredited_until=last,
        recognised=recognised,
        level=proof.level if proof.kind is ProofKind.DIPLOMA_VALUATION else None,
    )
