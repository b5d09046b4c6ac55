"""Errors in the form that clients of OpenAI's API read."""

from __future__ import annotations

from starlette.responses import JSONResponse

from kokoro_demo.errors import KokoroError, RequestError, UnspokenLanguageError
from kokoro_demo.ui.errors import explain


class ApiError(Exception):
    """The error that a program gets in place of what it asked for.

    param: the field that is wrong, if it is one.
    """

    def __init__(
        self,
        status: int,
        message: str,
        param: str | None = None,
        code: str | None = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status, self.message, self.param, self.code, self.headers = status, message, param, code, headers

    def fields(self) -> dict[str, str | None]:
        """What is wrong, as clients read it."""
        kind = (
            "invalid_request_error" if self.status < 429 else "rate_limit_error" if self.status == 429 else "api_error"
        )
        return {"message": self.message, "type": kind, "param": self.param, "code": self.code}

    def response(self) -> JSONResponse:
        """The answer."""
        return JSONResponse({"error": self.fields()}, self.status, self.headers)


def api_error(error: Exception) -> ApiError:
    """The error for a program. For errors not meant for people, only the type and location are logged."""
    if isinstance(error, ApiError):
        return error
    if isinstance(error, UnspokenLanguageError) and error.retry_after is not None:
        return ApiError(503, explain(error), "language", headers={"Retry-After": str(error.retry_after)})
    status = 400 if isinstance(error, RequestError) else 503 if isinstance(error, KokoroError) else 500
    return ApiError(status, explain(error))
