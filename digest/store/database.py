"""Opens the database and hands out transactions."""

from typing import Self


class Store:
    """An open database. Use as `async with await Store.open(url) as store`."""

    @classmethod
    async def open(cls, url: str) -> Self:
        """Open the database at a SQLAlchemy url (`sqlite+aiosqlite:///path`), with its tables brought up to date.

        CorruptStoreError says what to do with a database that is damaged, or newer than this program.
        """
        raise NotImplementedError
