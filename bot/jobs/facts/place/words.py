"""The words around a place that decide what it means: patterns for `phrases`, each with what it is to catch.

Patterns that end in `$` look at the hundred characters before a place, those that begin with `^` at what follows it;
none but WORLD is run over a text, and that one only near its hints.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.jobs.facts.windows import stretches

MOST_MARKS = 60  # places of a text that are looked at more closely: one of nothing but zones says nothing


def _any(words: str) -> str:
    """One of these; a low line inside a word stands for a space or a hyphen."""
    return "(?:" + "|".join(words.split()).replace("_", r"[\s-]") + ")"


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


def windows(marks: Iterable[int], near: int, end: int) -> list[tuple[int, int]]:
    """The parts of a text around some marks, so that patterns needn't be run over all of it."""
    return stretches(sorted(marks)[:MOST_MARKS], near, near, end)


END = re.compile(r"[.!?;](?=\s)|\n|\s[•*·|]\s")  # of a sentence
LISTED = re.compile(
    r":\s*\n[\s•*·–-]*(?:\w[\w ]{2,24}:\s*)?$"
)  # "… from these countries:", and the list begins on the next line

# What may stand between a preposition and its place: "within *one of the following countries: *".
FILL = _pattern(
    "(?:"
    + _any(
        """the either one_of any_of any these following countries regions? states? locations? all both continental
        contiguous mainland approved select an at_this_time
        state greater or_near near eastern western central northern southern east west north south
        parts_of most_of all_of or and a somewhere only physically"""
    )
    + r"\b|[\s:(\[“\"–—,/|-])*$"
)
PREPOSITION = _pattern(
    r"\b(?:in|within|inside|from|out of|across|throughout|to|of|at|for|around|en|em|desde|aus|von|dans)$"
)

# Of the applicant. Each ends where the preposition begins.
THERE = _pattern(
    r"\b(?:must|should|can|may|needs? to|ha(?:s|ve) to) (?:currently )?be$|\b"
    + _any(
        """based locat(?:ed|ion) resid(?:e|es|ing|ents?|ence|ency) liv(?:e|es|ing) domiciled? situated physically
        currently settled presence wohnhaft wohnsitz ans[aä]ssig residir residen\\w+ basad[oa]s? radicad[oa]s?
        ubicad[oa]s? localizad[oa]s?"""
    )
    + r"(?:\s+"
    + _any(
        """remotely permanently physically legally anywhere primarily full_time and_work(?:ing)? or at_home status
        work(?:ing)?"""
    )
    + r"){0,3}$"
)
ALLOWED = _pattern(
    r"\bwork (?:permit|visa|authori[sz]ation|rights)$|\b"
    + _any(
        """eligib(?:le|ility) authori[sz](?:ed|ation) rights? permi(?:tted|t|ssion) allowed legally able entitled
        qualified visa legal status"""
    )
    + r"\s+(?:(?:to|for)\s+)?(?:legally\s+|be\s+)?"
    + _any("work(?:ing)? live employment employed accept_employment apply reside")
    + r"(?:\s+"
    + _any(
        """and_(?:live|work|reside) remotely lawfully legally for_any_employer permanently full_time
        without_\\w+"""
    )
    + r"){0,3}$"
)
HIRED = _pattern(
    r"\b(?:"
    + _any(
        """hir(?:e|es|ing) recruit(?:ing)? candidates? applicants? applications? talents? nationals? citizens?
        residents? open available limited restricted opportunity role position job eligible freelancers?
        contractors? someone employ consider(?:ing)? accept(?:ing)? work(?:ing|s)? done performed"""
    )
    + r"|looking for (?:an?\s)?(?:[\w/-]+\s){0,5}[\w/-]+?)(?:\s+"
    + _any(
        """is are only remote(?:ly)? people candidates? applicants? applications? those individuals anyone someone
        residents? professionals talent engineers developers to be currently based available open exclusively
        performed done from_home home fully strictly authorized and residing"""
    )
    + r"){0,5}$"
)
REMOTE = _pattern(
    r"\b(?:remote(?:ly)?|remot[oa]|remotamente|homeoffice|t[ée]l[ée]travail)(?:\s+"
    + _any(
        """role position job work opportunity only friendly eligible team_member contract based working basis
        anywhere full_time national"""
    )
    + r"){0,2}$"
)
ANYWHERE = _pattern(r"\b(?:anywhere|any (?:city|state|location|province|part))$")
ONLY_BEFORE = _pattern(
    r"\b(?:only|exclusively|strictly|solely|limited|restricted)"
    r"\s*(?:for|open to|available (?:in|to)|hiring in)?$"
)
# "Location: fully remote (" and its like: a label, then only words of the trade. The case of a label within a line
# counts: "Location:" is one, "in different regions:" is none.
LABEL = re.compile(
    r"(?:(?:^|[\n•*·(>🌎🌍🌏📍])\s*(?:\w+\s){0,2}(?i:"
    + _any(
        """locations? based(?:_in)? where regions? countr(?:y|ies) geograph(?:y|ies) residency standort arbeitsort
        ubicaci[oó]n localiza[cç][aã]o lieu"""
    )
    + r")|\b(?:Job |Work |Role |Candidate |Position )?"
    + _any("Locations? LOCATIONS? Regions? Countr(?:y|ies) Location_Requirements?")
    + r")\s*[:–—-]\s*(?i:"
    + _any(
        """100 fully full remote(?:ly)? work_from_home home wfh hybrid only in from within anywhere based or
        this_role_is open_to candidates must_be available the and worldwide position role full_time part_time
        contract permanent job opportunity"""
    )
    + r"\b|[\s(,/:%–—-])*$"
)

