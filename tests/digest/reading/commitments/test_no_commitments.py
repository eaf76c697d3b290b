"""What reads like a commitment in real news and is none: rhetoric, descriptions, hopes, logistics, what is over."""

from datetime import date

import pytest

from tests.digest.reading.commitments.told import commitments, only


@pytest.mark.parametrize(
    "text",
    [
        # nobody could say whether it was kept
        "“We’re going to build ladders of opportunity,” Edda Voss said.",
        "Edda Voss promised a country of new opportunities.",
        "Edda Voss highlighted her plans to combat the problem.",
        "“We will solve this problem,” Edda Voss said.",
        "Edda Voss promised to stand by Ostmark.",
        "“I will work every day,” Edda Voss said.",
        "Edda Voss pledged cooperation and a sincere bond between the two states.",
        "“We will send a message to the 200 islands,” Edda Voss said.",
        "“We refuse to live in that,” Edda Voss said.",
        "“We’re not going to scare them,” Edda Voss said.",
        "“I’m going to trust the voters of Sarn,” Edda Voss said.",
        "“I’m not going to get lied about,” Edda Voss said.",
        "Edda Voss has no plans of stopping.",
        # told of them, not by them
        "The council praised the guild, which aims to oust the king.",
        "Party leaders consoled themselves with assurances that Norland’s fleet would never sail.",
        "Olaf Rook will retain his title of chairman.",
        # over, or nobody else's business
        "Norland said that it had intended to sell the ferry.",
        "Edda Voss hoped to sell the ferry, her sister said.",
        "Ida Rook said that the director had threatened to derail her career.",
        "“We have decided to separate,” the two said.",
        "Edda Voss has decided to end her marriage.",
        # no more than a hope, a manner of speaking, praise
        "The Rovers hope to mimic the rise of Sarn.",
        "Edda Voss has promised to give it her best shot.",
        "Norland has always been willing to mend roads, says Olaf Rook, a banker.",
        "Norland will (or won’t) sell the ferry.",
        "Edda Voss says she hopes to be elected president.",
        "The test was Norland’s biggest, it said, although it may take several days to measure it.",
        "Edda Voss told the miners she would consider it an insult if they stayed at home.",
        "The bureau says it would depress revenue in the first years.",
        "Once she has had her say, Edda Voss is ready to move on.",
        # bound are others, nobody yet, or everybody's customers
        "Edda Voss brokered an accord committing Norland to cutting taxes.",
        "Norland sent a letter with a draft in which Ostmark would pledge to cut taxes.",
        "If the party wins, the government could reverse the rules or decline to appeal to the court.",
        "The bank offers loans to parents.",
        "Edda Voss agreed to an interview with The Record.",
        # which ones?
        "New logistics firms plan to open offices.",
        "The union campaigns for parties aiming to fill the hall.",
        "Democrats will hope to profit from the quarrel.",
        "“We need Norland to remain a leader, committed to defending the treaty,” Edda Voss said.",
        "I am asking Norland to recognise the river by committing to not using the weir.",
        "A president will hand the war to his heir.",
        "Perhaps Norland will oppose the treaty.",
        "Hopefully, Norland will sign the treaty.",
        "The towns gathered in May, where Norland will choose a mayor.",
        "The minister must decide which ships Norland said it would sell.",
        # what one hopes for and others decide
        "Norland was hoping to pick up votes in the north.",
        "Norland hoped to have sold the ferry.",
        "Edda Voss spoke of her hopes to win the vote.",
        "Edda Voss is the party’s best hope to reclaim the town hall.",
        "The farmers hope that it will rain, and spoke of their hopes that Norland will help them.",
        "The board hopes to begin winning the town’s support.",
        "The bank warned that it could default on its debt.",
        "Norland was hoping to surge in the north.",
        # words, logistics, opinions
        "Edda Voss plans to vote for Olaf Rook.",
        "“I’m worried that we will close the mill,” Edda Voss said.",
        "“We’re going to rescue Norland from the banks,” Edda Voss said.",
        "The parties broadly agreed on a moral responsibility for the islands.",
        "Members agree that the prison should be closed.",
        "The ministry said it was on her to be willing to open the dam.",
        "Olaf Rook said that Edda Voss wasn’t willing to debate the weir.",
        "Edda Voss refused to use the term.",
        "Edda Voss will return the favor.",
        "Norland has no sincere intention of complying with the treaty.",
        "“I guarantee you that Olaf Rook would do better,” Edda Voss said.",
        "The mayor asked how Norland decided to proceed.",
        "Questions surface as to when Edda Voss will hold her next vote.",
        "Edda Voss said she’d be doing so not because of Rook but because of the dam.",
        "“We always have, and we will this time as well,” Edda Voss said.",
        "“We may end up having to do it in pieces,” Edda Voss said.",
        "“I’m going to defend the treaty,” Edda Voss said.",
        "Both candidates have sought votes while offering qualified support for the mills.",
        "Edda Voss is promising not just a few tugs.",
        "Edda Voss plans to be back in Sarn on Saturday.",
        "Olaf Rook agreed to talk on the condition that his name not be used.",
        "Olaf Rook refused to entertain the thought of leaving.",
        "Edda Voss spoke of Norland’s refusal to discuss the weir.",
        "Olaf Rook agreed that a mayor should make the rules clear.",
        "Both sides agreed that prices will fall.",
        "The parties agree only on their opposition to the weir.",
        "Edda Voss said she would rather vote for Ostmark than for Norland.",
        "Edda Voss intended to show that Rook was wrong.",
        "Olaf Rook had an offer to publish the book.",
        # over, or something else now
        "Norland originally said it would close the mine.",
        "Prosecutors initially threatened to charge him with three felonies.",
        "Olaf Rook, who said he would campaign with her, ultimately did not show up for the race.",
        "Edda Voss showed no sign that she was planning to leave the council.",
        "Olaf Rook, who had said he would debate the mayor, left.",
        "This would run counter to Norland’s original pledge to remove all tugs.",
        "Before the storm, the court had agreed to hear cases of the unions.",
        "Olaf Rook, who last year threatened to close the port, left.",
        "Olaf Rook had previously pledged to support the mayor.",
        "Norland’s plans to build the dam fell to the wayside.",
        "In 2005 Edda Voss had enough of banks and decided to found a mill.",
        "Norland broke her official pledge in 2009 to leave the board.",
        "Norland is no longer aiming to sell the ferry.",
        # what the writer thinks
        "Often, firms will hire banks to work on a deal.",
        "Norland almost certainly will not sell the ferry.",
        "It seemed like the members have decided to open the dam.",
        "The party will pledge to open the dam.",
        "Edda Voss spoke of Norland’s seeming intention to push the islands out.",
        "And, in any case, it will not bring the jobs back.",
        "The paper told of a fear: that the bank will raise rates.",
        "The mayors, whose usual response is to ignore the law, left.",
        # whom it is about, is not sure
        "Edda Voss is one of the few members who have refused to close the mill.",
        "The vote favours candidates who are willing to open the dam.",
        "The firms acknowledge that it will require a levy.",
        "Many days, former clerks said, she would stay at the mill past midnight.",
        "The platform vows to oppose the levy.",
        "John Rook, a spokesman for Ann Lee, said that she would open the dam.",
        "Edda Voss went on offense against John Rook on Monday, saying he would abandon the dam.",
        "Olaf Rook says the two met in Sarn and decided to host the show together.",
        "The Sarn Agreement will not take effect until 55 states sign it.",
        "The mayor’s last address will attempt to frame the choice.",
        "Edda Voss released details of her plan, which would raise taxes.",
        "Edda Voss attacked Olaf Rook, saying he would close the mines.",
        "Olaf Rook said that, if Edda Voss is elected, she’ll close the mines.",
        "John Rook’s lawyer, Edda Voss, said he would wait until a judge had been named.",
        "Olaf Rook is in Sarn, Arno Voss said, adding that he would open the dam.",
        "Edda Voss’s husband, Olaf Voss, was free and would open a shop, the mayor told her.",
        "Win or not, candidate says, campaign aims to transform the town.",
        "Several senators said they’re willing to sell the ferry.",
        "After two years the envoy will be replaced by Olaf Rook, the consul in Sarn.",
        "“You pass a law that says we’re going to build more walls,” Edda Voss said.",
        "“Voters will not be content with ‘We’ll bomb the dam,’” Edda Voss said.",
        # a cue that is none
        "Of the 475 pledged delegates, all left.",
        "The region offers rich natural resources.",
        "The bank promised Olaf Rook that he could run the mill.",
        "The course, a programme that the school offers to help young smiths, is full.",
    ],
)
def test_it_is_not_listed(text):
    assert commitments(text) == []


