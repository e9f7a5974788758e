"""The check against Discord's own description, and how far it is relaxed."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from sandbox import errors
from sandbox.spec import BESIDE_THE_CHECKOUT, Spec
from sandbox.spec_schema import RELAXATIONS

API = "/api/v10"
MESSAGES = "POST /channels/{channel_id}/messages"
DESCRIPTION = Path(__file__).resolve().parents[2] / "../shared/discord/openapi.json"

needs_the_description = pytest.mark.skipif(
    not DESCRIPTION.is_file(), reason="../shared absent: Discord's OpenAPI description is not here"
)

Answer = Callable[[web.Request], Awaitable[web.Response]]


class Api:
    """A small API behind the check; `answer` is what it says to everything."""

    def __init__(self, spec: Spec) -> None:
        self.spec = spec
        self.answer: tuple[int, Any] = (200, {})
        self.heard: list[str] = []
        app = web.Application(middlewares=[spec.answers, errors.middleware, spec.requests])
        app.router.add_route("*", "/{anything:.*}", self._say)
        self.client = TestClient(TestServer(app))

    async def _say(self, request: web.Request) -> web.Response:
        if request.content_type.startswith("multipart/"):
            self.heard += [name for name in await request.post()]
        else:
            self.heard.append(await request.text())
        status, body = self.answer
        if status >= 400:
            raise errors.ApiError(status, body, "No.")
        return web.Response(status=status) if body is None else errors.json_response(body, status=status)

    async def call(self, method: str, path: str, **options: Any) -> tuple[int, Any]:
        async with self.client.request(method, API + path, **options) as answer:
            is_json = answer.content_type == "application/json"
            return answer.status, await answer.json() if is_json else None

    @property
    def complaints(self) -> list[str]:
        return [str(violation) for violation in self.spec.violations]


@pytest.fixture
async def api() -> AsyncIterator[Api]:
    running = Api(Spec.load())
    async with running.client:
        yield running


def test_the_description_is_looked_for_beside_the_checkout() -> None:
    """Where the tests look is where the sandbox looks; `active` says whether it was there."""
    assert BESIDE_THE_CHECKOUT.resolve() == DESCRIPTION.resolve()
    assert Spec.load("auto").active is DESCRIPTION.is_file()


def test_a_description_that_was_named_must_exist(tmp_path: Path) -> None:
    """Only "auto" is content with nothing."""
    with pytest.raises(FileNotFoundError):
        Spec.load(tmp_path / "openapi.json")


async def test_without_the_description_the_check_is_off() -> None:
    """Nothing is checked, nothing is refused."""
    api = Api(Spec.load(None))
    async with api.client:
        assert await api.call("POST", "/nowhere", json={"content": 5}) == (200, {})
    assert (api.spec.active, api.spec.violations, sum(api.spec.checked.values())) == (False, [], 0)


def test_there_are_at_most_six_relaxations_each_with_discords_own_sentence() -> None:
    """A relaxation without a source would be an opinion."""
    assert 1 <= len(RELAXATIONS) <= 6
    assert all(one.reason.startswith('"') and one.reason.endswith(")") for one in RELAXATIONS)


@needs_the_description
@pytest.mark.parametrize(
    ("method", "path", "name"),
    [
        ("POST", "/channels/1/messages", MESSAGES),
        ("get", "/users/@me", "GET /users/@me"),
        ("GET", "/users/1", "GET /users/{user_id}"),
        (
            "PATCH",
            "/webhooks/1/t/messages/@original",
            "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original",
        ),
        (
            "PATCH",
            "/webhooks/1/t/messages/2",
            "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}",
        ),
    ],
)
def test_the_operation_with_fewer_variables_wins(method: str, path: str, name: str) -> None:
    """@me and @original are places of their own."""
    operation = Spec.load().operation(method, path)
    assert operation is not None and operation.name == name


@needs_the_description
async def test_a_request_that_does_not_fit_is_refused_as_discord_does(api: Api) -> None:
    """50035 with the path and the code of each wrong field; the handler never hears of it."""
    body = {"content": "x" * 4001, "embeds": [{"title": "t" * 257}]}
    status, refusal = await api.call("POST", "/channels/1/messages", json=body)
    too_long = {"code": "BASE_TYPE_MAX_LENGTH", "message": "Must be 256 or fewer in length."}
    assert (status, refusal["code"]) == (400, 50035)
    assert refusal["errors"]["embeds"] == {"0": {"title": {"_errors": [too_long]}}}
    assert refusal["errors"]["content"]["_errors"][0]["code"] == "BASE_TYPE_MAX_LENGTH"
    assert api.heard == []
    assert [violation.part for violation in api.spec.violations] == ["request"]


@needs_the_description
async def test_the_complaint_is_about_the_component_that_was_meant(api: Api) -> None:
    """Of all kinds of component the one of the right type is named, deep inside an interaction's answer."""
    button = {"type": 2, "style": 1, "label": "l" * 81, "custom_id": "b"}
    body = {"type": 4, "data": {"components": [{"type": 1, "components": [button]}]}}
    status, _ = await api.call("POST", "/interactions/1/token/callback", json=body)
    assert status == 400
    assert [list(violation.problems) for violation in api.spec.violations] == [
        ["data.components.0.components.0.label"]
    ]


