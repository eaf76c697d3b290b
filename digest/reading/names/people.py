"""Who is who in an article: the printed names gathered to people and bodies."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from digest.reading.names.persons import appositions, could_be_person, is_person_like, person_score, role_tokens
from digest.reading.names.printed import Printed, plain, wordlists

if TYPE_CHECKING:
    from spacy.tokens import Doc

_SURE = 3
_PLACE = -1  # in place of the index of a body: what has no other name than the body's first word
_MAN, _WOMAN = "man", "woman"


@dataclass(slots=True)
class Known:
    """Somebody, or something, that the article names: where, how fully, as what.

    `could_be_person` where at least the form of the name speaks for one; `gender` is "man", "woman" or None where
    nothing tells; `roles` are the words of titles and appositions.
    """

    mentions: list[Printed] = field(default_factory=list)
    fullest: Printed = field(default_factory=lambda: Printed(0, 0, 0))
    is_person: bool = False
    could_be_person: bool = False
    gender: str | None = None
    roles: set[str] = field(default_factory=set)


def gather_known(doc: "Doc", printed: Sequence[Printed]) -> tuple[list[Known], dict[int, int]]:
    """Return who is named, and for each place in `printed` who it is.

    A surname alone is the one person of that surname. Where two share it, it is the only one that came before, else
    neither: it stays a name of its own.
    """
    known: list[Known] = []
    whose: dict[int, int] = {}
    by_key: dict[tuple[str, ...], int] = {}
    for index, name in enumerate(printed):
        words = name.core
        if len(words) < 2:  # noqa: PLR2004 -- a full name has two words
            continue
        key = _key(doc, name, words)
        if key not in by_key:
            by_key[key] = len(known)
            known.append(Known())
        whose[index] = by_key[key]
        known[by_key[key]].mentions.append(name)
    _join_tails(doc, known, whose)
    _join_short(doc, printed, known, whose)
    for one in known:
        _describe(doc, one)
    return known, whose


def _key(doc: "Doc", name: Printed, words: tuple[str, ...]) -> tuple[str, ...]:
    if is_person_like(doc, name):
        return words[0], words[-1]
    return words


def _join_tails(doc: "Doc", known: list[Known], whose: dict[int, int]) -> None:
    # "Van der Meulen" and "Saint-Aubin" are surnames of two words and more.
    longer: dict[tuple[str, ...], int] = {}
    # The longest name comes last, so that "de la Cruz" and "la Cruz" are one.
    for who, words in sorted(_keys(known), key=lambda pair: len(pair[1])):
        if is_person_like(doc, known[who].mentions[0]):
            longer.update({words[cut:]: who for cut in range(1, len(words))})
    moved = {who: longer[words] for who, words in _keys(known) if words in longer}
    for who, to in moved.items():
        known[to].mentions.extend(known[who].mentions)
    whose.update({index: moved[who] for index, who in whose.items() if who in moved})
    left = [who for who in range(len(known)) if who not in moved]
    renumbered = {who: place for place, who in enumerate(left)}
    known[:] = [known[who] for who in left]
    whose.update({index: renumbered[who] for index, who in whose.items()})


def _keys(known: list[Known]) -> list[tuple[int, tuple[str, ...]]]:
    return [(who, one.mentions[0].core) for who, one in enumerate(known)]


def _join_short(doc: "Doc", printed: Sequence[Printed], known: list[Known], whose: dict[int, int]) -> None:
    short_people, short_bodies = _short_people(doc, known), _short_bodies(doc, known)
    alone: dict[str, int] = {}
    full = [_Full(_gender(doc, one), len(one.mentions)) for one in known]
    for index, name in enumerate(printed):
        if index in whose:
            continue
        words = name.core
        word = words[0] if words else doc[name.first].lower_
        candidates = short_people.get(word, [])
        choice = _only(doc, name, known, full, candidates)
        if choice is None and not candidates and doc[name.last].dep_ != "compound":
            choice = short_bodies.get(word)
        if choice is None:
            if word not in alone:
                alone[word] = len(known)
                known.append(Known())
            choice = alone[word]
        whose[index] = choice
        known[choice].mentions.append(name)


def _short_people(doc: "Doc", known: Sequence[Known]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for index, one in enumerate(known):
        if any(is_person_like(doc, name) for name in one.mentions) and not _is_compound(doc, one.mentions[0]):
            words = one.mentions[0].core
            for word in {words[0], words[0] if _has_of(doc, one.mentions[0]) else words[-1]}:
                found[word].append(index)
    return found


def _short_bodies(doc: "Doc", known: Sequence[Known]) -> dict[str, int]:
    # "Orlan Terminals" is "Orlan" later on, "Stannick Rovers" is "Rovers"; Sarn is none of Sarn Port.
    found: dict[str, set[int]] = defaultdict(set)
    for index, one in enumerate(known):
        words = one.mentions[0].core
        if any(is_person_like(doc, name) or _is_compound(doc, name) for name in one.mentions):
            continue
        is_body = words[-1] in wordlists().bodies
        if not is_body and not _has_of(doc, one.mentions[0]):
            found[words[-1]].add(index)
        is_its_own = wordlists().named_after_places.isdisjoint(words) and (is_body or not _has_article(doc, one))
        found[words[0]].update({index} if is_its_own else {index, _PLACE})
    return {word: min(those) for word, those in found.items() if len(those) == 1}


def _has_of(doc: "Doc", name: Printed) -> bool:
    # The Director of China is not China.
    return any(token.lower_ == "of" for token in doc[name.first : name.last])


def _has_article(doc: "Doc", one: Known) -> bool:
    # "the Panama Papers": Panama itself has no article.
    return any(doc[name.first - 1].lower_ == "the" for name in one.mentions if name.title == name.first > 0)


def _is_compound(doc: "Doc", name: Printed) -> bool:
    # A Census-taker is not the Census.
    return name.words > 2 and doc[name.first + 1].text == "-" and doc[name.first + 2].text.islower()  # noqa: PLR2004


@dataclass(frozen=True, slots=True)
class _Full:
    """What the full forms of a name tell, before short ones are joined to it."""

    gender: str | None
    mentions: int


def _only(doc: "Doc", name: Printed, known: list[Known], full: Sequence[_Full], candidates: list[int]) -> int | None:
    gender = _gender_of_title(doc, name)
    if gender:
        candidates = [index for index in candidates if full[index].gender in {None, gender}]
    by_surname = [index for index in candidates if known[index].mentions[0].core[-1:] == name.core]
    candidates = by_surname or candidates
    if len(candidates) > 1:
        candidates = [index for index in candidates if known[index].mentions[0].first < name.first]
    if len(candidates) > 1:
        counts = Counter({index: full[index].mentions for index in candidates})
        (first, most), (_, second) = counts.most_common(2)
        return first if most > 2 * second else None
    return candidates[0] if candidates else None


def _describe(doc: "Doc", one: Known) -> None:
    one.mentions.sort(key=lambda name: name.first)
    # A capitalised heading may hold more words than the name: prefer the form that is printed more often.
    counts = Counter(" ".join(name.core) for name in one.mentions)
    one.fullest = max(
        one.mentions,
        key=lambda name: (min(name.words, 6), counts[" ".join(name.core)], -name.first),
    )
    scores = [person_score(doc, name) for name in one.mentions]
    one.is_person = sum(scores) > 0 or max(scores) >= _SURE
    one.could_be_person = one.is_person or could_be_person(doc, one.fullest)
    one.gender = _gender(doc, one)
    for name in one.mentions:
        one.roles.update(plain(token) for token in role_tokens(doc, name))


def _gender(doc: "Doc", one: Known) -> str | None:
    return next(filter(None, (_gender_of_title(doc, name) for name in one.mentions)), None) or next(
        filter(None, map(_gender_of_first_name, one.mentions)), None
    )


def _gender_of_title(doc: "Doc", name: Printed) -> str | None:
    for token in (*role_tokens(doc, name), *appositions(doc, name)):
        title = plain(token)
        # "Spokesman Hope Vale", "chairman Ida Rook": such an office says less than a woman's first name.
        if title in wordlists().men_titles and not (title.endswith("man") and _gender_of_first_name(name) == _WOMAN):
            return _MAN
        if title in wordlists().women_titles:
            return _WOMAN
    return None


def _gender_of_first_name(name: Printed) -> str | None:
    for word in name.core[:-1]:
        if word in wordlists().men:
            return _MAN
        if word in wordlists().women:
            return _WOMAN
    return None
