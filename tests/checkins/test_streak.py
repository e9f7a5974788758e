"""What a member's weeks add up to: streak, freezes, "x of the last eight", repairs."""

from __future__ import annotations

from itertools import pairwise, takewhile
from random import Random

from hypothesis import example, given
from hypothesis import strategies as st

from bot.checkins.streak import LOOKED_BACK, MOST_FREEZES, fold, repairs, standing
from bot.checkins.values import DONE, NEITHER, Standing, WeekState
from bot.checkins.week import WEEK as SEVEN_DAYS
from tests.checkins.values import WEEK, member_week

STATES: tuple[WeekState, ...] = (
    "pending",
    "on_time",
    "late",
    "excused",
    "amnesty",
    "frozen",
    "missed",
    "repaired",
)
LETTERS: dict[str, WeekState] = {state[0]: state for state in STATES}

histories = st.lists(st.sampled_from(STATES), max_size=60)


def states(letters: str) -> list[WeekState]:
    """o on time, l late, e excused, a amnesty, f frozen, m missed, r repaired, p pending."""
    return [LETTERS[letter] for letter in letters]


def after(letters: str) -> Standing:
    return fold(states(letters))


# -- the streak ------------------------------------------------------------------------------------


def test_who_has_no_weeks_holds_one_freeze_and_no_streak() -> None:
    """That is where everybody begins, and what the value says unasked."""
    assert after("") == Standing()
    assert Standing() == Standing(streak=0, best=0, done=0, counted=0, freezes=1, repairable=False)


def test_every_check_in_adds_one_be_it_on_time_or_late() -> None:
    """Late is kept."""
    assert [after("olol"[:length]).streak for length in range(5)] == [0, 1, 2, 3, 4]


def test_a_freeze_protects_the_streak() -> None:
    """H6: the week that took the freeze costs the freeze, and nothing else."""
    assert (after("ooo").streak, after("ooo").freezes) == (3, 1)
    assert (after("ooof").streak, after("ooof").freezes) == (3, 0)
    assert after("ooofo").streak == 4


def test_nothing_but_a_missed_week_ends_a_streak() -> None:
    """A pause, an outage, a freeze, a repair and a week still to come leave it as it is."""
    for state in STATES:
        goes_on = state != "missed"
        assert (fold([*states("ooo"), state]).streak >= 3) is goes_on, state
    assert after("ooom").streak == 0
    assert after("ooom").best == 3
    assert after("ooomo").streak == 1


def test_a_repaired_week_mends_the_streak_before_it() -> None:
    """It joins what was before to what comes after, and adds nothing itself."""
    assert after("ooomo").streak == 1
    assert after("oooro").streak == 4


def test_a_streak_goes_on_over_months_years_and_long_years() -> None:
    """H7: 120 weeks in a row are 120, over two turns of the year, one of them after a week 53; rows in any order."""
    rows = [member_week(week=WEEK + SEVEN_DAYS * nth, state="on_time") for nth in range(120)]
    for length in range(1, 121):
        shuffled = rows[:length]
        Random(length).shuffle(shuffled)
        assert standing(shuffled).streak == length


@given(histories)
def test_the_streak_is_what_can_be_counted_by_hand(history: list[WeekState]) -> None:
    """The check-ins since the last missed week; the best is the longest such row there was."""
    since = list(takewhile(lambda state: state != "missed", reversed(history)))
    assert fold(history).streak == sum(state in DONE for state in since)
    rows = "".join("+" if state in DONE else " " if state == "missed" else "" for state in history).split()
    assert fold(history).best == max(map(len, rows), default=0)


@given(histories, st.sampled_from(STATES))
def test_one_week_more_changes_what_that_week_may_change(history: list[WeekState], last: WeekState) -> None:
    """The fold of a longer history is the fold of the shorter one and one step: nothing before is judged anew."""
    before, now = fold(history), fold([*history, last])
    if last in DONE:
        assert now.streak == before.streak + 1
        assert now.best == max(before.best, now.streak)
        assert before.freezes <= now.freezes
    elif last == "missed":
        assert (now.streak, now.best, now.freezes) == (0, before.best, before.freezes)
    else:
        kept = before.freezes - (last == "frozen" and before.freezes > 0)
        assert (now.streak, now.best, now.freezes) == (before.streak, before.best, kept)
        assert (now.done, now.counted) == (before.done, before.counted)


