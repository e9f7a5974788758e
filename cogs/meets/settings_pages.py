"""The pages on which moderators set how their server draws. Values → messages, pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from discord import ui

from bot.meets.values import Settings
from bot.moderation.permissions import WHERE, named
from cogs.checkins.cohort_times import clock, zone_name
from cogs.layout import button, message, row
from cogs.meets.words import settings as words
from cogs.thread_settings_pages import DANGER, Pages, Words

PAGES = Pages(
    home="meets.settings",
    prefix="meets.settings",
    words=Words(
        channel_menu=words.CHANNEL_MENU,
        day_menu=words.DAY_MENU,
        hour_menu=words.HOUR_MENU,
        days=words.DAYS,
        zone_title=words.ZONE_TITLE,
        zone_field=words.ZONE_FIELD,
        zone_hint=words.ZONE_HINT,
        which_city=words.WHICH_CITY,
        which_city_why=words.WHICH_CITY_WHY,
        back=words.BACK,
        too_late=words.TOO_LATE,
        off_heading=words.OFF_HEADING,
        off_why=words.OFF_WHY,
        off_it=words.OFF_IT,
        stay=words.STAY,
    ),
)


def home(way: Settings, missing: Sequence[str] | None) -> ui.LayoutView:
    """When a server draws, and what the bot lacks in its channel. missing: None: that channel is gone."""
    on = way.channel_id is not None
    again = [button(words.TRY_AGAIN, "meets.settings.again")] if way.blocked_at else []
    buttons = [
        button(words.ZONE, "meets.settings.zone"),
        *again,
        button(words.TURN_OFF, "meets.settings.off", style=DANGER),
    ]
    return message(
        words.PAGE,
        "\n".join(_facts(way, missing)),
        words.SMALL,
        rows=[
            row(PAGES.channel(way.channel_id)),
            *(PAGES.when(way.day, way.minute) if on else []),
            *([row(*buttons)] if on else []),
        ],
    )


def _facts(way: Settings, missing: Sequence[str] | None) -> Iterable[str]:
    if way.channel_id is None:
        yield words.OFF
        return
    mention = f"<#{way.channel_id}>"
    yield words.gone(mention) if missing is None else words.channel(mention)
    if missing:
        yield words.lacks(mention, named(missing), WHERE)
    yield words.draws(words.DAYS[way.day], clock(way.minute), zone_name(way.zone))
    if way.next_draw_at:
        yield words.next_draw(f"<t:{int(way.next_draw_at.timestamp())}:F>")
    if way.blocked_at:
        yield words.BLOCKED
