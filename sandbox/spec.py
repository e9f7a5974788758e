"""Every request and every answer, held against Discord's own OpenAPI description while the sandbox runs.

The description is Discord's (MIT) and no part of this project: it is looked for beside the checkout, in
../shared/discord/openapi.json. Without it, or without jsonschema-rs, the check is off and `active` says so.
"""

from __future__ import annotations

import contextlib
import logging
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from aiohttp import web
from aiohttp.typedefs import Handler

from sandbox import bodies
from sandbox.errors import form_error
from sandbox.paths import api_path
from sandbox.spec_schema import Schema, Schemas
from sandbox.tally import Tally

log = logging.getLogger(__name__)

Part = Literal["route", "query", "request", "response"]
Problems = dict[str, tuple[str, str]]

BESIDE_THE_CHECKOUT = Path(__file__).resolve().parents[1] / "../shared/discord/openapi.json"

_METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True, slots=True)
class Violation:
    """Something that the description does not know. problems: dotted path → (code, sentence)."""

    operation: str  # "POST /channels/{channel_id}/messages"; for an unknown route the path itself
    part: Part
    problems: Problems

    def __str__(self) -> str:
        lines = [f"{path or 'body'}: {message} ({code})" for path, (code, message) in self.problems.items()]
        return f"{self.part} of {self.operation}: " + "; ".join(lines)


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one path template, as the description has it."""

    method: str
    template: str
    segments: tuple[str, ...]
    parameters: Mapping[str, Schema]  # of the query
    body: Schema | None
    body_required: bool

    def fits(self, segments: tuple[str, ...]) -> bool:
        return all(
            mine == theirs or mine[0] == "{" for mine, theirs in zip(self.segments, segments, strict=True)
        )

    @property
    def name(self) -> str:
        return f"{self.method.upper()} {self.template}"

    @property
    def variables(self) -> int:
        return sum(segment[0] == "{" for segment in self.segments)


class Spec:
    """The check. violations: what did not fit, in order; checked: how often each operation was looked at.

    A request that does not fit is refused with 50035, as Discord does; refuses=False leaves it to the rules that
    are written by hand. An answer goes out whatever it is: it is the sandbox's own fault, and a test asks for it.
    """

    def __init__(self, schemas: Schemas | None, *, refuses: bool = True, tally: Tally | None = None) -> None:
        self._schemas = schemas
        self._refuses = refuses
        self.tally = tally or Tally()
        self._operations: dict[tuple[str, int], list[Operation]] = defaultdict(list)
        self.violations: list[Violation] = []
        self.checked: Counter[str] = Counter()
        for operation in _operations(schemas.requests if schemas else {}):
            self._operations[operation.method, len(operation.segments)].append(operation)

    @classmethod
    def load(
        cls, source: str | Path | None = "auto", *, refuses: bool = True, tally: Tally | None = None
    ) -> Spec:
        """From a file; "auto" looks beside the checkout and is off when nothing is there; None is off."""
        if source is None or find_spec("jsonschema_rs") is None:
            return cls(None)
        path = BESIDE_THE_CHECKOUT if source == "auto" else Path(source)
        if source == "auto" and not path.is_file():
            return cls(None)
        return cls(_schemas_of(path), refuses=refuses, tally=tally)

    @property
    def active(self) -> bool:
        return self._schemas is not None

    @web.middleware
    async def requests(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """The inner half: what the other middlewares let through is looked at, and refused when it doesn't fit."""
        path = api_path(request.path)
        if self._schemas is None or path is None:
            return await handler(request)
        operation = self.operation(request.method, path)
        if operation is None:
            unknown = {"": ("UNKNOWN", "No such operation in the description")}
            self._note(f"{request.method} {path}", "route", unknown)
            return await handler(request)
        self.checked[operation.name] += 1
        if self._refuses:
            self._check_query(operation, request)
            with contextlib.suppress(ValueError):  # no JSON at all: the handler has Discord's words for it
                self._check_request(operation, await bodies.asked(request))
        return await handler(request)

    @web.middleware
    async def answers(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """The outer half: what leaves the house is looked at, whichever middleware answered."""
        path = api_path(request.path)
        operation = self.operation(request.method, path) if path is not None else None
        try:
            response = await handler(request)
        except Exception as error:
            if operation is not None and not isinstance(error, web.HTTPException):
                crashed: Problems = {"": ("UNKNOWN", f"The sandbox failed: {error!r}")}
                self._note_answer(operation, crashed)
            raise
        if operation is None or not isinstance(response, web.Response):
            return response
        if _is_discords(response):
            self.check_response(operation, response.status, bodies.answered(response))
        elif response.status == 501:  # see errors.unsupported
            self._note(operation.name, "response", {"": ("UNKNOWN", "The sandbox cannot do this")})
        return response

    def operation(self, method: str, path: str) -> Operation | None:
        """The operation of a path after /api/v10; one with fewer variables wins (…/@original, …/@me)."""
        segments = tuple(part for part in path.split("/") if part)
        fitting = (one for one in self._operations[method.lower(), len(segments)] if one.fits(segments))
        return min(fitting, key=lambda one: one.variables, default=None)

    def check_response(self, operation: Operation, status: int, body: object) -> None:
        """Hold an answer against what the description says about its status. body: parsed JSON, None for none."""
        if self._schemas is None:
            return
        described = self._schemas.response(operation.template, operation.method, status)
        if described is None:
            problems: Problems = {"": ("UNKNOWN", f"The description has no status {status} here")}
        elif "content" in described:
            schema = described["content"]["application/json"]["schema"]
            problems = self._schemas.errors((operation.name, str(status)), schema, body, request=False)
        else:
            problems = {} if body is None else {"": ("UNKNOWN", f"A {status} has no body")}
        self.tally.answers += 1
        if problems:
            self._note_answer(operation, problems)

    def _check_query(self, operation: Operation, request: web.Request) -> None:
        problems: Problems = {}
        for name in request.query:
            schema = operation.parameters.get(name)
            if schema is None:
                problems[name] = ("UNKNOWN", "The description has no such parameter")
            else:
                problems |= self._query_problems(operation, name, schema, request.query.getall(name))
        if problems:
            self._refuse(operation, "query", problems)

    def _query_problems(self, operation: Operation, name: str, schema: Schema, values: list[str]) -> Problems:
        """A query is text: the parameter is right when any reading of it is."""
        key, readings = (operation.name, "query", name), list(_readings(values))
        if self._schemas is None or any(
            self._schemas.fits(key, schema, one, request=True) for one in readings
        ):
            return {}
        # A number tells more of what is wrong than its text does.
        told = next((one for one in readings if type(one) is int), readings[0])
        return {name: next(iter(self._errors(key, schema, told).values()))}

    def _check_request(self, operation: Operation, body: object) -> None:
        if body is None:
            if operation.body_required:
                self._refuse(operation, "request", {"": ("BASE_TYPE_REQUIRED", "This field is required")})
        elif operation.body is not None:
            problems = self._errors((operation.name, "body"), operation.body, body)
            if problems:
                self._refuse(operation, "request", problems)

    def _errors(self, key: tuple[str, ...], schema: Schema, value: object) -> Problems:
        return {} if self._schemas is None else self._schemas.errors(key, schema, value, request=True)

    def _refuse(self, operation: Operation, part: Part, problems: Problems) -> None:
        self._note(operation.name, part, problems)
        raise form_error(problems)

    def _note_answer(self, operation: Operation, problems: Problems) -> None:
        self._note(operation.name, "response", problems)
        self.tally.misfits.append(str(self.violations[-1]))

    def _note(self, operation: str, part: Part, problems: Problems) -> None:
        """Keep it, and say it aloud: nobody should have to ask whether something didn't fit."""
        self.violations.append(Violation(operation, part, problems))
        log.warning("does not fit Discord's description: %s", self.violations[-1])


@cache
def _schemas_of(path: Path) -> Schemas:
    """One description serves every sandbox of a process: it takes 40 ms to read, and compiles as it is used."""
    return Schemas(path.read_text(encoding="utf-8"))


def _operations(paths: Mapping[str, Schema]) -> Iterator[Operation]:
    for template, item in paths.items():
        for method in _METHODS:
            if method in item:
                described = item[method]
                parameters = [*item.get("parameters", ()), *described.get("parameters", ())]
                body = described.get("requestBody", {})
                yield Operation(
                    method,
                    template,
                    tuple(part for part in template.split("/") if part),
                    {one["name"]: one["schema"] for one in parameters if one["in"] == "query"},
                    body.get("content", {}).get("application/json", {}).get("schema"),
                    bool(body.get("required")),
                )


def _is_discords(response: web.Response) -> bool:
    """Not so a 5xx, which a test ordered: the description has none. Nor the page of a ban: it is Cloudflare's."""
    banned = response.status == 429 and response.content_type != "application/json"
    return response.status < 500 and not banned


def _readings(values: list[str]) -> Iterator[object]:
    text = values[-1]
    yield text
    if re.fullmatch(r"-?[0-9]+", text):
        yield int(text)
    if text.lower() in ("1", "0", "true", "false"):
        yield text.lower() in ("1", "true")
    yield values
