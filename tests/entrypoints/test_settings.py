from pathlib import Path

import pytest

from adapters.http.connection_limits import ConnectionLimits
from core.errors import BadSetting
from entrypoints.settings import Settings, read_settings


def test_nothing_set_is_a_database_in_the_working_folder_and_90_days() -> None:
    assert read_settings(environment={}) == Settings("sqlite:///datamingle.db", 90, None)


def test_the_environment_is_read() -> None:
    environment = {
        "DATAMINGLE_DATABASE_URL": "sqlite:////srv/dm.db",
        "DATAMINGLE_LOG_RETENTION_DAYS": "7",
        "DATAMINGLE_TEMPLATES_DIR": "templates",
    }

    assert read_settings(environment=environment) == Settings("sqlite:////srv/dm.db", 7, Path("templates"))


def test_a_database_that_is_given_overrules_the_environment() -> None:
    settings = read_settings("sqlite:///given.db", {"DATAMINGLE_DATABASE_URL": "sqlite:///other.db"})

    assert settings.database_url == "sqlite:///given.db"


def test_an_empty_variable_is_as_good_as_none() -> None:
    environment = {"DATAMINGLE_LOG_RETENTION_DAYS": "", "DATAMINGLE_DATABASE_URL": ""}

    assert read_settings(environment=environment) == Settings()


@pytest.mark.parametrize("days", ["0", "-1", "ninety", "1.5", "²", "36501", "9" * 5000, " 7"])
def test_retention_that_is_no_number_of_days_is_refused_in_a_sentence(days: str) -> None:
    with pytest.raises(BadSetting, match="write a whole number of days from 1 to 36500"):
        read_settings(environment={"DATAMINGLE_LOG_RETENTION_DAYS": days})


def test_what_clients_are_granted_may_be_set() -> None:
    environment = {
        "DATAMINGLE_HEAD_SECONDS": "5",
        "DATAMINGLE_BODY_SECONDS": "60",
        "DATAMINGLE_IDLE_SECONDS": "300",
        "DATAMINGLE_CONNECTIONS": "500",
    }

    assert read_settings(environment={}).limits == ConnectionLimits(15, 30, 75, 10_000)
    assert read_settings(environment=environment).limits == ConnectionLimits(5, 60, 300, 500)


@pytest.mark.parametrize(
    ("name", "range"),
    [
        ("DATAMINGLE_HEAD_SECONDS", "seconds from 1 to 3600"),
        ("DATAMINGLE_BODY_SECONDS", "seconds from 1 to 3600"),
        ("DATAMINGLE_IDLE_SECONDS", "seconds from 1 to 3600"),
        ("DATAMINGLE_CONNECTIONS", "connections from 1 to 1000000"),
    ],
)
def test_a_limit_that_is_no_such_number_is_refused_in_a_sentence(name: str, range: str) -> None:
    with pytest.raises(BadSetting, match=f'{name} is "0": write a whole number of {range}'):
        read_settings(environment={name: "0"})
