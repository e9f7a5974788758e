"""The last gate: every word the bot says to Discord passes here, and nothing else calls discord.py's send or edit.

Words that aren't ours become plain words (`escape`); the finished card is checked against Discord's limits and
may mention nobody, or exactly the one role that a subscription names (`check_outgoing`).
Views are stopped before they go out: a button's state is in its custom_id, so discord.py need not remember them.
"""

from __future__ import annotations

import asyncio
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import discord

from bot.text import MAX_LINK, cut, link, tidy, tidy_lines, without_invites

# Discord's limits: components reference and openapi.json (…ComponentForMessageRequest).
MAX_COMPONENTS = 40
MAX_TEXT = 4000  # characters over all text displays of a message
MAX_CUSTOM_ID = 100
MAX_LABEL = 80
MAX_PLACEHOLDER = 150
MAX_OPTION = 100  # label, value and description of a menu's option
MAX_OPTIONS = 25
MAX_ALT_TEXT = 1024
MAX_NONCE = 25
MAX_MODAL_TITLE = 45
MAX_POST_TITLE = 100
MAX_FILES = 10

_MENU, _TEXT_DISPLAY = 3, 10  # component types
_OUR_OWN = "https://discord.com/channels/"  # a jump to a message; a board's link never leads there
_LIVE = re.compile(
    r"""
      [\\*_~`|<>\[\]]                   # emphasis, code, spoilers, quotes, <@…> <#…> <t:…> <:emoji:…>, masked links
    | :(?=//|[^\s:]+:)                  # bare links of any scheme, :emoji:
    | ^[\#+-]+                          # headings, lists, small print
    | (?P<number>^[0-9]+(?=[.)]))       # numbered lists
    | (?<![\w/])/(?=\w)                 # what would read like a command of ours, see mention_commands
    | (?P<at>@(?=(?i:everyone|here)))   # a backslash doesn't help here: Discord looks for these in the raw text
    """,
    re.VERBOSE | re.MULTILINE,
)
_LIVE_IN_CODE = re.compile(r"@(?=everyone|here)|<(?=@)", re.IGNORECASE)  # what the server seeks in raw text
_SHORTEST_TITLE = 10  # with less room for it, a title is better without its link
_BRACKETS = str.maketrans("[]", "()")
_SCHEME = re.compile(r"\b[a-z][a-z0-9+.-]{0,20}://", re.IGNORECASE)


class GateError(Exception):
    """A card that must not go out. Always a mistake of ours, never somebody's input: each reason on its own line."""


# -- words ---------------------------------------------------------------------------------------


