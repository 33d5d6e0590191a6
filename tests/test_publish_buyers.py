"""Buyers as shops send them: names that nobody has, exports as they come, and files without end."""

import csv
import io
import json
import os
import tracemalloc
from pathlib import Path

import pytest
from click.testing import CliRunner

from cheatsheet.cli import main
from cheatsheet.findings import Finding, Severity
from cheatsheet.findings.complaints import MOST
from cheatsheet.publish.buyers import MOST_BYTES, Buyer, make_buyer, read_buyers
from conftest import Bench, codes, only
from test_publish_stamp import NAMES


def made(name: str, email: str = "a@example.org", order: str = "1") -> tuple[Buyer, list[Finding]]:
    return make_buyer({"name": name, "email": email, "order": order})


def read(folder: Path, text: str | bytes) -> tuple[list[Buyer], list[Finding]]:
    file = folder / "buyers.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_buyers(file)


# --- Names


@pytest.mark.parametrize(
    ("name", "repaired"),
    [
        ("ZoÃ«", "Zoë"),
        ("JosÃ© NuÃ±ez", "José Nuñez"),
        ("Å\x81ukasz Å»Ã³Å‚Ä‡", "Łukasz Żółć"),  # noqa: RUF001 - broken
        ("Ð\x9dÐ°Ñ‚Ð°Ð»Ñ–Ñ\x8f", "Наталія"),  # noqa: RUF001 - broken
        ("Renée dâ€™Albret", "Renée d’Albret"),  # noqa: RUF001 - a name
        ("O&#39;Brien", "O'Brien"),
        ("O&amp;#x27;Brien", "O'Brien"),
        ("Smith &amp; Sons", "Smith & Sons"),
        ("Zo&euml;", "Zoë"),
        ("Zo&Atilde;&laquo;", "Zoë"),
        ("Zo%C3%AB+%C3%85ngstr%C3%B6m", "Zoë Ångström"),
        ("Ａｄａ　Lovelace", "Ada Lovelace"),  # noqa: RUF001 - a Japanese keyboard's
        ("𝐀𝐝𝐚 𝓛ovelace", "Ada Lovelace"),  # noqa: RUF001 - fancy text
        ("\ufb01ona \ufb02int", "fiona flint"),
    ],
)
def test_what_a_program_did_to_a_name_is_undone_and_said(name: str, repaired: str) -> None:
    buyer, findings = made(name)
    assert buyer.name == repaired
    finding = only(findings, "buyers-repaired")
    assert finding.severity is Severity.WARNING
    assert f"is now `{repaired}`" in finding.message


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_is_right_is_not_repaired(name: str) -> None:
    buyer, findings = made(name)
    assert (buyer.name, findings) == (name, [])


@pytest.mark.parametrize(
    "name",
    [
        "JOÃO CONCEIÇÃO", "MAGALHÃES", "Ângela Ãngelo", "ÅÄÖ", "ÎLE DE RÉ", "ANDRÉ ÇELIK",
        "Jennifer Null", "Nan Goldin", "Nil Karaibrahimgil", "Dr. Ada King, Jr. (née Byron)",
        "AT&T", "A+B GmbH", "100% Wolf", "2Pac", "X Æ A-12", "'s-Gravesande, Willem", "O’Neil",  # noqa: RUF001 - names
        "Ludwig XIV.", "Ke$ha", "O`Brien", "Ada True", "Ada_L",
        "Ấp Bắc", "ᾧ", "Ķārlis",
    ],
)  # fmt: skip
def test_odd_names_that_people_have_are_taken(name: str) -> None:
    buyer, findings = made(name)
    assert (buyer.name, findings) == (name, [])


