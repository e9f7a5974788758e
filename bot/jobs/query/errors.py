"""A filter that can't be understood, with the place of the mistake."""

from __future__ import annotations


class FilterError(Exception):
    """A filter that can't be understood. The message says what to do; position and length say where in `text`."""

    def __init__(self, message: str, position: int, length: int, text: str) -> None:
        super().__init__(message)
        self.message = message
        self.position = position
        self.length = length
        self.text = text

    def pointing(self) -> str:
        """The message, the place in words, and the place under the text (for a code block): three lines.

        Only the neighbourhood is shown, so that no line is wider than a phone.
        """
        start = max(0, self.position - 16)
        end = min(len(self.text), max(self.position + 16, start + 32))
        before, after = "…" if start else "", "…" if end < len(self.text) else ""
        carets = "^" * max(1, min(self.length, end - self.position))
        indent = " " * (len(before) + self.position - start)
        near = self.text[self.position : self.position + min(max(self.length, 1), 20)]
        return (
            f"{self.message} At character {self.position + 1}, near “{near}”.\n"
            f"{before}{self.text[start:end]}{after}\n{indent}{carets}"
        )
