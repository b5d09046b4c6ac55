"""Errors in the format of OpenAI's API."""

from __future__ import annotations

from starlette.responses import JSONResponse

from kokoro_demo.errors import KokoroError, RequestError, UnspokenLanguageError
from kokoro_demo.ui.errors import explain

# The status that nginx logs if a client closed the connection; no client ever sees it.
CLIENT_CLOSED = 499


class ApiError(Exception):
    """An error response to an API client.

    param: the invalid field, if the error is about one.
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
        """The error as a JSON object."""
        kind = (
            "invalid_request_error" if self.status < 429 else "rate_limit_error" if self.status == 429 else "api_error"
        )
        return {"message": self.message, "type": kind, "param": self.param, "code": self.code}

    def response(self) -> JSONResponse:
        """The error as an HTTP response."""
        return JSONResponse({"error": self.fields()}, self.status, self.headers)


def api_error(error: Exception) -> ApiError:
    """Convert an error to the one for the client. Of unexpected errors, only the type and location are logged."""
    if isinstance(error, ApiError):
        return error
    if isinstance(error, UnspokenLanguageError) and error.retry_after is not None:
        return ApiError(503, explain(error), "language", headers={"Retry-After": str(error.retry_after)})
    status = 400 if isinstance(error, RequestError) else 503 if isinstance(error, KokoroError) else 500
    return ApiError(status, explain(error))
