"""How long the pages that people wait for take, one after another, over HTTP."""

import statistics
import time
from http.cookiejar import CookieJar
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

import pytest

from tests.plugins.web import RunningWeb

pytestmark = pytest.mark.bench
REQUESTS = 100


def sign_in(web: RunningWeb, login: dict[str, str]) -> OpenerDirector:
    cookies = CookieJar()
    opener = build_opener(HTTPCookieProcessor(cookies))
    address = f"{web.base_url}/accounts/login/"
    opener.open(address).close()
    token = next(cookie.value for cookie in cookies if cookie.name == "csrftoken")
    fields = {
        "csrfmiddlewaretoken": token,
        "login": login["email"],
        "password": login["password"],
    }
    opener.open(address, data=urlencode(fields).encode()).close()
    return opener


def milliseconds(opener: OpenerDirector, address: str) -> list[float]:
    taken = []
    for _ in range(REQUESTS):
        began = time.perf_counter()
        with opener.open(address) as response:
            response.read()
        taken.append((time.perf_counter() - began) * 1000)
    return taken


@pytest.mark.parametrize(
    "path", ["/healthz", "/", "/accounts/login/", "/o/{}/", "/o/{}/people/", "/o/{}/audit/"]
)
def test_page(running_web: RunningWeb, path: str) -> None:
    login = running_web.logins["logins"][0]
    address = f"{running_web.base_url}{path.format(login['organization'])}"
    opener = build_opener() if path == "/accounts/login/" else sign_in(running_web, login)
    taken = milliseconds(opener, address)
    middle, slow = statistics.median(taken), statistics.quantiles(taken, n=20)[-1]
    print(f"\n{path:<20} median {middle:7.1f} ms   95 % within {slow:7.1f} ms", end="")
