"""The installation's facts: what is nonsense is refused with a sentence that names the remedy."""

import pytest

from ventanilla.config.environment import (
    DEMO_SECRET_KEY,
    LOOPBACK_HOSTS,
    Database,
    Engine,
    MailSecurity,
    MailServer,
    UnusableEnvironment,
    read_database,
    read_environment,
)

SECRET = "k3Yp-9sQ2_vW7xZ1aB4cD6eF8gH0jL5mN-oP3rT-uX7y"
PRODUCTION = {
    "VENTANILLA_DATABASE": "postgresql://ventanilla:s%40l@db.example:5433/ventanilla",
    "VENTANILLA_SECRET_KEY": SECRET,
    "VENTANILLA_HOSTS": "ventanilla.example.org",
}


def test_a_production_installation_it_is_read_whole() -> None:
    environment = read_environment(
        {
            **PRODUCTION,
            "VENTANILLA_MAIL": "smtp+starttls://correo:cl%2Fave@smtp.example.org",
            "VENTANILLA_PROXIES": "10.0.0.2, 10.0.0.3",
        }
    )

    assert environment.database == Database(
        engine=Engine.POSTGRESQL,
        name="ventanilla",
        host="db.example",
        port=5433,
        user="ventanilla",
        password="s@l",
    )
    assert environment.mail == MailServer(
        host="smtp.example.org",
        port=587,
        user="correo",
        password="cl/ave",
        security=MailSecurity.STARTTLS,
    )
    assert environment.proxies == ("10.0.0.2", "10.0.0.3")
    assert environment.address == "https://ventanilla.example.org"
    assert environment.is_https
    assert not environment.demo
    assert not environment.debug


def test_the_demo_it_needs_nothing_and_stays_at_home() -> None:
    environment = read_environment({"VENTANILLA_DEMO": "1"})

    assert environment.hosts == LOOPBACK_HOSTS
    assert environment.database.engine is Engine.SQLITE
    assert environment.mail is not None
    assert not environment.is_https


def test_a_socket_folder_it_can_be_the_host_of_postgresql() -> None:
    database = read_database("postgresql://ventanilla@/datos?host=/run/postgresql")

    assert (database.host, database.name, database.user) == (
        "/run/postgresql",
        "datos",
        "ventanilla",
    )


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"VENTANILLA_SECRET_KEY": ""}, "VENTANILLA_SECRET_KEY is missing"),
        ({"VENTANILLA_SECRET_KEY": "short"}, "can be guessed"),
        ({"VENTANILLA_SECRET_KEY": "a" * 60}, "can be guessed"),
        ({"VENTANILLA_SECRET_KEY": DEMO_SECRET_KEY}, "can be guessed"),
        ({"VENTANILLA_SECRET_KEY": "", "VENTANILLA_DEMO": "1"}, "VENTANILLA_SECRET_KEY is missing"),
        ({"VENTANILLA_DEBUG": "1"}, "VENTANILLA_DEBUG"),
        ({"VENTANILLA_DEBUG": "quizá"}, "VENTANILLA_DEBUG must be 1 or 0"),
        ({"VENTANILLA_HOSTS": "*"}, "VENTANILLA_HOSTS"),
        ({"VENTANILLA_HOSTS": "https://x.example"}, "VENTANILLA_HOSTS"),
        ({"VENTANILLA_DATABASE": ""}, "VENTANILLA_DATABASE is missing"),
        ({"VENTANILLA_DATABASE": "mysql://x/y"}, "sqlite:/// or postgresql://"),
        ({"VENTANILLA_DATABASE": "sqlite://"}, "path"),
        ({"VENTANILLA_DATABASE": "sqlite://host/x"}, "path"),
        ({"VENTANILLA_DATABASE": "postgresql://db.example"}, "names no database"),
        ({"VENTANILLA_DATABASE": "postgresql://db.example:x/y"}, "VENTANILLA_DATABASE"),
        ({"VENTANILLA_DATABASE": "postgresql://db.example/y?sslroot=1"}, "sslroot"),
        ({"VENTANILLA_MAIL": "mail.example.org"}, "VENTANILLA_MAIL"),
        ({"VENTANILLA_MAIL": "http://mail.example.org"}, "VENTANILLA_MAIL"),
        ({"VENTANILLA_PROXIES": "proxy"}, "VENTANILLA_PROXIES"),
        ({"VENTANILLA_ADDRESS": "ventanilla.example.org"}, "VENTANILLA_ADDRESS"),
    ],
)
def test_nonsense_it_is_refused_with_the_variable_and_the_remedy(
    changes: dict[str, str], named: str
) -> None:
    assert read_environment(PRODUCTION).secret_key == SECRET

    with pytest.raises(UnusableEnvironment, match=named):
        read_environment({**PRODUCTION, **changes})
