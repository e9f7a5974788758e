"""Refusals in Discord's shape, and the log that remembers them."""

from __future__ import annotations

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from sandbox import errors
from sandbox.clock import Clock
from sandbox.log import FrameLog, masked


def test_a_form_error_is_a_tree_of_the_wrong_fields() -> None:
    """Each dotted path becomes nested keys that end in _errors, beside its neighbours."""
    error = errors.form_error(
        {
            "embeds.0.title": ("BASE_TYPE_MAX_LENGTH", "Must be 256 or fewer in length."),
            "embeds.0.url": ("URL_TYPE_INVALID_URL", "Not a well formed URL."),
        }
    )
    assert error.status == 400
    assert error.body() == {
        "message": "Invalid Form Body",
        "code": 50035,
        "errors": {
            "embeds": {
                "0": {
                    "title": {
                        "_errors": [
                            {"code": "BASE_TYPE_MAX_LENGTH", "message": "Must be 256 or fewer in length."}
                        ]
                    },
                    "url": {
                        "_errors": [{"code": "URL_TYPE_INVALID_URL", "message": "Not a well formed URL."}]
                    },
                }
            }
        },
    }


def test_an_error_of_the_whole_body_stands_at_the_root() -> None:
    """The empty path means the body itself."""
    assert errors.required("").errors == {
        "_errors": [{"code": "BASE_TYPE_REQUIRED", "message": "This field is required"}]
    }


def test_named_refusals_carry_discords_numbers() -> None:
    """Each call gives a new exception, so that one request's headers never reach another."""
    first, second = errors.missing_permissions(), errors.missing_permissions()
    assert (first.status, first.code) == (403, 50013)
    assert first.body() == {"message": "Missing Permissions", "code": 50013}
    assert first is not second and first.headers is not second.headers
    assert (errors.unknown_interaction().status, errors.unknown_interaction().code) == (404, 10062)
    assert (errors.already_acknowledged().status, errors.already_acknowledged().code) == (400, 40060)
    assert (errors.invalid_webhook_token().status, errors.invalid_webhook_token().code) == (401, 50027)


async def test_the_content_type_is_exactly_application_json() -> None:
    """With a charset behind it discord.py would take the body for text and fail to log in."""

    async def refuse(request: web.Request) -> web.Response:
        raise errors.unknown_channel()

    app = web.Application(middlewares=[errors.middleware])
    app.router.add_get("/", refuse)
    async with TestClient(TestServer(app)) as client, client.get("/") as answer:
        assert answer.status == 404
        assert answer.headers["Content-Type"] == "application/json"
        assert await answer.json() == {"message": "Unknown Channel", "code": 10003}


async def test_the_log_keeps_requests_and_answers_in_order_without_tokens() -> None:
    """What was asked, what came back, at which moment; a token is never kept, wherever it stands."""

    async def echo(request: web.Request) -> web.Response:
        return errors.json_response({"heard": await request.json()})

    clock = Clock()
    log = FrameLog(clock)
    app = web.Application(middlewares=[log.middleware])
    app.router.add_post("/webhooks/{id}/{token}", echo)
    secret = "MTIzNDU2Nzg5MDEyMzQ1Njc4.abcdef.abcdefghijklmnopqrstuvwxyz"
    started = clock.now()
    async with TestClient(TestServer(app)) as client:
        body = {"content": f"psst {secret}", "token": "interaction-token"}
        async with client.post("/webhooks/1/interaction-token", json=body) as answer:
            assert answer.status == 200
    assert log.names() == ["POST /webhooks/1/…", "200 POST /webhooks/1/…"]
    assert [(frame.side, frame.direction) for frame in log.frames] == [("rest", "in"), ("rest", "out")]
    assert log.frames[0].body == {"content": "psst …", "token": "…"}
    assert started <= log.frames[0].at <= log.frames[1].at <= clock.now()
    assert secret not in log.tail() and "interaction-token" not in log.tail()
    assert len(log.tail(1).splitlines()) == 1


@pytest.mark.parametrize("value", [None, 1, 1.5, True, "short words", ["a.b.c"], {"tokens": 3}])
def test_masking_leaves_everything_else_alone(value: object) -> None:
    """Only tokens are replaced."""
    assert masked(value) == value
