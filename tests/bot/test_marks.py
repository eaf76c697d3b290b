"""A part can be told from all others by its mark, and stays within Discord's limits with it."""

from hypothesis import given, strategies as st

from bot.marks import ROOM_FOR_MARK, bears, mark_of, marked
from tests.bot.deliveries import delivery

embeds = st.lists(
    st.fixed_dictionaries({"title": st.text()}, optional={"footer": st.fixed_dictionaries({"text": st.text()})})
)
payloads = st.fixed_dictionaries({"content": st.text()}, optional={"embeds": embeds})
parts = st.builds(delivery, st.integers(1, 10**9))


def size(payload):
    footers = [embed.get("footer", {}).get("text", "") for embed in payload.get("embeds", ())]
    return len(payload.get("content", "")) + sum(map(len, footers))


def shows(payload, mark):
    footers = [embed.get("footer", {}).get("text") for embed in payload.get("embeds", ())]
    return bears(mark, payload.get("content", ""), footers)


@given(payloads, parts)
def test_a_marked_payload_bears_its_mark_and_no_other(payload, part):
    payload_with_mark = marked(payload, mark_of(part))
    assert shows(payload_with_mark, mark_of(part))
    assert not shows(payload_with_mark, mark_of(delivery(part.id + 1)))


@given(payloads, parts)
def test_a_mark_takes_no_more_room_than_it_says_and_changes_no_argument(payload, part):
    before = repr(payload)
    payload_with_mark = marked(payload, mark_of(part))
    assert size(payload_with_mark) <= size(payload) + ROOM_FOR_MARK
    assert repr(payload) == before


def test_a_mark_is_the_same_at_each_call():
    assert mark_of(delivery(1)) == mark_of(delivery(1)) != mark_of(delivery(2))
