"""Names as they are printed: runs of capitalised words, with the titles before them told apart."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from digest.reading.lexicon import load_cues

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span as Tokens, Token

_MARKS = frozenset("“”\"‘’'")
_APOSTROPHES = frozenset("’'")
_NO_NAME_TAGS = frozenset(
    {"PRP", "PRP$", "DT", "IN", "CC", "MD", "WP", "WRB", "WDT", "UH", "EX", "TO", "RB", "CD", "VBZ"}
)
_MODALS = frozenset(
    {"will", "would", "can", "could", "may", "might", "shall", "should", "must", "ought", "need", "dare"}
)
_DASHES = frozenset({"—", "–", "-", "--"})
_PARTICIPLES = frozenset({"VBN", "VBD", "VBG"})
_LONGEST_NICKNAME = 3
_LONG_WORD = 4  # shorter ones stay small in headings


@dataclass(frozen=True, slots=True)
class Printed:
    """A name at one place. Token indexes, `last` included; `title` is where its title begins, else `first`.

    `core` are its words in lower case, without suffixes, initials, marks and hyphens.
    """

    title: int
    first: int
    last: int
    core: tuple[str, ...] = ()

    @property
    def words(self) -> int:
        """How many tokens the name has, without its title."""
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class Wordlists:
    """The people's cue list as sets of lower-case words."""

    men: frozenset[str]
    women: frozenset[str]
    titles: frozenset[str]
    men_titles: frozenset[str]
    women_titles: frozenset[str]
    beside: frozenset[str]
    title_of: frozenset[str]
    name_too: frozenset[str]
    courtesies: frozenset[str]
    honours: frozenset[str]
    abbreviations: dict[str, str]
    particles: frozenset[str]
    suffixes: frozenset[str]
    postnominals: frozenset[str]
    never: frozenset[str]
    bodies: frozenset[str]
    named_after_places: frozenset[str]
    place_words: frozenset[str]
    body_words: frozenset[str]
    person_words: frozenset[str]
    crowd: frozenset[str]
    first_names: frozenset[str]


@cache
def wordlists() -> Wordlists:
    """Return the people's cue list, read once a process."""
    cues = load_cues("people")
    titles, names = cues["titles"], cues["names"]
    return Wordlists(
        men=frozenset(cues["first_names"]["man"].split()),
        women=frozenset(cues["first_names"]["woman"].split()),
        titles=frozenset(titles["man"] + titles["woman"] + titles["other"]),
        men_titles=frozenset(titles["man"] + titles["beside_men"]),
        women_titles=frozenset(titles["woman"] + titles["beside_women"]),
        beside=frozenset(titles["beside"]),
        title_of=frozenset(titles["of"]),
        name_too=frozenset(titles["name_too"]),
        courtesies=frozenset(titles["courtesies"]),
        honours=frozenset(titles["honours"]),
        abbreviations=titles["abbreviations"],
        particles=frozenset(names["particles"]),
        suffixes=frozenset(names["suffixes"] + names["postnominals"]),
        postnominals=frozenset(names["postnominals"]),
        never=frozenset(names["never"]),
        bodies=frozenset(names["bodies"]),
        named_after_places=frozenset(names["named_after_places"]),
        place_words=frozenset(names["place_words"]),
        body_words=frozenset(cues["stand_ins"]["body"]),
        person_words=frozenset(cues["stand_ins"]["person"]),
        crowd=frozenset(cues["stand_ins"]["crowd"]),
        first_names=frozenset(" ".join(cues["first_names"].values()).split()),
    )


def plain(token: "Token") -> str:
    """Return the token's word in lower case without a final full stop: "mr" for "Mr."."""
    return token.lower_.removesuffix(".")


