"""The burn-down picture and the instruction sheets say what they show, in three languages."""

import re
from datetime import date, timedelta
from itertools import pairwise
from uuid import uuid4
from xml.etree import ElementTree

import pytest

from cli.migration.chart import BANDS, RIGHT, svg
from cli.migration.drawing import page, words_of
from cli.migration.instructing import sheet, there
from cli.words import catalogue
from shared.contracts.base import Language, OrganisationId
from shared.contracts.identity import OrganisationKind, OrganisationView, RegisterState
from shared.contracts.legacy import LegacyState, Tally, Why

LANGUAGES: tuple[Language, ...] = ("fi", "sv", "en")
FIRST = date(2026, 11, 2)
SVG = "{http://www.w3.org/2000/svg}"


def history(days: int = 20) -> tuple[Tally, ...]:
    return tuple(
        Tally(
            day=FIRST + timedelta(days=day),
            not_started=days - day,
            invited=day // 2,
            reaccepted=day - day // 2,
            not_needed=2,
        )
        for day in range(days)
    )


def an_organisation(kind: OrganisationKind = OrganisationKind.PUBLIC) -> OrganisationView:
    return OrganisationView(
        id=OrganisationId(uuid4()),
        business_id="9100001-3",
        oid=None,
        name="Kaislan <hyvinvointialue>",
        kind=kind,
        state=RegisterState.ACTIVE,
        valid_from=None,
        valid_until=None,
        fetched_at=None,
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("days", [1, 2, 20])
def test_the_picture_says_in_words_what_it_shows(language: Language, days: int) -> None:
    days_shown = history(days)
    words = words_of("Kaislan <hyvinvointialue>", days_shown, language)
    picture = ElementTree.fromstring(svg(days_shown, words))
    said = [one.text for one in picture.iter(f"{SVG}text")]

    assert picture.get("role") == "img"
    assert picture.findtext(f"{SVG}title") == words.title
    assert str(days_shown[-1].left) in (picture.findtext(f"{SVG}desc") or "")
    for band, _, _ in BANDS:
        assert any(one and one.startswith(words.bands[band]) for one in said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_names_of_the_bands_fit_beside_them(language: Language) -> None:
    words = words_of("A", history(), language)
    longest = max(len(f"{name}: 9999") for name in words.bands.values())

    # A letter of this size is some eight units wide; before it stand a gap and the band's own sign.
    assert longest * 8 <= RIGHT - 32


def test_no_band_is_told_apart_by_its_colour_alone() -> None:
    assert len({pattern for _, _, pattern in BANDS}) == len(BANDS)


def test_the_bands_stand_on_each_other_and_reach_the_top() -> None:
    picture = ElementTree.fromstring(svg(history(), words_of("A", history(), "en")))
    bands = [
        one.get("d", "") for one in picture.iter(f"{SVG}path") if (one.get("fill") or "").startswith("url")
    ]
    heights = [float(y) for band in bands for y in re.findall(r"[\d.]+ ([\d.]+)", band)]

    assert len(bands) == len(BANDS)
    assert (min(heights), max(heights)) == (24, 364)


def test_the_names_of_the_bands_do_not_lie_over_each_other() -> None:
    alone = (Tally(day=FIRST, not_started=3),)
    picture = ElementTree.fromstring(svg(alone, words_of("A", alone, "fi")))
    names = [float(one.get("y", "0")) for one in picture.iter(f"{SVG}text") if ": " in (one.text or "")]

    assert len(names) == len(BANDS)
    assert all(above - below >= 20 for above, below in pairwise(names))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_has_the_numbers_beside_the_picture(language: Language) -> None:
    words = words_of("A", history(), language)
    made = page(svg(history(), words), history(), words, language)

    assert made.count("<tr>") == 21
    assert 'scope="col"' in made
    assert f'lang="{language}"' in made


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", OrganisationKind)
def test_every_kind_of_organisation_is_told_what_to_do_and_who_says_so(
    kind: OrganisationKind, language: Language
) -> None:
    steps = there(kind, language)
    made = sheet(an_organisation(kind), language, date(2026, 11, 27), html=False)

    assert len(steps) >= 3
    assert all(step.source and re.search(r"20\d\d|undated", step.date) for step in steps)
    assert all(step.text in made for step in steps)
    assert "{" not in made


def test_names_in_a_sheet_are_no_markup_of_a_page() -> None:
    assert "<hyvinvointialue>" not in sheet(an_organisation(), "fi", date(2026, 11, 27), html=True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_operator_reads_every_state_and_reason_in_words(language: Language) -> None:
    words = catalogue(language)

    assert {f"legacy_{state}" for state in LegacyState} <= words.keys()
    assert {f"why_{why}" for why in Why} <= words.keys()
    assert words.keys() == catalogue("en").keys()
