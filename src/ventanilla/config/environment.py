"""The facts of one installation, read from environment variables; nonsense is refused."""

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

DEMO_SECRET_KEY = "demo-only-" + "not-a-secret-" * 4
DEMO_DATABASE = "sqlite:///var/demo/ventanilla.sqlite3"
DEMO_MAIL = "smtp://127.0.0.1:2525"
DEMO_INBOX = "var/demo/inbox"
LOOPBACK_HOSTS = ("localhost", "127.0.0.1", "[::1]")
SHORTEST_SECRET = 40

_HOST = re.compile(
    r"\.?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*|\[[0-9a-f:]+\]"
)
_TRUE = frozenset({"1", "true", "yes", "on"})
_FALSE = frozenset({"", "0", "false", "no", "off"})


class UnusableEnvironment(Exception):
    """An environment variable is missing or cannot be used; the sentence says how to mend it."""


class Engine(StrEnum):
    SQLITE = "sqlite"
    POSTGRESQL = "postgresql"


class MailSecurity(StrEnum):
    NONE = "none"
    STARTTLS = "starttls"
    TLS = "tls"


@dataclass(frozen=True, slots=True, kw_only=True)
class Database:
    """Where the data lives. For SQLite only `name`, the path of the file, is set."""

    engine: Engine
    name: str
    host: str = ""
    port: int | None = None
    user: str = ""
    password: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """The SMTP server that outgoing mail is handed to."""

    host: str
    port: int
    user: str = ""
    password: str = ""
    security: MailSecurity = MailSecurity.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """Everything that differs between installations."""

    database: Database
    secret_key: str
    hosts: tuple[str, ...]
    demo: bool
    debug: bool
    address: str
    mail: MailServer | None
    proxies: tuple[str, ...]
    static_folder: str | None
    inbox_folder: str | None = None
    reply_separator: str = "+"
    database_wait_seconds: int = 20

    @property
    def is_https(self) -> bool:
        return self.address.startswith("https://")


def read_environment(variables: Mapping[str, str]) -> Environment:
    """The installation's facts, or UnusableEnvironment with the variable and the remedy."""
    demo = _flag(variables, "VENTANILLA_DEMO")
    hosts = _hosts(variables.get("VENTANILLA_HOSTS", ""))
    debug = _flag(variables, "VENTANILLA_DEBUG")
    if debug and not _is_private(hosts):
        raise UnusableEnvironment(
            "VENTANILLA_DEBUG shows internals to whoever meets an error: switch it off, "
            f"or keep VENTANILLA_HOSTS to {', '.join(LOOPBACK_HOSTS)}."
        )
    return Environment(
        database=read_database(
            _required(variables, "VENTANILLA_DATABASE", DEMO_DATABASE if demo else "")
        ),
        secret_key=_secret_key(variables, demo=demo, hosts=hosts),
        hosts=hosts,
        demo=demo,
        debug=debug,
        address=_address(variables.get("VENTANILLA_ADDRESS", ""), hosts),
        mail=_mail(variables.get("VENTANILLA_MAIL", DEMO_MAIL if demo else "")),
        proxies=_proxies(variables.get("VENTANILLA_PROXIES", "")),
        static_folder=variables.get("VENTANILLA_STATIC") or None,
        reply_separator=_reply_separator(variables.get("VENTANILLA_REPLY_SEPARATOR", "+")),
        inbox_folder=variables.get("VENTANILLA_INBOX", DEMO_INBOX if demo else "") or None,
    )


def read_database(url: str) -> Database:
    """The database that a `sqlite:///path` or `postgresql://…` address names."""
    parts = _split(url, "VENTANILLA_DATABASE")
    if parts.scheme == "sqlite":
        return _sqlite(parts)
    if parts.scheme in {"postgresql", "postgres"}:
        return _postgresql(parts)
    raise UnusableEnvironment(
        "VENTANILLA_DATABASE must begin with sqlite:/// or postgresql://, for example "
        "sqlite:////srv/ventanilla/data.sqlite3 or postgresql://ventanilla@db.example/ventanilla."
    )


def _sqlite(parts: SplitResult) -> Database:
    path = unquote(parts.path).removeprefix("/")
    if parts.netloc or not path:
        raise UnusableEnvironment(
            "VENTANILLA_DATABASE needs a path after sqlite:/// (a fourth slash begins at the root)."
        )
    return Database(engine=Engine.SQLITE, name=str(Path(path).absolute()))