def find_printed(doc: "Doc") -> Iterator[Printed]:
    """Yield the names in text order, those of people, bodies and places alike; titles alone are no names."""
    headings = {sentence.start for sentence in doc.sents if _is_heading(sentence)}
    datelines = {sentence.start for sentence in doc.sents if _is_dateline(sentence)}
    index = 0
    is_name = _name_words(doc)
    while index < len(doc):
        if not is_name[index]:
            index += 1
            continue
        if doc[index].sent.start in datelines:
            index += 1
            continue
        last = _end_of_run(doc, is_name, index)
        if doc[index].sent.start in headings:
            # In "Clinton Camp Mocks Donald Trump Again" capitals tell nothing: only a first name does.
            if last == index or plain(doc[index]) not in wordlists().first_names:
                index += 1
                continue
            last = index + 1
        printed = _without_title(doc, index, last)
        if printed is not None:
            yield printed
        index = last + 1


def _name_words(doc: "Doc") -> list[bool]:
    found = [_is_name_word(token) for token in doc]
    # "Matthews said": what opens a sentence and is a name elsewhere in the text is one here.
    elsewhere = {token.text for token in doc if found[token.i] and not token.is_sent_start and len(token) >= _LONG_WORD}
    for token in doc:
        if token.is_sent_start and token.text in elsewhere and token.tag_ not in _NO_NAME_TAGS:
            found[token.i] = True
    for pair in _pairs(doc, found):
        found[pair.start] = found[pair.end - 1] = False
    return found


def _pairs(doc: "Doc", found: list[bool]) -> "list[Tokens]":
    # "The US-Norland deal": where both have a name of their own, what joins the two is nobody's.
    hyphens = [token.i for token in doc[1:-1] if token.text == "-"]
    joined = {place for hyphen in hyphens for place in (hyphen - 1, hyphen + 1)}
    alone = {token.text for token in doc if found[token.i] and token.i not in joined}
    pairs = [doc[hyphen - 1 : hyphen + 2] for hyphen in hyphens]
    return [pair for pair in pairs if {pair[0].text, pair[2].text} <= alone]


def _is_heading(sentence: "Tokens") -> bool:
    words = [token for token in sentence if len(token) >= _LONG_WORD and token.text[0].isalpha()]
    return len(words) >= _LONG_WORD and sum(token.text[0].isupper() for token in words) > 0.8 * len(words)


def _is_dateline(sentence: "Tokens") -> bool:
    # "KESSELMAR, Sept. 5 (Agency) —": a place in capitals, which nobody has said anything in yet.
    return sentence[0].is_upper and sentence[-1].text in _DASHES


def _is_name_word(token: "Token") -> bool:
    if not token.text[0].isupper() or (plain(token) in wordlists().never and not _is_initial(token)):
        return False
    if token.pos_ == "PROPN" or token.doc[token.i + 1 : token.i + 2].text == "&":  # "Marks & Holm"
        return True
    if token.tag_ == "MD":
        return token.lower_ not in _MODALS  # "Dilys Reese had come": a word that the tagger does not know
    # The verb that opens a sentence is none: "Said" before "Ellis".
    if (token.tag_ in _NO_NAME_TAGS and not _is_initial(token)) or (token.tag_ == "VBD" and token.is_sent_start):
        return False
    if not token.is_sent_start and token.nbor(-1).text not in _MARKS:
        return True
    return plain(token) in wordlists().first_names or _is_title_before_name(token)


def _is_initial(token: "Token") -> bool:
    return len(token.text) == 2 and token.text[1] == "."  # noqa: PLR2004 -- a letter and its full stop


def _is_title_before_name(token: "Token") -> bool:
    following = token.doc[token.i + 1 : token.i + 2]
    return plain(token) in wordlists().titles and any(word.pos_ == "PROPN" for word in following)


def _end_of_run(doc: "Doc", is_name: list[bool], index: int) -> int:
    last = index
    while True:
        following = _continues_at(doc, is_name, index, last)
        if following is None:
            return last
        last = following


