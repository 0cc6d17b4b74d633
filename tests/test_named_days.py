"""Named days: the table against the library `holidays` and against days known from elsewhere."""

from datetime import date

import holidays
import pytest

from tellings.model.rules import load
from tellings.within.times import find
from tellings.within.times.named import named_day, same_day_and_month

DAYS = load("en", "time").meanings("named")

#: Ours, country, the library's name, years for which both must agree.
SAME = [
    ("New Year's Day", "US", "New Year's Day", 1990),
    ("Martin Luther King Jr. Day", "US", "Martin Luther King Jr. Day", 1990),
    ("Presidents' Day", "US", "Washington's Birthday", 1990),
    ("Memorial Day", "US", "Memorial Day", 1990),
    ("Juneteenth", "US", "Juneteenth National Independence Day", 2021),
    ("Independence Day", "US", "Independence Day", 1990),
    ("Labor Day", "US", "Labor Day", 1990),
    ("Columbus Day", "US", "Columbus Day", 1990),
    ("Veterans Day", "US", "Veterans Day", 1990),
    ("Thanksgiving", "US", "Thanksgiving Day", 1990),
    ("Mother's Day", "US", "Mother's Day", 1990),
    ("Father's Day", "US", "Father's Day", 1990),
    ("Christmas Day", "GB", "Christmas Day", 1990),
    ("Boxing Day", "GB", "Boxing Day", 1990),
    ("Good Friday", "GB", "Good Friday", 1990),
    ("Spring Bank Holiday", "GB", "Spring Bank Holiday", 1990),
    ("August Bank Holiday", "IE", "August Bank Holiday", 1990),
    ("Thanksgiving", "CA", "Thanksgiving Day", 1990),
    ("Canada Day", "CA", "Canada Day", 1990),
    ("Victoria Day", "CA", "Victoria Day", 1990),
    ("Labour Day", "NZ", "Labour Day", 1990),
    ("Waitangi Day", "NZ", "Waitangi Day", 1990),
    ("Australia Day", "AU", "Australia Day", 1995),
    ("Bastille Day", "FR", "National Day", 1990),
    ("Whit Monday", "DE", "Pentecost Monday", 1990),
    ("Ascension Day", "DE", "Ascension Day", 1990),
    ("Unity Day", "DE", "German Unity Day", 1991),
    ("Republic Day", "IN", "Republic Day", 2001),
    ("Independence Day", "IN", "Independence Day", 2001),
    ("Independence Day", "MX", "Independence Day", 1990),
    ("Orthodox Good Friday", "GR", "Good Friday", 1990),
]


@pytest.mark.parametrize(("ours", "country", "theirs", "since"), SAME, ids=lambda value: str(value))
def test_the_library_has_the_same_day(ours: str, country: str, theirs: str, since: int) -> None:
    subdivision = {"CA": "ON"}.get(country)
    table = getattr(holidays, country)
    checked = 0
    for year in range(since, 2031):
        known = holidays.country_holidays(
            country,
            subdiv=subdivision,
            years=year,
            language="en_US",
            categories=table.supported_categories,
            observed=False,
        )
        days = [day for day, names in known.items() if theirs in names.split("; ")]
        if not days:
            continue
        checked += 1
        found = named_day(DAYS[ours], year, country)
        assert found is not None, year
        assert found.first in days, (year, found, days)
        assert not found.unsure
    assert checked > 5


