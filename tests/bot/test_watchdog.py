"""The watchdog warns of each channel that is late, not too often, and says when it has caught up."""

from datetime import timedelta

from structlog.testing import capture_logs

from bot.watchdog import Watchdog
from digest.model import Health, Overdue
from tests.builders import NOW


class Patient:
    def __init__(self):
        self.overdue = ()
        self.unmade = 0

    async def get_health(self, *, now):  # noqa: ARG002 -- the service's signature
        return Health(self.overdue, 5, unmade=self.unmade)


def late(channel_id, minutes=12):
    return Overdue(1, channel_id, NOW - timedelta(minutes=minutes), 2)


async def barks(watchdog, minutes):
    with capture_logs() as logged:
        await watchdog.look(NOW + timedelta(minutes=minutes))
    return [(line["event"], line["channel_id"]) for line in logged]


async def test_a_late_channel_is_named_with_its_age():
    patient = Patient()
    patient.overdue = (late(10),)
    with capture_logs() as logged:
        await Watchdog(patient).look(NOW)
    (line,) = logged
    assert line["log_level"] == "warning"
    assert (line["channel_id"], line["minutes"], line["parts"], line["open_parts"]) == (10, 12, 2, 5)


async def test_each_channel_is_named_at_most_once_in_ten_minutes():
    patient = Patient()
    patient.overdue = (late(10),)
    watchdog = Watchdog(patient)
    assert await barks(watchdog, 0) == [("delivery overdue", 10)]
    patient.overdue = (late(10), late(11))
    assert await barks(watchdog, 1) == [("delivery overdue", 11)]
    assert await barks(watchdog, 9) == []
    assert await barks(watchdog, 10) == [("delivery overdue", 10)]


async def test_a_channel_that_caught_up_is_said_to_be_well_once():
    patient = Patient()
    patient.overdue = (late(10),)
    watchdog = Watchdog(patient)
    await watchdog.look(NOW)
    patient.overdue = ()
    assert await barks(watchdog, 1) == [("delivery caught up", 10)]
    assert await barks(watchdog, 2) == []


async def test_digests_that_could_not_be_made_are_counted_at_most_once_in_ten_minutes():
    patient = Patient()
    patient.unmade = 3
    watchdog = Watchdog(patient)
    told = []
    for minutes in (0, 9, 10):
        with capture_logs() as logged:
            await watchdog.look(NOW + timedelta(minutes=minutes))
        told.append([(line["event"], line["digests"]) for line in logged])
    assert told == [
        [("digests overdue that could not be made", 3)],
        [],
        [("digests overdue that could not be made", 3)],
    ]
