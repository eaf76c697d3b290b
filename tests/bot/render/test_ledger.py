"""What a commitment looks like over time: as a card, in lists, on the day on which it falls due."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.render import Message, render_commitments, render_due, render_entry, render_reminder
from bot.render.limits import fits, measure
from digest.model import Change, CommitmentKind, LedgerEntry, Mark, Standing, Telling, Trouble
from tests.builders import NOW

TODAY = NOW.date()
DAY = date(2026, 11, 26)
ON_DAY = "<t:1795694400:D>"  # noon of DAY in UTC
URL = "https://gazette.example/audit"


def told(days_ago=20, **changes):
    values = {
        "actors": ("Ministry of Transport",),
        "kind": CommitmentKind.PLEDGE,
        "what": "publish the audit",
        "sentence": "The ministry said it would publish the audit by Thursday.",
        "deadline": "by Thursday",
        "earliest": DAY,
        "latest": DAY,
        "title": "Audit of the tunnel",
        "url": URL,
        "site": "Harbour Gazette",
        "told_at": NOW - timedelta(days=days_ago),
    }
    return Telling(**(values | changes))


def entry(*tellings, marks=()):
    return LedgerEntry(12, tellings or (told(),), marks)


def mark(standing=Standing.KEPT, **changes):
    values = {"by_id": 5, "by_name": "Ada", "marked_at": NOW, "note": ""}
    return Mark(standing, **(values | changes))


def day(days_ago):
    return f"<t:{int((NOW - timedelta(days=days_ago)).timestamp())}:D>"


def card(one, today=TODAY):
    message = render_entry(one, today=today)
    assert fits(message)
    return message


def test_a_card_has_number_words_evidence_place_and_how_it_stands():
    (embed,) = card(entry()).embeds
    assert embed.title == "Commitment No. 12"
    assert embed.description.split("\n") == [
        "✋ pledge · **Ministry of Transport**: “publish the audit”",
        f"↳ when: “by Thursday” → {ON_DAY}",
        "> “The ministry said it would publish the audit by Thursday.”",
        f"-# Harbour Gazette · [Audit of the tunnel]({URL}) · {day(20)}",
        "",
        f"📌 falls due on {ON_DAY}",
        f"-# on record since {day(20)}",
    ]
    assert embed.footer == "On Record · words in quotation marks are the articles' own"


@pytest.mark.parametrize(
    ("today", "line"),
    [
        (DAY - timedelta(days=1), f"📌 falls due on {ON_DAY}"),
        (DAY, f"📌 falls due today, {ON_DAY}"),
        (DAY + timedelta(days=1), f"📌 fell due on {ON_DAY}; nobody here has said what became of it"),
    ],
    ids=["before", "on the day", "after"],
)
def test_whether_the_day_has_come_is_said_and_no_more(today, line):
    assert line in card(entry(), today).embeds[0].description.split("\n")


def test_what_fell_due_and_was_marked_is_not_called_unknown():
    marked = card(entry(marks=(mark(),)), DAY + timedelta(days=1))
    assert f"📌 fell due on {ON_DAY}" in marked.embeds[0].description.split("\n")
    assert marked.embeds[1].title == "What people here say became of it"


def test_a_range_of_days_is_told_as_one():
    ranged = entry(told(deadline="this winter", earliest=date(2026, 12, 1), latest=date(2027, 2, 28)))
    (line,) = [one for one in card(ranged).embeds[0].description.split("\n") if one.startswith("📌")]
    assert line == "📌 falls due within <t:1796126400:D> – <t:1803816000:D>"


def test_a_commitment_without_a_day_is_said_to_have_none():
    one = entry(told(deadline=None, earliest=None, latest=None))
    assert "📌 no day is named" in card(one).embeds[0].description


def test_marks_stand_with_name_day_and_note_the_newest_first_and_without_quotation_marks():
    moved = mark(Standing.MOVED, by_name="Jo*nas", marked_at=NOW - timedelta(days=1), note="it will be *May*")
    lines = card(entry(marks=(moved, mark()))).embeds[1].description.split("\n")
    assert lines == [
        f"✅ **kept**, says Ada, {day(0)}",
        f"➡️ **moved**, says Jo\\*nas, {day(1)}: it will be \\*May\\*",
    ]


def test_somebody_whose_name_cannot_be_seen_is_somebody():
    assert "says somebody" in card(entry(marks=(mark(by_name="\u200b"),))).embeds[1].description


def test_a_withdrawal_is_told_as_one():
    gone = told(1, is_withdrawal=True, change=Change.WITHDRAWN, sentence="The ministry dropped its pledge.")
    shown = card(entry(told(), gone)).embeds[0].description.split("\n")
    assert shown[0] == "↩️ withdrawn pledge · **Ministry of Transport**: “publish the audit”"
    assert "↩️ whoever committed to it has taken it back" in shown
    assert not [line for line in shown if line.startswith("📌")]


def test_a_refusal_of_what_was_promised_is_told_as_taking_it_back():
    refused = told(2, kind=CommitmentKind.REFUSAL, what="publish the audit", change=Change.WITHDRAWN)
    for one in (entry(told(), refused), entry(told(), refused, replace(refused, change=Change.REPEATED))):
        description = card(one).embeds[0].description
        assert "↩️ whoever committed to it has taken it back" in description
        assert "no day is named" not in description
        assert render_commitments((one,)).embeds[0].description.endswith("· withdrawn")


def test_the_opposite_of_what_was_said_is_pointed_out():
    refused, opposite = told(kind=CommitmentKind.REFUSAL), told(1, change=Change.CONTRADICTED)
    assert "⚠️ whoever committed to it now says the opposite" in card(entry(refused, opposite)).embeds[0].description


def test_what_no_article_tells_any_more_is_said_to_count_no_more():
    shown = card(entry(told(trouble=Trouble.RETRACTED)))
    assert "⚠️ no article tells it any more" in shown.embeds[0].description.split("\n")
    assert "⚠️ the outlet retracted the article" in shown.embeds[1].description.split("\n")


def test_the_history_is_told_newest_first_with_the_words_that_are_new():
    first = told(20, deadline="this year", earliest=date(2026, 11, 3), latest=date(2026, 12, 31))
    again = told(15, deadline="this year", change=Change.REPEATED, site="The Quay", title="Still none", url="")
    sharp = told(10, change=Change.SHARPENED, what="publish it by Thursday")
    wrong = told(5, change=Change.RESTATED, what="publish the whole audit", trouble=Trouble.CORRECTED)
    gated = told(1, change=Change.CONDITIONED, condition="if the court agrees", what="publish it if the court agrees")
    embed = card(entry(first, again, sharp, wrong, gated)).embeds[-1]
    assert embed.title == "History, newest first"
    place = f"Harbour Gazette · [Audit of the tunnel]({URL})"
    assert embed.description.split("\n") == [
        f"**{day(1)}** · condition added · {place}",
        "↳ condition: “if the court agrees”",
        f"**{day(5)}** · put in other words · {place}",
        "⚠️ the article was corrected and says so no longer",
        "↳ “publish the whole audit”",
        f"**{day(10)}** · sharpened · {place}",
        f"↳ when: “by Thursday” → {ON_DAY}",
        f"**{day(15)}** · told again · The Quay",
        f"**{day(20)}** · first told · {place}",
        "↳ “publish the audit” · when: “this year” → <t:1793707200:D> – <t:1798718400:D>",
    ]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"change": Change.WITHDRAWN, "sentence": "They dropped it."}, "↳ “They dropped it.”"),
        ({"change": Change.CONTRADICTED, "sentence": "They will not."}, "↳ “They will not.”"),
        ({"change": Change.WITHDRAWN, "sentence": "\u200b", "what": "publish"}, "↳ “publish”"),
        ({"change": Change.SHARPENED, "what": "publish all of it"}, "↳ “publish all of it”"),
        ({"change": Change.SOFTENED, "deadline": "in May", "earliest": None, "latest": None}, "↳ when: “in May”"),
        ({"change": Change.SOFTENED, "deadline": None, "earliest": None, "latest": None}, "↳ “publish the audit”"),
        ({"what": "tell"}, "↳ “tell”"),
    ],
    ids=str,
)
def test_a_change_quotes_what_changed(changes, words):
    assert card(entry(told(), told(1, **changes))).embeds[-1].description.split("\n")[1] == words


def test_how_often_and_by_whom_it_was_told_is_counted():
    lines = card(entry(told(), told(3), told(1, site="The Quay"))).embeds[0].description.split("\n")
    assert lines[-1] == f"-# on record since {day(20)} · told 3 times by 2 outlets"


def test_a_telling_of_which_neither_day_nor_outlet_is_known_is_told_without():
    bare = told(told_at=None, site="", title="", url="")
    shown = card(entry(bare, bare))
    assert shown.embeds[0].description.split("\n")[-1] == "-# told 2 times by outlet not named"
    assert shown.embeds[1].description.split("\n")[0] == "told"


def test_the_day_of_publication_stands_in_for_an_unknown_day_of_telling():
    one = told(told_at=None, published_at=NOW)
    assert f"on record since {day(0)}" in card(entry(one)).embeds[0].description


def test_a_long_history_is_counted_where_it_does_not_fit_and_nothing_is_cut():
    tellings = [told(n, change=Change.RESTATED, what=f"number {n} " + "long words " * 30) for n in range(60, 0, -1)]
    message = card(entry(*tellings, marks=tuple(mark(note="a note " * 40) for _ in range(30))))
    commitment, marks, history = message.embeds
    assert commitment.description.count("“") == commitment.description.count("”")
    assert history.description.split("\n")[1] == f"↳ “{tellings[-1].what.strip()}”"
    for embed in (marks, history):
        kept, more = embed.description.rsplit("\n", 1)
        assert int(more.removeprefix("-# +").removesuffix(" earlier")) > 0
        assert kept.count("“") == kept.count("”")
    assert sum(map(measure, history.description.split("\n"))) > 1000


def test_words_too_long_for_a_card_are_said_to_be():
    long = told(what="word " * 900, sentence="word " * 900)
    shown = card(entry(long, replace(long, change=Change.RESTATED)))
    assert shown.embeds[0].description.startswith("too long to show here\n-# Harbour Gazette")
    assert shown.embeds[1].description.split("\n")[1] == "too long to show here"


def test_a_sentence_too_long_for_a_card_leaves_the_words():
    (embed,) = card(entry(told(sentence="word " * 900))).embeds
    assert embed.description.startswith("✋ pledge · **Ministry of Transport**: “publish the audit”\n↳ when")
    assert "word" not in embed.description


def test_a_list_has_number_changes_and_what_people_say():
    changed = entry(told(), told(1, change=Change.SHARPENED), marks=(mark(Standing.BROKEN),))
    embed = render_commitments((changed, entry(told(trouble=Trouble.REMOVED)))).embeds[0]
    first, second = embed.description.split("\n\n")
    assert first.split("\n")[-1] == (
        f"-# No. 12 · Harbour Gazette · [Audit of the tunnel]({URL}) · {day(1)}"
        " · told 2 times by 1 outlet · sharpened · ❌ **broken**, says Ada"
    )
    assert second.endswith("⚠️ the article was removed")


def test_the_words_begin_at_their_cue_everywhere():
    one = entry(told(cue="would", sentence="It would publish the audit."), told(1, cue="would"))
    changed = entry(told(), told(1, cue="would", change=Change.RESTATED))
    shown = [
        card(one).embeds[0].description,
        card(changed).embeds[1].description,
        render_commitments((one,)).embeds[0].description,
        render_due((one,), 7).embeds[0].description,
        Message.from_json(render_reminder((one,), "UTC")).embeds[0].description,
    ]
    assert ["“would publish the audit”" in text for text in shown] == [True] * 5


def test_what_falls_due_is_listed_with_its_days_first():
    later = entry(told(), told(1, deadline=None, earliest=None, latest=None, change=Change.RESTATED))
    embed = render_due((later,), 7).embeds[0]
    assert embed.title == "Falling due within 7 days"
    assert embed.description.split("\n") == [
        f"**{ON_DAY}** · ✋ pledge · **Ministry of Transport**: “publish the audit”",
        f"-# No. 12 · [Harbour Gazette]({URL}) · reported {day(1)} · put in other words",
    ]


def test_too_long_to_list_leaves_day_and_source():
    lines = render_due((entry(told(what="word " * 400)),), 1).embeds[0].description.split("\n")
    assert lines == [
        f"**{ON_DAY}** · too long to show here",
        f"-# No. 12 · [Harbour Gazette]({URL}) · reported {day(20)}",
    ]


def test_nothing_due_is_a_sentence():
    assert render_due((), 1).content == "Nothing on record here falls due within 1 day."
    assert render_due((), 7, offset=5).content == "No more results."


def test_days_are_those_of_the_zone():
    auckland = ZoneInfo("Pacific/Auckland")
    noon = int(datetime(2026, 11, 26, 12, tzinfo=auckland).timestamp())
    for message in (render_due((entry(),), 7, zone=auckland), render_commitments((entry(),), zone=auckland)):
        assert f"<t:{noon}:D>" in message.embeds[0].description
    assert noon == int(datetime(2026, 11, 25, 23, tzinfo=UTC).timestamp())


def test_an_answer_on_the_day_says_what_falls_due_and_judges_nothing():
    message = Message.from_json(render_reminder((entry(told(), told(1, change=Change.REPEATED)),), "UTC"))
    assert message.content == f"📌 **Falls due today**, {ON_DAY}"
    (embed,) = message.embeds
    assert embed.description.split("\n") == [
        "✋ pledge · **Ministry of Transport**: “publish the audit”",
        f"↳ when: “by Thursday” → {ON_DAY}",
        f"-# No. 12 · Harbour Gazette · [Audit of the tunnel]({URL}) · {day(1)} · on record since {day(20)}",
    ]
    assert embed.footer == "What became of it is for people to say: /commitment mark"


def test_an_answer_about_many_counts_what_does_not_fit():
    message = Message.from_json(render_reminder((entry(told(what="word " * 100)),) * 20, "Europe/Berlin"))
    assert fits(message)
    assert message.embeds[0].description.split("\n")[-1].endswith("more that fall due")
