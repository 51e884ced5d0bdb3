"""What the doctor says of facts that do not arrive."""

from cli.news import Behind, about_hearing, about_the_stream, behind, stuck
from shared.contracts.health import Health
from shared.messaging.provision import Filling


def health(service: str, *, revision: int = 0, waiting: int = 0, **heard: int) -> Health:
    return Health(service=service, version="1", revision=revision, waiting=waiting, heard=heard)


def healths(heard: int, *, revision: int = 9, waiting: int = 0) -> dict[str, Health]:
    return {
        "identity": health("identity", revision=revision, waiting=waiting),
        "roles": health("roles", identity=heard),
    }


def test_who_has_heard_all_is_not_behind() -> None:
    assert behind(healths(9)) == []


def test_what_was_not_announced_yet_nobody_can_have_heard() -> None:
    assert behind(healths(7, waiting=2)) == []


def test_who_is_slow_is_not_stuck() -> None:
    assert stuck(healths(5), healths(8)) == []


def test_who_hears_nothing_more_is_stuck_and_told_what_to_do() -> None:
    found = stuck(healths(5), healths(5, revision=11))
    finding = about_hearing(found[0])

    assert found == [Behind("roles", "identity", 5, 11)]
    assert (finding.well, finding.code) == (False, "service.behind")
    assert "ekstranet provision --again" in finding.advice


def test_who_is_silent_at_the_second_look_is_not_called_stuck() -> None:
    after = healths(5)
    del after["roles"]

    assert stuck(healths(5), after) == []


def test_a_stream_is_told_of_before_it_is_full() -> None:
    roomy, filled = about_the_stream(Filling(700, 1000)), about_the_stream(Filling(701, 1000))

    assert (roomy.well, roomy.code) == (True, "stream.has_room")
    assert (filled.well, filled.code) == (False, "stream.filling")
    assert "KANTA_STREAM_KEEP_DAYS" in filled.advice