def test_spaces_are_put_in_order_silently() -> None:
    buyer, findings = made("\xa0Ada \u2009 Lovelace\u3000")
    assert (buyer.name, findings) == ("Ada Lovelace", [])


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("\xa0", "the name is empty"),
        ("\u3000\u2003", "the name is empty"),
        ("&nbsp;", "the name is empty"),
        ("null", "programs write where there is no name"),
        ("NULL null", "programs write where there is no name"),
        ("undefined undefined", "programs write where there is no name"),
        ("None", "programs write where there is no name"),
        ("NaN", "programs write where there is no name"),
        ("n/a", "programs write where there is no name"),
        ("[object Object]", "programs write where there is no name"),
        ("{{first_name}}", "the name has `{`"),
        ("${name}", "the name has `{`"),
        ("*|FNAME|*", "the name has `|`"),
        ("%FIRSTNAME%", "a program should have replaced"),
        ("<b>Ada</b>", "the name has `<`"),
        ("Ada \U0001f600", "the name has `\U0001f600`"),
        ("Ada \u2665", "the name has `\u2665`"),
        ("Zo\ufffd", "the name has `\ufffd`"),
        ("Zo? ?ngstr?m", "the name has `?`"),
        ("&amp;", "the name has no letters"),
        ("1001", "the name has no letters"),
        ("...", "the name has no letters"),
        ("#1001", "like the number of an order"),
        ("=1+1", "like a spreadsheet's formula"),
        ("'=1+1", "like a spreadsheet's formula"),
        ("&#61;1+1", "like a spreadsheet's formula"),
        ("\u2800", "invisible character U+2800"),
        ("Ada\u2800Lovelace", "invisible character U+2800"),
        ("\u3164", "invisible character U+3164"),
        ("Ada\u034f", "invisible character U+034F"),
        ("Ada\ufe0f", "invisible character U+FE0F"),
        ("&#8203;Ada", "invisible character U+200B"),
        ("\u0301", "the name has no letters"),
        ("\u0301Ada", "the mark U+0301 on no letter"),
        ("Ada \u0301Lovelace", "the mark U+0301 on no letter"),
        ("A" + "\u0301" * 60, "60 marks on one letter"),
        ("Zoe" + "\u0308\u0323" * 3, "6 marks on one letter"),
        ("A\u0301\u0302\u0303nn", "3 marks on one letter"),
        ("/home/ann Lee", "begins like the path of a file"),
        ("ZoГ«", "mixes Latin and Cyrillic letters"),
        ("√Öse √òrsted", "the name has `√`"),
        ("&#39 Brien", "cannot be repaired"),
        ("Zo\udceb", "the name has bytes that are not UTF-8"),
        ("Ada\x85Lovelace", "invisible character U+0085"),  # the repair would be an ellipsis
        ("Ada\x9b31m", "invisible character U+009B"),
        ("â‚¬Ada", "the name has `¬`"),  # noqa: RUF001 - broken
        ("＝1+1", "like a spreadsheet's formula"),  # noqa: RUF001 - a wide sign
        ("Ada\ufffc", "the name has `\ufffc`"),
        ("true", "programs write where there is no name"),
        ("First Name Last Name", "programs write where there is no name"),
        ("ada@example.org", "is an address"),
        ("https://shop.example Ada", "is an address"),
        ("www.shop.example", "is an address"),
        ("1.23E+05", "is a number"),
        ("%s", "a program should have replaced"),
        ("%(name)s", "a program should have replaced"),
        ("$(whoami)", "a program should have replaced"),
        ("`whoami`", "a program should have replaced"),
    ],
)
def test_a_name_that_nobody_has_is_refused_with_a_sentence(name: str, says: str) -> None:
    finding = only(made(name)[1], "buyers-field")
    assert says in finding.message


@pytest.mark.parametrize(
    ("email", "order", "says"),
    [
        ("undefined", "1", "the email is `undefined`"),
        ("a@example.org", "null", "the order is `null`"),
        ("Ada <a@example.org>", "1", "is no e-mail address"),
        ("a\ufffd@example.org", "1", "programs write"),
        ("a\u200b@example.org", "1", "invisible character U+200B"),
        ("a@example..org", "1", "is no e-mail address"),
        ("a@-example.org", "1", "is no e-mail address"),
        ("a@example.org?subject=x", "1", "is no e-mail address"),
        ("a@example.org/", "1", "is no e-mail address"),
        ("{{email}}@example.org", "1", "is no e-mail address"),
        ("a|b@example.org", "1", "is no e-mail address"),
        ("a@example.org", "1.00E+09", "is a number that a spreadsheet cut short"),
        ("a@example.org", "1,23457E+11", "is a number that a spreadsheet cut short"),
        ("a@example.org", "1+1", "has other signs"),
        ("a@example.org", "1#2#3", "has other signs"),
        ("a@example.org", "1#", "has other signs"),
    ],
)
def test_an_address_or_order_that_nobody_has_is_refused(email: str, order: str, says: str) -> None:
    assert says in only(made("Ada", email, order)[1], "buyers-field").message