@needs_the_description
async def test_an_answer_that_does_not_fit_goes_out_and_is_remembered(api: Api) -> None:
    """The fault is the sandbox's; the test that asks for violations sees it."""
    api.answer = (200, {"id": 5})
    assert await api.call("GET", "/users/1") == (200, {"id": 5})
    assert [(one.operation, one.part) for one in api.spec.violations] == [
        ("GET /users/{user_id}", "response")
    ]
    problems = api.spec.violations[0].problems
    assert problems["username"] == ("BASE_TYPE_REQUIRED", "This field is required")
    assert (
        problems["id"][0] == "BASE_TYPE_BAD_TYPE"
    )  # a request may hold an id as a number, an answer may not
    assert api.spec.checked == {"GET /users/{user_id}": 1}


@needs_the_description
async def test_a_refusal_is_checked_as_well(api: Api) -> None:
    """Discord's shape of an error fits, a status that the description lacks does not; a 503 was ordered by a test."""
    for status in (404, 503):
        api.answer = (status, 10003)
        assert (await api.call("GET", "/channels/1"))[0] == status
    assert api.complaints == []
    api.answer = (204, None)
    await api.call("GET", "/channels/1")
    assert api.complaints == [
        "response of GET /channels/{channel_id}: body: The description has no status 204 here (UNKNOWN)"
    ]
    assert (api.spec.tally.answers, api.spec.tally.misfits) == (2, api.complaints)


@needs_the_description
async def test_what_the_sandbox_cannot_is_a_complaint_but_no_false_answer(api: Api) -> None:
    """501 says so aloud; the tally is of what pretends to be Discord's."""
    api.answer = (501, 0)
    await api.call("GET", "/channels/1")
    assert (len(api.complaints), api.spec.tally.misfits) == (1, [])


@needs_the_description
async def test_a_crash_of_the_sandbox_is_a_misfit(api: Api) -> None:
    """An answer that was never made is no Discord's answer either."""

    async def fall(request: web.Request) -> web.StreamResponse:
        raise KeyError("nobody")

    app = web.Application(middlewares=[api.spec.answers, errors.middleware, api.spec.requests])
    app.router.add_get(API + "/users/@me", fall)
    async with TestClient(TestServer(app)) as client, client.get(API + "/users/@me") as answer:
        assert answer.status == 500
    assert api.spec.tally.misfits == api.complaints and "KeyError('nobody')" in api.complaints[0]


@needs_the_description
async def test_answers_alone_may_be_checked() -> None:
    """For rules that are written by hand: what the description would refuse reaches the handler."""
    answers_alone = Api(Spec.load(refuses=False))
    answers_alone.answer = (404, 10003)
    async with answers_alone.client:
        await answers_alone.call("GET", "/channels/1/messages?limit=many")
        await answers_alone.call("POST", "/channels/1/messages", json={"content": 5})
    assert (answers_alone.heard, answers_alone.complaints) == (["", '{"content": 5}'], [])
    assert answers_alone.spec.tally.answers == 2


@needs_the_description
async def test_the_tree_of_a_50035_fits(api: Api) -> None:
    """Its inner codes are words in Discord's documentation and in what Discord sends."""

    async def refuse(request: web.Request) -> web.StreamResponse:
        raise errors.form_error({"embeds.0.title": ("BASE_TYPE_MAX_LENGTH", "Must be 256 or fewer.")})

    app = web.Application(middlewares=[api.spec.answers, errors.middleware, api.spec.requests])
    app.router.add_get(API + "/users/@me", refuse)
    async with TestClient(TestServer(app)) as client, client.get(API + "/users/@me") as answer:
        assert answer.status == 400
    assert api.complaints == []


