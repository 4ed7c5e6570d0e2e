"""Errors split by who is to blame.

`KnownError` is something a person can meet and mend: it carries a Vietnamese sentence saying what happened and a
remedy saying what to do next. Every other exception is a mistake of the program and goes to the log.
"""


class KnownError(Exception):
    """Something a user can cause or meet, told in Vietnamese with its remedy.

    `message` says what happened, `remedy` what to do next; both are whole sentences.
    """

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(f"{message} {remedy}".strip())
        self.message = message
        self.remedy = remedy


class FieldError(KnownError):
    """A value that cannot be kept, tied to the field it was typed into (`field` is the field's English name)."""

    def __init__(self, field: str, message: str, remedy: str = "") -> None:
        super().__init__(message, remedy)
        self.field = field