# --- Exports of shops, made-up lines under the shops' own columns

GUMROAD = """\
Purchase ID,Item Name,Buyer Name,Purchase Email,Buyer Email,Do not contact?,Purchase Date,\
Refunded?,Fully Refunded?,Access Revoked?,Product ID,Order Number,License Key
aBc==,Book,Zoë Ångström,zoe@example.org,z@example.org,0,2027-01-05,0,0,0,x,40017,K
dEf==,Book,Bo Berg,bo@example.org,,0,2027-01-05,1,1,0,x,40018,K
Totals,,,,,,,,,,,,
"""
SHOPIFY = """\
Name,Email,Financial Status,Paid at,Total,Lineitem name,Billing Name,Shipping Name,Id
#1001,zoe@example.org,paid,2027-01-05,9.00,Book,Zoë Ångström,,5001
#1001,,,,,A mug,,,
#1002,bo@example.org,refunded,2027-01-05,9.00,Book,Bo Berg,,5002
#1003,cy@example.org,pending,2027-01-05,9.00,Book,Cy Cole,,5003
"""
LEMON = """\
identifier,order_number,user_name,user_email,status,total
104e18a2-d755-4d4b-80c4-a6c1dcbe1c10,7,Zoë Ångström,zoe@example.org,paid,900
204e18a2-d755-4d4b-80c4-a6c1dcbe1c11,8,Bo Berg,bo@example.org,refunded,900
"""
STRIPE = """\
id,Created date (UTC),Amount,Currency,Description,Status,Customer ID,Customer Email,Card Name
ch_3Nx,2027-01-05 10:00,9.00,usd,Book,Paid,cus_1,zoe@example.org,Zoë Ångström
ch_3Ny,2027-01-05 10:00,9.00,usd,Book,Failed,cus_2,bo@example.org,Bo Berg
"""
PAYPAL = """\
"Date","Time","Name","Type","Status","Currency","Gross","From Email Address","To Email Address",\
"Transaction ID"
"01/05/2027","10:00","Zoë Ångström","Website Payment","Completed","USD","9.00",\
"zoe@example.org","us@example.org","0AB12345CD"
"01/05/2027","11:00","Bo Berg","Payment Refund","Completed","USD","-9.00",\
"us@example.org","bo@example.org","1AB12345CD"
"01/06/2027","11:00","","General Withdrawal","Completed","USD","-9.00","","","2AB12345CD"
"""


@pytest.mark.parametrize(
    ("export", "order", "not_sold"),
    [
        (GUMROAD, "40017", 2),
        (SHOPIFY, "#1001", 2),
        (LEMON, "7", 1),
        (STRIPE, "ch_3Nx", 1),
        (PAYPAL, "0AB12345CD", 2),
    ],
)
def test_a_shops_export_is_read_as_it_comes(
    export: str, order: str, not_sold: int, tmp_path: Path
) -> None:
    (buyer,), (finding,) = read(tmp_path, export)
    assert (buyer.name, buyer.email, buyer.order) == ("Zoë Ångström", "zoe@example.org", order)
    assert finding.code == "buyers-unpaid"
    said = "one line is no sale" if not_sold == 1 else f"{not_sold} lines are no sales"
    assert finding.message.startswith(said)


def test_a_list_without_the_columns_is_shown_with_those_that_it_has(tmp_path: Path) -> None:
    _, (finding,) = read(tmp_path, "Bestellung;Kunde;Adresse\n1;Bo, B.;bo@example.org\n")
    assert "it has `bestellung`, `kunde`, `adresse`" in finding.message


def test_an_address_may_stand_under_e_mail(tmp_path: Path) -> None:
    (buyer,), findings = read(tmp_path, "Order;E-Mail;Name\n1;bo@example.org;Bo Berg\n")
    assert (buyer.email, findings) == ("bo@example.org", [])


@pytest.mark.parametrize(
    ("column", "status", "sold"),
    [
        ("status", "refunded", 0),
        ("Status", " Cancelled ", 0),
        ("Order status", "on-hold", 0),
        ("payment_status", "NOT_PAID", 0),
        ("status", "Charge back", 0),
        ("status", "Erstattet", 0),
        ("status", "partially refunded", 1),
        ("status", "paid", 1),
        ("status", "", 1),
        ("status", "shipped by Ann", 1),
        ("note", "refunded", 1),
    ],
)
def test_a_list_of_the_owners_own_may_say_what_was_not_paid(
    column: str, status: str, sold: int, tmp_path: Path
) -> None:
    text = f"name,email,order,{column}\nBo Berg,bo@example.org,1,{status}\n"
    buyers, findings = read(tmp_path, text)
    assert (len(buyers), codes(findings)) == (sold, set() if sold else {"buyers-unpaid"})


