"""A draft of an application with its screens: which one comes first, next and before."""

from dataclasses import dataclass
from uuid import UUID

from core.errors import NotFound
from core.work import Work
from register.registration import queries
from register.registration.asked import Documents, Offers, address, asked_of, offers_of, place_of
from register.registration.models import Application, ApplicationProof
from register.registration.questions import Asked, Question, Step, first_open, steps

CHECK = "controle"


@dataclass(frozen=True)
class Draft:
    """An application of one's own with its screens."""

    row: Application
    documents: Documents
    offers: Offers
    asked: Asked
    steps: tuple[Step, ...]

    @property
    def here(self) -> str:
        return f"/mijn/aanvragen/{self.row.id}"

    def proof(self, id: UUID | None) -> ApplicationProof | None:
        """A document of this application, or None for one that is still to come; NotFound for any other."""
        if id is None:
            return None
        found = next((proof for proof, _file in self.documents if proof.id == id), None)
        if found is None:
            raise NotFound("no-such-proof")
        return found

    def place(self, question: Question, document: UUID | None) -> int:
        """Which screen this is; one more document comes before their list. NotFound("no-such-application")."""
        at = place_of(self.steps, question, document)
        if at is None and question is Question.DOCUMENT and document is None:
            at = place_of(self.steps, Question.DOCUMENTS, None)
        if at is None:
            raise NotFound("no-such-application")
        return at

    def open_before(self, at: int) -> str:
        """Where the first open question before a screen stands, or ""."""
        left = first_open(self.steps[:at])
        return address(self.here, left) if left else ""

    def resumed(self) -> str:
        """Where one goes on: the first open question, else the last look."""
        return self.open_before(len(self.steps)) or f"{self.here}/{CHECK}"

    def after(self, at: int) -> str:
        """Where one goes from a screen."""
        following = self.steps[at + 1 :]
        return address(self.here, following[0]) if following else f"{self.here}/{CHECK}"

    def before(self, question: Question, document: UUID | None) -> str:
        """Where one came from."""
        at = self.place(question, document)
        if self.steps[at].question is not question:  # one more document
            return address(self.here, self.steps[at])
        return address(self.here, self.steps[at - 1]) if at else "/mijn"

    def before_check(self) -> str:
        """The last screen."""
        return address(self.here, self.steps[-1])


async def the_draft(work: Work, row: Application) -> Draft:
    """A draft with its screens."""
    documents = await queries.proofs_with_files(work, row.id)
    offers = await offers_of(work, row, documents)
    asked = asked_of(work.rules.chosen(row.register_code.value, work.today), row, documents, offers)
    return Draft(row, documents, offers, asked, steps(asked))
