"""What people type into options is taken as they mean it, or refused with what would do."""

from dataclasses import replace
from datetime import UTC, datetime, time

import pytest
from hypothesis import given, strategies as st

from bot.errors import InputError
from bot.options import (
    CHOICE_LENGTH,
    MOST_CHOICES,
    MOST_TIMES,
    parse_keywords,
    parse_quiet,
    parse_sources,
    parse_stories,
    parse_times,
    parse_zone,
    pick_source,
    pick_subscription,
    show_zone,
    suggest_commitments,
    suggest_sources,
    suggest_zones,
    zones,
)
from bot.render.digests import show_times
from digest.model import CommitmentKind, LedgerEntry, Source, SourceKind, SourceStatus, Telling
from tests.builders import subscription

FOLLOWED = tuple(
    SourceStatus(Source(f"https://{name.lower().replace(' ', '-')}.example/feed", name, id=number))
    for number, name in enumerate(("Harbour Gazette", "Quay Weekly", "The, Comma"), start=4)
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("8:00", ["08:00"]),
        ("8", ["08:00"]),
        ("08.30", ["08:30"]),
        ("18h15", ["18:15"]),
        ("8 am, 8pm", ["08:00", "20:00"]),
        ("12 am; 12 PM", ["00:00", "12:00"]),
        (" 18:30 , 7:05,18:30", ["07:05", "18:30"]),
    ],
)
def test_times_are_read_as_people_write_them(typed, meant):
    assert [one.strftime("%H:%M") for one in parse_times(typed)] == meant


@pytest.mark.parametrize("typed", ["", "24:00", "8:60", "13pm", "0 am", "8:0", "-1", "8:00 8:30", "noon", "8::00"])
def test_what_is_no_time_is_refused_by_name(typed):
    with pytest.raises(InputError):
        parse_times(typed)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("22:00-7:00", "22:00, 07:00"),
        ("10 pm to 7 am", "22:00, 07:00"),
        ("12 – 14.30", "12:00, 14:30"),
        ("0 until 6", "00:00, 06:00"),
    ],
)
def test_quiet_hours_are_read_as_people_write_them(typed, meant):
    assert show_times(parse_quiet(typed)) == meant


def test_no_quiet_hours_are_none():
    assert parse_quiet(" ") is None


@pytest.mark.parametrize("typed", ["22:00", "7-7", "22:00-", "night", "22-7-9", "22:00 7:00"])
def test_what_are_no_quiet_hours_is_refused(typed):
    with pytest.raises(InputError, match=r"Write them as 22:00-7:00|is no time of day"):
        parse_quiet(typed)


def test_quiet_hours_without_an_end_are_told_how_to_be_written():
    for typed in ("22:00", "22:00-"):
        with pytest.raises(InputError, match="are no quiet hours"):
            parse_quiet(typed)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", ()),
        (" , ", ()),
        ("Port of  Sarn, rail", ("port of sarn", "rail")),
        ("rail,Rail", ("rail",)),
        ("Straße", ("straße",)),
    ],
)
def test_keywords_are_words_or_phrases_with_commas_between(typed, meant):
    assert parse_keywords(typed) == meant


def test_too_many_keywords_are_refused():
    with pytest.raises(InputError, match="at most 20"):
        parse_keywords(",".join(map(str, range(21))))


@given(st.lists(st.times(), min_size=1, max_size=MOST_TIMES))
def test_times_that_are_shown_are_read_back(times):
    minutes = sorted({time(one.hour, one.minute) for one in times})
    assert list(parse_times(show_times(minutes))) == minutes


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ("new york", "America/New_York"),
        ("UTC", "UTC"),
        ("America/Argentina/Buenos Aires", "America/Argentina/Buenos_Aires"),
    ],
)
def test_a_zone_is_known_by_its_name_or_its_city(typed, zone):
    assert parse_zone(typed) == zone


@pytest.mark.parametrize("typed", ["GMT+2", "utc-5", "UTC+05:30", "Etc/GMT+2", "etc/gmt-14", "+2", "gmt 2"])
def test_an_offset_is_no_zone_and_a_place_is_asked_for(typed):
    with pytest.raises(InputError, match="name of a place"):
        parse_zone(typed)


def test_no_offset_is_offered_because_those_of_the_list_have_the_sign_turned_round():
    assert not [zone for typed in ("gmt", "etc", "+2", "") for zone in suggest_zones(typed) if "GMT+" in zone]
    assert not [zone for zone in zones() if zone.startswith("Etc/GMT-")]
    assert "Etc/UTC" in suggest_zones("utc")


@pytest.mark.parametrize(("typed", "zones"), [("west", "Australia/West, Brazil/West"), ("east", "Brazil/East")])
def test_of_several_zones_whose_last_part_is_called_so_none_is_guessed(typed, zones):
    if ", " not in zones:
        assert parse_zone(typed) == zones
        return
    with pytest.raises(InputError, match=zones):
        parse_zone(typed)


@given(st.text(max_size=100))
def test_any_text_is_a_zone_of_the_list_or_refused(typed):
    try:
        zone = parse_zone(typed)
    except InputError:
        return
    assert zone in zones()


