"""Names sorted and searched as people expect, by a database without language rules."""

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


class SearchKey(SortKey):
    """The text as it is searched: like `SortKey`, and “O’Neill” beside “O'Neill” and “ONeill”."""

    template = f"translate({SortKey.template}, '''’‘ʼ`´', '')"
