"""Redis only carries work to the workers: signing in and its limits do without it."""

import re
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, build_opener

from mentoring.local.console import Console
from mentoring.local.processes import Children
from tests.factories import PASSWORD, create_user
from tests.plugins.web import start_web

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Stay(HTTPRedirectHandler):
    """Shows redirects instead of following them."""

    def redirect_request(self, *_):
        return None


def sign_in(base_url: str, email: str, password: str) -> int:
    """A visitor's attempt, as a browser would make it; the status of the answer."""
    browser = build_opener(HTTPCookieProcessor(CookieJar()), Stay())
    page = browser.open(f"{base_url}/accounts/login/").read().decode()
    token = TOKEN.search(page)[1]
    form = {"csrfmiddlewaretoken": token, "login": email, "password": password}
    try:
        return browser.open(f"{base_url}/accounts/login/", urlencode(form).encode()).status
    except HTTPError as answer:
        return answer.code


def test_signing_in_and_its_limits_work_without_redis(
    committed_db, monkeypatch, settings, tmp_path, free_port
):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    monkeypatch.setenv("REDIS_URL", f"redis://127.0.0.1:{free_port}/0")
    create_user(email="ann@example.org", password=PASSWORD)
    create_user(email="bob@example.org", password=PASSWORD)
    with Children(Console(quiet=True)) as children:
        web = start_web(children, urls=committed_db, folder=tmp_path, logins={})
        wrong = [sign_in(web.base_url, "ann@example.org", "not it") for _ in range(6)]
        assert wrong == [200] * 5 + [429]
        assert sign_in(web.base_url, "ann@example.org", PASSWORD) == 429
        assert sign_in(web.base_url, "bob@example.org", PASSWORD) == 302
