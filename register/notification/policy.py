"""How a decision reaches its addressee (bekendmaking): by the message box, or by a letter from the posting list."""

from enum import StrEnum

from core.machine import Machine


class Delivery(StrEnum):
    """Who moves next: the office (`to-post`), the addressee (`placed`), nobody."""

    TO_POST = "to-post"
    POSTED = "posted"
    PLACED = "placed"
    READ = "read"
    BOUNCED = "bounced"
    CANCELLED = "cancelled"


class DeliveryEvent(StrEnum):
    POST = "post"
    PLACE = "place"
    OPEN = "open"
    BOUNCE = "bounce"
    CANCEL = "cancel"


class WrongDay(StrEnum):
    """How another day was noted than that on which a letter went."""

    TYPED = "typed"
    LEFT_BEHIND = "left-behind"
    OTHER_PRINT = "other-print"


class CameBack(StrEnum):
    """What stood on a letter that came back."""

    MOVED = "moved"
    UNKNOWN = "unknown"
    NOT_COLLECTED = "not-collected"
    REFUSED = "refused"
    DAMAGED = "damaged"


DELIVERY = Machine(
    "delivery",
    Delivery.TO_POST,
    {
        (Delivery.TO_POST, DeliveryEvent.PLACE): Delivery.PLACED,  # Awb 2:14: with consent, at once
        (Delivery.TO_POST, DeliveryEvent.POST): Delivery.POSTED,  # Awb 3:41: the day of sending counts
        (Delivery.TO_POST, DeliveryEvent.CANCEL): Delivery.CANCELLED,  # read in the box meanwhile, or deceased
        (Delivery.PLACED, DeliveryEvent.OPEN): Delivery.READ,
        (Delivery.PLACED, DeliveryEvent.BOUNCE): Delivery.BOUNCED,  # the notice came back: a letter follows
        (Delivery.BOUNCED, DeliveryEvent.OPEN): Delivery.READ,
        (Delivery.POSTED, DeliveryEvent.BOUNCE): Delivery.BOUNCED,  # the letter came back: it goes again
    },
)
