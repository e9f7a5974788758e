"""The filter language: what is understood, what it answers, how it is explained."""

import pytest

from bot.jobs.query import Document, Filter, FilterError, Line, Truth, complete, explain, parse

BOARDS = ["Remotive", "We Work Remotely", "Remote OK"]
OPENING = Document.of(
    title="Senior C++/Node.js Front-End Engineer (R&D)",
    company="Acme & Söhne",
    board="We Work Remotely",
    tags=["ASP.NET", "data science", "Python"],
    text="Ready to go? You'll write C# and Go in the U.S.\nWe're a Zürich start-up. 后端工程师",
)
NAMELESS = Document.of(title="Go developer", board="Remotive")


# fmt: off
FINDS_IT = [
    "senior", "SENIOR", "engineer", '"front-end engineer"', '"front end engineer"', "frontend", "front-end",
    "c++", "C++", "node.js", "nodejs", "node", "js", '"node js"', "r&d", "c#", "go", "asp.net", ".net", "net",
    "acme", "sohne", "söhne", "SÖHNE", "zurich", "zürich", "u.s.", "us", "startup", "start-up", "we're",
    '"data science"', "python", '"c++ node.js"', "后端", "工程", '"acme söhne"', '"write c# and go"', "and",
    "company:acme", 'company:"acme sohne"', "board:remotely", 'board:"we work remotely"', "Company:acme",
    "senior python", "senior AND python", "rust OR python", "-rust", "NOT rust", "--python", "NOT -python",
    "rust OR go python", "(rust OR go) python", "-(rust OR perl)", "-(rust python)", "-company:globex",
    "", "   ", "“data science”", "–rust", "„data science“", "ｐｙｔｈｏｎ", "python,go", "company: acme",
    "go (python)", "(((go)))", '-"data engineer"', "NOT (rust OR NOT go)", "+python+",
]
MISSES_IT = [
    "c", "r", "d", "f#", "engine", "enior", "javascript", '"engineer senior"', '"science python"', "nodes",
    '"r&d acme"', "company:senior", "company:zurich", "board:acme", "-senior", "NOT senior", "write-c",
    "rust", "senior rust", "rust OR perl", "python -go", "-(rust OR go)", "(rust OR go) perl",
    "rust OR go perl", "-company:acme", "NOT board:remotely", "后工",
]
# fmt: on


@pytest.mark.parametrize("words", FINDS_IT)
def test_the_opening_passes(words: str) -> None:
    """Whole words and phrases in any spelling, fields, operators and brackets find the opening."""
    assert parse(words).matches(OPENING) is Truth.TRUE


@pytest.mark.parametrize("words", MISSES_IT)
def test_the_opening_does_not_pass(words: str) -> None:
    """Parts of words, other words' look-alikes, phrases over a border and denied words don't find it."""
    assert parse(words).matches(OPENING) is Truth.FALSE


@pytest.mark.parametrize(
    ("title", "finds", "misses"),
    [
        (".NET developer", ".net", "net"),
        ("Net sales of 5+ years", "net", ".net"),
        ("C++17 engine", "c++", "c"),
        ("C/C++, C#", "c", "d"),
        ("R&D lead", "r&d", "r"),
        ("R, SAS", "r", "r&d"),
        ("Going places", "going", "go"),
        ("Frontend lead", "front-end", "front"),
        ("Q&A at AT&T", '"at&t"', "at&a"),
    ],
)
def test_short_names_are_words_of_their_own(title: str, finds: str, misses: str) -> None:
    """The signs that belong to a name keep it apart from its neighbours."""
    document = Document.of(title=title)
    assert parse(finds).matches(document) is Truth.TRUE
    assert parse(misses).matches(document) is Truth.FALSE


@pytest.mark.parametrize(
    ("words", "truth"),
    [
        ("company:acme", Truth.UNKNOWN),
        ("-company:acme", Truth.UNKNOWN),
        ("go company:acme", Truth.UNKNOWN),
        ("rust company:acme", Truth.FALSE),
        ("go OR company:acme", Truth.TRUE),
        ("rust OR -company:acme", Truth.UNKNOWN),
        ("-(rust company:acme)", Truth.TRUE),
        ("acme", Truth.FALSE),
        ("board:remotive", Truth.TRUE),
    ],
)
def test_a_company_nobody_told_is_unknown(words: str, truth: Truth) -> None:
    """What isn't stated neither passes nor is denied, unless the rest decides."""
    assert parse(words).matches(NAMELESS) is truth