def _continues_at(doc: "Doc", is_name: list[bool], first: int, last: int) -> int | None:
    place = last + 1
    if place >= len(doc) or doc[place].is_sent_start:
        return None
    if is_name[place]:
        return place
    if doc[place].text == "-" and not doc[last].whitespace_ and not doc[place].whitespace_:
        # "US-led"; but "Saint-Denis", "Joon-woo"
        is_led = (
            doc[place + 1].tag_ in _PARTICIPLES
            and doc[place + 1].text.islower()
            and doc[place + 2 : place + 3].text != "-"
        )
        return None if is_led else place + 1
    is_of = doc[place].lower_ == "of" and _may_run_on(doc, first, last)
    if is_of or plain(doc[place]) in wordlists().particles or doc[place].text == "&":
        return _first_name_word(doc, is_name, place)
    if doc[place].text in _APOSTROPHES and doc[last].text.endswith("s") and not doc[last].whitespace_:
        return place + 1 if place + 1 < len(doc) and is_name[place + 1] else None  # "the Coastal Dockers’ Union"
    return _after_nickname(doc, is_name, place) if doc[place].text in _MARKS else None


def _first_name_word(doc: "Doc", is_name: list[bool], place: int) -> int | None:
    for token in doc[place + 1 :]:
        if token.is_sent_start:
            return None
        if is_name[token.i]:
            return token.i
        if plain(token) not in wordlists().particles and token.text != "-":
            return None
    return None


def _may_run_on(doc: "Doc", first: int, last: int) -> bool:
    runs_on = wordlists().bodies | wordlists().titles
    return plain(doc[last]) in runs_on or (last == first + 1 and plain(doc[first]) in wordlists().titles)


def _after_nickname(doc: "Doc", is_name: list[bool], place: int) -> int | None:
    for inside, token in enumerate(doc[place + 1 : place + 2 + _LONGEST_NICKNAME]):
        if token.text in _MARKS:
            following = token.i + 1
            goes_on = inside and following < len(doc) and doc[place - 1].whitespace_ and is_name[following]
            return following if goes_on else None
        if not token.text[0].isupper():
            return None
    return None


def _without_title(doc: "Doc", first: int, last: int) -> Printed | None:
    begin = first
    for place in range(first, last + 1):
        if (
            plain(doc[place]) in wordlists().titles
            and _leaves_a_name(doc, place, last)
            and _may_precede(doc, first, place)
        ):
            begin = place + 1
    begin = _after_office(doc, first, begin, last)
    if begin == last and plain(doc[last]) in wordlists().titles and not _is_name_too(doc, last):
        return None
    return Printed(first, begin, last, tuple(_core(doc[begin : last + 1])))


def _core(tokens: "Tokens") -> Iterator[str]:
    for token in tokens:
        word = plain(token)
        is_word = len(word) > 1 and any(letter.isalpha() for letter in word)
        if is_word and word not in wordlists().suffixes:
            yield word


def _is_name_too(doc: "Doc", place: int) -> bool:
    word = doc[place]
    is_described = any(child.dep_ in {"det", "poss"} for child in word.children)  # "the Dean", "their Dean"
    return word.pos_ == "PROPN" and not is_described and plain(word) in wordlists().name_too


def _leaves_a_name(doc: "Doc", place: int, last: int) -> bool:
    left = [token for token in doc[place + 1 : last + 1] if plain(token) not in wordlists().suffixes]
    if not left or left[0].lower_ == "of" or left[0].text == "-":
        return bool(left) and left[0].lower_ == "of" and len(left) > 2  # noqa: PLR2004 -- "Secretary of State Kerry"
    return len(left) > 1 or plain(doc[place]) not in wordlists().name_too


def _may_precede(doc: "Doc", first: int, place: int) -> bool:
    # "Martin Luther King Jr": what may be a name and comes after a first name is part of the name.
    lists = wordlists()
    return place == first or plain(doc[first]) not in lists.first_names or plain(doc[place]) not in lists.name_too


def _after_office(doc: "Doc", first: int, begin: int, last: int) -> int:
    if doc[begin].lower_ != "of":
        return begin
    place = begin + 1
    while place <= last and plain(doc[place]) in wordlists().title_of:
        place += 1
    # "Queen of Ostland" has no name of its own: the office is what it is called.
    return place if begin + 1 < place <= last and doc[place].lower_ != "of" else first
