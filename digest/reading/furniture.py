"""The lines of a page that are no part of its article: bylines, stamps, buttons, credits, pointers to elsewhere.

A line of the article's prose must never go, so each rule asks for the whole line to be of its form.
"""

import re

from digest.reading.lexicon import load_cues

PICTURE = r"(?:file )?(?:photo(?:graph)?|picture|image|video|credit|caption|source|illustration)s?"
"""What a credit or a caption opens with, as a pattern."""

ENDS_IN_CREDIT = re.compile(
    r"\((?:photo|image|picture|credit|ap photo|reuters|getty)[^)]*\)\s*$|(?:getty images|/reuters|/ap|/afp)\W*$",
    re.IGNORECASE,
)
"""Matches words that end by saying whose picture it is."""

OPENS_FURNITURE = re.compile(
    r"^(?:(?:last )?(?:published|updated|posted|modified|scroll down|advertisement|sponsored|copyright|©)\b"
    rf"|{PICTURE}\s*(?:[:/|—]|\s-)"
    r"|(?:read|see|listen|watch|click|tap|more on|related|also on|sign up|subscribe|share (?:this|on)|download|join"
    r"|follow (?:us|me|him|her|the))\b[^.!?]{0,80}"
    r"(?::|\b(?:here|more|now|below|also|newsletter|twitter|facebook|app|channel|free)\b)"
    r"|this (?:article|story|post|piece) (?:was|has been|is|originally|first)\b"
    r"|the (?:article|story|post) (?:was|has been) (?:originally|first|updated|amended|corrected)\b"
    r"|(?:correction|editor['’]s note|clarification|note to (?:editors|readers)|disclosure|disclaimer)\b"
    r"|all rights reserved|we use cookies|you can (?:unsubscribe|opt out)"
    r"|(?:additional )?reporting by |editing by |with (?:files|reporting) from)",
    re.IGNORECASE,
)
"""Matches a sentence that opens as furniture does: enough to show another one instead, not enough to drop a line."""

COOKIES = re.compile(
    r"(?:(?:we|(?:this|our) (?:web)?site)(?: and our partners)? uses? cookies"
    r"(?:\W*|,? (?:to|on|for|and|in order|so|that|which)\b.*)"
    r"|we and our (?:[\d,]+ )?(?:trusted )?partners (?:store|use|process|access)\b.*"
    r"|by (?:continuing|using|clicking|browsing)\b.{0,80}\byou (?:agree|accept|consent)\b.*"
    r"|(?:(?:accept|reject|manage|allow)(?: all| my)? )?cook(?:ies|ie (?:settings|preferences|policy|notice))\W*"
    r"|(?:accept|reject|agree to|consent to) all\W*"
    r"|(?:manage|privacy) (?:my |your )?(?:settings|preferences|options)\W*"
    r"|we (?:value|care about|respect) your privacy\W*|before you continue(?: to \S+)?\W*"
    r"|this content is provided by [^,]{2,40}, which may be using cookies\b.*)",
    re.IGNORECASE,
)
"""Matches a whole line that asks for consent."""