@pytest.mark.parametrize(
    ("lines", "sold"),
    [
        (["Bo,bo@example.org,1,paid", "Bo,bo@example.org,1,refunded"], []),
        (["Bo,bo@example.org,1,refunded", "Bo,bo@example.org,1,paid"], []),
        (["Bo,bo@example.org,1,failed", "Bo,bo@example.org,1,paid"], ["Bo"]),
        (["Bo,bo@example.org,1,unpaid", "Cy,cy@example.org,1,"], ["Cy"]),
        (["Bo,bo@example.org,1,refunded", "Cy,cy@example.org,2,"], ["Cy"]),
    ],
)
def test_an_order_that_a_line_of_the_owners_list_gives_back_is_no_sale(
    lines: list[str], sold: list[str], tmp_path: Path
) -> None:
    buyers, findings = read(tmp_path, "\n".join(["name,email,order,status", *lines]))
    assert ([buyer.name for buyer in buyers], codes(findings)) == (sold, {"buyers-unpaid"})


@pytest.mark.parametrize("email", ["z.+tag@example.org", "o'b@exämple.org", "почта@почта.рф"])
def test_an_address_that_people_have_is_taken(email: str) -> None:
    buyer, findings = made("Ada", email)
    assert (buyer.email, findings) == (email, [])


def line_of(export: str, **fields: str) -> str:
    """Return an export's heading and its first line, with some fields set anew."""
    heading, first, *_ = csv.reader(io.StringIO(export))
    by_name = dict(zip(heading, first, strict=True)) | fields
    output = io.StringIO()
    csv.writer(output).writerows([by_name.keys(), by_name.values()])
    return output.getvalue()


@pytest.mark.parametrize(
    ("export", "fields", "sold"),
    [
        (GUMROAD, {"Disputed?": "1", "Dispute Won?": "0"}, 0),
        (GUMROAD, {"Disputed?": "1", "Dispute Won?": "1"}, 1),
        (GUMROAD, {"Pre-order authorization?": "1"}, 0),
        (GUMROAD, {"Refunded?": "1", "Partial Refund ($)": "2.00"}, 1),
        (SHOPIFY, {"Financial Status": "partially_refunded"}, 1),
        (SHOPIFY, {"Financial Status": "partially_paid"}, 0),
        (SHOPIFY, {"Financial Status": "authorized"}, 0),
        (SHOPIFY, {"Cancelled at": "2027-01-06 10:00"}, 0),
        (SHOPIFY, {"Cancelled at": ""}, 1),
        (LEMON, {"test_mode": "true"}, 0),
        (LEMON, {"test_mode": "false"}, 1),
        (STRIPE, {"Mode": "Test"}, 0),
        (STRIPE, {"Mode": "Live"}, 1),
        (LEMON, {"status": "partial_refund"}, 1),
        (LEMON, {"status": "fraudulent"}, 0),
        (STRIPE, {"Amount Refunded": "9.00"}, 0),
        (STRIPE, {"Amount Refunded": "2.00"}, 1),
        (STRIPE, {"Status": "requires_payment_method"}, 0),
        (PAYPAL, {"Status": "Partially Refunded"}, 1),
        (PAYPAL, {"Status": "Pending"}, 0),
        (PAYPAL, {"Gross": "(9.00)"}, 0),
        (GUMROAD, {"Fully Refunded?": "TRUE"}, 0),
        (GUMROAD, {"Fully Refunded?": " 1.0"}, 0),
        (GUMROAD, {"Fully Refunded?": "False"}, 1),
        (GUMROAD, {"Disputed?": "TRUE", "Dispute Won?": "TRUE"}, 1),
        (
            GUMROAD.replace("Fully Refunded?", "Whole?"),
            {"Refunded?": "TRUE", "Partial Refund ($)": "0.0"},
            0,
        ),
        (LEMON, {"refunded": "Yes"}, 0),
        (STRIPE, {"Amount": "9.00", "Amount Refunded": "-9"}, 0),
        (STRIPE, {"Amount": "1,009.00", "Amount Refunded": "9,00"}, 1),
        (STRIPE, {"Captured": "FALSE"}, 0),
        (STRIPE, {"Captured": "true"}, 1),
        (STRIPE, {"Dispute Status": "Lost"}, 0),
    ],
)
def test_a_sale_is_what_was_paid_and_not_given_back(
    export: str, fields: dict[str, str], sold: int, tmp_path: Path
) -> None:
    buyers, findings = read(tmp_path, line_of(export, **fields))
    assert (len(buyers), len(findings)) == (sold, 1 - sold)
    assert codes(findings) <= {"buyers-unpaid"}


