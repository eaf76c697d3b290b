"""A round does all that is due, whatever becomes of a part of it."""

import pytest

from bot.rounds import issue_and_post
from tests.bot.services import FakeService
from tests.builders import NOW


class Stumbling(FakeService):
    """A service, one of whose steps fails."""

    def __init__(self, failing):
        super().__init__()
        self.failing = failing

    def _meet_trouble(self):
        if self.asked[-1][0] == self.failing:
            raise ZeroDivisionError


@pytest.mark.parametrize("failing", ["issue", "remind", "notice"])
async def test_what_cannot_be_made_keeps_nothing_else_from_being_made_and_posted(failing):
    service, posted = Stumbling(failing), []

    async def post():
        posted.append([name for name, _ in service.asked])

    with pytest.raises(ExceptionGroup) as caught:
        await issue_and_post(service, post, NOW)
    assert [type(error) for error in caught.value.exceptions] == [ZeroDivisionError]
    assert posted == [["issue", "remind", "notice"]]
