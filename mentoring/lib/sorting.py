"""Names in the order of a telephone book, from a database without language rules."""

from django.db.models import CharField, Func


class SortKey(Func):
    """The text as it is sorted: “Äpfel” beside “Apfel”, “Øst” beside “Ost”, capitals aside.

    Immutable, so a generated column or an index may hold it.
    """

    template = (
        r"regexp_replace(normalize(translate(replace(replace(replace(lower(%(expressions)s),"
        r" 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'øłđı', 'oldi'), NFKD), '[\u0300-\u036f]', '', 'g')"
    )
    output_field = CharField()
