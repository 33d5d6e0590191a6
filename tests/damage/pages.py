"""Damages to pages, destinations and the outline."""

from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from damage.tools import damage, destination, harmless, names, outline, page, places

COMPOST = 5  # 0-based


@damage("pages-count")
def drop_the_last_page(pdf: Any) -> None:
    """The last page is gone."""
    del pdf.pages[-1]


@damage("pages-count")
def drop_a_page_in_the_middle(pdf: Any) -> None:
    """A term's page is gone."""
    del pdf.pages[COMPOST]


@damage("pages-count")
def add_an_empty_page(pdf: Any) -> None:
    """An empty page is added at the end."""
    pdf.add_blank_page(page_size=(420, 595))


@damage("pages-twice")
def put_a_page_in_twice(pdf: Any) -> None:
    """A page stands in the page tree twice."""
    pdf.Root.Pages.Kids.append(pdf.Root.Pages.Kids[COMPOST])
    pdf.Root.Pages.Count += 1


@damage("pages-count")
def copy_a_page(pdf: Any) -> None:
    """A page's copy follows it."""
    pdf.pages.insert(COMPOST, pdf.pages[COMPOST])


@damage("terms-order")
def swap_pages(pdf: Any) -> None:
    """Two terms' pages are exchanged."""
    kids = pdf.Root.Pages.Kids
    kids[COMPOST], kids[COMPOST + 1] = kids[COMPOST + 1], kids[COMPOST]


@damage("terms-order")
def reverse_pages(pdf: Any) -> None:
    """All pages stand in reverse order."""
    pdf.Root.Pages.Kids = Array(reversed(list(pdf.Root.Pages.Kids)))


@damage("pdf-open")
def remove_all_pages(pdf: Any) -> None:
    """All pages are gone."""
    pdf.Root.Pages.Kids = Array()
    pdf.Root.Pages.Count = 0


@damage("pages-size")
def narrow_a_page(pdf: Any) -> None:
    """A page is a millimetre narrower."""
    pdf.pages[COMPOST].MediaBox[2] -= 3


@damage("pages-size")
def turn_the_paper(pdf: Any) -> None:
    """A page is as wide as it should be high."""
    box = pdf.pages[COMPOST].MediaBox
    box[2], box[3] = box[3], box[2]


@harmless("pages-size")
def write_a_size_out(pdf: Any) -> None:
    """A page's size is rounded to a hundredth of a point."""
    pdf.pages[COMPOST].MediaBox = Array([round(value, 2) for value in pdf.pages[COMPOST].MediaBox])


@damage("pages-turned")
def rotate_a_page(pdf: Any) -> None:
    """A page is turned by 90 degrees."""
    pdf.pages[COMPOST].Rotate = 90


@damage("pages-turned")
def rotate_all_pages(pdf: Any) -> None:
    """All pages are upside down, by the page tree's root."""
    pdf.Root.Pages.Rotate = 180


@damage("pages-turned")
def enlarge_the_unit(pdf: Any) -> None:
    """A page's unit is two points."""
    pdf.pages[COMPOST].UserUnit = 2


@harmless("pages-turned")
def rotate_by_nothing(pdf: Any) -> None:
    """A page is turned by a full 360 degrees."""
    pdf.pages[COMPOST].Rotate = 360


@damage("pages-box")
def crop_a_page(pdf: Any) -> None:
    """A crop box cuts a part of a page off."""
    pdf.pages[COMPOST].CropBox = Array([0, 0, 200, 595])


@damage("pages-box")
def trim_past_the_page(pdf: Any) -> None:
    """A trim box reaches past its page."""
    pdf.pages[COMPOST].TrimBox = Array([-9, -9, 430, 610])


@harmless("pages-box")
def crop_nothing(pdf: Any) -> None:
    """A crop box is the page's size."""
    pdf.pages[COMPOST].CropBox = pdf.pages[COMPOST].MediaBox


@damage("pages-label")
def drop_labels(pdf: Any) -> None:
    """The page labels are gone."""
    del pdf.Root.PageLabels


