"""Look-ups answer everybody, whatever they type."""

import pytest

from digest.model import ArticleHit, CommitmentKind, QuoteHit, QuoteKind, Telling
from tests.bot.conftest import answer
from tests.builders import NOW, entry_on_record

URL = "https://gazette.example/feed"


async def test_articles_are_found_for_everybody(server, service):
    service.hits["articles"] = [
        ArticleHit(1, "Five ports agree", "https://gazette.example/a", "Gazette", NOW, "They did.")
    ]
    result = await server.reader.slash(server.channel, "article search", words="ports")
    assert result.ephemeral
    assert "Five ports agree" in result.response.embeds[0].description
    assert service.asked == [("articles", server.id, "ports")]


async def test_quotes_are_found_for_everybody(server, service):
    hit = QuoteHit(1, QuoteKind.DIRECT, ("Nobody left happy",), "Ilse Brandt", None, "Ports", URL, "Gazette", NOW)
    service.hits["quotes"] = [hit] * 7
    result = await server.reader.slash(server.channel, "quote search", words="brandt", page=2)
    shown = result.response.embeds[0]
    assert shown.description.count("Nobody left happy") == 2
    assert "6 to 7" in shown.footer.text


async def test_commitments_are_listed_by_kind(server, service):
    told = Telling(("Ports",), CommitmentKind.PLEDGE, "inspect", "Ports will inspect.")
    service.ledger[server.id] = [entry_on_record(told), entry_on_record(id=2)]
    result = await server.reader.slash(server.channel, "commitment list", kind="pledge", words="ports")
    assert "inspect" in result.response.embeds[0].description
    assert "No. 2" not in result.response.embeds[0].description
    assert service.asked == [("commitments", server.id, ("ports", CommitmentKind.PLEDGE))]


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("article search", {"words": "x"}),
        ("quote search", {"words": "x"}),
        ("commitment list", {"words": "x"}),
        ("commitment list", {}),
        ("article search", {"words": "x", "page": 9}),
    ],
    ids=str,
)
async def test_a_look_up_without_results_says_so(server, *, command, options):
    result = await server.reader.slash(server.channel, command, **options)
    assert result.ephemeral
    assert answer(result)


@pytest.mark.parametrize(
    "words",
    ["'; DROP TABLE articles; --", 'NEAR("x"', "@everyone", "\u202eabc\x00", "👩‍👩‍👧" * 20, "شهر", "*_~`|>" * 30],
    ids=range(7),
)
async def test_any_text_is_looked_up_and_answered_quietly(server, service, *, words):
    for command in ("article search", "quote search", "commitment list"):
        result = await server.reader.slash(server.channel, command, words=words)
        assert "@everyone" not in answer(result)
    assert len(service.asked) == 3


async def test_help_names_every_command(server):
    result = await server.reader.slash(server.channel, "help")
    assert result.ephemeral
    shown = "\n".join(field.value for field in result.response.embeds[0].fields)
    available = server.manager.available_commands(server.channel)
    assert len(available) >= 24
    assert [command for command in available if f"/{command}**" not in shown] == []
