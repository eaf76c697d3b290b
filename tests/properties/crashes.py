"""A store whose process dies on command, before or after it has kept what it was given."""

from contextlib import asynccontextmanager


class Crash(BaseException):
    """The process dies here: nothing catches it."""


class FragileStore:
    """A store that dies at its n-th transaction from now, if a fuse is set."""

    def __init__(self, store):
        self.store = store
        self.fuse = None
        self.keeps = True

    @property
    def is_shared(self):
        return self.store.is_shared

    def reading(self):
        return self.store.reading()

    @asynccontextmanager
    async def writing(self):
        dies = self._burns_down()
        async with self.store.writing() as db:
            yield db
            if dies and not self.keeps:
                raise Crash
        if dies:
            raise Crash

    def _burns_down(self):
        if self.fuse is None:
            return False
        self.fuse -= 1
        if self.fuse < 0:
            self.fuse = None
            return True
        return False