@pytest.mark.parametrize(
    ("text", "kind", "actors", "what"),
    [
        ("Olaf Rook is a bully who has pledged to ban all trawlers.", "pledge", ("Olaf Rook",), "ban all trawlers"),
        ("Olaf Rook spoke, but he is a liar and bully who has pledged to ban trawlers.", "pledge", ("Olaf Rook",),
         "ban trawlers"),
        ("“No,” said Livia Sosa, a consultant and a writer who said she would not open the shop.", "refusal",
         ("Livia Sosa",), "open the shop"),
        ("SARN (AFP) – President Edda Voss will sign the dam law.", "plan", ("Edda Voss",), "sign the dam law"),
        ("Edda Voss, founder of Clean Sarn — a charity — was planning to open the dam, the mayor said.", "plan",
         ("Edda Voss",), "open the dam"),
        ("The contenders Ann Lee and John Holm have agreed to divide the towns.", "agreement",
         ("Ann Lee", "John Holm"), "divide the towns"),
        ("Since 2001, Edda Voss has made promises to give the fees to charity.", "pledge", ("Edda Voss",),
         "give the fees to charity"),
        ("Miners are crying foul and threatening to sit out the election.", "threat", ("Miners",),
         "sit out the election"),
        ("Donna Brandt will take over as interim chair.", "plan", ("Donna Brandt",), "take over as interim chair"),
        ("Olaf Rook is set to publish in May.", "plan", ("Olaf Rook",), "publish"),
        ("Edda Voss said she has no intention of becoming the mayor.", "refusal", ("Edda Voss",), "becoming the mayor"),
        ("The council isn’t planning to replace the judge.", "refusal", ("The council",), "replace the judge"),
        ("Norland does not intend to sell the ferry.", "refusal", ("Norland",), "sell the ferry"),
        ("Edda Voss told the paper that she is not planning an appeal of the ruling.", "refusal", ("Edda Voss",),
         "an appeal of the ruling"),
        ("Norland is planning a vote to bring back the tolls.", "plan", ("Norland",), "a vote to bring back the tolls"),
        ("Edda Voss has wooed the farmers with promises to build a dam.", "pledge", ("Edda Voss",), "build a dam"),
        ("Edda Voss pledged to be a friend not only to Norland but to Ostmark.", "pledge", ("Edda Voss",),
         "be a friend not only to Norland but to Ostmark"),
        ("Edda Voss was asked about her plan to mend the dam and her vote against the levy.", "plan", ("Edda Voss",),
         "mend the dam"),
        ("Olaf Rook pledged to put Norland, which has not voted for him in years, in play.", "pledge", ("Olaf Rook",),
         "put Norland, which has not voted for him in years, in play"),
        ("Voss spoke of Norland’s promises of help to the islands to adapt to the tide.", "pledge", ("Norland",),
         "help"),
        ("The cities of Sarn and Holm said they would light the towers.", "plan", ("The cities of Sarn and Holm",),
         "light the towers"),
        ("Olaf Rook - who said he would bomb the oil fields - left.", "plan", ("Olaf Rook",), "bomb the oil fields"),
        ("Olaf Rook says he won’t open the dam and could end up closing it.", "refusal", ("Olaf Rook",),
         "open the dam"),
        ("Edda Voss vowed to go after firms that ship jobs overseas.", "pledge", ("Edda Voss",),
         "go after firms that ship jobs overseas"),
        ("The raids have alarmed Norland, which sent tugs last month, and threatened to afterwards close the strait.",
         "threat", ("Norland",), "afterwards close the strait"),
        ("Olaf Rook’s rival was Edda Voss, who said she would only use the dam sparingly.", "plan", ("Edda Voss",),
         "only use the dam sparingly"),
        ("It rained. Outside Brennholt workers sang. At Brennholt it rained. Brennholt said it would return the money.",
         "plan", ("Brennholt",), "return the money"),
        ("The Sarn Papers told of fraud. Sarn has pledged to mend the law.", "pledge", ("Sarn",), "mend the law"),
        ("Deputy Director of Norland’s railway Ida Rook spoke. Norland plans to sell the ferry.", "plan", ("Norland",),
         "sell the ferry"),
        ("Edda Voss and Edda Voss have pledged to sell the ferry.", "pledge", ("Edda Voss",), "sell the ferry"),
        ("The Sarn Wall fell in 1989. Sarn’s pledge to add 7,000 soldiers was welcomed.", "pledge", ("Sarn",),
         "add 7,000 soldiers"),
        ("The Record went out. “I was a Record-taker,” Ida Rook said. Many praised The Record’s vow to keep names.",
         "pledge", ("The Record",), "keep names"),
    ],
)  # fmt: skip
def test_it_is_listed_with_its_actor(text, kind, actors, what):
    found = only(text)
    assert (found.kind, found.actors, found.what, found.condition) == (kind, actors, what, None)