@given(histories)
def test_weeks_that_count_for_nothing_may_stand_anywhere_or_nowhere(history: list[WeekState]) -> None:
    """Excused, amnesty, repaired and pending weeks change nothing but what may be repaired."""
    nothing = (NEITHER | {"pending"}) - {"frozen"}
    with_them, without = fold(history), fold([state for state in history if state not in nothing])
    same = ("streak", "best", "done", "counted", "freezes")
    assert [getattr(with_them, name) for name in same] == [getattr(without, name) for name in same]


@given(histories, st.randoms(use_true_random=False))
def test_the_order_in_which_weeks_become_known_is_no_matter(history: list[WeekState], random: Random) -> None:
    """Rows are put in the order of their weeks: a late check-in counts where it belongs."""
    rows = [member_week(week=WEEK + SEVEN_DAYS * nth, state=state) for nth, state in enumerate(history)]
    random.shuffle(rows)
    assert standing(rows) == fold(history)


# -- freezes ---------------------------------------------------------------------------------------


def test_every_fourth_check_in_earns_a_freeze_and_two_are_held_at_most() -> None:
    """They need not be in a row; what would be a third is not kept for later."""
    assert [after("o" * length).freezes for length in (3, 4, 8, 12)] == [1, 2, 2, 2]
    assert after("ooofo").freezes == 1
    assert after("o" * 12 + "ff").freezes == 0
    assert after("o" * 15 + "ff").freezes == 0
    assert after("o" * 15 + "ffo").freezes == 1


def test_the_first_check_in_after_a_missed_week_gives_one_freeze_back() -> None:
    """Once, however many were missed, and not before they are back."""
    assert after("fm").freezes == 0
    assert after("fmmm").freezes == 0
    assert after("fmmmo").freezes == 1
    assert after("fmoo").freezes == 1
    assert after("fmomo").freezes == 2


@given(histories)
@example(states("ffff"))
@example(states("mo" * 30))
def test_figures_stay_within_their_bounds(history: list[WeekState]) -> None:
    """Nobody owes a freeze, nobody hoards them, nobody keeps more weeks than there were."""
    now = fold(history)
    assert 0 <= now.freezes <= MOST_FREEZES
    assert 0 <= now.streak <= now.best <= sum(state in DONE for state in history)
    assert 0 <= now.done <= now.counted <= LOOKED_BACK


# -- the last eight, and repairs -------------------------------------------------------------------


def test_of_the_last_eight_weeks_that_count_those_kept_are_told() -> None:
    """Kept and missed ones count; weeks off make room for older ones."""
    assert (after("oml").done, after("oml").counted) == (2, 3)
    assert (after("m" * 5 + "o" * 8).done, after("m" * 5 + "o" * 8).counted) == (8, 8)
    assert (after("momooeeaafrpp").done, after("momooeeaafrpp").counted) == (3, 5)


def test_a_missed_week_can_be_mended_by_the_week_after_once_in_eight() -> None:
    """Not a week later, not one that was no miss, and not again within eight weeks."""
    assert repairs(states("oom"))
    assert not repairs(states(""))
    assert not repairs(states("oomo"))
    assert not repairs(states("oome"))
    assert not repairs(states("oof"))
    assert not repairs(states("r" + "o" * 6 + "m"))
    assert repairs(states("r" + "o" * 7 + "m"))


def test_a_standing_says_whether_a_check_in_now_would_mend() -> None:
    """The week that is still open stands behind the missed one; once something is said it is too late to ask."""
    assert after("oom").repairable
    assert after("oomp").repairable
    assert not after("oomo").repairable
    assert not after("ooro").repairable
    assert not after("p").repairable


@given(st.lists(st.sampled_from(states("omef")), max_size=60))
def test_at_most_one_week_in_eight_is_ever_repaired(history: list[WeekState]) -> None:
    """Whoever mends all that may be mended has eight weeks from one to the next."""
    for nth in range(1, len(history)):
        if history[nth] in DONE and repairs(history[:nth]):
            history[nth - 1] = "repaired"
    mended = [nth for nth, state in enumerate(history) if state == "repaired"]
    assert all(later - one >= 8 for one, later in pairwise(mended))
