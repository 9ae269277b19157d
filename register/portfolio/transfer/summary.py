"""The readable page beside the document, in the language of who asks."""

from typing import Any

from litestar import Request

from register.portfolio.transfer.schemas import Document


def summary(request: Request[Any, Any, Any], taken: Document) -> str:
    """A page that stands by itself: no address, no script, no picture."""
    engine = request.app.template_engine
    assert engine is not None
    return str(engine.get_template("transfer/summary.html").render(taken=taken))
