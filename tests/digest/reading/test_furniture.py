"""A line goes only where the whole of it is furniture; prose that looks alike stays."""

import pytest

from digest.reading.furniture import is_furniture


@pytest.mark.parametrize(
    "line",
    [
        "By Mina Thorne",
        "BY MINA THORNE, OLAV PELL AND IDA ROOK",
        "Words by Mina Thorne in Vessmark",
        "(Reporting by Mina Thorne in Vessmark; Editing by Olav Pell)",
        "Additional reporting by Ida van Rook",
        "PUBLISHED: 18:30 GMT, 12 February 2026 | UPDATED: 19:02 GMT, 12 February 2026",
        "Last updated on Feb. 12, 2026 at 6:30 p.m. ET",
        "Share this article",
        "Share on Facebook | Tweet | Email",
        "Read more: A bridge at last",
        "READ MORE",
        "Related stories",
        "Story continues below",
        "Advertisement",
        "Photo: Mina Thorne/The Courier",
        "Image caption The bridge has been closed since Friday",
        "Olav Pell/Getty Images",
        "Photograph by Mina Thorne",
        "Sign up for our morning newsletter and never miss a story.",
        "Follow Mina Thorne on Twitter: @minathorne",
        "Do you have a story about the bridge? Email us at news@courier.example",
        "We use cookies to make this site work and to measure its use.",
        "By continuing to use this site you agree to our terms.",
        "Accept all cookies",
        "© 2026 Vessmark Courier",
        "Copyright 2026 Vessmark Courier. All rights reserved.",
        "Lesen Sie auch: Die Brücke bleibt zu",
        " • ",
    ],
)
def test_furniture_goes(line):
    assert is_furniture(line)


@pytest.mark.parametrize(
    "line",
    [
        "By Monday the bridge had been closed, and nobody knew for how long.",
        "By Mina Thorne's own account the vote was never in doubt.",
        "Reporting by the Courier showed that the bridge was unsafe.",
        "Published in 1926, the plan was forgotten for a century.",
        "Updated figures put the cost at 40 million crowns.",
        "Share prices fell by a tenth on Thursday.",
        "Share this burden, the mayor told the neighbours, or lose the bridge.",
        "Read more widely, the teacher said, and you will vote better.",
        "Related costs rose to 3 million crowns.",
        "Photo-sharing sites were full of the bridge within minutes.",
        "Image copyright laws will be changed next year, the minister said.",
        "Video of the fall was shown in court.",
        "Sign up or leave, the union told the ferrymen.",
        "Follow the money, Rook said.",
        "Cookies were handed out at the end of the meeting.",
        "We use cookies as bait, the fisherman said.",
        "Copyright was the subject of the third session.",
        "Source of the trouble was a pipe under the pier.",
        "Watch out for ice on the bridge, the police warned.",
        "Topics ranged from fares to fog.",
        "Correction: the bridge closes in March, not in May.",
        "This article was amended on 12 February to give the right date.",
    ],
)
def test_prose_that_looks_alike_stays(line):
    assert not is_furniture(line)


def test_the_names_of_the_authors_alone_are_a_byline():
    assert is_furniture("Mina Thorne, Olav Pell", byline="Mina Thorne, Olav Pell")
    assert not is_furniture("Mina Thorne, Olav Pell", byline="Ida Rook")
