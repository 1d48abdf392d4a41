"""The agreement that a program starts with: what stays between the two, and where that ends."""

from django.utils.translation import gettext, override


def default_agreement() -> str:
    """The product's own text, in the language that is active; programs may change it."""
    limits = (
        gettext("– somebody is in danger;"),
        gettext("– the law obliges one of us to speak;"),
        gettext("– it is about serious misconduct, such as harassment, discrimination or fraud."),
    )
    paragraphs = (
        gettext(
            "What we talk about stays between the two of us. We do not pass it on, not even in"
            " praise and not without names, unless the other has said yes. That holds when our"
            " time together is over, too."
        ),
        "\n".join((gettext("There are limits, and we know them beforehand:"), *limits)),
        gettext(
            "In these cases we tell each other first wherever that is possible, and share only"
            " what is needed."
        ),
        gettext(
            "The people who organize and evaluate this see that we are a pair, when and how often"
            " we meet, and where we stand. They never see our agendas, notes, messages or goals."
            " Our line managers see none of it. Private notes are read only by the one who writes"
            " them."
        ),
        gettext(
            "Each of us may step out at any time, also through the people who organize this, and"
            " without giving a reason. Ending early is not a failure."
        ),
        gettext(
            "If something troubles one of us, there is a named contact for concerns, outside of"
            " both our reporting lines."
        ),
    )
    return "\n\n".join(paragraphs)


def default_agreement_in(language: str) -> str:
    """The same in a language of choice, which is the organization's rather than the reader's."""
    with override(language):
        return default_agreement()