@given(st.text(max_size=100))
def test_suggested_zones_are_few_and_known(typed):
    suggested = suggest_zones(typed)
    assert len(suggested) <= MOST_CHOICES
    assert set(suggested) <= set(zones())


def test_a_city_that_begins_so_is_offered_first():
    begins = [zone.rpartition("/")[2].startswith("Ber") for zone in suggest_zones("ber")]
    assert begins == sorted(begins, reverse=True)
    assert "Europe/Berlin" in suggest_zones("ber")


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("", ()),
        ("all", ()),
        (" ALL ", ()),
        ("4", (4,)),
        ("quay weekly, 4, 4", (5, 4)),
        ("https://quay-weekly.example/feed", (5,)),
    ],
)
def test_sources_are_known_by_id_name_or_address(typed, ids):
    assert parse_sources(typed, FOLLOWED) == ids


def test_of_several_sources_with_a_name_or_address_the_numbers_are_told():
    page = Source("https://quay-weekly.example/feed", "quay weekly", SourceKind.PAGE, id=9)
    followed = (*FOLLOWED, SourceStatus(page), SourceStatus(replace(page, url="https://quay.example", id=12)))
    with pytest.raises(InputError, match=r"5 .feed., 9 .this one page, as an article., 12 .this one page"):
        pick_source("Quay Weekly", followed)
    with pytest.raises(InputError, match=r"one: 5 .feed., 9 .this one page, as an article.\.$"):
        pick_source(page.url, followed)
    assert pick_source("9", followed).source == page


@pytest.mark.parametrize("typed", ["99", "Gazette of Nowhere", "4, x"])
def test_what_is_not_followed_is_refused_by_name(typed):
    with pytest.raises(InputError) as caught:
        parse_sources(typed, FOLLOWED)
    assert typed.rpartition(", ")[2] in str(caught.value)


@given(st.text(max_size=100), st.lists(st.text(max_size=300), max_size=40))
def test_every_suggestion_of_sources_fits_and_is_understood(typed, names):
    followed = tuple(SourceStatus(Source(f"https://{i}.example", name, id=i)) for i, name in enumerate(names, start=1))
    suggested = suggest_sources(typed, followed)
    assert len(suggested) <= MOST_CHOICES
    for label, value in suggested:
        assert 0 < len(label) <= CHOICE_LENGTH
        assert 0 < len(value) <= CHOICE_LENGTH
        parse_sources(value, followed)


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"cue": "will"}, "announced"),
        ({"cue": "threatened to"}, "threat"),
        ({"kind": CommitmentKind.OFFER, "is_withdrawal": True}, "withdrawn offer"),
    ],
)
def test_a_commitment_is_offered_by_the_kind_that_its_card_has(changes, kind):
    told = Telling(**({"actors": ("A",), "kind": CommitmentKind.THREAT, "what": "stop", "sentence": "x"} | changes))
    assert suggest_commitments([LedgerEntry(7, (told,))]) == ((f"No. 7 · {kind} · A: stop", "7"),)


def test_a_source_that_was_chosen_is_kept_and_not_offered_again():
    labels = [label for label, _ in suggest_sources("4, ", FOLLOWED)]
    assert labels == ["Harbour Gazette, Quay Weekly", "Harbour Gazette, The, Comma"]


def test_of_several_digests_with_a_name_the_one_of_this_channel_is_meant():
    named = [subscription(id=number, channel_id=number * 10, name="News") for number in (1, 2, 3)]
    assert pick_subscription("news", named, 20).id == 2
    assert pick_subscription("3", named, 20).id == 3
    assert pick_subscription("News", named[:1], 20).id == 1
    for channel_id in (40, None):
        with pytest.raises(InputError, match=r"several digests .News.*from the list"):
            pick_subscription("News", named, channel_id)


def test_a_digest_that_is_called_like_the_number_of_another_is_not_taken_for_it():
    named = [subscription(id=1, name="2"), subscription(id=2, name="News")]
    assert pick_subscription("2", named).id == 2


def test_a_keyword_as_long_as_a_form_takes_is_taken_and_a_longer_one_refused():
    assert parse_keywords("w" * 100) == ("w" * 100,)
    with pytest.raises(InputError, match="at most 100"):
        parse_keywords("w" * 101)


@pytest.mark.parametrize(("text", "number"), [("1", 1), (" 25 ", 25)])
def test_the_number_of_stories_is_read(text, number):
    assert parse_stories(text) == number


@pytest.mark.parametrize("text", ["0", "26", "", "x", "-3", "1.5", "٣٣", "9" * 5000, "²"])
def test_no_number_of_stories_is_refused(text):
    with pytest.raises(InputError, match="1 to 25"):
        parse_stories(text)


def test_a_zone_is_taken_as_it_is_offered():
    assert parse_zone(show_zone("America/New_York", datetime(2026, 7, 1, tzinfo=UTC))) == "America/New_York"


def test_a_zone_is_offered_with_what_its_clocks_show_in_summer_and_winter():
    assert show_zone("Europe/Berlin", datetime(2026, 7, 1, 12, 5, tzinfo=UTC)) == "Europe/Berlin · now 14:05"
    assert show_zone("Europe/Berlin", datetime(2026, 12, 1, 12, 5, tzinfo=UTC)) == "Europe/Berlin · now 13:05"