def test_only_true_passes() -> None:
    """As a condition, unknown counts like false."""
    assert [bool(truth) for truth in (Truth.TRUE, Truth.UNKNOWN, Truth.FALSE)] == [True, False, False]


# -- writing and reading aloud -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "written", "aloud"),
    [
        ("", "", "everything"),
        ("python AND NOT senior", "python -senior", "python and not senior"),
        ("a OR b AND c", "a OR b c", "a or b and c"),
        ("(a OR b) AND (c)", "(a OR b) c", "(a or b) and c"),
        ("NOT (a b)", "-(a b)", "not (a and b)"),
        ("a (b (c d))", "a b c d", "a and b and c and d"),
        (
            '“Data  Engineer” company:"Acme"',
            '"Data Engineer" company:Acme',
            "“Data Engineer” and company Acme",
        ),
        ('"NOT" "-x" "a:b"', '"NOT" "-x" "a:b"', "“NOT” and -x and a:b"),
        ("NOT NOT a", "--a", "not not a"),
        ('board:"We Work Remotely"', 'board:"We Work Remotely"', "board “We Work Remotely”"),
        ("company:-x company:OR", "company:-x company:OR", "company -x and company “OR”"),
    ],
)
def test_a_filter_is_written_in_one_way_and_read_aloud(typed: str, written: str, aloud: str) -> None:
    """Spellings of one filter become one text, which means the same again; `words` reads it to a person."""
    understood = parse(typed)
    assert (str(understood), understood.words()) == (written, aloud)
    assert parse(written) == understood


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("python or go", "“or” is looked for as a word. Write OR if you meant the operator."),
        ("not senior", "“not” is looked for as a word. Write NOT if you meant the operator."),
        ("python, go", "A comma means AND. Write OR between words to hear about either."),
    ],
)
def test_what_was_probably_meant_is_hinted(typed: str, hint: str) -> None:
    """Lower-case operators are words, commas are AND; both are allowed, and said."""
    assert parse(typed).hints == (hint,)


def test_quoted_words_give_no_hint() -> None:
    """Who writes quotes knows what they mean."""
    assert parse('"and" "a, b" python').hints == ()


# -- errors --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "at", "says"),
    [
        ("python OR", "OR", "OR needs a word on both sides"),
        ("OR python", "OR", "OR needs a word on both sides"),
        ("a AND OR b", "AND", "AND needs a word on both sides"),
        ("(OR a)", "OR", "OR needs a word on both sides"),
        ("a (b AND)", "AND", "AND needs a word on both sides"),
        ("python NOT", "NOT", "NOT needs a word after it"),
        ("(python", "(", "never closed"),
        ("a (", "(", "never closed"),
        ("python) go", ")", "closes nothing"),
        (")", ")", "closes nothing"),
        ("a ()", "(", "nothing in these brackets"),
        ('go "data engineer', '"', "quote is never closed"),
        ("go ++", "++", "no letter or digit"),
        ('""', '""', "no letter or digit"),
        ("data - engineer", "-", "no letter or digit"),
        ("company:", "company:", "directly after company:"),
        ("company: AND x", "company:", "directly after company:"),
        ("company:(a b)", "company:", "directly after company:"),
        ("company>x", "company>", "with a colon"),
        ("compnay:acme", "compnay:", "Did you mean company:?"),
        ("plaice:PT", "plaice:", "Did you mean place:?"),
        ("salary:9", "salary:", "put them in quotes"),
        ("board:REMOTIV", "REMOTIV", "Did you mean “Remotive”?"),
        ("http://example.com", "http:", "put them in quotes"),
        ("board:remotiv", "remotiv", "Did you mean “Remotive”?"),
        ("board:zzz", "zzz", "Leave it out to hear all boards"),
    ],
)
def test_an_error_points_at_the_character(typed: str, at: str, says: str) -> None:
    """Each error names what is wrong, what to do, and the very characters."""
    with pytest.raises(FilterError) as caught:
        parse(typed, BOARDS)
    error = caught.value
    assert says in error.message
    assert typed[error.position : error.position + error.length] == at


