"""Promise 5 for what is said of sources: within Discord's limits, and nothing of others' text works."""

import json

from hypothesis import given, settings, strategies as st

from bot.render.sources import (
    name_source,
    render_health,
    render_list,
    render_notice,
    render_offers,
    render_sources,
    render_tried,
    show_filters,
    show_imported,
)
from bot.render.terminal import render_sentence
from bot.texts import sources as words
from digest.model import Source, SourceStatus
from digest.sources.opml import parse_opml
from tests import hostile
from tests.harmless import check_harmless, check_limits
from tests.properties.test_render import slow

COMMANDS = ("`/source add`", "`/source health`", "`/source remove`")


def check(message, *, content=""):
    """Our own sentences name commands in backticks; what is left must be harmless."""
    payload = json.loads(message if isinstance(message, str) else message.to_json())
    payload["content"] = content or payload["content"]
    check_limits(json.dumps(payload))
    bare = json.dumps(payload)
    for command in COMMANDS:
        bare = bare.replace(command, "x")
    check_harmless(bare)


@settings(slow, max_examples=60)
@given(hostile.statuses(), hostile.offers(), hostile.texts(), st.lists(st.booleans(), max_size=60), hostile.listed())
def test_no_message_about_sources_exceeds_a_limit_or_lets_a_word_act(statuses, offers, name, passed, listed):
    check(render_sources(statuses))
    check(render_health(statuses))
    check(render_offers(offers), content=words.OFFER_ASK)
    check(render_tried(name, tuple(zip(listed, passed, strict=False))))
    if statuses:
        check(render_notice(statuses))


@settings(slow, max_examples=60)
@given(hostile.sources(), hostile.filters(), hostile.imported())
def test_no_sentence_about_sources_is_too_long_or_lets_a_word_act(source, filters, outcome):
    name, shown = name_source(source), show_filters(filters)
    for sentence in (
        words.FILTERS_SET.format(name=name, filters=shown),
        words.SOURCE_ADDED.format(name=name),
        words.SOURCE_REMOVED.format(name=name),
        show_imported(outcome),
    ):
        check(json.dumps({"content": sentence, "embeds": []}))
        assert not {c for c in render_sentence(sentence) if ord(c) < ord(" ") and c != "\n"}


@settings(slow, max_examples=30)
@given(st.lists(hostile.texts(), max_size=20))
def test_an_import_reads_back_what_an_export_wrote(names):
    statuses = [SourceStatus(Source(f"https://{n}.example/?a=1&b=<2>", name)) for n, name in enumerate(names)]
    sentence, content = render_list(statuses)
    read = [(one.url.partition("?")[0], one.url.count("b=")) for one in parse_opml(content)]
    assert read == [(f"https://{n}.example/", 1) for n in range(len(names))]
    assert sentence.startswith(str(len(names)))