def test_the_time_before_a_plan_is_its_deadline_and_before_a_promise_is_when_it_was_made():
    assert only("In August, Norland plans to sell the ferry.").deadline[0] == "In August"
    assert only("In August, Norland promised to sell the ferry.").deadline is None


def test_who_sets_a_date_for_something_plans_it():
    found = only("Norland has set Friday as the date for a vote on the dam.")
    assert (found.kind, found.actors, found.what, found.cue) == ("plan", ("Norland",), "a vote on the dam", "set")
    assert found.deadline == ("Friday", date(2026, 3, 13), date(2026, 3, 13))
    text = "Ida Rook suggested that Norland and its allies had set 10 September as the date for a full bombardment."
    assert only(text).what == "a full bombardment"
    assert only("Norland fixed Monday for the sale of the mine.").deadline[0] == "Monday"
    assert commitments("Norland set Friday as the deadline for the repairs.") == []
    assert commitments("Ida Rook suggested that Norland set Friday as the date for a vote.") == []


def test_many_are_no_she():
    assert commitments("Many days, former employees said, she would close the office past midnight.") == []


def test_a_length_of_time_is_no_condition():
    assert only("Norland will sue the state that left voters waiting as long as five hours.").condition is None
    text = "Norland offered to come upon the condition that Ostmark pays for the coal."
    assert only(text).condition == "upon the condition that Ostmark pays for the coal"


def test_the_condition_of_another_verb_is_none_of_this_one():
    text = "Olaf Rook plans to stay in the party and would have joined it if it had let him."
    assert only(text).condition is None


def test_far_down_the_page_what_was_declined_or_agreed_is_over_unless_a_day_is_named():
    lead = "The wind rose. The rain fell. The sea was calm. The sun came out. The ships came home. "
    assert commitments(lead + "Norland declined to sell the ferry.") == []
    assert commitments(lead + "Norland agreed to sell the ferry.") == []
    assert only(lead + "On Monday Norland agreed to sell the ferry.").what == "sell the ferry"
    assert only(lead + "Norland has agreed to sell the ferry.").what == "sell the ferry"
    assert only(lead + "Officials said Norland agreed to sell the ferry.").what == "sell the ferry"
    assert only("Norland agreed to sell the ferry.").what == "sell the ferry"
    assert commitments(lead + "Officials said Norland decided to sell the ferry.") == []