def _postgresql(parts: SplitResult) -> Database:
    name = unquote(parts.path).removeprefix("/")
    if not name or "/" in name:
        raise UnusableEnvironment(
            "VENTANILLA_DATABASE names no database: write postgresql://user@host:5432/NAME."
        )
    options = parse_qs(parts.query)
    if unknown := options.keys() - {"host", "port", "user", "password"}:
        raise UnusableEnvironment(
            f"VENTANILLA_DATABASE has an option that is not understood: {min(unknown)}."
        )
    port = options.get("port", [""])[0]
    if port and not port.isdecimal():
        raise UnusableEnvironment("VENTANILLA_DATABASE has a port that is not a number.")
    return Database(
        engine=Engine.POSTGRESQL,
        name=name,
        host=options.get("host", [parts.hostname or ""])[0],
        port=int(port) if port else parts.port,
        user=options.get("user", [unquote(parts.username or "")])[0],
        password=options.get("password", [unquote(parts.password or "")])[0],
    )


def _secret_key(variables: Mapping[str, str], *, demo: bool, hosts: tuple[str, ...]) -> str:
    given = variables.get("VENTANILLA_SECRET_KEY", "")
    if not given and demo and _is_private(hosts):
        return DEMO_SECRET_KEY
    if not given:
        raise UnusableEnvironment(
            "VENTANILLA_SECRET_KEY is missing and has no default. Make one with: "
            "python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"
        )
    if len(given) < SHORTEST_SECRET or len(set(given)) < 8 or given == DEMO_SECRET_KEY:
        raise UnusableEnvironment(
            "VENTANILLA_SECRET_KEY can be guessed: "
            f"use at least {SHORTEST_SECRET} random characters."
        )
    return given


def _hosts(text: str) -> tuple[str, ...]:
    hosts = tuple(part.strip().lower() for part in text.split(",") if part.strip())
    for host in hosts:
        if not _HOST.fullmatch(host):
            raise UnusableEnvironment(
                f"VENTANILLA_HOSTS holds {host!r}, which is not a host name. "
                "Write names separated by commas, without scheme, port or wildcard."
            )
    return hosts or LOOPBACK_HOSTS


def _address(text: str, hosts: tuple[str, ...]) -> str:
    if not text:
        host = hosts[0].removeprefix(".")
        return f"http://{host}:8000" if _is_private(hosts) else f"https://{host}"
    parts = _split(text, "VENTANILLA_ADDRESS")
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/"):
        raise UnusableEnvironment(
            "VENTANILLA_ADDRESS must be how people reach this installation, "
            "for example https://ventanilla.example.org."
        )
    return f"{parts.scheme}://{parts.netloc}"


def _mail(text: str) -> MailServer | None:
    if not text:
        return None
    parts = _split(text, "VENTANILLA_MAIL")
    security = {
        "smtp": MailSecurity.NONE,
        "smtp+starttls": MailSecurity.STARTTLS,
        "smtps": MailSecurity.TLS,
    }.get(parts.scheme)
    if security is None or not parts.hostname or parts.path.strip("/") or parts.query:
        raise UnusableEnvironment(
            "VENTANILLA_MAIL must look like smtp://host:25, smtp+starttls://user:password@host:587 "
            "or smtps://user:password@host:465."
        )
    usual_port = {MailSecurity.NONE: 25, MailSecurity.STARTTLS: 587, MailSecurity.TLS: 465}[
        security
    ]
    return MailServer(
        host=parts.hostname,
        port=parts.port or usual_port,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        security=security,
    )


def _reply_separator(text: str) -> str:
    if text not in {"+", "-", "=", "none"}:
        raise UnusableEnvironment(
            "VENTANILLA_REPLY_SEPARATOR is what your mail server puts between a mailbox and its "
            "tag: +, - or =; or none, when it knows no tagged addresses."
        )
    return "" if text == "none" else text


def _proxies(text: str) -> tuple[str, ...]:
    proxies = tuple(part.strip() for part in text.split(",") if part.strip())
    for proxy in proxies:
        try:
            ipaddress.ip_address(proxy)
        except ValueError:
            raise UnusableEnvironment(
                f"VENTANILLA_PROXIES holds {proxy!r}: list the addresses of your proxies, "
                "for example 10.0.0.2, 10.0.0.3."
            ) from None
    return proxies


def _flag(variables: Mapping[str, str], name: str) -> bool:
    value = variables.get(name, "").strip().lower()
    if value in _TRUE:
        return True
    if value in _FALSE:
        return False
    raise UnusableEnvironment(f"{name} must be 1 or 0, not {value!r}.")


def _required(variables: Mapping[str, str], name: str, default: str) -> str:
    value = variables.get(name, "").strip() or default
    if not value:
        raise UnusableEnvironment(
            f"{name} is missing: say where the data lives, for example sqlite:////srv/ventanilla/data.sqlite3."
        )
    return value


def _split(url: str, name: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as problem:
        raise UnusableEnvironment(
            f"{name} is not an address that can be read: {problem}."
        ) from None
    return parts


def _is_private(hosts: tuple[str, ...]) -> bool:
    return all(host in LOOPBACK_HOSTS or host == "testserver" for host in hosts)
