"""The errors of the service, as its public code words them."""

from aiohttp import web

NO_PARAMETER, UNKNOWN_USER, NOT_AUTHORISED, OTHER = 101, 104, 106, 199


class Failure(Exception):
    """A call that gets *status* and an error of the service's own kind."""

    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(message)
        self.status, self.code, self.message = status, code, message


def failed(failure: Failure, request_id: str) -> web.Response:
    """The answer to a call that failed."""
    body = {"reqID": request_id, "errorMessage": failure.message, "errorCode": failure.code}
    return web.json_response(body, status=failure.status, headers={"X-RoVa-ErrorMessage-Included": "true"})


def oauth_failed(error: str, status: int) -> web.Response:
    """The answer of the token endpoint to what it does not accept (RFC 6749, 5.2)."""
    headers = {"Cache-Control": "no-store"}
    if status == 401:
        headers["WWW-Authenticate"] = 'Basic realm="oauth"'
    return web.json_response({"error": error}, status=status, headers=headers)