@pytest.mark.parametrize(("given_back", "sold"), [("-9,00", 0), ("-2,00", 1)])
def test_a_payment_that_a_later_line_gives_back_is_no_sale(
    given_back: str, sold: int, tmp_path: Path
) -> None:
    sale = line_of(PAYPAL, Gross="9,00", **{"Transaction ID": "T1"})
    heading, first = csv.reader(io.StringIO(sale))
    refund = dict(zip(heading, first, strict=True))
    refund |= {"Transaction ID": "T2", "Reference Txn ID": "T1", "Gross": given_back}
    output = io.StringIO()
    rows = [[*heading, "Reference Txn ID"], [*first, ""], [*refund.values()]]
    csv.writer(output).writerows(rows)
    buyers, findings = read(tmp_path, output.getvalue())
    assert (len(buyers), codes(findings)) == (sold, {"buyers-unpaid"})


ZOE = ("Express Checkout Payment", "Completed", "29.00", "zoe@example.org", "T1", "")
HOLD = ("Hold on Balance for Dispute Investigation", "Completed", "-29.00", "", "T2", "T1")
RELEASE = ("Cancellation of Hold for Dispute Resolution", "Completed", "29.00", "", "T3", "T1")


@pytest.mark.parametrize(
    ("later", "sold"),
    [
        ([HOLD], 0),
        ([HOLD, RELEASE], 1),
        ([HOLD, (*RELEASE[:5], "T2")], 1),
        ([HOLD, (*RELEASE[:3], "zoe@example.org", "T3", "T1")], 1),
        ([HOLD, RELEASE, ("Chargeback", "Completed", "-29.00", "", "T4", "T1")], 0),
        ([("Payment Reversal", "Completed", "-29.00", "", "T2", "T1"),
          ("Chargeback Reversal", "Completed", "29.00", "", "T3", "T2")], 1),
        ([("General Currency Conversion", "Completed", "-29.00", "", "T2", "T1"),
          ("General Currency Conversion", "Completed", "31.00", "", "T3", "T1")], 1),
        ([("Payment Refund", "Completed", "-29.00", "", "T2", "T1"),
          ("General Currency Conversion", "Completed", "29.00", "", "T3", "T1")], 0),
        ([("Payment Refund", "Denied", "-29.00", "", "T2", "T1")], 1),
        ([("General Authorization", "Completed", "29.00", "zoe@example.org", "T0", "")], 1),
        ([("Void of Authorization", "Completed", "-29.00", "", "T2", "T1")], 1),
        ([("Payment Refund", "Completed", "-29.00", "", "T2", "T3"),
          ("Payment Refund", "Completed", "-29.00", "", "T3", "T2")], 1),
    ],
)  # fmt: skip
def test_a_payment_that_was_held_or_converted_is_a_sale_unless_it_went_back(
    later: list[tuple[str, ...]], sold: int, tmp_path: Path
) -> None:
    heading = "Type,Status,Gross,From Email Address,Transaction ID,Reference Txn ID,Name"
    rows = [heading, *(f"{','.join(one)},Zoe Angstrom" for one in (ZOE, *later))]
    for order in (rows, [heading, *reversed(rows[1:])]):  # PayPal's newest may come first
        buyers, findings = read(tmp_path, "\n".join(order))
        assert [buyer.order for buyer in buyers] == ["T1"] * sold
        assert codes(findings) == {"buyers-unpaid"}


def test_an_order_without_a_number_is_not_taken_for_one_that_was_given_back(tmp_path: Path) -> None:
    buyers, (finding,) = read(tmp_path, line_of(PAYPAL, **{"Transaction ID": ""}))
    assert (buyers, finding.message) == ([], "the order is empty")