_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*\.?")
_TOKEN = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_ENDS = re.compile(r"[.!?…][\"'”’»)\]]*$")
_BY = re.compile(r"(?:(?:words|text|story|written|posted|reported|report) )?by:?\s+(?=\S)", re.IGNORECASE)
_AGENCY = re.compile(
    r"\(?(?:additional )?(?:reporting|writing|editing|compiled|written|edited)(?: and (?:writing|editing|reporting))?"
    r" by:? ",
    re.IGNORECASE,
)
_LONGEST_NAMES = 160
_FEWEST_NAMES = 2
_LONGEST = 600  # of a line that is furniture
_PHRASES = re.compile(
    r"(?:advert(?:isement)?|advertisement \W*(?:continue|scroll).*|sponsored(?: content)?|promoted|ad feedback"
    r"|(?:story|article|post) continues (?:below|after)\b.*|(?:continue reading|scroll down)"
    r"(?: below| for (?:more|video|audio))?"
    r"|skip (?:advertisement|past newsletter promotion|to (?:main )?content)|after newsletter promotion"
    r"|read (?:more|on|next|also|the full (?:story|article)(?: here)?)|see (?:also|more)|(?:show|load) more|loading"
    r"|learn more|find out more|more (?:on this(?: story)?|stories|like this|from [\w’' ]{2,40})|back to top"
    r"|(?:related|recommended|most (?:read|popular|viewed))(?: (?:articles?|stor(?:y|ies)|content|coverage|topics?"
    r"|links?|posts?|news|videos?|reading|for you))?|you (?:may|might) also (?:like|be interested in)|trending(?: now)?"
    r"|play video|video player is loading|view (?:image in full\s?screen|gallery|comments|all)|view this post on \w+"
    r"|(?:leave|post|write|add) (?:a|your) (?:comment|reply)|join the (?:conversation|discussion)|anzeige|werbung"
    r"|publicité|publicidad|mehr zum thema|this (?:article|story) is more than \w+ (?:\w+ )?old|listen to this article"
    r"|read (?:in|this in) app|open (?:in|the) app|(?:share|listen|watch) now"
    r"|photos?|videos?|reuters|associated press|getty images)",
    re.IGNORECASE,
)
_POINTER = re.compile(
    r"(?:read(?: more| also| next| on)?|(?:also|must) (?:read|see)|see (?:also|more)|watch(?: more| now| live)?"
    r"|listen(?: now)?|related(?: (?:articles?|stor(?:y|ies)|content|coverage|reading|news|links?))?"
    r"|more (?:on this|from [\w’' ]{2,40}|stories)|recommended|don['’]t miss|filed under|tags?|topics?|keywords?"
    r"|lesen sie (?:auch|mehr)|mehr zum thema|(?:à )?lire aussi|lea también|leer más|leia também|leggi anche)"
    r"\s*[:|»>→]\s*\S.{0,200}",
    re.IGNORECASE,
)
_OFFER = re.compile(
    r"(?:please )?(?:sign up|subscribe|register|join|get|follow|like|download|click|tap|enter|receive)\b"
    r"(?=.*\b(?:our|us|here|your inbox|your e-?mail)\b)"
    r"(?=.*\b(?:newsletters?|inbox|alerts?|e-?mails?|app|channels?|twitter|facebook|instagram|whatsapp|telegram|youtube"
    r"|podcasts?|tiktok|linkedin)\b).{0,250}"
    r"|(?:click|tap) (?:here|on the link)\b.{0,100}"
    r"|(?:we pay for your stories\W+)?(?:do you have|have you got|got) (?:a|any|more) (?:news )?"
    r"(?:stor(?:y|ies)|tips?)\b(?=.*\b(?:e-?mail|call|contact|write to)\b).{0,250}"
    r"|for more [^.!?:]{2,60}: https?://\S+(?: and https?://\S+)*"
    r"|follow (?:@\w+|(?:[\w.'’-]+ ){1,4}?)\s?(?:on|at)"
    r" (?:@\w+|(?:twitter|x|facebook|instagram|threads|bluesky)\b).{0,60}",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    rf"(?i:[(\[]?{PICTURE}(?: (?:credit|caption|copyright|source|by|courtesy(?: of)?|provided by|via))*"
    r"\s*(?:[:/|—]|\s[-–])\s*\S.{0,150})"
    r"|(?i:(?:image|media|video) (?:copyright|caption|source)),? [^.!?]{2,150}"
    r"|[(\[]?(?i:ap photo|(?:photo(?:graph)?|picture|image|illustration|video)s? (?:by|via|courtesy of)"
    r"|courtesy(?: of)?:?) [^.!?]{2,80}[)\]]?"
    r"|[A-Z][^.!?]{0,60}(?:/|\||via|for)\s?(?:Getty(?: Images)?|Reuters|AFP|AP|EPA|Shutterstock|Alamy|PA|iStock)"
    r"(?: (?:Images|Photo|Wire))?",
)
_RIGHTS = re.compile(
    r"(?:©|copyright (?:©|\(c\)|(?:19|20)\d\d)|\(c\) (?:19|20)\d\d).{0,200}|all rights reserved\b.{0,150}"
    r"|this material may not be published, broadcast.{0,150}"
    r"|this copy is for your personal, non-commercial use.{0,300}",
    re.IGNORECASE,
)


def is_furniture(line: str, *, byline: str = "") -> bool:
    """Return whether the whole line is furniture of the page; `byline` is whom the page names as its authors."""
    if len(line) > _LONGEST:
        return False
    bare = line.strip(" \t*•·|>»→▶▼-–—[]")
    if not bare or bare.casefold() == byline.casefold():
        return True
    is_whole = any(
        pattern.fullmatch(bare) or pattern.fullmatch(line) for pattern in (_POINTER, _OFFER, _CREDIT, _RIGHTS, COOKIES)
    )
    return is_whole or bool(_PHRASES.fullmatch(bare.rstrip(".:…! "))) or _is_stamp(bare) or _is_names(bare)


def _is_stamp(line: str) -> bool:
    words = [word.casefold() for word in _TOKEN.findall(line)]
    if not words or len(line) > _LONGEST_NAMES:
        return False
    stamps, buttons = load_cues("furniture")["stamps"], load_cues("furniture")["buttons"]
    if words[0] in buttons["opening"]:
        return set(words) <= {*buttons["opening"], *buttons["other"]}
    is_dated = not set(stamps["opening"]).isdisjoint(words[:2]) and any(character.isdigit() for character in line)
    return is_dated and set(words) <= {*stamps["opening"], *stamps["other"]}


def _is_names(line: str) -> bool:
    # "By Mina Thorne, Olav Pell and Ida Rook in Vessmark": names, and no verb that would have a small letter.
    if len(line) > _LONGEST_NAMES:
        return False
    names = load_cues("furniture")["names"]
    if opening := _AGENCY.match(line):
        return _are_names(line[opening.end() :], {*names["between"], *names["credited"]})
    byline = _BY.match(line)
    return byline is not None and not _ENDS.search(line) and _are_names(line[byline.end() :], set(names["between"]))


def _are_names(words: str, between: set[str]) -> bool:
    found = [word.rstrip(".") for word in _WORD.findall(words)]
    names = [word for word in found if word[0].isupper()]
    return len(names) >= _FEWEST_NAMES and all(word in names or word.casefold() in between for word in found)
