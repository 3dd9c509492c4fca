"""The rules of consultations, checked on what is stored. Reads only.

Services keep these rules; here they are looked up again from the rows themselves, so that a row
changed behind the services' back, or a mistake in them, is found and named.
"""

from consult.verify.contributions import CONTRIBUTIONS
from consult.verify.dispositions import DISPOSITIONS
from consult.verify.drafts import DRAFTS
from consult.verify.rule import Finding, Rule, Stored, findings

RULES: tuple[Rule, ...] = (*DRAFTS, *CONTRIBUTIONS, *DISPOSITIONS)

__all__ = ["RULES", "Finding", "Rule", "Stored", "findings"]
