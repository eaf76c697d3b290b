"""Who is who in an article: the printed names gathered to people and bodies."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from digest.reading.names.printed import Printed, plain, wordlists

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_LONGEST_UNKNOWN = 3  # words of a person's name without a first name that we know
_SURE = 3
_PLACE = -1  # in place of the index of a body: what has no other name than the body's first word
_AGE = re.compile(r"[1-9][0-9]?|1[01][0-9]")
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


def is_person_like(doc: "Doc", name: Printed) -> bool:
    """Return whether this one place looks like a person's name."""
    return _person_score(doc, name) > 0


def _person_score(doc: "Doc", name: Printed) -> int:
    words = name.core
    lists = wordlists()
    score = 0
    if any(plain(token) in lists.titles for token in role_tokens(doc, name)):
        score += 3
    if len(words) > 1 and words[0] in lists.first_names:
        score += 2
    if any(word in lists.bodies for word in words[1:] or words):
        score -= 3
    score += _score_of_what_follows(doc, name)
    if any(plain(noun) in lists.titles | lists.beside for noun in appositions(doc, name)):
        score += 3
    score += _score_of_form(doc, name)
    # "The Ida Rook" is a ship, but neither "the Ida Rook tour" nor "the engineer Ida Rook" is one.
    is_alone = name.title == name.first and doc[name.last].dep_ not in {"compound", "nmod"}
    if is_alone and doc[name.first - 1 : name.first].text.lower() in {"the", "a", "an"}:
        score -= 3
    return score


def _score_of_what_follows(doc: "Doc", name: Printed) -> int:
    following = [token.lower_ for token in doc[name.last + 1 : name.last + 4]]
    relative = following[1:2] if following[:1] == [","] else following[:1]
    if relative == ["who"]:
        return 2
    if relative == ["which"]:
        return -3
    # "Olav Tarn, 77, has carried his television upstairs."
    is_aged = following[:1] == [","] and following[2:] in ([","], ["."]) and _AGE.fullmatch(following[1])
    return 3 if is_aged else 0


def appositions(doc: "Doc", name: Printed) -> "list[Token]":
    """Return the nouns in apposition to the name, after it and before it: "Ann Lee, the mayor", "its head, Ann Lee"."""
    head = doc[name.last]
    after = [child for child in head.children if child.dep_ == "appos" and child.left_edge.i == name.last + 2]
    is_close = head.dep_ == "appos" and doc[name.title - 1] in (*head.head.rights, head.head)
    before = [head.head] if is_close else []
    # One person is not "wild neighbours", whatever stands before the comma.
    return [noun for noun in (*after, *before) if noun.pos_ == "NOUN" and noun.tag_ != "NNS"]


def _score_of_form(doc: "Doc", name: Printed) -> int:
    if any(plain(token) in wordlists().particles for token in doc[name.first + 1 : name.last]):
        return 2
    return 3 if _could_be_person(doc, name) and _has_office_beside(doc, name) else 0


def _has_office_beside(doc: "Doc", name: Printed) -> bool:
    # "Its senator, Kai Rother", "presidents Kai Rother and Ann Lee", "Kai Rother, coach": however they are parsed.
    before = [plain(token) for token in doc[max(name.title - 2, 0) : name.title] if token.text != ","][-1:]
    after = doc[name.last + 2 : name.last + 3].text if doc[name.last + 1 : name.last + 2].text == "," else ""
    # "Yellow Bay, officials said": several are nobody's office.
    words = {after, *before, *(word.removesuffix("s") for word in before)}
    return not words.isdisjoint(wordlists().titles | wordlists().beside)


def _could_be_person(doc: "Doc", name: Printed) -> bool:
    """Return whether the name has the form of a person's, where nothing else tells: "Dahlys Hamilton"."""
    words = name.core
    lists = wordlists()
    if len(words) < 2:  # noqa: PLR2004 -- a full name has two words
        return not lists.first_names.isdisjoint(words)
    is_capitalised = all(token.text[0].isupper() for token in doc[name.first : name.last + 1])
    is_known = words[0] in lists.place_words or not lists.bodies.isdisjoint(words)
    return len(words) <= _LONGEST_UNKNOWN and is_capitalised and not is_known


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
        if any(is_person_like(doc, name) for name in one.mentions):
            words = one.mentions[0].core
            for word in {words[0], words[-1]}:
                found[word].append(index)
    return found


def _short_bodies(doc: "Doc", known: Sequence[Known]) -> dict[str, int]:
    # "Orlan Terminals" is "Orlan" later on, "Stannick Rovers" is "Rovers"; Sarn is none of Sarn Port.
    found: dict[str, set[int]] = defaultdict(set)
    for index, one in enumerate(known):
        words = one.mentions[0].core
        if any(is_person_like(doc, name) or _is_compound(doc, name) for name in one.mentions):
            continue
        if words[-1] not in wordlists().bodies:
            found[words[-1]].add(index)
        found[words[0]].update({index} if wordlists().named_after_places.isdisjoint(words) else {index, _PLACE})
    return {word: min(those) for word, those in found.items() if len(those) == 1}


def _is_compound(doc: "Doc", name: Printed) -> bool:
    # A Census-taker is not the Census.
    return any(token.text == "-" and token.nbor(1).text.islower() for token in doc[name.first : name.last])


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
    scores = [_person_score(doc, name) for name in one.mentions]
    one.is_person = sum(scores) > 0 or max(scores) >= _SURE
    one.could_be_person = one.is_person or _could_be_person(doc, one.fullest)
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


def role_tokens(doc: "Doc", name: Printed) -> "Sequence[Token]":
    """Return the words that say what the named one is: its title, or the lower-case nouns right before it."""
    if name.title < name.first:
        return list(doc[name.title : name.first])
    found: list[Token] = []
    place = name.first - 1
    while not doc[place + 1].is_sent_start and _may_describe(doc[place]):
        found.insert(0, doc[place])
        place -= 1
    return found if found and any(token.pos_ == "NOUN" for token in found) else []


def _may_describe(token: "Token") -> bool:
    return token.pos_ in {"NOUN", "ADJ", "PROPN"} and token.tag_ != "NNS" and token.is_alpha and token.dep_ != "pobj"
