"""Damages to the garden's free sample, which has Compost and Mulch."""

from typing import Any

from pikepdf import String

from damage.tools import damage, figures, harmless

PAID = "Because Frost Date is the difference between a garden and a yard."
FREE = "Because Compost is the difference between a garden and a yard."


@damage("sample-paid")
def tell_a_paid_sentence(pdf: Any) -> None:
    """The metadata of a free sample have a sentence that is for sale."""
    pdf.docinfo.Keywords = String(PAID)


@damage("sample-paid")
def describe_by_a_paid_sentence(pdf: Any) -> None:
    """A picture of a free sample is described by a sentence that is for sale."""
    figures(pdf)[0].Alt = String(PAID)


@damage("sample-paid")
def leave_a_paid_sentence_lying(pdf: Any) -> None:
    """A free sample has a sentence that is for sale in a stream that no page draws."""
    pdf.Root.PieceInfo = pdf.make_stream(PAID.encode("utf-16"))


@damage("sample-paid")
def leave_the_labels_of_a_paid_drawing(pdf: Any) -> None:
    """A free sample has the labels of a drawing that is for sale."""
    pdf.Root.PieceInfo = pdf.make_stream(b"one seed every two fingers\npaper that rots")


@damage("sample-number")
def count_the_samples_own_pages(pdf: Any) -> None:
    """A page of a free sample does not have the number that it has in the book."""
    label = pdf.Root.PageLabels.Nums[5]
    label.St = int(label.St) + 1


@harmless("sample-paid")
def tell_a_free_sentence(pdf: Any) -> None:
    """The metadata of a free sample have a sentence that is free."""
    pdf.docinfo.Keywords = String(FREE)


@harmless("sample-number")
def begin_at_one(pdf: Any) -> None:
    """The labels of a free sample say that the front matter begins at i."""
    pdf.Root.PageLabels.Nums[1].St = 1
