"""Who is in a story: those who speak, and those who commit to something without a word of their own. Pure."""

from bot.render import limits
from bot.render.text import clean, shorten_plain
from digest.model import EditionStory, FollowKind


def list_people(story: EditionStory) -> dict[FollowKind, list[str]]:
    """Return names to follow, each once, as the articles print them; what is too long for a select's value is not."""
    speakers: dict[str, str] = {}
    actors: dict[str, str] = {}
    for brief in (one.brief for one in story.evidence):
        for quote in brief.quotes:
            if quote.speaker:
                _add(speakers, brief.words(quote.speaker.name))
        for commitment in brief.commitments:
            for actor in commitment.actors:
                _add(actors, brief.words(actor.name))
    others = [name for key, name in actors.items() if key not in speakers]
    return {FollowKind.PERSON: list(speakers.values()), FollowKind.ORGANISATION: others}


def _add(names: dict[str, str], name: str) -> None:
    name = clean(name)
    if name and shorten_plain(name, limits.OPTION) and limits.measure(name) <= limits.OPTION:
        names.setdefault(name.casefold(), name)