@damage("pages-label")
def number_from_two(pdf: Any) -> None:
    """The page labels are one too high."""
    pdf.Root.PageLabels.Nums[3].St = 2


@damage("pages-label")
def number_a_page_too_late(pdf: Any) -> None:
    """The book's numbers begin a page too late."""
    pdf.Root.PageLabels.Nums[2] += 1


@damage("pages-label")
def number_in_roman(pdf: Any) -> None:
    """The book is labelled in Roman numbers."""
    pdf.Root.PageLabels.Nums[3].S = Name.r


@harmless("pages-label")
def split_labels(pdf: Any) -> None:
    """The page labels say in two runs what they said in one."""
    start = int(pdf.Root.PageLabels.Nums[2])
    run = Dictionary(S=Name.D, St=4)
    pdf.Root.PageLabels.Nums = Array([*pdf.Root.PageLabels.Nums, start + 3, run])


@damage("pages-empty")
def empty_a_page(pdf: Any) -> None:
    """A page's content is gone."""
    pdf.pages[0].Contents = pdf.make_stream(b"")


@harmless("pages-empty")
def split_a_content(pdf: Any) -> None:
    """A page's content stands in two streams."""
    drawn = page(pdf).Contents.read_bytes()
    middle = drawn.index(b"EMC\n", len(drawn) // 2) + 4
    page(pdf).Contents = Array([pdf.make_stream(drawn[:middle]), pdf.make_stream(drawn[middle:])])


@damage("pages-picture")
def print_a_coarse_picture(pdf: Any) -> None:
    """A picture has 36 pixels an inch."""
    draw_picture(pdf, 36)


@harmless("pages-picture")
def print_a_fine_picture(pdf: Any) -> None:
    """A picture has 300 pixels an inch."""
    draw_picture(pdf, 300)


def draw_picture(pdf: Any, pixels: int) -> None:
    """Draw a grey picture of an inch on the first page."""
    picture = pdf.make_stream(b"\x80" * pixels * pixels)
    picture.Type, picture.Subtype = Name.XObject, Name.Image
    picture.Width, picture.Height, picture.BitsPerComponent = pixels, pixels, 8
    picture.ColorSpace = Name.DeviceGray
    first = pdf.pages[0]
    first.Resources = pikepdf.Dictionary(first.Resources)
    first.Resources.XObject = Dictionary(Grey=picture)
    drawn = b"q " + first.Contents.read_bytes() + b"\nQ Q Q "
    drawn += b"/Artifact BMC q 72 0 0 72 100 100 cm /Grey Do Q EMC"
    first.Contents = pdf.make_stream(drawn)


@damage("terms-lost")
def drop_a_destination(pdf: Any) -> None:
    """A term's destination is gone."""
    at = places(pdf)["term-compost"]
    pdf.Root.Names.Dests.Names = Array(
        [item for number, item in enumerate(names(pdf)) if number not in {at, at + 1}]
    )


@damage("terms-lost")
def drop_all_destinations(pdf: Any) -> None:
    """The name tree is gone."""
    del pdf.Root.Names


@damage("terms-lost")
def rename_a_destination(pdf: Any) -> None:
    """A term's destination has another name."""
    names(pdf)[places(pdf)["term-compost"]] = String("term-composs")


@damage("terms-heading")
def lower_a_destination(pdf: Any) -> None:
    """A destination leads below its heading."""
    destination(pdf, "term-compost")[3] = 330


@damage("terms-heading")
def move_a_destination_on(pdf: Any) -> None:
    """A destination leads to the page after its own."""
    destination(pdf, "term-compost")[0] = page(pdf, "term-mulch")


@damage("terms-heading")
def lower_the_destination_of_an_opener(pdf: Any) -> None:
    """A category's destination leads below its heading."""
    destination(pdf, "category-soil")[3] = 300


@harmless("terms-heading")
def raise_a_destination(pdf: Any) -> None:
    """A destination leads a little above its heading."""
    destination(pdf, "term-compost")[3] = float(destination(pdf, "term-compost")[3]) + 4


@damage("terms-order")
def swap_destinations(pdf: Any) -> None:
    """Two terms' destinations are exchanged."""
    one, two = places(pdf)["term-compost"] + 1, places(pdf)["term-mulch"] + 1
    names(pdf)[one], names(pdf)[two] = names(pdf)[two], names(pdf)[one]


@damage("pdf-readers")
def unsort_the_names(pdf: Any) -> None:
    """The name tree is not sorted, so that readers which search by halves miss names."""
    pairs = list(zip(list(names(pdf))[::2], list(names(pdf))[1::2], strict=True))
    leaf = pdf.make_indirect(
        Dictionary(
            Limits=Array([String("term-a"), String("term-b")]),
            Names=Array([item for pair in reversed(pairs) for item in pair]),
        )
    )
    pdf.Root.Names.Dests = Dictionary(Kids=Array([leaf]))


@harmless("terms-lost")
def grow_the_name_tree(pdf: Any) -> None:
    """The name tree has a level more."""
    items = list(names(pdf))
    leaf = pdf.make_indirect(Dictionary(Limits=Array([items[0], items[-2]]), Names=Array(items)))
    pdf.Root.Names.Dests = Dictionary(Kids=Array([leaf]))


@damage("outline-entries")
def drop_the_outline(pdf: Any) -> None:
    """The outline is gone."""
    del pdf.Root.Outlines


@damage("outline-entries")
def drop_the_first_entry(pdf: Any) -> None:
    """The outline's first entry is gone."""
    pdf.Root.Outlines.First = outline(pdf)[1]


@damage("outline-entries")
def drop_the_last_entry(pdf: Any) -> None:
    """The outline's last entry is gone."""
    del outline(pdf)[-2].Next


@damage("outline-entries")
def swap_entries(pdf: Any) -> None:
    """Two entries of the outline are exchanged."""
    one, two = outline(pdf)[1:3]
    one.Title, two.Title = two.Title, one.Title
    one.Dest, two.Dest = two.Dest, one.Dest


@damage("outline-entries")
def mislead_an_entry(pdf: Any) -> None:
    """An entry of the outline leads to the page after its own."""
    outline(pdf)[1].Dest = outline(pdf)[2].Dest


@damage("outline-entries")
def rename_an_entry(pdf: Any) -> None:
    """An entry of the outline has another name."""
    outline(pdf)[1].Title = String("Untitled")


@damage("outline-entries")
def raise_an_entry(pdf: Any) -> None:
    """The terms of a category stand beside it in the outline."""
    opener = next(entry for entry in outline(pdf) if "/First" in entry)
    last, following = opener.Last, opener.Next
    opener.Next, last.Next = opener.First, following
    del opener.First, opener.Last, opener.Count


@damage("outline-dead")
def kill_an_entry(pdf: Any) -> None:
    """An entry of the outline leads nowhere."""
    del outline(pdf)[1].Dest


@harmless("outline-entries")
def close_the_outline(pdf: Any) -> None:
    """The outline's branches are closed."""
    for entry in outline(pdf):
        if "/First" in entry:
            entry.Count = -abs(int(entry.Count))


@harmless("outline-dead")
def lead_by_an_action(pdf: Any) -> None:
    """An entry of the outline leads to its page by an action."""
    entry = outline(pdf)[1]
    entry.A = Dictionary(S=Name.GoTo, D=entry.Dest)
    del entry.Dest


@harmless("pages-count")
def nest_the_pages(pdf: Any) -> None:
    """The page tree has a level more."""
    kids = list(pdf.Root.Pages.Kids)
    half = pdf.make_indirect(
        Dictionary(Type=Name.Pages, Kids=Array(kids[:9]), Count=9, Parent=pdf.Root.Pages)
    )
    for kid in kids[:9]:
        kid.Parent = half
    pdf.Root.Pages.Kids = Array([half, *kids[9:]])


@harmless("pages-twice")
def share_the_resources(pdf: Any) -> None:
    """Two pages share their resources."""
    pdf.pages[COMPOST].Resources = pdf.pages[COMPOST + 1].Resources


@harmless("terms-order")
def lead_to_the_top(pdf: Any) -> None:
    """A destination has a zoom of its own."""
    destination(pdf, "term-compost")[4] = 1