# Behind a place.
ONLY_BEHIND = _pattern(
    r"^(?:\s*[)\]]?\s*[-‐‑–—]?\s?(?:based\s*)?only\b"
    r"|\s*[-‐‑–—]?\s?(?:residents?|citizens?|citizenship|nationals?|candidates?|applicants?|residency)\b"
    r"(?! (?:data|privacy|rights|(?:also |will |can |may |are )*(?:receive|get|enjoy|entitled|offered)))"
    r"|[-‐‑–—\s](?:work (?:authori[sz]ation|permit|visa|eligibility)|passport|persons?\b)"
    r"|[-‐‑–—]based "
    + _any(
        "candidates? applicants? remote only role position individuals? professionals? freelancers? talent"
    )
    + r"|[-‐‑–—\s]remote\b(?! (?:team|work))|\s*\(remote\))"
)
# Only if "based" belongs to who applies: "Turkey based development team" does not.
BASED_BEHIND = _pattern(
    r"^\s?[-‐‑–—]?\s?based\b(?:\s*(?:$|[,.;)(/!&]|"
    + _any(
        """candidates? applicants? remote(?:ly)? only role position individuals? professionals? freelancers?
        talents? and or contractors? person people employees? someone developers? engineers? designers? managers?
        writers? specialists? opportunity with who working hours home_office senior junior experienced"""
    )
    + r"\b))"
)
# "Our Turkey based team" is no applicant either.
OURS = _pattern(r"\b(?:our|their|its)\s*$")
# "… or wherever you are" takes it back; so does a heading of the law's own words.
TAKEN_BACK = _pattern(
    r"^[\s,)]*(?:or|and|&|/)\s+(?:wherever|anywhere|elsewhere|world-?wide|beyond|other (?:countries|locations)"
    r"|(?:fully |100% )?remote(?:ly)?\b(?!\s*(?:in\b|within|from|across|[(:,–-]))|work (?:remotely|from home))"
    r"|^\s*:\s*(?:in compliance|pursuant|the |pay|salary|we )|^[^.\n]{0,30}\b"
    + _any(
        """know_your_rights privacy eeo equal_(?:employment_)?opportunity disclosures? pay_transparency
        notice"""
    )
    + r"\b"
)
MONEY_BEHIND = _pattern(r"^[^.\n]{0,25}[$€£]\s?\d")

