"""Outpost without Discord: everything here is true whoever carries the words.

The glossary. Code follows it; a change of meaning changes it in the same commit.

board       a site that publishes remote jobs: We Work Remotely, Remotive …
feed        one address of a board that we read; of feeds.yaml, or added by a server's moderators for it alone
feed book   feeds.yaml, checked: every feed we may read
entry       one item of a feed as the board gave it, cleaned, nothing derived
claim       what a board says in a field of its own (place, pay); shown as theirs, never as proven
posting     what one board gave of one opening, cleaned; facts are read from it and nothing else
fact        what a posting's own words say of place, pay, level, employment, skills; never without evidence
evidence    where a fact stands: from which character to which, and the rule that read it there
opening     one job that is open; the same opening may stand in many entries
sighting    an entry with the opening it turned out to be; of each feed that shows an opening one is kept
fold        openings that differ in their place alone are told in one message, that of the first
alias       one mark by which an opening is known again: guid, link, or company + title + place
storm       a feed we know suddenly looks mostly new: its openings are held until a moderator decides
filter      what somebody wants to hear, in the filter language; answers true, false or unknown
subscription a filter and a target: a channel (by a moderator) or a member (by themselves)
ears        which server hears which feed, and so may know of which opening
route       a subscription as the rule sees it that chooses who hears an opening
digest      what a channel's rhythm, or its cap, kept back: one message a day at most, the best first
alert       what is due to one member, as one direct message
dead end    an opening whose board says anywhere, and whose own words leave a member's countries out
delivery    one thing the bot has promised to say, to one channel, once; a row until it is said
revision    the next value of a delivery: its message is edited, never said twice
way         how a message goes out beside its words: how loud, to whom, under what name and tags in a forum
post        what stands in a forum: a thread with its first message, which needs a name and may need a tag
direct message a delivery to one member, in their own channel with the bot; only to those who agreed
listener    what counts when a member is to be written to: do they allow it, and from when on
doorbell    how sparingly members are written to: one message a minute to one, twenty new people an hour
nonce       the 25 characters, derived from a delivery, by which Discord and we recognise it
trouble     something outside that went wrong, as a value: feed down, channel gone
refusal     an expected "no" to a person, raised by a rule, put into words in one place
notice      one message to the moderators' channel about a trouble, with buttons that mend it
server      a Discord guild that has invited the bot; moderators are those who hold Manage Server
panel       the one public message with which members begin; a server has one, its buttons answer in private
member      a person in one server who has pressed something there; nothing of them spans two servers
wish        what a member said they came for: openings, check-ins, reviews, people, to help
private search  on from the first minute: nothing that could tell others of a search is shown
door        one thing a member may open all the same while they search in private; it opens no other
consent     a member's own press that lets the bot write to them directly
profile     what a member tells of themselves; each field has its own circle: me, pairs, server
guard       a company or member that somebody must not meet here; their employer is one by itself
block       two members who are never brought together again; kept as a mark that names nobody
mark        a keyed hash: says "the same again" to those who hold the key, and nothing to others
meeting     what counts of one member when two are brought together; `may_meet` decides
pen name    what a member is called in one circle instead of their name
case        what somebody told the moderators, with its number, its states, and who did what with it
doubt       a member says that a fact is wrong, or that an opening looks like a scam; a moderator decides
find        an opening that a member found elsewhere and shares with the server
inquiry     who knows this company? At most one member a week is asked, in silence, until one says yes
audience    who may read one case: one person, or the holders of a role; never the one it is about
look        somebody looked into a member's record for a case; that member can read so
introduction one member asks to meet another, who accepts or lets it lapse; a "no" shows nowhere
resource    help from outside: a community, a course, a guide; of resources.yaml, or a server's own
need        what a resource is looked for by: to learn, to prepare for an interview …
source      what a resource was compared with: a page of theirs, a list of others, or nothing (memory)
letter      a direct message to a member who allowed them
desk        who looks after safety in a server: a role or the owner, and the second contact
cooldown    how soon after one thing a member may do the next of its kind
circle      who sees one field of a profile: me alone, the pairs I am in, the server
zone        where a member's clock is: an IANA name, chosen by typing a city
quiet hours when nothing is sent to a member; what is due then waits until they end
retention   how long each thing is kept, and the duty that forgets it afterwards
backup      everything of one moment in one checked file; erasures are known without it
group       members who check in together; moderators' commands call it a cohort
week        Monday to Sunday on somebody's own clock, named by the date of its Monday
cycle       one week of one group: scheduled, open, digested, final, or skipped
member week one week of one member: whether they were here, and what they said
check-in    what a member says in one week: goals finished, what they learned, goals to come, when and where
card        a check-in as others see it; only what its author let them see
win         one line that its author put into the digest
starter     a question to talk about for a week, of prompts.yaml
template    the questions of a group's form, of prompts.yaml
streak      check-ins in a row; a fold over a member's weeks, kept nowhere
freeze      what keeps a streak over a week without a check-in; earned by weeks that were kept
repair      the next check-in mends the week before, once in eight weeks
amnesty     the bot was away too long for a week to count
outage      the bot was away, or Discord was, for more than an hour
pod         three to five members of a group with a private thread of their own
thanks      one press for one card; only its author sees how many
result      one line of a member's own list of what they achieved
season      eight weeks of a group; then moderators choose how it goes on
request     something a member wants read: a resume, profile, letter, answer, pitch or portfolio
reader      who reads for others, so many documents at a time
reading     one reader of one request: proposed, accepted, submitted, rated; or over before its end
round       one draw of readers for requests: weekly, by hand, or hourly for those who want it soon
rubric      what readers are asked about a kind of document; its items stand in rubrics/*.yaml
sheet       a rubric as one reader fills it in, kept at each press
match       who was drawn to meet, for a week or for four; members read "meeting"
turn        one week of a match: did they meet?
debrief     six private questions after a meeting that end in one next step
duty        one thing the heartbeat does each beat: ask the database what is due, do it
beat        one round of a duty, with one `now`
"""

__version__ = "0.1.0"
