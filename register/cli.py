"""The commands: demo, init, check, serve, seed, import, sweep, verify, audit, backup, restore, keys, user, openapi,
routes, and the calculators term, assess and entitlement.

Exit codes: 0 done or sound, 1 some rows refused or a finding, 2 could not run.
"""

import argparse
import asyncio
import json
import os
import sys
from collections.abc import Callable, Coroutine, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from core.clock import machine_now
from core.errors import Problem, Unusable

DONE, FINDING, CANNOT = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; what cannot run says why in one line."""
    options = parser().parse_args(arguments)
    try:
        return int(options.deed(options))
    except Problem as problem:
        print(f"bekwaam: {_sentence(problem)}", file=sys.stderr)
        return CANNOT
    except Unusable as error:
        for line in error.lines:
            print(f"bekwaam: {line}", file=sys.stderr)
        return CANNOT
    except BrokenPipeError:  # whoever read what we print has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except (OSError, KeyboardInterrupt) as error:
        print(f"bekwaam: {type(error).__name__}: {error}", file=sys.stderr)
        return CANNOT
    except Exception as error:
        if not _is_of_the_database(error):
            raise
        print(f"bekwaam: the database: {type(error).__name__}; was `bekwaam init` run on it?", file=sys.stderr)
        return CANNOT


def _is_of_the_database(error: Exception) -> bool:
    """Without loading the database for commands that do without it."""
    known = sys.modules.get("sqlalchemy.exc")
    return known is not None and isinstance(error, known.SQLAlchemyError)


def _sentence(problem: Problem) -> str:
    from core import texts

    return texts.load().sentence(problem.code, "en", **problem.facts) + f" ({problem.code})"


def parser() -> argparse.ArgumentParser:
    """Every command with its options."""
    top = argparse.ArgumentParser(prog="bekwaam", description="Register and certification for Dutch education.")
    commands = top.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, deed: Callable[[argparse.Namespace], int], text: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=text, description=text)
        sub.set_defaults(deed=deed)
        return sub

    for name, deed, text in (
        ("demo", demo, "make a database, seed a believable world, and serve it"),
        ("serve", serve, "serve pages and API"),
    ):
        sub = command(name, deed, text)
        sub.add_argument("--port", help="8000 unless told")
        sub.add_argument("--host", help="127.0.0.1 unless told")
        sub.add_argument("--workers", type=int, default=1)
        sub.add_argument("--clock-file", type=Path, help="a test clock: the legal moment is read from this file")
    making = command("init", init, "make database and key, or bring the database to head")
    making.add_argument("--new-key", action="store_true", help="the key is lost: go on with another")
    command("check", check, "whether the installation stands, a line for each thing; exit 2 when one is wrong")
    seeding = command("seed", seed, "seed a believable world, or show its sign-ins")
    seeding.add_argument("--show", action="store_true", help="show the sign-ins of the world that was seeded")
    seeding.add_argument("--json", action="store_true")
    importing = command("import", import_, "import DUO files, or a file from another system")
    importing.add_argument("what", choices=["duo", "register", "appointments"])
    importing.add_argument("files", nargs="*", type=Path, metavar="FILE", help="duo: none = the extract that we ship")
    importing.add_argument("--source", help="register: a name for the system that the file comes from")
    importing.add_argument("--columns", action="store_true", help="register, appointments: show what the file may hold")
    importing.add_argument("--dry-run", action="store_true")
    importing.add_argument("--json", action="store_true")
    sweeping = command("sweep", sweep, "the daily chores; run twice = once")
    sweeping.add_argument("--on", type=date.fromisoformat, help="for that day instead of today")
    ruling = command("rules", rules, "who is affected by adding or replacing rule set files; changes nothing")
    ruling.add_argument("what", choices=["affected"])
    ruling.add_argument("files", nargs="+", type=Path, metavar="FILE")
    ruling.add_argument("--json", action="store_true")
    verifying = command("verify", verify, "derive every status anew and report differences")
    verifying.add_argument("--json", action="store_true")
    auditing = command("audit", audit, "hold the trail against itself and against the rows; prove an event; export all")
    auditing.add_argument("what", choices=["verify", "prove", "export"])
    auditing.add_argument("about", nargs="?", metavar="EVENT|FILE", help="prove: id or STREAM#NUMBER; export: where")
    auditing.add_argument("--json", action="store_true", help="verify: the findings as JSON; a proof is JSON always")
    for name, deed, text in (
        ("backup", backup, "database and files in one archive, while serving; the keys apart"),
        ("restore", restore, "fill an empty installation from an archive, and verify it"),
    ):
        sub = command(name, deed, text)
        sub.add_argument("file", type=Path, metavar="FILE")
        sub.add_argument(
            "--keys", type=Path, metavar="FILE", help="the key file of the installation; keep it elsewhere"
        )
    rotating = command("keys", keys, "sign extracts with a new key; what earlier keys signed stays valid")
    rotating.add_argument("what", choices=["rotate"])
    rotating.add_argument("--distrust", action="store_true", help="what the present key signed is no longer valid")
    users = command("user", user, "make the first administrator")
    users.add_argument("what", choices=["create-admin"])
    users.add_argument("--email", required=True)
    users.add_argument("--given-name", required=True)
    users.add_argument("--family-name", required=True)
    command("openapi", openapi, "print the API document")
    command("routes", routes, "print every route with what it requires")
    for name, deed, text in (
        ("term", term, "compute legal days"),
        ("assess", assess, "assess stated facts"),
        ("entitlement", entitlement, "compute hours and budgets by a cao"),
    ):
        sub = command(name, deed, f"{text}: JSON in on stdin or --file, JSON out")
        sub.add_argument("--file", type=Path)
    return top


def _settings(options: argparse.Namespace) -> Any:
    """The Settings of the environment, read here: the calculators need none, and start sooner without them.

    An option of the command counts for its workers too.
    """
    from core.settings import PREFIX, from_environment

    for name in ("port", "host", "clock_file"):
        if (given := getattr(options, name, None)) is not None:
            os.environ[PREFIX + name.upper()] = str(given.absolute() if isinstance(given, Path) else given)
    return from_environment()


def _run(deed: Coroutine[Any, Any, int]) -> int:
    return asyncio.run(deed)


def init(options: argparse.Namespace) -> int:
    """Database to head, and the key."""
    from register.migrations import upgrade
    from register.service import installation

    settings = _settings(options)
    settings.folder.mkdir(parents=True, exist_ok=True)
    asyncio.run(upgrade(settings.database_url))
    asyncio.run(installation.belong(settings, new_key=getattr(options, "new_key", False)))
    print("the database is at head")
    return DONE


def check(options: argparse.Namespace) -> int:
    """Whether the installation stands."""
    from register.service import installation

    return _run(installation.check_command(_settings(options)))


def demo(options: argparse.Namespace) -> int:
    """Database, seed and service in one; an existing world is kept."""
    from register import seed as world

    begun = machine_now()
    settings = _settings(options)
    world.require_allowed(settings)
    init(options)
    sign_ins = asyncio.run(world.seed_once(settings))
    print(world.table(sign_ins, everybody=False))
    print("everybody else of the tour: bekwaam seed --show, the same way, in this folder")
    print(f"ready in {(machine_now() - begun).total_seconds():.1f} s", flush=True)
    return serve(options)


def seed(options: argparse.Namespace) -> int:
    """Seed, or show what was seeded."""
    from register import seed as world

    settings = _settings(options)
    world.require_allowed(settings)
    sign_ins = world.shown(settings) if options.show else asyncio.run(world.seed_once(settings))
    print(json.dumps(sign_ins, ensure_ascii=False, indent=2) if options.json else world.table(sign_ins, everybody=True))
    return DONE


def serve(options: argparse.Namespace) -> int:
    """Serve until told to stop."""
    from register.service import supervising

    supervising.serve(_settings(options), options.workers)
    return DONE


def import_(options: argparse.Namespace) -> int:
    """Import files; the row report goes to standard output, progress to standard error."""
    from register.employers.deliveries import command as delivering
    from register.office.imports import columns, command
    from register.service import importing
    from register.service.context import open_means

    if options.what != "duo" and options.columns:
        print(columns.described(columns.REGISTER if options.what == "register" else columns.APPOINTMENTS))
        return DONE
    if options.what == "appointments":
        (file,) = _one_file(options)
        return _run(delivering.command(open_means(_settings(options)), file, options.dry_run, options.json))
    if options.what == "register":
        (file,) = _one_file(options)
        return _run(
            command.command(open_means(_settings(options)), file, options.source, options.dry_run, options.json)
        )
    return _run(importing.duo(_settings(options), options.files or None, options.dry_run, as_json=options.json))


def _one_file(options: argparse.Namespace) -> list[Path]:
    from core.errors import Invalid

    if len(options.files) != 1:
        raise Invalid("one-file")
    return list(options.files)


def sweep(options: argparse.Namespace) -> int:
    """The daily chores for a day."""
    from register.migrations import tables
    from register.service import sweep as chores

    assert tables.ROOMS  # what is past its term is erased by the name of its table: who sweeps knows every one
    return _run(chores.sweep_command(_settings(options), options.on))


def rules(options: argparse.Namespace) -> int:
    """Who is affected by a rule set."""
    from register.office import affected
    from register.service.context import open_means

    return _run(affected.affected_command(open_means(_settings(options)), options.files, as_json=options.json))


def verify(options: argparse.Namespace) -> int:
    """Derive every status anew."""
    from register.checks import verify as checker
    from register.service.context import open_means

    return _run(checker.verify_command(open_means(_settings(options)), as_json=options.json))


def audit(options: argparse.Namespace) -> int:
    """Verify the trail, prove one event of it, or write all of it down."""
    from core.errors import Invalid
    from register.checks import exporting, proving
    from register.checks import verify as checker
    from register.service.context import open_means, open_witness

    if (options.what != "verify") != bool(options.about):
        raise Invalid("one-event" if options.what != "export" else "one-file")
    settings = _settings(options)
    means = open_means(settings).bound(open_witness(settings))
    if options.what == "prove":
        return _run(proving.prove_command(means, options.about))
    if options.what == "export":
        return _run(exporting.export_command(means, Path(options.about)))
    return _run(checker.audit_command(means, as_json=options.json))


def backup(options: argparse.Namespace) -> int:
    """Database and files in one archive."""
    from register.checks import backup as copying
    from register.service.context import open_means

    return _run(copying.backup_command(open_means(_settings(options)), options.file, options.keys))


def restore(options: argparse.Namespace) -> int:
    """An empty installation, filled from an archive."""
    from register.checks import backup as copying
    from register.service.context import open_means

    return _run(copying.restore_command(open_means(_settings(options)), options.file, options.keys))


def keys(options: argparse.Namespace) -> int:
    """A new key to sign extracts with."""
    from register.service import keys as rotating

    return _run(rotating.rotate_command(_settings(options), distrust=options.distrust))


def user(options: argparse.Namespace) -> int:
    """The first administrator, with a drawn password and one-time-code secret, shown once."""
    from register.service import users

    return _run(users.create_admin(_settings(options), options.email, options.given_name, options.family_name))


def openapi(options: argparse.Namespace) -> int:
    """The API document; needs no database."""
    from register.service.app import describe
    from register.service.openapi import of_installation

    print(json.dumps(of_installation(describe(), _settings(options)), ensure_ascii=False, indent=2, default=str))
    return DONE


def routes(_options: argparse.Namespace) -> int:
    """Every route with what it requires."""
    from register.service.serving import bare, table_of_routes

    for method, path, requires in table_of_routes(bare()):
        print(f"{method:7} {path:70} {requires}")
    return DONE


def _calculate(options: argparse.Namespace, answer: Callable[[str], tuple[str, int]]) -> int:
    text = options.file.read_text(encoding="utf-8", errors="replace") if options.file else sys.stdin.read()
    said, code = answer(text)
    print(said)
    return code


def term(options: argparse.Namespace) -> int:
    """Legal days; no database."""
    from appeals.calculator import run
    from core.law.calendar import shipped_calendar

    return _calculate(options, lambda text: run(text, shipped_calendar()))


def assess(options: argparse.Namespace) -> int:
    """Stated facts, assessed; no database."""
    from register.rules.assessment.assess import run
    from register.rules.rulesets import shipped

    return _calculate(options, lambda text: run(text, shipped()))


def entitlement(options: argparse.Namespace) -> int:
    """Hours and budgets by a cao that ships, or of the installation's own folder; no database."""
    from core.law.caos import caos_of
    from register.rules.entitlement.answer import run

    own = os.environ.get("BEKWAAM_CAO_FOLDER")
    caos = caos_of(Path(own) if own else None)
    return _calculate(options, lambda text: run(text, caos))


if __name__ == "__main__":
    sys.exit(main())
