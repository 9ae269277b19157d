"""Opens what the house works with: databases, clock, calendar, rule sets, files, and what sign-in works with."""

from auth.codes import Codes
from auth.keys import load, load_or_create
from auth.passwords import Passwords
from auth.service import SignInServices
from auth.signing import Signatures
from auth.tokens import Tokens
from core.clock import Clock, FileClock, SystemClock
from core.law.calendar import shipped_calendar
from core.settings import Settings
from core.store.checkpoints import Witness
from core.store.db import Database
from core.store.files import open_store
from core.store.work import Means
from register.rules.rulesets import shipped
from register.service.effects import ports

ISSUER = AUDIENCE = "bekwaam"
LONGEST_EXTRACT = 16 * 2**10


def open_means(settings: Settings, clock: Clock | None = None, *, serving: bool = False) -> Means:
    """Everything but what sign-in works with; the moment comes from the given clock, the clock file, or the machine.

    `serving` as in `Database`.
    """
    told = FileClock(settings.clock_file) if settings.clock_file else SystemClock()
    return Means(
        settings=settings,
        database=Database(settings.database_url, serving=serving),
        clock=clock or told,
        calendar=shipped_calendar(),
        rules=shipped(),
        files=open_store(settings.files_url),
    ).bound(*ports())


def open_witness(settings: Settings) -> Witness:
    """Where checkpoints of the trail stand, outside the database; without a key file it can only be looked into."""
    keys = load(settings.key_file) if settings.key_file.exists() else None
    signing = Signatures("checkpoint+jwt", keys.document_key_pem, keys.earlier_document_keys) if keys else None
    return Witness(settings.folder / "witness", signing)


def open_sign_in(settings: Settings, passwords: Passwords | None = None, *, makes: bool = False) -> SignInServices:
    """Passwords, one-time codes and tokens, with the keys of this installation; `makes` makes those that are not there.

    OSError where there are none.
    """
    keys = (load_or_create if makes else load)(settings.key_file, production=settings.production)
    return SignInServices(
        passwords=passwords or Passwords(),
        codes=Codes(keys.secret_for("one-time-codes")),
        tokens=Tokens(keys.signing_key_pem, ISSUER, AUDIENCE),
        secret=keys.secret_for("sign-in-failures"),
        extracts=Signatures("extract+jwt", keys.document_key_pem, keys.earlier_document_keys, longest=LONGEST_EXTRACT),
        extract_secret=keys.secret_for("extract-codes"),
    )
