"""Articles for the ledger's tests: short texts in which one actor commits to something, told by hand."""

from digest.model import Actor, Article, Brief, Commitment, CommitmentKind, Deadline, Span
from tests.builders import NOW
from tests.digest.store.shelves import shelve


def promise(actor, what, *, kind=CommitmentKind.PLAN, by=None, condition=None, is_withdrawal=False):
    """A line of an article and how to read it: "Ada Quill will rebuild the pier unless it burns by then."."""
    words = f"{actor} will {what}"
    line = " ".join(filter(None, (words, condition, by and f"by {by:%d %B %Y}"))) + "."

    def commitment(start):
        def span(part, after=0):
            at = start + line.index(part, after)
            return Span(at, at + len(part))

        return Commitment(
            actors=(Actor(span(actor)),),
            kind=kind,
            what=span(what, len(actor)),
            cue=span("will", len(actor)),
            sentence=Span(start, start + len(line)),
            condition=condition and span(condition, len(words)),
            deadline=by and Deadline(span(f"by {by:%d %B %Y}", len(words)), by, by),
            is_withdrawal=is_withdrawal,
        )

    return line, commitment


def told(*promises, url="https://gazette.example/1", at=NOW, site="Harbour Gazette", title="What was promised"):
    """A brief of an article that is nothing but these promises."""
    text = "\n".join(line for line, _ in promises)
    starts = [sum(len(line) + 1 for line, _ in promises[:number]) for number in range(len(promises))]
    read = tuple(read(start) for (_, read), start in zip(promises, starts, strict=True))
    article = Article(text=text, url=url, title=title, site=site, published_at=at, language="en")
    return Brief(
        article,
        commitments=tuple(one for one in read if not one.is_withdrawal),
        withdrawals=tuple(one for one in read if one.is_withdrawal),
        read_until=len(text),
    )


async def tell(store, source_id, *promises, now=NOW, **changes):
    """The id of an article that tells these promises."""
    return await shelve(store, source_id, kept=told(*promises, **changes), now=now)
