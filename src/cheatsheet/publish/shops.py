"""What the columns of shops' exports are called, and which of their lines are sales.

Gumroad's are those of its source, app/services/exports/purchase_export_service.rb; the others those
of the shops' own documentation of their exports and orders.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

Row = Mapping[str, str]
"""A line's fields by the names of their columns, as `column` makes them."""

NO = {"", "0", "0.0", "0.00", "false", "no"}
UNDONE = ("fully refunded", "access revoked", "pre-order authorization")  # Gumroad's
CENTS = re.compile(r"(.*?)(?:[.,](\d\d?))?")
NEVER_MOVED = {"canceled", "cancelled", "denied", "expired", "failed", "voided"}  # PayPal's
MOST_STEPS = 4  # from a line by those that it refers to: release, hold, payment
# Words of a list of the owner's own, whose other words may say anything.
GIVEN_BACK = {
    *("canceled", "cancelled", "chargeback", "charged back", "disputed", "fully refunded"),
    *("refund", "refunded", "void", "voided", "charge back", "dispute", "returned", "reversed"),
    *("erstattet", "storniert", "annulé", "remboursé", "cancelado", "reembolsado"),
}
UNPAID = GIVEN_BACK | {
    *("declined", "failed", "not paid", "on hold", "payment failed", "payment pending", "pending"),
    *("pending payment", "unpaid", "awaiting payment", "draft", "expired", "failed payment"),
    *("ausstehend", "offen", "unbezahlt", "en attente", "impayé", "pendiente"),
}
STATUSES = ["status", "order status", "payment status", "financial status"]
KEPT = {"paid", "succeeded", "completed", "partially refunded", "partial refund"}


def column(name: str) -> str:
    """Return a column's name without case, and with spaces for underscores."""
    return " ".join(name.casefold().replace("_", " ").rstrip("?").split())


@dataclass(frozen=True)
class Shop:
    """Which columns hold a buyer's name, e-mail address and order; the first with a value counts.

    `is_sale` tells whether a line is one, by what the columns that `decide` hold; `back` returns
    the order that a line gives back, and how many cents of it: fewer than 0 where they come again.
    """

    name: Sequence[str]
    email: Sequence[str]
    order: Sequence[str]
    decide: Sequence[str] = ()
    is_sale: Callable[[Row], bool] = lambda _: True
    back: Callable[[Row], tuple[str, int]] = lambda _: ("", 0)

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
    return _word(row, name) in {"", *KEPT}


def _word(row: Row, name: str) -> str:
    """Return what a line says in a column, without case, and with spaces for `_` and `-`."""
    return " ".join(re.sub("[_-]", " ", row.get(name, "").casefold()).split())


def _is_own(row: Row) -> bool:
    """Tell whether a line of the owner's own list says nothing of not being paid."""
    return not any(_word(row, name) in UNPAID for name in STATUSES)


def _own_back(row: Row) -> tuple[str, int]:
    """Return the order that a line of the owner's own list gives back, which is all of it."""
    is_back = any(_word(row, name) in GIVEN_BACK for name in STATUSES)
    return (row["order"], 1) if is_back else ("", 0)


def _is_set(row: Row, *names: str) -> bool:
    """Tell whether one of some columns says yes, in whatever words."""
    return any(row.get(name, "").strip().casefold() not in NO for name in names)


def _cents(amount: str) -> int:
    """Return an amount of money without its sign and currency, in hundredths; 0 for none."""
    found = CENTS.fullmatch(re.sub(r"[^\d.,]", "", amount))
    whole, part = found.groups() if found else ("", "")
    return 100 * int(re.sub(r"\D", "", whole) or 0) + int((part or "0").ljust(2, "0"))


def _is_real(row: Row) -> bool:
    """Tell whether a line is of a real payment, and not of a try in a shop's test mode."""
    return row.get("mode", "").strip().casefold() != "test" and not _is_set(row, "test mode")


def _is_shopifys(row: Row) -> bool:
    """Tell whether a line of Shopify's is an order that is paid and was not cancelled."""
    return _status("financial status", row) and not row.get("cancelled at", "").strip()


def _is_gumroads(row: Row) -> bool:
    """Tell whether a line of Gumroad's is a sale: not undone, not to come, and not the totals."""
    is_lost = _is_set(row, "disputed") and not _is_set(row, "dispute won")
    is_total = row.get("purchase id", "").strip().casefold() == "totals"
    is_part = "fully refunded" in row or _cents(row.get("partial refund ($)", ""))
    is_back = _is_set(row, "refunded") and not is_part
    return not (is_total or is_lost or is_back or _is_set(row, *UNDONE))


def _is_lemons(row: Row) -> bool:
    """Tell whether a line of Lemon Squeezy's is an order that is paid and was not given back."""
    is_kept = "partial" in row.get("status", "").casefold() or not _is_set(row, "refunded")
    return _is_real(row) and _status("status", row) and is_kept