# Turned round: nobody from there, or nobody but from there.
BUT = _pattern(
    r"(?:\b"
    + _any(
        """except(?:ing)? excluding excludes? exclusion_of exception_of other_than apart_from but_not not cannot
        can_?not can['’]t unable_to no don['’]t do_not without aside_from"""
    )
    + r"\b[^.;:]{0,60}|!)$"
)
# … or they mayn't.
DECLINED = _pattern(r"declin|reject|not be\b|ineligible|cannot|disqualif|reserves? the right|will not")
NO_NEED = _pattern(r"(?:\bnot|n['’]t) (?:need|have|required?|necessary|matter)\b")
OUTSIDE = _pattern(r"\boutside(?:\s+of)?$")
NEGATED = _pattern(r"\b(?:not|no|cannot|can['’]t|unable|don['’]t|never|won['’]t)\b")
OF_PEOPLE = _pattern(
    _any("candidate applicant hir resident remote based accept open located available eligible")
)
# People abroad are spoken of: they may apply.
OF_ABROAD = _pattern(
    r"\b"
    + _any(
        """candidates? applicants? hires? hiring contractors? employees team_members avg average rates? live based
        located"""
    )
    + r"\b"
)

# In Portuguese "no" is "in the".
NO_IS_IN = _pattern(
    r"\b(?:resident\w*|residir|resid[ae]|localizad\w+|morador\w*|morar|remot[oa]) n[oa]s?\s*$"
)

# Said of somebody or something else; the last is the company's name, blotted out.
OTHERS = _pattern(
    r"\b"
    + _any(
        """we we['’]re we_are we_have we['’]ve company start-?up offices? hq headquarter\\w* clients? customers?
        firm agency users? partners? bank founded businesse?s? employer lead group brands? stores? institutions?
        investors? backed subsidiary members colleagues teammates entity hubs? vendors? markets? manager founders?
        data centers? organi[sz]ations? hospitals? operations presence experience knowledge understanding patients
        families students schools teams? it_is who_is were is_a companies staff providers? sites? facility
        facilities reports?_to reporting_to directors? projects? regulations? laws? leader leading launched born
        registered incorporated currency team_members?"""
    )
    + r"\b[^.;:]{0,45}$|·{3}[^.;:]{0,25}$"
)
OUR_TEAM = _pattern(r"\b(?:our|a|the) team of [^.;:]{0,70}$")  # "… of 30 experts, based in Spain"
APPLICANT = _pattern(
    r"\b"
    + _any(
        """must should need(?:s|ed)? required? requires? candidates? applicants? you you['’]re you['’]ll role
        position job looking_for hiring hire seeking only someone person eligible individuals residents?
        opportunity authorized this_is open_to professionals remote(?:ly)? contractors? freelancers? anywhere
        employees? work_from"""
    )
    + r"\b"
)
SOFT = _pattern(
    r"\b"
    + _any(
        """prefer\\w* ideal(?:ly)? a_plus bonus nice_to_have advantage\\w* desirable priorit\\w+ such_as for_example
        e\\.g benefits? insurance dental hsa fsa holidays? 401 welcome_but"""
    )
)
# Towns and states are named for many reasons; these words say that one has to be there.
STRICT = _pattern(
    r"\b"
    + _any(
        """must only reside residents? candidates? applicants? require[sd]? eligible within exclusively limited you
        looking_for remote(?:ly)?"""
    )
    + r"\b"
)
SOFT_BEHIND = _pattern(
    r"^[\s,(–-]*(?:-?based )?(?:is |are |as )?(?:strongly |highly )?"
    r"(?:prefer\w*|ideal\w*|a (?:strong )?plus|a bonus)\b"
)
IF = _pattern(
    r"(?:\b(?:if|when|unless(?! otherwise)|depending|whether"
    r"|who (?:wish|want|choose)(?:e?s)? to (?:work (?:out of|from|in|at)|come|attend)\b|employees (?:in|based|who))\b"
    r"|\bfor (?:all |our |any |those |full[- ]time |eligible )?"
    + _any("employees hires those team_members full_timers? staff workers")
    + r"\b|^\W*for (?:all |our |any |those )?"
    + _any("candidates applicants residents individuals people positions roles jobs")
    + r"\b)[^.;]{0,50}$|(?<!open )(?<!only )(?<!able )(?<!mote )\bfor(?: our| all| any)?\s*$"
)
# "Please only apply if you live in …" is no condition but a rule.
ONLY_IF = _pattern(r"\bonly\b[^.;]{0,30}\bif\b[^.;]*$")
# Where the others work: of a remote company that is where one works too, but nobody said so.
WORKFORCE = _pattern(
    r"\b(?:remote|distributed|virtual)\b.*\b(?:employees|team members|team|workforce|staff|people|colleagues)$"
)
TRADE = _pattern(
    r"\b"
    + _any(
        """travel relocat\\w+ commut\\w+ visit\\w* ship\\w* sell\\w* sold expan\\w+ serv(?:e|es|ing) deliver\\w* fly
        retreats? offsites? pay paid salary compensation range buying"""
    )
    + r"\b[^.;:]{0,40}$"
)

