"""Addresses are read out of whatever people paste."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.addresses import read_addresses


def read(text: str) -> list[str]:
    return [found.email or f"?{found.text}" for found in read_addresses(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ada@example.org", ["ada@example.org"]),
        ("  ADA@Example.ORG  ", ["ada@example.org"]),
        ("ada@x.org\nbob@x.org\r\ncyd@x.org", ["ada@x.org", "bob@x.org", "cyd@x.org"]),
        ("ada@x.org, bob@x.org;cyd@x.org", ["ada@x.org", "bob@x.org", "cyd@x.org"]),
        ("ada@x.org bob@x.org\tcyd@x.org", ["ada@x.org", "bob@x.org", "cyd@x.org"]),
        ("Ada Lovelace <ada@x.org>", ["ada@x.org"]),
        ("Ada <ada@x.org>, Bob <bob@x.org>", ["ada@x.org", "bob@x.org"]),
        ("Lovelace, Ada <ada@x.org>; O'Neil, Bob <bob@x.org>", ["ada@x.org", "bob@x.org"]),
        ('"Lovelace, Ada (IT)" <ada@x.org>', ["ada@x.org"]),
        ("bob@x.org, Ada <ada@x.org>", ["bob@x.org", "ada@x.org"]),
        ("Ada\tLovelace\tada@x.org", ["ada@x.org"]),
        ("<ada@x.org>", ["ada@x.org"]),
        ("mailto:ada@x.org", ["ada@x.org"]),
        ("'ada@x.org'", ["ada@x.org"]),
        ("ada@x.org.", ["ada@x.org"]),
        ("o'neil@x.org", ["o'neil@x.org"]),
        ("\u200bada@x.org\ufeff", ["ada@x.org"]),
        ("ada@x", ["?ada@x"]),
        ("ada at x.org", ["?ada at x.org"]),
        ("ada@x.org, bob.x.org", ["ada@x.org", "?bob.x.org"]),
        ("Ada <not an address>", ["?not an address"]),
        ("Ada <>", ["?<>"]),
        (f"{'a' * 250}@x.org", [f"?{'a' * 250}@x.org"]),
        ("\n \n,;\n", []),
    ],
)
def test_addresses_are_found(text: str, found: list[str]):
    assert read(text) == found


def test_each_knows_its_line():
    lines = [(found.line, found.email) for found in read_addresses("a@x.org\n\nb@x.org, c@x.org")]

    assert lines == [(1, "a@x.org"), (3, "b@x.org"), (3, "c@x.org")]


# A busy machine is slow at everything, which says nothing about the code.
words = st.text("abcxyz019", min_size=1, max_size=6)
addresses = st.builds("{}@{}.org".format, words, words)
names = st.builds("{}{}".format, st.sampled_from("AÖZ"), st.text("aäß' ", max_size=6))


@given(st.lists(st.tuples(names, addresses), min_size=1, max_size=5), st.sampled_from(",;\n"))
def test_every_address_behind_a_name_is_found_in_order(people, separator):
    text = f"{separator} ".join(f"{name} <{email}>" for name, email in people)

    assert read(text) == [email for _name, email in people]


@given(st.lists(addresses, max_size=5), st.sampled_from([",", ";", "\n", " ", "\t", ", ", "\r\n"]))
def test_every_bare_address_is_found_in_order(emails, separator):
    assert read(separator.join(emails)) == emails


@given(st.text(max_size=50))
def test_any_text_can_be_read(text):
    assert all(found.text or found.email for found in read_addresses(text))
