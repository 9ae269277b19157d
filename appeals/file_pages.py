"""What one takes away from a dispute: a piece, the letter of a decision, the whole file, the hearing for a diary."""

from uuid import UUID

from litestar import get
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath
from litestar.response import Response

from appeals.dispute_api import as_document, downloaded
from appeals.disputes import dossier
from appeals.disputes.policy import Kind
from appeals.ports import DisputePorts
from appeals.verbs import read
from auth.permissions import SIGNED_IN
from core.diary import MEDIA_TYPE
from core.web.http import WorkDep


def downloads(kind: Kind, home: str) -> list[HTTPRouteHandler]:
    """The files behind the page of a dispute."""

    @get(home + "/{dispute_id:uuid}/stukken/{piece_id:uuid}", requires=SIGNED_IN)
    async def piece(work: WorkDep, dispute_id: FromPath[UUID], piece_id: FromPath[UUID]) -> Response[bytes]:
        """One document."""
        file, who = await read(work, kind, dispute_id)
        return downloaded(*await dossier.piece_of(work, file, who, piece_id))

    @get(
        home + "/{dispute_id:uuid}/besluiten/{decision_id:uuid}",
        requires=SIGNED_IN,
    )
    async def letter(work: WorkDep, dispute_id: FromPath[UUID], decision_id: FromPath[UUID]) -> Response[bytes]:
        """The letter of a decision that the dispute is about, or of the one that was taken in it."""
        file, who = await read(work, kind, dispute_id)
        decision = dossier.decision_in(file, who, decision_id)
        return as_document(decision.number, await work.port(DisputePorts).letter(work, decision))

    @get(home + "/{dispute_id:uuid}/dossier", requires=SIGNED_IN)
    async def packing(work: WorkDep, dispute_id: FromPath[UUID]) -> Response[bytes]:
        """The whole file as a ZIP."""
        file, who = await read(work, kind, dispute_id)
        headers = {"Content-Disposition": f'attachment; filename="{file.dispute.number}.zip"'}
        return Response(await dossier.as_zip(work, file, who), media_type="application/zip", headers=headers)

    @get(home + "/{dispute_id:uuid}/dossier/pdf", requires=SIGNED_IN)
    async def binding(work: WorkDep, dispute_id: FromPath[UUID]) -> Response[bytes]:
        """The whole file as one document."""
        file, who = await read(work, kind, dispute_id)
        return as_document(file.dispute.number, await dossier.bound_as_pdf(work, file, who))

    @get(home + "/{dispute_id:uuid}/agenda", requires=SIGNED_IN)
    async def calendar(work: WorkDep, dispute_id: FromPath[UUID]) -> Response[bytes]:
        """The hearing for a diary."""
        file, _ = await read(work, kind, dispute_id)
        return Response(await dossier.icalendar(work, file.dispute), media_type=MEDIA_TYPE)

    return [piece, letter, packing, binding, calendar]
