"""What must hold of every payload, whatever is in it: Discord's limits, written down anew, and no live text."""

import json
import re
import unicodedata

from bot.render.text import safe_url

ESCAPE = re.compile(r"\\[^0-9A-Za-z\s]")
STAMP = re.compile(r"<t:-?\d{1,13}:[tDFfR]>")
LINK = re.compile(r"\[[^\[\]\n]*\]\(https?://[A-Za-z0-9/%:=&?+!$,;._~#-]+\)")


def units(text):
    return len(text.encode("utf-16-le")) // 2


def check_limits(payload):
    """Discord's own numbers, written down here a second time."""
    message = json.loads(payload)
    embeds = message["embeds"]
    assert units(message["content"]) <= 2000
    assert message["content"].strip() or embeds
    assert len(embeds) <= 10
    total = 0
    for embed in embeds:
        sizes = {
            256: [embed.get("title", ""), embed.get("author", {}).get("name", "")],
            4096: [embed.get("description", "")],
            2048: [embed.get("footer", {}).get("text", "")],
        }
        for limit, parts in sizes.items():
            assert all(units(part) <= limit for part in parts)
            total += sum(map(units, parts))
        for field in embed.get("fields", ()):
            assert 0 < units(field["name"].strip()) <= 256
            assert 0 < units(field["value"].strip()) <= 1024
            total += units(field["name"]) + units(field["value"])
        assert len(embed.get("fields", ())) <= 25
        assert embed.get("title") or embed.get("description")
    assert total <= 6000


def check_harmless(payload):
    """What is left after escapes, our dates, our links and our bold has nothing in it that Discord acts on."""
    message = json.loads(payload)
    live = [message["content"].replace(f"<@&{message.get('role')}>", "", 1)]
    for story in message.get("stories", ()):
        check_visible("".join(story[1:]))
        assert all(0 < units(label) <= 100 for label in story[1:])
    for embed in message["embeds"]:
        live += [embed.get("title", ""), embed.get("description", "")]
        dead = embed.get("author", {}).get("name", "") + embed.get("footer", {}).get("text", "")
        check_visible(dead)
        assert not re.search(r"<[@#/:]|@everyone|@here|discord\.gg|/invite\b", dead, re.IGNORECASE)
        for url in (embed.get("url", ""), embed.get("thumbnail", {}).get("url", "")):
            assert not url or safe_url(url) == url
    for text in live:
        check_visible(text)
        assert not re.search(r"@(everyone|here)", text, re.IGNORECASE)
        assert not re.search(r"discord\.gg|discord(app)?\.com/invite", text, re.IGNORECASE)
        rest = LINK.sub("", STAMP.sub("", ESCAPE.sub("x", text))).replace("**", "")
        for line in rest.split("\n"):
            ours = re.sub(r"^(> |-# )", "", line)
            assert not re.search(r"[*_~`|<>\[\]@#\\]", ours), line
            assert not re.match(r"[-+] |\d+[.)] ", ours), line


def check_visible(text):
    assert not {unicodedata.category(c) for c in text.replace("\n", "")} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