def test_a_column_that_tells_sales_may_be_there_once(tmp_path: Path) -> None:
    sale = line_of(STRIPE, Status="Paid").replace("Status", "Status,Status")
    buyers, (finding,) = read(tmp_path, sale)
    assert buyers == []
    assert "the column `status`, which tells sales, more than once" in finding.message


def test_an_order_that_is_no_sale_is_not_sold_by_its_second_line(tmp_path: Path) -> None:
    sale = line_of(SHOPIFY, **{"Financial Status": "refunded"})
    heading, first = csv.reader(io.StringIO(sale))
    again = dict(zip(heading, first, strict=True)) | {"Financial Status": ""}
    buyers, findings = read(tmp_path, f"{sale}{','.join(again.values())}\n")
    assert (buyers, codes(findings)) == ([], {"buyers-unpaid"})


@pytest.mark.parametrize("email", ["", "zoe@example.org"])
@pytest.mark.parametrize(("status", "buyers"), [("paid", 1), ("refunded", 0)])
def test_a_second_thing_of_an_order_is_no_second_order(
    email: str, status: str, buyers: int, tmp_path: Path
) -> None:
    more = f"#1001,{email},,,,A mug,,,\n"
    found, findings = read(tmp_path, line_of(SHOPIFY, **{"Financial Status": status}) + more)
    assert (len(found), len(findings)) == (buyers, 1 - buyers)


def test_an_order_may_have_an_e_among_its_digits() -> None:
    assert made("Ada", order="40017E2")[1] == []


def test_an_order_may_have_a_shops_prefix(tmp_path: Path) -> None:
    (buyer,), findings = read(tmp_path, line_of(SHOPIFY, Name="EU#1001"))
    assert (buyer.order, buyer.file_part, findings) == ("EU#1001", "EU1001", [])


@pytest.mark.parametrize("start", [b"PK\3\4\0\0", b"\xd0\xcf\x11\xe0\0\0"])
def test_a_workbook_is_called_one(start: bytes, tmp_path: Path) -> None:
    message = only(read(tmp_path, start + bytes(100))[1], "buyers-file").message
    assert message == "this is a spreadsheet program's own file"


def table(separator: str) -> str:
    """Return a list of buyers whose fields hold separators, quotes and the end of a line."""
    output = io.StringIO()
    writer = csv.writer(output, delimiter=separator)
    writer.writerows(
        [
            ["Paid", "Order", "Email", "Note", "Name"],
            ["9", "1", "zoe@example.org", 'a; b, c\t"d"\nsecond line', "Ångström, Zoë"],
            ["9", "2", "bo@example.org", "", "Berg; Bo"],
        ]
    )
    return output.getvalue()


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_what_a_spreadsheet_saves_is_read(separator: str, encoding: str, tmp_path: Path) -> None:
    buyers, findings = read(tmp_path, table(separator).encode(encoding))
    assert findings == []
    assert [buyer.name for buyer in buyers] == ["Ångström, Zoë", "Berg; Bo"]
    assert [buyer.place.line for buyer in buyers] == [2, 4]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_excels_own_first_line_and_its_empty_fields_are_passed_over(
    end: str, tmp_path: Path
) -> None:
    text = f"sep=;{end}name;email;order{end}Bo;bo@example.org;1;;{end};;;;{end}"
    (buyer,), findings = read(tmp_path, text)
    assert (buyer.order, buyer.place.line, findings) == ("1", 3, [])


@pytest.mark.parametrize("blank", ["\n", " \r\n\n", ";;;\n"])
def test_blank_lines_before_the_columns_are_passed_over(blank: str, tmp_path: Path) -> None:
    text = f"{blank}name;email;order\nBo;bo@example.org;1\nCy;cy@example.org;1+1\n"
    (buyer,), (finding,) = read(tmp_path, text)
    line = blank.count("\n") + 2
    assert (buyer.order, buyer.place.line, finding.place.line) == ("1", line, line + 1)
    _, (finding,) = read(tmp_path, f"{blank}Kunde;Adresse\n")
    assert "it has `kunde`, `adresse`" in finding.message
    assert finding.place.line == line - 1


def test_a_file_of_nothing_but_quotation_marks_has_no_columns(tmp_path: Path) -> None:
    (finding,) = read(tmp_path, '""\n""\n')[1]
    assert finding.message.endswith("it has none")