# From anywhere: looked for near the hints.
WORLD_HINTS = (
    *("world", "globe", "planet", "anywhere", "any country", "any location", "regardless of", "wherever you"),
    *(
        "all countries",
        "every country",
        "any time",
        "restriction",
        "agnostic",
        "location-ind",
        "location ind",
    ),
    *("international ok", "remote global", "remote (global", "remote, global", "remote - global"),
    *("remote international", ": global", "- global", ": international"),
)
WORLD = _pattern(
    r"\banywhere (?:in the world|on (?:the )?(?:planet|earth|globe)|globally|worldwide)\b"
    r"|\bworld-?wide\b|\b(?:around|across|over) the (?:world|globe|planet)\b"
    r"|\bany (?:country|location)\b|\bregardless of (?:your |their )?(?:location|country|where)\b"
    r"|\bwherever you(?:['’]re)? (?:are|want|like|live|happen)\b|\b(?:all|every) countr(?:ies|y)\b"
    r"|\bany time ?zone\b|\bno (?:location|geographic\w*) restrictions?\b|\blocation[- ](?:agnostic|independent)\b"
    r"|\binternational ok\b"
    r"|\bremote[\s,:/(–—-]+(?:globally\b(?! \w)|global\b(?! \w)|anywhere\b(?! (?:in|within|across)\b)"
    r"|international\b(?! \w))"
    r"|\blocations?\s?[:–-]\s?(?:(?:100% |fully )?remote\s?)?[\s,/(–-]*(?:global|anywhere|international)\b"
    r"(?! (?:in|within|across|from)\b)"
    r"|\b(?:remote,? from|you can (?:work|live|be based|be located)(?: from)?|be based) anywhere\b"
    r"(?! (?:in|within|across|inside|from|you)\b)"
)
# What makes of such words a statement on the job.
WORLD_OF_JOB = _pattern(
    r"\b"
    + _any(
        """work working based locat(?:ed|ion)s? live living remote(?:ly)? hire hiring candidates? applicants?
        applications? open_to open_for position role apply anyone reside"""
    )
    + r"\b"
)
WORLD_OF_OTHERS = _pattern(
    r"\b"
    + _any(
        """clients? customers? users? brands? companies businesses markets? patients teams? colleagues teammates
        offices leader deliver\\w* sell ship funds? reach trusted used impact communit\\w+ partners? millions
        families organi[sz]ations weeks? days months? merchants retailers institutions lives holidays? retreats?
        meet\\w* travel\\w* programs? publishers employees help projects? innovation best-in-class leading solutions
        products services we_are_\\S+_people people_(?:across|around|from|all|in) team_members"""
    )
    + r"\b"
)