def _is_stripes(row: Row) -> bool:
    """Tell whether a line of Stripe's is a payment that was taken and not given back."""
    paid, back = (_cents(row.get(name, "")) for name in ("amount", "amount refunded"))
    is_taken = row.get("captured", "").strip().casefold() not in NO - {""}
    is_lost = row.get("dispute status", "").strip().casefold() == "lost"
    is_kept = _is_real(row) and _status("status", row) and is_taken and not is_lost
    return is_kept and (not back or back < paid)


def _is_paypals(row: Row) -> bool:
    """Tell whether a line of PayPal's is a payment that came in."""
    came = not _is_negative(row) and _moves(row) and _status("status", row)
    return came and bool(row.get("from email address", "").strip())


def _paypals_back(row: Row) -> tuple[str, int]:
    """Return the payment that a line of PayPal's gives back or holds, and how much, in cents.

    What comes in again, as of a dispute that was won, is below 0.
    """
    if not _moves(row) or row.get("status", "").strip().casefold() in NEVER_MOVED:
        return "", 0
    cents = _cents(row.get("gross", ""))
    return row.get("reference txn id", "").strip(), cents if _is_negative(row) else -cents


def _moves(row: Row) -> bool:
    """Tell whether a line of PayPal's is of money that went from one to the other."""
    kind = row.get("type", "").casefold()
    return "currency conversion" not in kind and "authorization" not in kind


def _is_negative(row: Row) -> bool:
    """Tell whether a line of PayPal's is of money that was sent."""
    return row.get("gross", "").strip().startswith(("-", "\N{MINUS SIGN}", "("))


OWN = Shop(["name"], ["email", "e-mail"], ["order"], STATUSES, _is_own, _own_back)
SHOPS = (
    OWN,
    Shop(
        ["billing name", "shipping name"],
        ["email"],
        ["name"],
        ["financial status", "cancelled at"],
        _is_shopifys,
    ),
    Shop(
        ["buyer name"],
        ["purchase email"],
        ["order number", "purchase id"],
        [*UNDONE, "refunded", "disputed", "dispute won"],
        _is_gumroads,
    ),
    Shop(  # Lemon Squeezy's
        ["user name", "customer name"],
        ["user email", "customer email"],
        ["order number", "identifier"],
        ["status", "refunded", "test mode"],
        _is_lemons,
    ),
    Shop(
        ["customer name", "card name", "customer description"],
        ["customer email"],
        ["id", "paymentintent id"],
        ["status", "amount", "amount refunded", "captured", "dispute status", "mode"],
        _is_stripes,
    ),
    Shop(
        ["name"],
        ["from email address"],
        ["transaction id"],
        ["status", "type", "gross", "reference txn id"],
        _is_paypals,
        _paypals_back,
    ),
)


def shop_of(heading: Sequence[str]) -> Shop | None:
    """Return the shop whose export has these columns; None if none's has."""
    return next((shop for shop in SHOPS if not shop.missing(heading)), None)


@dataclass(frozen=True)
class Sale:
    """An order of an export: its line from 1, its buyer's fields, and whether it was kept."""

    line: int
    fields: Mapping[str, str]
    is_kept: bool


def sales(shop: Shop, rows: Sequence[tuple[int, Row]]) -> Iterator[Sale]:
    """Yield the orders of a shop's rows, which come after their lines; further things are none."""
    about, sent, back = _given_back(shop, rows)
    known: dict[str, Sale] = {}
    for line, row in rows:
        fields = shop.fields(row)
        first, given = known.get(fields["order"]), back[fields["order"]]
        says = any(row.get(one, "").strip() for one in shop.decide)
        is_more = first and fields["email"] in {"", first.fields["email"]}
        if first and is_more and not (fields["name"] and (first.is_kept or says)):
            continue
        is_back = given > 0 and given >= _cents(row.get("gross", ""))
        is_kept = shop.is_sale(row) and not is_back and about[line] not in sent
        known[fields["order"]] = Sale(line, fields, is_kept)
        yield known[fields["order"]]


def _given_back(
    shop: Shop, rows: Sequence[tuple[int, Row]]
) -> tuple[dict[int, str], set[str], Counter[str]]:
    """Return which order each line is about, those of which something went, and what has gone.

    That is in cents, without what came in again.
    """
    moved = {line: shop.back(row) for line, row in rows}
    refers = {shop.fields(row)["order"]: moved[n][0] for n, row in rows if not shop.is_sale(row)}
    about = {line: _origin(order, refers) for line, (order, _) in moved.items()}
    back: Counter[str] = Counter()
    for line, (_, cents) in moved.items():
        back[about[line]] += cents
    sent = {about[line] for line, (_, cents) in moved.items() if cents > 0}
    del back[""]  # of a line that gives nothing back
    return about, sent - {""}, back


def _origin(order: str, refers: Mapping[str, str]) -> str:
    """Return what an order is about: what is released may be a hold, which is of a payment."""
    for _ in range(MOST_STEPS if order else 0):
        order = refers.get(order) or order
    return order
