"""An application that may be answered with its screens: which one comes first, next and before.

A draft is walked from the first screen to the last look. What is to be completed (Awb 4:5) is answered one piece at a
time: each leads back to the page of the application.
"""

from dataclasses import dataclass
from uuid import UUID

from core.errors import NotFound
from core.store.work import Work
from register.applications.asked import Documents, Offers, address, asked_of, offers_of, place_of
from register.applications.questions import Asked, Question, Step, first_unseen, steps
from register.entries import queries
from register.entries.models import Application, ApplicationProof
from register.entries.policy import ApplicationState

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

    @property
    def completing(self) -> bool:
        """Handed in before, and to be completed now."""
        return self.row.state is ApplicationState.INCOMPLETE

    @property
    def end(self) -> str:
        """Where the screens lead to."""
        return self.here if self.completing else f"{self.here}/{CHECK}"

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
        """Where the first question before a screen stands that was not answered, or ""."""
        left = None if self.completing else first_unseen(self.steps[:at])
        return address(self.here, left) if left else ""

    def resumed(self) -> str:
        """Where one goes on: the first question that was not answered, else the last look."""
        return self.open_before(len(self.steps)) or self.end

    def after(self, at: int) -> str:
        """Where one goes from a screen."""
        following = [step for step in self.steps[at + 1 :] if self._goes_with(self.steps[at], step)]
        return address(self.here, following[0]) if following else self.end

    def before(self, question: Question, document: UUID | None) -> str:
        """Where one came from."""
        at = self.place(question, document)
        if self.completing:
            earlier = [step for step in self.steps[:at] if self._goes_with(self.steps[at], step)]
            return address(self.here, earlier[-1]) if earlier else self.here
        if self.steps[at].question is not question:  # one more document
            return address(self.here, self.steps[at])
        return address(self.here, self.steps[at - 1]) if at else "/mijn"

    def _goes_with(self, one: Step, other: Step) -> bool:
        """Whether one is asked from the other on: in a draft all, while completing those of one document."""
        return not self.completing or (one.document is not None and one.document == other.document)

    def before_check(self) -> str:
        """The last screen."""
        return address(self.here, self.steps[-1])


async def the_draft(work: Work, row: Application) -> Draft:
    """A draft with its screens."""
    documents = await queries.proofs_with_files(work, row.id)
    offers = await offers_of(work, row, documents)
    asked = asked_of(work.rules.chosen(row.register_code.value, work.today), row, documents, offers)
    return Draft(row, documents, offers, asked, steps(asked))