def escape(text: str, limit: int) -> str:
    """Words that aren't ours, so that Discord shows them as they are: no markdown, mention, link or invite lives.

    Cut to `limit` characters, escapes included, never inside an escape or a glyph. Line breaks stay.
    """
    readable = without_invites(tidy_lines(text))
    room = limit
    while len(escaped := _LIVE.sub(_escaped, cut(readable, room))) > limit:
        room -= max(1, (len(escaped) - limit) // 2)  # an escape at most doubles a character
    return escaped


def _escaped(found: re.Match[str]) -> str:
    if found["number"]:
        return found[0] + "\\"
    if found["at"]:
        return "@\u200b"
    return "".join("\\" + character for character in found[0])


def code(text: str, limit: int) -> str:
    """Words that aren't ours as a code span, marks included in `limit`; "" for none.

    Never `escape` in code: Discord shows backslashes there, and an escaped ` still ends it.
    """
    inside = cut(_for_code(tidy(text)), limit - 2)
    return f"`{inside}`" if inside else ""


def code_block(text: str, limit: int) -> str:
    """As `code`, a block of lines whose spaces stay, so that a caret stays under its character."""
    inside = cut(_for_code(text), limit - len("```\n\n```"))
    return f"```\n{inside}\n```" if inside.strip() else ""


def _for_code(text: str) -> str:
    return _LIVE_IN_CODE.sub("\\g<0>\u200b", without_invites(text)).replace("`", "'")


def title_link(title: str, url: str, limit: int) -> str:
    """`title` as the one link we build from a board's text; without the link when `url` may not be shown or fit.

    Square brackets become round ones, since Discord miscounts escaped ones in a link's words, and a scheme goes,
    since Discord shows no link whose words look like one.
    """
    target = link(url)
    room = limit - len(target or "") - len("[]()")
    words = escape(_SCHEME.sub("", tidy(title).translate(_BRACKETS)), room) if room >= _SHORTEST_TITLE else ""
    return f"[{words}]({target})" if target and words else escape(title, limit)


# -- checks --------------------------------------------------------------------------------------


def mentions(role: int | None = None) -> discord.AllowedMentions:
    """Nobody, or exactly this role."""
    roles: Sequence[discord.Object] | bool = False if role is None else [discord.Object(role)]
    return discord.AllowedMentions(everyone=False, users=False, roles=roles, replied_user=False)


def check_outgoing(
    view: discord.ui.LayoutView, allowed: discord.AllowedMentions, role: int | None = None
) -> discord.AllowedMentions:
    """`allowed` again, if the message may go out: it can ping nobody but `role` and Discord will accept it.

    Raises GateError with every reason against it.
    """
    wrong = [
        *_pings(allowed.to_dict(), role),
        *_over_limits(list(_all([item.to_component_dict() for item in view.children]))),
    ]
    if wrong:
        raise GateError("\n".join(wrong))
    return allowed


def _pings(payload: Mapping[str, Any], role: int | None) -> Iterator[str]:
    if payload["parse"]:
        yield f"allowed_mentions would parse {payload['parse']}"
    if payload.get("users") or payload.get("replied_user"):
        yield "allowed_mentions would ping members"
    if not set(payload.get("roles", ())) <= {role}:
        yield f"allowed_mentions would ping other roles than {role}: {payload['roles']}"


def _all(components: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Every component, however deep, as JSON."""
    for component in components:
        yield component
        yield from _all(component.get("components", ()))
        if accessory := component.get("accessory"):
            yield from _all([accessory])


def _over_limits(components: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    if not 1 <= len(components) <= MAX_COMPONENTS:
        yield f"{len(components)} components, at most {MAX_COMPONENTS}, at least 1"
    texts = [component["content"] for component in components if component["type"] == _TEXT_DISPLAY]
    if sum(map(len, texts)) > MAX_TEXT:
        yield f"{sum(map(len, texts))} characters of text, at most {MAX_TEXT}"
    if not all(text.strip() for text in texts):
        yield "a text display without text"
    ids = [component["custom_id"] for component in components if "custom_id" in component]
    if len(set(ids)) < len(ids):
        yield f"a custom_id twice: {sorted(one for one in set(ids) if ids.count(one) > 1)}"
    for component in components:
        yield from _too_long(component)


def _too_long(component: Mapping[str, Any]) -> Iterator[str]:
    limits = {"custom_id": MAX_CUSTOM_ID, "placeholder": MAX_PLACEHOLDER, "label": MAX_LABEL, "url": MAX_LINK}
    for name, limit in limits.items():
        value = component.get(name)
        if value is not None and not 1 <= len(value) <= limit:
            yield f"{name} of {len(value)} characters, at most {limit}, at least 1: {value!r}"
    url = component.get("url")
    if url and link(url) is None and not url.startswith(_OUR_OWN):
        yield f"a link that may not be shown: {url!r}"
    options = component.get("options", ())
    if component["type"] == _MENU and not 1 <= len(options) <= MAX_OPTIONS:
        yield f"a menu of {len(options)} options, at most {MAX_OPTIONS}, at least 1"
    for option in options:
        for name in ("label", "value", "description"):
            if len(option.get(name) or "") > MAX_OPTION:
                yield f"an option's {name} is longer than {MAX_OPTION}: {option[name]!r}"
    for described in (component, *component.get("items", ())):
        if len(described.get("description") or "") > MAX_ALT_TEXT:
            yield f"a picture's alt text is longer than {MAX_ALT_TEXT}"


# -- the way out ---------------------------------------------------------------------------------


async def send(
    channel: discord.abc.Messageable,
    view: discord.ui.LayoutView,
    *,
    nonce: str,
    silent: bool,
    role: int | None = None,
    files: Sequence[discord.File] = (),
) -> discord.Message:
    """Post a card under its nonce (discord.py adds enforce_nonce, so a repeat within minutes posts nothing new).

    silent: no push or desktop notification. role: the one role that `view` may ping. discord.py's errors pass.
    """
    if not 1 <= len(nonce) <= MAX_NONCE:
        raise GateError(f"a nonce of {len(nonce)} characters, at most {MAX_NONCE}: {nonce!r}")
    allowed = check_outgoing(view, mentions(role), role)
    view.stop()
    return await channel.send(
        view=view, nonce=nonce, silent=silent, allowed_mentions=allowed, files=list(files)
    )


async def put(
    channel: discord.abc.Messageable, files: Sequence[discord.File], *, nonce: str
) -> discord.Message:
    """Post files without words under a nonce, as `send` does; no phone rings. discord.py's errors pass."""
    if not 1 <= len(nonce) <= MAX_NONCE:
        raise GateError(f"a nonce of {len(nonce)} characters, at most {MAX_NONCE}: {nonce!r}")
    if not 1 <= len(files) <= MAX_FILES:
        raise GateError(f"{len(files)} files, at most {MAX_FILES}, at least 1")
    if any(len(file.description or "") > MAX_ALT_TEXT for file in files):
        raise GateError(f"a file's alt text is longer than {MAX_ALT_TEXT}")
    return await channel.send(files=list(files), nonce=nonce, silent=True, allowed_mentions=mentions())


async def post(
    http: discord.http.HTTPClient,
    forum_id: int,
    view: discord.ui.LayoutView,
    *,
    title: str,
    silent: bool,
    role: int | None = None,
    tags: Sequence[int] = (),
) -> int:
    """Make a card a post of a forum; gives the id of its first message, which is the post's own.

    title: ours or a board's; cut to what Discord takes. Raises OSError instead of asking twice, see `Once`.
    """
    allowed = check_outgoing(view, mentions(role), role)
    if not (name := cut(without_invites(tidy(title)), MAX_POST_TITLE)):
        raise GateError("a forum's post without a title")
    view.stop()
    body = {
        "name": name,
        "applied_tags": [str(tag) for tag in tags],
        "message": {
            "components": [item.to_component_dict() for item in view.children],
            "flags": discord.MessageFlags(components_v2=True, suppress_notifications=silent).value,
            "allowed_mentions": allowed.to_dict(),
        },
    }
    route = discord.http.Route("POST", "/channels/{channel_id}/threads", channel_id=forum_id)
    made = await http.request(route, json=body, files=[Once()])
    return int(made["id"])


class Once(discord.File):
    """Put among a request's files, it lets that request go out a single time.

    discord.py repeats one after a 5xx; a post or thread that arrived all the same would then be there twice, since
    Discord has no nonce for them.
    """

    def __init__(self) -> None:
        super().__init__(io.BytesIO(), "once")

    def reset(self, *, seek: int | bool = True) -> None:
        """Called before each attempt, with its number from 0; nothing is read of a file beside a JSON body."""
        if seek:
            raise ConnectionError("Discord answered with an error; it may be there.")


async def edit(
    message: discord.Message | discord.PartialMessage,
    view: discord.ui.LayoutView,
    *,
    files: Sequence[discord.File] | None = None,
) -> discord.Message:
    """Show `view` instead; pings nobody. files: replace the message's files; None leaves them."""
    allowed = check_outgoing(view, mentions())
    view.stop()
    if files is None:
        return await message.edit(view=view, allowed_mentions=allowed)
    return await message.edit(view=view, allowed_mentions=allowed, attachments=list(files))


async def answer(
    interaction: discord.Interaction[Any],
    view: discord.ui.LayoutView,
    *,
    ephemeral: bool = True,
    replace: bool = False,
    files: Sequence[discord.File] = (),
) -> None:
    """Answer a person, whatever has been said so far: first answer, end of "thinking …", or one more message.

    replace: show `view` in place of the message whose button was pressed (or of our last answer), where there is
    one. ephemeral: only that person sees it; a reply that was begun by `defer` stays as it was begun.
    """
    mention_commands(view, getattr(interaction.client, "command_mentions", {}))
    allowed = check_outgoing(view, mentions())
    view.stop()
    async with _turn(interaction):
        await _answer(interaction, view, allowed, ephemeral, replace, files)


async def _answer(
    interaction: discord.Interaction[Any],
    view: discord.ui.LayoutView,
    allowed: discord.AllowedMentions,
    ephemeral: bool,
    replace: bool,
    files: Sequence[discord.File],
) -> None:
    response = interaction.response
    if not response.is_done():
        if replace and interaction.message is not None:
            await response.edit_message(view=view, attachments=list(files), allowed_mentions=allowed)
        else:
            await response.send_message(
                view=view, ephemeral=ephemeral, files=list(files), allowed_mentions=allowed
            )
    elif replace or _is_thinking(interaction):
        await interaction.edit_original_response(view=view, attachments=list(files), allowed_mentions=allowed)
    else:
        await interaction.followup.send(
            view=view, ephemeral=ephemeral, files=list(files), allowed_mentions=allowed
        )
    interaction.extras["outpost_answered"] = True


def mention_commands(view: discord.ui.LayoutView, known: Mapping[str, str]) -> None:
    """Make every command of ours that a message names one that can be tapped. known: name → what Discord shows so.

    Only in our own words: what `escape` has passed has a backslash there, and code and links are stepped over.
    """
    if not known:
        return
    names = "|".join(map(re.escape, known))
    named = re.compile(rf"```.*?```|`[^`]*`|https?://[^\s)]+|(?<![\w</\\])/({names})(?!\w)", re.DOTALL)
    for item in view.walk_children():
        if isinstance(item, discord.ui.TextDisplay):
            item.content = named.sub(lambda found: known[found[1]] if found[1] else found[0], item.content)


def _is_thinking(interaction: discord.Interaction[Any]) -> bool:
    """Does Discord still show "thinking …"? A follow-up then would leave it standing."""
    deferred = interaction.response.type is discord.InteractionResponseType.deferred_channel_message
    return deferred and "outpost_answered" not in interaction.extras


async def defer(
    interaction: discord.Interaction[Any], *, ephemeral: bool = True, replace: bool = False
) -> None:
    """Tell Discord within its 3 seconds that an `answer` will come (15 minutes). Does nothing when one has begun.

    replace: the answer will replace the message whose button was pressed, so no "thinking …" appears.
    """
    async with _turn(interaction):
        if not interaction.response.is_done():
            await interaction.response.defer(ephemeral=ephemeral, thinking=not replace)


def _turn(interaction: discord.Interaction[Any]) -> asyncio.Lock:
    """One answer at a time: a late `defer` must not overtake the answer that is under way (Discord's 40060)."""
    lock: asyncio.Lock = interaction.extras.setdefault("outpost_turn", asyncio.Lock())
    return lock


async def ask(
    interaction: discord.Interaction[Any], form: discord.ui.Modal, otherwise: discord.ui.LayoutView
) -> None:
    """Open a form. Only as the first answer, and never to a form (Discord refuses both).

    otherwise: what is said when the press was acknowledged already, because it took long to get here.
    """
    if not 1 <= len(form.title) <= MAX_MODAL_TITLE or not 1 <= len(form.custom_id) <= MAX_CUSTOM_ID:
        raise GateError(f"a form's title or custom_id has a wrong length: {form.title!r} {form.custom_id!r}")
    form.stop()
    async with _turn(interaction):
        if not interaction.response.is_done():
            await interaction.response.send_modal(form)
            return
    await answer(interaction, otherwise)
