"""What each wave is called for one of the two."""

from django.utils.translation import gettext as _

from programs.enums import Moment


def title_of(moment: Moment, name: str) -> str:
    """With the name of the partner."""
    titles = {
        Moment.BASELINE: _("Before you really start with %(name)s"),
        Moment.INTRODUCTION: _("How was it to meet %(name)s?"),
        Moment.MIDPOINT: _("Half-way with %(name)s: how is it?"),
        Moment.END: _("Looking back on your time with %(name)s"),
        Moment.LATER: _("Your time with %(name)s, half a year later"),
    }
    return titles[moment] % {"name": name}
