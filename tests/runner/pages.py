"""A person at the desk without a browser: pages, their forms, and answers that may never come."""

import http.client
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from urllib.parse import urlencode

TIMEOUT_SECONDS = 20


class NoAnswer(Exception):
    """The connection broke before the answer: what was asked may have been done or not."""


@dataclass(slots=True)
class Form:
    """A form as the page shows it, with the values that it would send."""

    action: str
    method: str
    values: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the server said."""

    status: int
    location: str
    text: str

    @property
    def forms(self) -> list[Form]:
        reader = _FormReader()
        reader.feed(self.text)
        return reader.forms


class Visitor:
    """Keeps cookies, one connection for each request."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._cookies: dict[str, str] = {}

    def get(self, path: str) -> Answer:
        """The page at a path."""
        return self._ask("GET", path, None)

    def send(self, form: Form, **values: str) -> Answer:
        """Send a form with some values changed."""
        return self._ask("POST", form.action, urlencode({**form.values, **values}))

    def _ask(self, method: str, path: str, body: str | None) -> Answer:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["Origin"] = f"http://127.0.0.1:{self._port}"
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=TIMEOUT_SECONDS)
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            text = response.read().decode()
        except (OSError, http.client.HTTPException) as error:
            raise NoAnswer(f"{method} {path}: {error!r}") from error
        finally:
            connection.close()
        for header in response.headers.get_all("Set-Cookie", []):
            for name, morsel in SimpleCookie(header).items():
                self._cookies[name] = morsel.value
        return Answer(
            status=response.status, location=response.headers.get("Location", ""), text=text
        )


class _FormReader(HTMLParser):
    """Collects forms with the values of their fields."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._inside = False
        self._select = ""
        self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name, value = given.get("name", ""), given.get("value", "")
        if tag == "form":
            method = given.get("method", "get").upper()
            self.forms.append(Form(action=given.get("action", ""), method=method))
            self._inside = True
        elif not self._inside:
            return
        elif tag == "input" and name:
            is_choice = given.get("type") in {"checkbox", "radio"}
            if given.get("type") not in {"submit", "file"} and (
                not is_choice or "checked" in given
            ):
                self.forms[-1].values[name] = value
        elif tag == "select":
            self._select = name
        elif tag == "option" and "selected" in given and self._select:
            self.forms[-1].values[self._select] = value
        elif tag == "textarea":
            self._area = name
            self.forms[-1].values[name] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        elif tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._inside and self._area:
            self.forms[-1].values[self._area] += data
