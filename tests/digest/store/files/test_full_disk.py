"""A disk that takes no more: what was kept stays, reading goes on, and writing too as soon as there is room."""

import pytest
from sqlalchemy import text

from digest.errors import CorruptStoreError, StoreError, UnwritableStoreError
from digest.store.troubles import OVER_AFTER, Trouble
from tests.digest.store.rooms import full, no_file_larger_than, write, written

LARGE = 10_000


async def fill(store, numbers):
    """Write until it is refused, and return what was not."""
    kept = set()
    for number in numbers:
        try:
            await write(store, number, size=LARGE)
        except UnwritableStoreError as error:
            return kept, str(error)
        kept.add(number)
    raise AssertionError("it was never full")


async def test_on_a_full_disk_writing_stops_with_advice_and_all_that_was_kept_can_be_read(store):
    await write(store, 0)
    async with full(store):
        kept, why = await fill(store, range(1, 1000))
        assert "make room" in why
        assert await written(store) == {0} | kept
    await write(store, 1000)
    assert await written(store) == {0, 1000} | kept


async def test_where_the_kernel_refuses_to_write_nothing_that_was_kept_is_lost_either(store, tmp_path):
    await write(store, 0)
    size = (tmp_path / "onrecord.db").stat().st_size
    with no_file_larger_than(size + 20 * LARGE):
        kept, why = await fill(store, range(1, 1000))
        assert len(kept) > 2
        assert "disk I/O error" in why
        assert await written(store) == {0} | kept
    await write(store, 1000)
    assert await written(store) == {0, 1000} | kept


async def test_what_may_not_be_written_to_says_so(store):
    async with store.reading() as db:
        await db.execute(text("PRAGMA query_only = ON"))
    with pytest.raises(UnwritableStoreError, match="read-only"):
        await write(store, 1)


async def test_a_full_disk_is_told_once_and_its_end_too(store, caplog):
    async with full(store):
        for _ in range(3):
            await fill(store, range(1000, 2000))
    await write(store, 1)
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    assert "the disk is full" in caplog.text
    store._troubles[UnwritableStoreError]._failed_at -= OVER_AFTER  # as if that time had passed
    await write(store, 2)
    assert [record.levelname for record in caplog.records] == ["ERROR", "WARNING"]
    assert "written to again" in caplog.text


async def test_damage_that_shows_while_it_is_open_is_told_once(store, caplog, tmp_path):
    await write(store, 1)
    await store._engine.dispose()
    with (tmp_path / "onrecord.db").open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 4096 * 60)
    for _ in range(3):
        with pytest.raises(CorruptStoreError, match="onrecord restore FILE"):
            await write(store, 2)
    assert len(caplog.records) == 1


async def test_what_goes_wrong_for_another_reason_is_no_such_trouble(store, caplog):
    with pytest.raises(StoreError) as error:
        async with store.reading() as db:
            await db.execute(text("SELECT nothing FROM nowhere"))
    assert type(error.value) is StoreError
    assert not caplog.records


def test_a_trouble_that_comes_and_goes_is_one():
    trouble = Trouble()
    assert not trouble.is_over(0)
    assert trouble.is_new(0)
    assert not trouble.is_over(1)
    assert not trouble.is_new(60)
    assert not trouble.is_over(60 + OVER_AFTER - 1)
    assert trouble.is_over(60 + OVER_AFTER)
    assert not trouble.is_over(1000)
    assert trouble.is_new(1001)