@needs_the_description
async def test_a_204_has_no_body(api: Api) -> None:
    """An operation without an answer gives none."""
    api.answer = (204, None)
    assert (await api.call("DELETE", "/channels/1/messages/2"))[0] == 204
    assert api.complaints == []


@needs_the_description
@pytest.mark.parametrize(
    ("query", "fits"),
    [
        ("limit=100", True),
        ("limit=101", False),
        ("limit=many", False),
        ("before=123", True),
        ("sort=new", False),
    ],
)
async def test_queries_are_checked(api: Api, query: str, fits: bool) -> None:
    """By name and by value; numbers and truths are read from their text."""
    api.answer = (200, [])
    assert (await api.call("GET", f"/channels/1/messages?{query}"))[0] == (200 if fits else 400)
    assert [violation.part for violation in api.spec.violations] == ([] if fits else ["query"])


@needs_the_description
async def test_a_number_that_is_wrong_is_named_as_a_number(api: Api) -> None:
    """The complaint is of the number that was read, not of its text."""
    for limit, code in (("0", "NUMBER_TYPE_MIN"), ("101", "NUMBER_TYPE_MAX")):
        _, said = await api.call("GET", f"/channels/1/messages?limit={limit}")
        assert said["errors"]["limit"]["_errors"][0]["code"] == code


@needs_the_description
async def test_what_is_no_json_is_left_to_the_handler(api: Api) -> None:
    """Discord has a code of its own for it (50109)."""
    api.answer = (400, 50109)
    assert (await api.call("POST", "/channels/1/messages", data=b"{"))[1]["code"] == 50109
    assert api.heard == ["{"] and api.complaints == []


@needs_the_description
async def test_with_response_may_be_1_or_true(api: Api) -> None:
    """discord.py sends 1, others send true."""
    for truth in ("1", "true"):
        path = f"/interactions/1/token/callback?with_response={truth}"
        api.answer = (204, None)
        assert (await api.call("POST", path, json={"type": 6}))[0] == 204
    assert api.complaints == []


@needs_the_description
async def test_the_json_beside_files_is_checked_and_stays_readable(api: Api) -> None:
    """payload_json of a multipart form; the handler reads the same form again."""
    for content, expected in (("x", 200), ("x" * 4001, 400)):
        form = aiohttp.FormData()
        form.add_field("payload_json", f'{{"content": "{content}"}}')
        form.add_field("files[0]", b"data", filename="a.txt")
        assert (await api.call("POST", "/channels/1/messages", data=form))[0] == expected
    assert api.heard == ["payload_json", "files[0]"]


@needs_the_description
async def test_a_body_is_asked_for_where_it_is_required(api: Api) -> None:
    """A message needs one."""
    assert (await api.call("POST", "/channels/1/messages"))[0] == 400


@needs_the_description
async def test_an_unknown_route_is_remembered(api: Api) -> None:
    """It is not refused here: the server says 404."""
    await api.call("GET", "/nowhere")
    assert [violation.part for violation in api.spec.violations] == ["route"]


@needs_the_description
@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        pytest.param("POST", "/users/@me/channels", {"recipient_id": 5}, id="an id as a number"),
        pytest.param(
            "PUT",
            "/applications/1/commands",
            [{"name": "jobs", "description": "d", "default_member_permissions": "32"}],
            id="permissions as text",
        ),
        pytest.param(
            "PUT", "/channels/1/permissions/2", {"type": 1, "allow": "1024", "deny": "0"}, id="an overwrite"
        ),
        pytest.param(
            "POST",
            "/channels/1/messages",
            {"content": "x", "attachments": [{"id": 0}], "message_reference": {"message_id": 5}},
            id="an upload's number",
        ),
    ],
)
async def test_what_discord_takes_besides_is_taken(api: Api, method: str, path: str, body: Any) -> None:
    """discord.py sends these, and Discord accepts them."""
    await api.call(method, path, json=body)
    assert [violation for violation in api.spec.violations if violation.part == "request"] == []
