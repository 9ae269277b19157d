"""`bekwaam keys rotate`: sign extracts with a new key; what earlier ones signed stays valid unless told otherwise."""

from auth.actor import SYSTEM
from auth.keys import rotate_document_key
from core.settings import Settings
from core.terminal import say
from register.service.context import open_means, open_sign_in


async def rotate_command(settings: Settings, *, distrust: bool) -> int:
    """A new key in the key file, and a line in the trail of the house."""
    rotate_document_key(settings.key_file, distrust=distrust)
    doors, means = open_sign_in(settings), open_means(settings)
    kids = [each["kid"] for each in doors.extracts.jwks()["keys"]]
    try:
        async with means.work(SYSTEM) as work:
            work.log("keys:rotate", kid=kids[0], distrusted=distrust, believed=len(kids))
    finally:
        await means.database.close()
        doors.passwords.close()
    say("\n".join(["signs from now on: " + kids[0], *(f"still believed: {kid}" for kid in kids[1:])]))
    say("restart the service")
    return 0
