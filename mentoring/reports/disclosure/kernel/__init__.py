"""Whether one more group may be told of, from who is in it alone. Arrays only, no Django.

What is told of a group is a sum over its people, so whoever reads all that was told knows every
combination of these sums: the *row space* of the groups told. It must hold nothing about few.

People are taken as having one value for ever. That is the worst case: whatever could be solved
if values changed from month to month can be solved if they do not.
"""

from mentoring.reports.disclosure.kernel.family import FEW, Family
from mentoring.reports.disclosure.kernel.verdicts import Verdict

__all__ = ["FEW", "Family", "Verdict"]
