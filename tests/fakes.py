"""Stand-ins that behave, for what tests must not touch."""

from digest.errors import UnreachableError
from digest.model import Page, Validators


class FakeFetcher:
    """A small web: urls with their answers, which are pages, bytes, or errors to raise. It keeps what was asked."""

    def __init__(self, answers=None):
        self.answers = dict(answers or {})
        self.asked = []

    async def fetch(self, url, *, validators=None, max_bytes=None):  # noqa: ARG002 -- the form of a Fetcher
        self.asked.append((url, validators))
        answer = self.answers.get(url, UnreachableError(url, "no such host"))
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, bytes):
            answer = Page(url, answer)
        if validators and validators != Validators() and validators == answer.validators:
            return Page(url, b"", answer.media_type, None, answer.validators, is_unchanged=True)
        return answer


async def think(function, *args, timeout=None):  # noqa: ARG001, ASYNC109 -- the form of a ReadingPool
    """Runs a pure function where it stands, in place of a process pool."""
    return function(*args)
