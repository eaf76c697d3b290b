"""A loop whose clock can jump, for what keeps its distance in time."""

from tests.wire.loops import WireLoop


def pytest_asyncio_loop_factories():
    return {"wire": WireLoop}
