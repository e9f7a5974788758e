"""Every limit that the sandbox keeps, one row each, asked over HTTP; the rows stand in limits_rows.py.

A row of "hand" is one that Discord's description lacks or has too wide. It is asked without the description, where
its leaf is compared, and with it, where the code must be the same. A row of "spec" is the description's own.

Elsewhere: threads, tags, archived and locked ones (30033, 30047, 40058, 40061, 40066, 40067, 50083, 160004 to
160006) in test_threads*.py and test_forums.py; the gateway's in test_gateway*.py; 429 and the ban in
test_ratelimit.py; who stands too high and bulk bans in test_members.py; a nonce that repeats in test_rest.py;
more of the checks alone, without HTTP, in test_limits.py. Not in the sandbox at all: scheduled events (10070) and
installs by users (five follow-ups).
"""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from sandbox import Sandbox
from sandbox.ratelimit import Profile
from sandbox.spec_schema import RELAXATIONS
from tests.sandbox.limits_rows import TABLE
from tests.sandbox.limits_scene import Row, Scene


@pytest.fixture
async def described() -> AsyncIterator[Scene]:
    """With Discord's description; what is refused here is a violation on purpose."""
    async with Sandbox() as sandbox, aiohttp.ClientSession() as session:
        yield Scene(sandbox, session)


@pytest.fixture
async def bare() -> AsyncIterator[Scene]:
    """Without it: what is refused here is refused by hand."""
    async with Sandbox(refuses=False) as sandbox, aiohttp.ClientSession() as session:
        yield Scene(sandbox, session)


async def ask(scene: Scene, one: Row) -> tuple[int, Any]:
    if one.before is not None:
        one.before(scene)
    method, path = one.path.split()
    return await scene.rest(method, path.format(**scene.names), filled(one.body, scene.names))


def filled(body: Any, names: dict[str, object]) -> Any:
    """The same body with {names} replaced by ids."""
    if isinstance(body, dict):
        return {key: filled(value, names) for key, value in body.items()}
    if isinstance(body, list):
        return [filled(one, names) for one in body]
    return body.format(**names) if isinstance(body, str) else body


def leaf_of(answer: Any, path: str) -> list[str]:
    """The codes at a dotted path of a 50035's tree."""
    node = answer["errors"]
    for step in path.split("."):
        node = node[step]
    return [one["code"] for one in node["_errors"]]


@pytest.mark.parametrize("one", [one for one in TABLE if one.by == "hand"], ids=str)
async def test_a_limit_kept_by_hand(bare: Scene, described: Scene, one: Row) -> None:
    """Status, code and the wrong field are Discord's; with its description the code stays the same."""
    status, answer = await ask(bare, one)
    assert (status, answer["code"]) == one.refusal
    if one.leaf is not None:
        assert leaf_of(answer, one.leaf[0]) == [one.leaf[1]]
    status, answer = await ask(described, one)
    assert (status, answer["code"]) == one.refusal


@pytest.mark.parametrize("one", [one for one in TABLE if one.by == "spec"], ids=str)
async def test_a_limit_of_the_description(described: Scene, one: Row) -> None:
    """What Discord's description refuses by itself is refused in Discord's shape."""
    if not described.sandbox.spec.active:
        pytest.skip("../shared absent: Discord's OpenAPI description is needed")
    status, answer = await ask(described, one)
    assert (status, answer["code"]) == one.refusal
    assert one.leaf is not None
    assert leaf_of(answer, one.leaf[0]) == [one.leaf[1]]


