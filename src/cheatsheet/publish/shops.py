"""What the columns of shops' exports are called, and which of their lines are sales.

Gumroad's are those of its source, app/services/exports/purchase_export_service.rb; the others those
of the shops' own documentation of their exports and orders.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

Row = Mapping[str, str]
"""A line's fields by the names of their columns, as `column` makes them."""

UNDONE = {"1", "true", "yes"}
KEPT = {"paid", "succeeded", "completed", "partially refunded", "partial refund"}


def column(name: str) -> str:
    """Return a column's name without case, and with spaces for underscores."""
    return " ".join(name.casefold().replace("_", " ").rstrip("?").split())


@dataclass(frozen=True)
class Shop:
    """Which columns hold a buyer's name, e-mail address and order; the first with a value counts.

    `is_sale` tells whether a line is one, by what its columns hold.
    """

    name: Sequence[str]
    email: Sequence[str]
    order: Sequence[str]
    is_sale: Callable[[Row], bool] = lambda _: True

    def missing(self, heading: Sequence[str]) -> list[str]:
        """Return which of `name`, `email` and `order` no column holds for certain."""
        named = {"name": self.name, "email": self.email, "order": self.order}
        return [key for key, columns in named.items() if not _there(columns, heading)]

    def fields(self, row: Row) -> dict[str, str]:
        """Return the name, e-mail address and order of a line."""
        return {
            key: next((row[one] for one in columns if row.get(one, "").strip()), "")
            for key, columns in (("name", self.name), ("email", self.email), ("order", self.order))
        }


def _there(columns: Sequence[str], heading: Sequence[str]) -> bool:
    """Tell whether a heading has one of some columns, each once."""
    counts = [heading.count(one) for one in columns]
    return any(counts) and max(counts) == 1


def _status(name: str, row: Row) -> bool:
    """Tell whether a line's status, if it has one, is that of something paid."""
    status = row.get(name, "").strip().casefold().replace("_", " ")
    return not status or status in KEPT


def _is_real(row: Row) -> bool:
    """Tell whether a line is of a real payment, and not of a try in a shop's test mode."""
    mode = row.get("mode", "").strip().casefold()
    return mode != "test" and row.get("test mode", "").strip().casefold() not in UNDONE


def _is_shopifys(row: Row) -> bool:
    """Tell whether a line of Shopify's is an order that is paid and was not cancelled."""
    return _status("financial status", row) and not row.get("cancelled at", "").strip()


def _is_gumroads(row: Row) -> bool:
    """Tell whether a line of Gumroad's is a sale: not undone, not to come, and not the totals."""
    undone = ["fully refunded", "access revoked", "pre-order authorization"]
    if row.get("dispute won", "") not in UNDONE:
        undone.append("disputed")
    return row.get("purchase id") != "Totals" and all(row.get(o, "") not in UNDONE for o in undone)


def _is_stripes(row: Row) -> bool:
    """Tell whether a line of Stripe's is a payment that was not given back."""
    paid, back = (row.get(name, "").strip() for name in ("amount", "amount refunded"))
    return _is_real(row) and _status("status", row) and (not back or back != paid)


def _is_paypals(row: Row) -> bool:
    """Tell whether a line of PayPal's is a payment that came in."""
    came = not row.get("gross", "").strip().startswith(("-", "\N{MINUS SIGN}", "("))
    return came and _status("status", row) and bool(row.get("from email address", "").strip())


OWN = Shop(["name"], ["email", "e-mail"], ["order"])
SHOPS = (
    OWN,
    Shop(["billing name", "shipping name"], ["email"], ["name"], _is_shopifys),
    Shop(["buyer name"], ["purchase email"], ["order number", "purchase id"], _is_gumroads),
    Shop(  # Lemon Squeezy's
        ["user name", "customer name"],
        ["user email", "customer email"],
        ["order number", "identifier"],
        lambda row: _is_real(row) and _status("status", row),
    ),
    Shop(
        ["customer name", "card name", "customer description"],
        ["customer email"],
        ["id", "paymentintent id"],
        _is_stripes,
    ),
    Shop(["name"], ["from email address"], ["transaction id"], _is_paypals),
)


def shop_of(heading: Sequence[str]) -> Shop | None:
    """Return the shop whose export has these columns; None if none's has."""
    return next((shop for shop in SHOPS if not shop.missing(heading)), None)
