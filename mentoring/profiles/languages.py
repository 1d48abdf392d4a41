"""Languages to tick: the usual ones, and those that a person has anyway."""

from collections.abc import Iterable

from accounts.languages import language_name

USUAL = (
    *("ar", "cs", "da", "de", "el", "en", "es", "fi", "fr", "he", "hi", "hu", "it", "ja"),
    *("ko", "nb", "nl", "pl", "pt", "ro", "ru", "sk", "sv", "tr", "uk", "vi", "zh"),
)


def languages_to_choose(also: Iterable[str] = ()) -> list[tuple[str, str]]:
    """Codes and names, by name."""
    found = [(code, language_name(code)) for code in {*USUAL, *also}]
    return sorted(found, key=lambda pair: pair[1].casefold())