def test_columns_may_be_called_in_any_case_and_with_underscores(tmp_path: Path) -> None:
    (buyer,), _ = read(tmp_path, "USER_NAME,User Email,order_number\nBo,bo@example.org,1\n")
    assert buyer.name == "Bo"


def test_a_purchase_that_comes_twice_is_one_and_another_buyers_is_not(tmp_path: Path) -> None:
    row = "Bo,bo@example.org,7\n"
    buyers, findings = read(tmp_path, f"name,email,order\n{row}{row}Bo,BO@example.org,#7\n")
    assert (len(buyers), findings) == (1, [])
    assert codes(read(tmp_path, f"name,email,order\n{row}Cy,bo@example.org,7\n")[1]) == {
        "buyers-twice"
    }


@pytest.mark.parametrize(
    ("rows", "line"),
    [
        (['"Bo,bo@example.org,1', *["Cy,cy@example.org,2"] * 50], 2),
        (["Bo,bo@example.org,1"] * 10 + ['"Cy,cy@example.org,2'], 12),
        (['Bo,bo@example.org,"1', *["Cy,cy@example.org,2"] * 50], 2),
        (['"B\no",bo@example.org,1', 'Cy,"cy@example.org,2'], 4),
        (['"Bo,bo@example.org,1', 'Cy,"cy@example.org",2'], 2),
    ],
)
def test_a_quotation_mark_that_is_not_closed_is_named_at_its_own_line(
    rows: list[str], line: int, tmp_path: Path
) -> None:
    buyers, findings = read(tmp_path, "\n".join(["name,email,order", *rows]))
    assert buyers == []
    assert only(findings, "buyers-file").place.line == line


def test_utf_16_that_is_broken_names_its_line(tmp_path: Path) -> None:
    data = "name,email,order\nBo,bo@example.org,1\n".encode("utf-16") + b"\x00\xd8\x41\x00"
    finding = only(read(tmp_path, data)[1], "buyers-file")
    assert "not UTF-16" in finding.message
    assert finding.place.line == 3


# --- Limits


@pytest.mark.slow
def test_a_hundred_thousand_bad_lines_are_told_in_a_few(tmp_path: Path) -> None:
    rows = "".join(f"王{n},x,{n}\n" for n in range(100_000))
    buyers, findings = read(tmp_path, f"name,email,order\n{rows}")
    assert buyers == []
    assert len(findings) == MOST + 1
    assert findings[-1].message == "99,900 more like it"


def test_a_hundred_thousand_buyers_without_letters_are_told_in_a_few(
    garden: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cheatsheet.publish import stamping  # noqa: PLC0415 - what is replaced
    from cheatsheet.publish.lettering import CannotDrawError  # noqa: PLC0415

    class Press:
        def copy(self, buyer: Buyer) -> bytes:
            raise CannotDrawError(f"the font does not have {buyer.name}")

    monkeypatch.setattr(stamping, "_make_press", lambda *_: Press())
    rows = "".join(f"王小明,a@example.org,{n}\n" for n in range(1_000))
    garden.write("buyers.csv", f"name,email,order\n{rows}")
    result = CliRunner().invoke(
        main,
        ["-C", str(garden.folder), "stamp", "--csv", str(garden.folder / "buyers.csv"),
         "-o", str(garden.folder / "copies"), "--format", "json"],
    )  # fmt: skip
    assert len(json.loads(result.output)["findings"]) == MOST + 1


def test_a_file_that_is_too_large_is_not_read_whole(tmp_path: Path) -> None:
    file = tmp_path / "buyers.csv"
    with file.open("wb") as opened:
        opened.truncate(50 * MOST_BYTES)  # a gigabyte of nothing
    tracemalloc.start()
    try:
        findings = read_buyers(file)[1]
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert "more than 20 MB" in only(findings, "buyers-file").message
    assert most < 2 * MOST_BYTES


@pytest.mark.parametrize("what", ["/dev/zero", "/dev/null", "fifo"])
def test_a_device_or_a_pipe_is_refused_at_once(what: str, tmp_path: Path) -> None:
    file = Path(what) if what.startswith("/") else tmp_path / "buyers.csv"
    if what == "fifo":
        os.mkfifo(file)
    assert only(read_buyers(file)[1], "buyers-file").message == "this is not a file"