@pytest.mark.parametrize(
    ("name", "year", "country", "first", "last"),
    [
        ("Easter", 1818, None, "1818-03-22", None),
        ("Easter", 2038, None, "2038-04-25", None),
        ("Orthodox Easter", 2024, None, "2024-05-05", None),
        ("Super Bowl Sunday", 2012, None, "2012-02-05", None),
        ("Super Bowl Sunday", 2024, None, "2024-02-11", None),
        ("Election Day", 2016, "US", "2016-11-08", None),
        ("Inauguration Day", 2017, None, "2017-01-20", None),
        ("Giving Tuesday", 2019, None, "2019-12-03", None),
        ("Mother's Day", 2022, "GB", "2022-03-27", None),
        ("Father's Day", 2022, "AU", "2022-09-04", None),
        ("Remembrance Sunday", 2018, None, "2018-11-11", None),
        ("Early May Bank Holiday", 2020, None, "2020-05-08", None),
        ("Kwanzaa", 2015, None, "2015-12-26", "2016-01-01"),
        ("Holy Week", 2021, None, "2021-03-28", "2021-04-03"),
        ("Passover", 2020, None, "2020-04-09", "2020-04-15"),
        ("Diwali", 2020, None, "2020-11-14", None),
        ("Chinese New Year", 2021, None, "2021-02-12", None),
    ],
)
def test_days_known_from_elsewhere(name: str, year: int, country: str | None, first: str, last: str | None) -> None:
    found = named_day(DAYS[name], year, country)
    assert found is not None
    assert (found.first, found.last) == (date.fromisoformat(first), date.fromisoformat(last or first))


@pytest.mark.parametrize(
    ("name", "year"), [("Giving Tuesday", 2011), ("Inauguration Day", 2018), ("Leap Day", 2019), ("Easter", 1500)]
)
def test_there_was_no_such_day(name: str, year: int) -> None:
    assert named_day(DAYS[name], year) is None


@pytest.mark.parametrize("name", sorted(DAYS))
def test_every_entry_can_be_used(name: str) -> None:
    found = [day for year in range(2004, 2031) if (day := named_day(DAYS[name], year))]
    assert found
    assert all(day.first <= day.last for day in found)


def test_a_day_that_differs_by_country_is_unsure_where_none_is_known() -> None:
    assert named_day(DAYS["Mother's Day"], 2022).unsure  # type: ignore[union-attr]
    assert not named_day(DAYS["Mother's Day"], 2022, "US").unsure  # type: ignore[union-attr]
    assert named_day(DAYS["Eid al-Fitr"], 2022).unsure  # type: ignore[union-attr]
    assert same_day_and_month(DAYS["Christmas"]) == "12-25"
    assert same_day_and_month(DAYS["Easter"]) is None


@pytest.mark.parametrize(
    "text",
    [
        "They signed the Good Friday Agreement.",
        "She sailed to Easter Island.",
        "He lent her a coat.",
        "The Boxing Day Test drew many.",
        "A Christmas Carol was read.",
    ],
)
def test_a_name_that_holds_a_day_is_none(text: str) -> None:
    assert not find(text, dct=date(2015, 6, 17))


@pytest.mark.parametrize(
    "text", ["They watched New Year's Eve programming.", "She sold Thanksgiving turkeys.", "The Christmas tree fell."]
)
def test_a_thing_named_after_a_day_is_not_placed(text: str) -> None:
    (found,) = find(text, dct=date(2015, 6, 17))
    assert found.value is not None
    assert found.interval is None
    assert found.reason


def test_a_day_that_many_countries_have_is_placed_where_one_is_told() -> None:
    (found,) = find("They danced on National Day.", dct=date(2015, 6, 17))
    assert found.interval is None and found.reason
    (found,) = find("They danced on National Day.", dct=date(2015, 6, 17), country="CN")
    assert found.interval is not None and found.interval.earliest == date(2014, 10, 1)


def test_a_day_that_has_just_been_is_meant_whatever_the_verb() -> None:
    (found,) = find("New Year's Eve can be a loud affair.", dct=date(2016, 1, 6))
    assert found.interval is not None and found.interval.earliest == date(2015, 12, 31)
    (found,) = find("New Year's Eve will be a loud affair.", dct=date(2016, 11, 6))
    assert found.interval is not None and found.interval.earliest == date(2016, 12, 31)
