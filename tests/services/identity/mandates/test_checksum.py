"""The checksum, by the values that Suomi.fi's own clients publish."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from services.identity.mandates.checksum import checksum, header
from services.identity.mandates.wire import Credentials

# From the tests of the Finnish National Agency for Education's public client.
KEY = "3ba56df8-88b8-4805-9b04-2f8e7a61"
CLIENT = "ed4b7ae7"
TIMESTAMP = "2017-02-09T10:29:42.09Z"
REGISTER = "user/register/ed4b7ae7/080297-915A?requestId=02fd35dc-99e6-477b-b6e2-03f02cbf3666"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (f"/service/ypa/{REGISTER}", "z1xDqaSjDwnVniJvis0SqMXeQEBtgBgzozhQqftmY9U="),
        (f"/service/hpa/{REGISTER}", "z7X+xWtrvth1L7Ql6B/4xZ0iQ1VjToWX4TnHVLo8RGo="),
    ],
)
def test_the_checksum_is_the_published_one(path: str, expected: str) -> None:
    assert checksum(KEY, path, TIMESTAMP) == expected


def test_the_header_is_client_time_and_checksum_with_single_spaces() -> None:
    now = datetime(2017, 2, 9, 12, 29, 42, 90_000, tzinfo=timezone(timedelta(hours=2)))

    client, timestamp, signature = header(CLIENT, KEY, "/a?b=c", now).split(" ")

    assert client == CLIENT
    assert timestamp == "2017-02-09T10:29:42.090Z"
    assert signature == checksum(KEY, "/a?b=c", timestamp)


def test_the_time_is_that_of_the_call() -> None:
    first = header(CLIENT, KEY, "/a", datetime(2026, 1, 1, tzinfo=UTC))
    second = header(CLIENT, KEY, "/a", datetime(2026, 1, 1, 0, 0, 1, tzinfo=UTC))

    assert first != second


def test_the_token_is_asked_for_with_the_published_header() -> None:
    us = Credentials(
        address="https://suomi.example",
        client_id=CLIENT,
        api_key=KEY,
        oauth_password="abc-api-key",
        callback="https://login.example/mandates/callback",
    )

    assert us.basic == "Basic ZWQ0YjdhZTc6YWJjLWFwaS1rZXk="


def test_what_the_password_holds_is_not_quoted() -> None:
    us = Credentials(
        address="https://suomi.example", client_id=CLIENT, api_key=KEY, oauth_password="a+b%/ö", callback=""
    )

    assert us.basic == "Basic ZWQ0YjdhZTc6YStiJS/Dtg=="


@pytest.mark.parametrize("address", ["http://suomi.example", "ftp://127.0.0.1", "suomi.example"])
def test_secrets_are_not_sent_in_the_clear(address: str) -> None:
    with pytest.raises(ValueError, match="TLS"):
        Credentials(address=address, client_id=CLIENT, api_key=KEY, oauth_password="x", callback="")
