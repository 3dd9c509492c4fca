"""The names of edits, as taking one back says them."""

from core.texts import Lazy
from core.texts import lazy as _l


def in_words(action: str, about: str) -> Lazy:
    """What taking a step back takes back: “delete “staff””. `about`: the code it was about."""
    about = f"\u2068{about}\u2069"  # it may read in another direction than the sentence
    named = {
        "add_section": _l("adding the section “%(about)s”", about=about),
        "save_section": _l("changing the section “%(about)s”", about=about),
        "move_section": _l("moving the section “%(about)s”", about=about),
        "double_section": _l("copying the section “%(about)s”", about=about),
        "delete_section": _l("deleting the section “%(about)s”", about=about),
        "add_group": _l("adding the group “%(about)s”", about=about),
        "save_group": _l("changing the group “%(about)s”", about=about),
        "delete_group": _l("deleting the group “%(about)s”", about=about),
        "add_question": _l("adding “%(about)s”", about=about),
        "save_question": _l("changing “%(about)s”", about=about),
        "move_question": _l("moving “%(about)s”", about=about),
        "double_question": _l("copying “%(about)s”", about=about),
        "delete_question": _l("deleting “%(about)s”", about=about),
        "settings": _l("changing title and introduction"),
        "import": _l("reading the form “%(about)s”", about=about),
        "translate": _l("changing translations"),
        "languages": _l("changing the languages"),
        "use_bank": _l("taking “%(about)s” from the questions bank", about=about),
    }
    return named.get(action, _l("the last change"))