def test_every_sentence_of_an_error_is_short() -> None:
    """Sentences for people have fewer than 20 words."""
    for typed in (
        "a OR",
        "(a",
        '"a',
        "zz:top",
        "board:x",
        "pay>x",
        "x" * 301,
        "(" * 25 + "a" + ")" * 25,
        "!",
    ):
        with pytest.raises(FilterError) as caught:
            parse(typed, BOARDS)
        assert all(len(sentence.split()) < 20 for sentence in caught.value.message.split(". "))


def test_pointing_shows_the_place_in_words_and_below_the_text() -> None:
    """The caret stands under the character, and a screen reader hears where it is."""
    with pytest.raises(FilterError) as caught:
        parse("python placee:PT")
    first, text, carets = caught.value.pointing().split("\n")
    assert first.endswith("At character 8, near “placee:”.")
    assert (text, carets) == ("python placee:PT", "       ^^^^^^^")


def test_pointing_into_a_long_filter_stays_narrow() -> None:
    """Only the neighbourhood of the mistake is shown: a phone has room for some 40 characters."""
    with pytest.raises(FilterError) as caught:
        parse("word " * 30 + "(oops " + "word " * 20)
    _, text, carets = caught.value.pointing().split("\n")
    assert len(text) < 40
    assert text[carets.index("^")] == "("


def test_limits_are_told() -> None:
    """300 characters and 20 levels are fine; one more is not; and nothing deep can exhaust the stack."""
    parse("x" * 300)
    parse("(" * 20 + "a" + ")" * 20)
    parse("-" * 20 + "a")
    for too_much in ("x" * 301, "(" * 21 + "a" + ")" * 21, "-" * 21 + "a", "(" * 149, "NOT " * 74 + "a"):
        with pytest.raises(FilterError):
            parse(too_much)
    with pytest.raises(FilterError, match="when written out"):
        parse('a"b c"' * 50)


# -- why -----------------------------------------------------------------------------------------


def test_explain_tells_each_part() -> None:
    """Every term in order, as it was meant under NOT, with its truth and the fields it was found in."""
    asked = parse('python OR (acme -go) "front end" company:globex board:remotely')
    assert explain(asked, OPENING) == [
        Line("python", Truth.TRUE, ("tags",)),
        Line("acme", Truth.TRUE, ("company",)),
        Line("not go", Truth.FALSE, ("text",)),
        Line("“front end”", Truth.TRUE, ("title",)),
        Line("company globex", Truth.FALSE, ()),
        Line("board remotely", Truth.TRUE, ("board",)),
    ]
    assert explain(parse("-company:x"), NAMELESS) == [Line("not company x", Truth.UNKNOWN, ())]
    assert explain(parse(""), OPENING) == []


# -- typing --------------------------------------------------------------------------------------


def test_examples_are_offered_before_anything_is_typed() -> None:
    """Each example is a filter, and each board is offered."""
    offered = complete("", BOARDS)
    assert 'board:"Remotive"' in offered
    assert all(isinstance(parse(example, BOARDS), Filter) for example in offered)


@pytest.mark.parametrize(
    ("typed", "offers"),
    [
        ("python", ["python"]),
        ("python bo", ["python bo", "python board:"]),
        ("python -com", ["python -com", "python -company:"]),
        ("c", ["c", "company:"]),
        (
            "go board:",
            ["go board:", 'go board:"Remotive"', 'go board:"We Work Remotely"', 'go board:"Remote OK"'],
        ),
        ('go -board:"we w', ['go -board:"we w', 'go -board:"We Work Remotely"']),
        ("(board:ok", ["(board:ok", '(board:"Remote OK"']),
        ('"data eng', ['"data eng', '"data eng"']),
        ('(go "x y', ['(go "x y', '(go "x y")']),
    ],
)
def test_what_was_begun_is_finished(typed: str, offers: list[str]) -> None:
    """Fields, boards, quotes and brackets are completed; what was typed always stays an offer."""
    assert complete(typed, BOARDS) == offers


def test_offers_fit_into_discords_menu() -> None:
    """At most 25 offers of at most 100 characters, whatever is typed and however many boards there are."""
    many = [f"Board {number}" for number in range(60)]
    for typed in ("", "board:", "x" * 95 + " board:", "x" * 101, "(" * 80):
        offered = complete(typed, many)
        assert len(offered) <= 25
        assert all(1 <= len(offer) <= 100 for offer in offered)