# -- limits that are no row ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sizes", "refusal"),
    [
        ((10 * 1024 * 1024 + 1,), (400, 50045)),
        ((9 * 1024 * 1024,) * 3, (413, 40005)),
        ((1,) * 11, (400, 50035)),
    ],
)
async def test_files_that_are_too_large_or_too_many(
    bare: Scene, sizes: tuple[int, ...], refusal: tuple[int, int]
) -> None:
    """One over 10 MiB, more than 25 MiB together, eleven."""
    data = aiohttp.FormData()
    data.add_field("payload_json", "{}")
    for number, size in enumerate(sizes):
        data.add_field(f"files[{number}]", io.BytesIO(bytes(size)), filename=f"{number}.bin")
    url = f"{bare.sandbox.rest}/channels/{bare.place.id}/messages"
    headers = {"Authorization": f"Bot {bare.sandbox.token}"}
    async with bare.session.post(url, data=data, headers=headers) as answer:
        assert (answer.status, (await answer.json())["code"]) == refusal
    assert len(bare.sandbox.messages("reviews")) == 1


async def test_dms_that_are_opened_too_fast(bare: Scene) -> None:
    """40003 where a profile says so; Discord gives no figure."""
    bare.sandbox.limits.profile = Profile(dms_a_minute=1)
    body = {"recipient_id": str(bare.ana.user.id)}
    assert (await bare.rest("POST", "/users/@me/channels", body))[0] == 200
    assert await bare.rest.refused("POST", "/users/@me/channels", body) == (400, 40003)


async def test_a_method_that_a_path_does_not_have(bare: Scene) -> None:
    """405, and a gap on record, as it is no less a gap than a path that nobody answers."""
    assert await bare.rest.refused("PUT", f"/channels/{bare.place.id}/messages", {}) == (405, 0)
    assert bare.sandbox.gaps == [f"PUT /api/v10/channels/{bare.place.id}/messages"]


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({"content": 7}, "content"),
        ({"content": "x", "embeds": "none"}, "embeds"),
        ({"content": "x", "embeds": [7]}, "embeds.0"),
        ({"content": "x", "embeds": [{"title": ["x"]}]}, "embeds.0.title"),
        (
            {"content": "x", "embeds": [{"fields": [{"name": "n", "value": "v", "inline": 7}]}]},
            "embeds.0.fields.0.inline",
        ),
        ({"content": "x", "components": [{"components": []}]}, "components.0.type"),
        ({"content": "x", "components": [{"type": 1, "components": {"type": 2}}]}, "components.0.components"),
        ({"content": "x", "allowed_mentions": []}, "allowed_mentions"),
        ({"content": "x", "allowed_mentions": {"users": ["ana"]}}, "allowed_mentions.users.0"),
        ({"content": "x", "message_reference": {"message_id": "first"}}, "message_reference.message_id"),
        ({"content": "x", "flags": "loud"}, "flags"),
        ({"content": "x", "flags": True}, "flags"),
    ],
)
async def test_a_field_of_the_wrong_kind_is_named(bare: Scene, body: dict[str, Any], where: str) -> None:
    """Without Discord's description too: 50035 at its place, never a 500."""
    status, answer = await bare.rest("POST", f"/channels/{bare.place.id}/messages", body)
    assert (status, answer["code"]) == (400, 50035)
    assert len(leaf_of(answer, where)) == 1


async def test_a_mapping_of_lists_is_no_list_of_mappings(bare: Scene) -> None:
    """Roles as words, overwrites that are no objects, permissions that are no number."""
    guild = f"/guilds/{bare.guild.id}"
    for method, path, body in (
        ("PATCH", f"{guild}/members/{bare.ana.user.id}", {"roles": ["moderators"]}),
        ("PATCH", f"/channels/{bare.place.id}", {"permission_overwrites": ["none"]}),
        ("POST", f"{guild}/roles", {"permissions": "all"}),
        ("POST", "/users/@me/channels", {"recipient_id": "ana"}),
    ):
        assert await bare.rest.refused(method, path, body) == (400, 50035)


def test_the_description_is_relaxed_in_six_places_at_most() -> None:
    """Each with Discord's own sentence beside it."""
    assert len(RELAXATIONS) <= 6
    assert all('"' in one.reason for one in RELAXATIONS)
