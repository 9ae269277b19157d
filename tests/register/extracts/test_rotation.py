"""`bekwaam keys rotate`: another key signs from then on, and the trail says so."""

from sqlmodel import select

from auth.keys import load_or_create
from core.store.audit import TrailEvent
from register.service.keys import rotate_command
from tests.register.portfolio.world import world_on


async def test_a_rotation_is_told_and_leaves_a_line_in_the_trail(database_url, tmp_path, capsys):
    path = tmp_path / "bekwaam.key"
    before = load_or_create(path)
    async with world_on(database_url, tmp_path) as world:
        settings = world.means.settings.model_copy(update={"key_file": path})

        assert await rotate_command(settings, distrust=False) == 0
        said = capsys.readouterr().out
        assert await rotate_command(settings, distrust=True) == 0

        async with world.means.database.reading() as session:
            lines = list(await session.exec(select(TrailEvent).where(TrailEvent.action == "keys:rotate")))
        await world.require_sound_trail()
    assert said.startswith("signs from now on: ")
    assert "still believed: " in said
    assert len(lines) == 2
    assert load_or_create(path).signing_key_pem == before.signing_key_pem
    assert len(load_or_create(path).earlier_document_keys) == 1
