"""`onrecord invite` prints a link with what channels need and no more; it reads whom to invite from the token."""

from urllib.parse import parse_qs, urlsplit

import discord
import pytest

from bot.channels.places import INVITED, invitation
from bot.cli import main
from bot.cli_invite import application_of
from bot.render.text import clean

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.Gabcde.abcdefghijklmnopqrstuvwxyz"  # of 123456789012345678


def asked_for(link):
    asked = {name: values[0] for name, values in parse_qs(urlsplit(link).query).items()}
    return asked["client_id"], discord.Permissions(int(asked["permissions"])), set(asked["scope"].split())


def test_the_link_asks_for_what_channels_need_and_no_more(monkeypatch, capsys):
    monkeypatch.setenv("DISCORD_TOKEN", TOKEN)
    assert main(["invite"]) == 0
    client_id, permissions, scopes = asked_for(capsys.readouterr().out.strip())
    assert client_id == "123456789012345678"
    assert permissions == discord.Permissions(**dict.fromkeys(INVITED, True))
    assert scopes == {"bot", "applications.commands"}


def test_an_application_is_named_by_hand_without_a_token(monkeypatch, capsys):
    monkeypatch.delenv("DISCORD_TOKEN", raising=False)
    assert main(["invite", "--client-id", "42"]) == 0
    assert asked_for(capsys.readouterr().out.strip())[0] == "42"


@pytest.mark.parametrize("token", ["", "not-a-token", "w7w.x.y", "YWJj.x.y"])
def test_where_nothing_tells_whom_to_invite_it_says_what_to_do(monkeypatch, capsys, tmp_path, token):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DISCORD_TOKEN", token)
    assert main(["invite"]) == 2
    said = capsys.readouterr().err
    assert "--client-id" in said
    assert not token or token not in said


def test_the_token_tells_the_application_without_discord():
    assert application_of(TOKEN) == 123456789012345678
    assert clean(invitation(1)).startswith("https://discord.com/oauth2/authorize?client_id=1&")
