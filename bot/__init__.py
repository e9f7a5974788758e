"""Outpost without Discord: everything here is true whoever carries the words.

The glossary. Code follows it; a change of meaning changes it in the same commit.

board       a site that publishes remote jobs: We Work Remotely, Remotive …
feed        one address of a board that we read; an entry of feeds.yaml
feed book   feeds.yaml, checked: every feed we may read
entry       one item of a feed as the board gave it, cleaned, nothing derived
claim       what a board says in a field of its own (place, pay); shown as theirs, never as proven
opening     one job that is open; the same opening may stand in many entries
alias       one mark by which an opening is known again: guid, link, or company + title + place
storm       a feed we know suddenly looks mostly new: its openings are held until a moderator decides
filter      what somebody wants to hear, in the filter language; answers true, false or unknown
subscription a filter and a target: a channel (by a moderator) or a member (by themselves)
route       a subscription as the rule sees it that chooses who hears an opening
delivery    one thing the bot has promised to say, to one channel, once; a row until it is said
nonce       the 25 characters, derived from a delivery, by which Discord and we recognise it
trouble     something outside that went wrong, as a value: feed down, channel gone
refusal     an expected "no" to a person, raised by a rule, put into words in one place
notice      one message to the moderators' channel about a trouble, with buttons that mend it
server      a Discord guild that has invited the bot; moderators are those who hold Manage Server
duty        one thing the heartbeat does each beat: ask the database what is due, do it
beat        one round of a duty, with one `now`
"""

__version__ = "0.1.0"
