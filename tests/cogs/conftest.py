"""The town of the end-to-end tests, for what people press in it."""

from tests.end_to_end.conftest import town

__all__ = ["town"]
