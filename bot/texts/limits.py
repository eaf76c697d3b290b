"""What is said where there are as many of something as there may be."""

from digest.errors import Limit

LIMITS = {
    Limit.DIGESTS: "A server has at most {most} digests, and this one has as many. `/digest delete` makes room.",
    Limit.TIMES: "A digest comes at most {most} times a day.",
    Limit.SOURCES: "A server follows at most {most} sources, and this one does. `/source remove` makes room.",
    Limit.KEYWORDS: "A digest has at most {most} words or phrases that it is to have more of.",
    Limit.LESS: "A digest has at most {most} words or phrases that it is to have less of.",
    Limit.FOLLOWS: "You follow {most} here already, which is as many as one member may. `/follow remove` makes room.",
    Limit.FOLLOWS_HERE: "Members of this server follow {most} already, as many as a server may: nobody can add more.",
    Limit.NAMES: "At most {most} names can be hidden. Remove one first.",
    Limit.REPORTS: "{most} of your reports wait already. When some are decided you can report more.",
}
