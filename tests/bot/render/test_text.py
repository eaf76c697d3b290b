"""What the sanitizer does to text that somebody else wrote."""

import pytest

from bot.render.markup import read_pieces
from bot.render.text import clean, escape, link, plain, safe_url, shorten, shorten_plain
from tests.hostile import ATTACKS


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_shows_as_words_and_does_nothing(attack):
    shown = read_pieces(escape(f"before {attack} after"))
    assert [piece.text for piece in shown] == [clean(f"before {attack} after")]
    assert not shown[0].url
    assert not shown[0].is_time


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("1. a", "1\\. a"),
        ("20250904) b", "20250904\\) b"),
        ("- c", "\\- c"),
        ("# d", "\\# d"),
        ("-# e", "-\\# e"),
        ("<t:1:R>", "\\<t\\:1\\:R\\>"),
        ("</cmd:1>", "\\</cmd\\:1\\>"),
        ("at 10:30", "at 10\\:30"),
        ("he said: yes", "he said: yes"),
        ("https://a.example/b_c", "https\\://a\\.example/b\\_c"),
        ("discord.gg/abc", "discord\\.gg/abc"),
        ("-5 degrees", "-5 degrees"),
        ("3.5 per cent. Then", "3.5 per cent. Then"),
    ],
)
def test_what_works_in_discord_is_escaped_and_nothing_else(text, escaped):
    assert escape(text) == escaped


def test_everyone_cannot_ring_even_where_nothing_is_parsed():
    assert clean("@everyone @HERE @\u200beveryone @tom") == "@everyone @HERE @everyone @tom".replace("@", "\uff20", 3)


def test_lines_and_blanks_become_single_spaces():
    assert clean(" a\r\n\nb\u2028c\u2003\u2800d\t") == "a b c d"


def test_invisible_characters_go_and_composed_ones_stay():
    assert clean("a\u202eb\u200d\x00c\ud800\ufeff\u3164") == "abc"
    assert clean("e\u0301 and ❤\ufe0f") == "é and ❤\ufe0f"


def test_authors_and_footers_get_no_backslashes():
    assert plain("A*B <@1> discord.gg/x") == "A*B ‹@1› discord. gg/x"
    assert plain("1 < 2, a<b, <@ and <#1") == "1 < 2, a<b, ‹@ and ‹#1"


def test_a_long_title_ends_in_an_ellipsis_at_a_word():
    title = "Ministers agree on a common rule " * 20
    shortened = shorten(title, 256)
    assert len(shortened) <= 256
    assert shortened.endswith(("rule…", "common…", "a…", "on…", "agree…", "Ministers…"))


def test_a_title_of_one_endless_word_is_cut_between_letters():
    assert shorten_plain("é" * 10, 5) == "éééé…"
    assert shorten_plain("x\u0323\u0307" * 9, 7) == "ẋ̣ẋ̣ẋ̣…"


def test_an_emoji_counts_as_the_two_units_that_it_is():
    assert shorten_plain("🙂" * 9, 7) == "🙂🙂🙂…"


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://a.example/b c(d)", "https://a.example/b%20c%28d%29"),
        ("HTTP://A.Example:8080/?q=1&r=ä#f", "http://a.example:8080/?q=1&r=%C3%A4#f"),
        ("https://münchen.example/", "https://xn--mnchen-3ya.example/"),
        ("https://a.example/100%", "https://a.example/100%25"),
        ("javascript:alert(1)", ""),
        ("ftp://a.example/", ""),
        ("file:///etc/passwd", ""),
        ("https://user:secret@a.example/", ""),
        ("https://localhost/", ""),
        ("http://[::1", ""),
        ("https://a.example:99999/", ""),
        ("https://discord.gg/abc", ""),
        ("https://canary.discord.com/invite/abc", ""),
        ("https://a.example/?to=discord.gg%2Fabc", ""),
        ("https://a.example/" + "x" * 2048, ""),
        ("", ""),
    ],
)
def test_only_addresses_that_discord_takes_and_we_would_open_are_linked(url, safe):
    assert safe_url(url) == safe


def test_a_link_keeps_its_label_apart_from_its_address():
    assert link("A (b) *c*", "https://a.example/(d)") == "[A (b) \\*c\\*](https://a.example/%28d%29)"


@pytest.mark.parametrize("label", ["a [b", "see https://bank.example"])
def test_a_label_that_would_break_or_mislead_is_no_link(label):
    assert link(label, "https://a.example/") == escape(label)
