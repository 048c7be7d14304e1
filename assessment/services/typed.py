"""What people type into fields: cleaned once, bounded once, and refused in the same words."""

from __future__ import annotations

import datetime
import zoneinfo

from assessment.core.text import NAME_LIMIT, clean
from assessment.services.errors import Refused, Sentence, _


class Fields:
    """The fields of one deed; `refuse_wrong` names everything that is wrong with them at once."""

    def __init__(self) -> None:
        self.wrong: dict[str, Sentence] = {}

    def text(self, field: str, typed: str, limit: int = NAME_LIMIT, *, needed: bool = False) -> str:
        """*typed* without debris and outer space; wrong if it is too long, or needed and empty."""
        cleaned = clean(typed).strip()
        if len(cleaned) > limit:
            self.wrong[field] = too_long(cleaned, limit)
        elif needed and not cleaned:
            self.wrong[field] = Sentence(_("This is needed."))
        return cleaned

    def email(self, field: str, typed: str, *, needed: bool = False) -> str:
        """An address in lower case; only its shape is looked at, delivery tells the rest."""
        address = self.text(field, typed, needed=needed).lower()
        name, at, host = address.rpartition("@")
        if address and not (name and at and host and not any(map(str.isspace, address))):
            self.wrong[field] = Sentence(_("This is not an e-mail address."))
        return address

    def day(self, field: str, typed: str) -> datetime.date | None:
        """A date in ISO form; None where nothing was typed, or something else."""
        typed = typed.strip()
        try:
            return datetime.date.fromisoformat(typed) if typed else None
        except ValueError:
            self.wrong[field] = Sentence(_("This is not a date such as 2027-03-31."))
            return None

    def time_zone(self, field: str, typed: str) -> str:
        """The name of a time zone, such as Europe/Berlin."""
        name = self.text(field, typed, 64, needed=True)
        if field not in self.wrong and not is_time_zone(name):
            self.wrong[field] = Sentence(
                _("“%(zone)s” is not a time zone such as Europe/Berlin."), zone=name
            )
        return name

    def refuse_wrong(self) -> None:
        """Raise Refused if anything was wrong."""
        if self.wrong:
            raise Refused(self.wrong)


def too_long(text: str, limit: int) -> Sentence:
    """How much too long *text* is."""
    return Sentence(
        _("This text has %(length)s characters: %(over)s too many."),
        length=f"{len(text):,}",
        over=f"{len(text) - limit:,}",
    )


def is_time_zone(name: str) -> bool:
    """Whether a time zone goes by this name."""
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return bool(name)
