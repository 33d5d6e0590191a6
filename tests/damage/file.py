"""Damages to the file: metadata, tags, hidden things, and its bytes."""

import random
import re
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from cheatsheet.reader.seal import sealed
from damage.tools import damage, figures, harmless, link, page, saved, tags

AUTHOR = "The Garden Club"


def xmp(pdf: Any) -> bytes:
    return bytes(pdf.Root.Metadata.read_bytes())


@damage("meta-information")
def change_the_title(pdf: Any) -> None:
    """The file has another title."""
    title = "Twelve Words for Your Garden"
    pdf.docinfo.Title = String(str(pdf.docinfo.Title).replace(title, "Untitled"))
    pdf.Root.Metadata.write(xmp(pdf).replace(title.encode(), b"Untitled"))


@damage("meta-information")
def make_the_title_of_spaces(pdf: Any) -> None:
    """The title is made of spaces."""
    told = str(pdf.docinfo.Title)
    pdf.docinfo.Title = String("  ")
    pdf.Root.Metadata.write(xmp(pdf).replace(told.encode(), b" "))


@damage("meta-information")
def drop_the_author(pdf: Any) -> None:
    """The file's information does not name its author, and its XMP does."""
    del pdf.docinfo.Author


@damage("meta-author")
def drop_both_authors(pdf: Any) -> None:
    """The file does not name its author anywhere."""
    del pdf.docinfo.Author
    pdf.Root.Metadata.write(xmp(pdf).replace(AUTHOR.encode(), b""))


@harmless("meta-author")
def add_an_author(pdf: Any) -> None:
    """The XMP names a second author."""
    one = f"<rdf:li>{AUTHOR}</rdf:li>".encode()
    assert one in xmp(pdf)
    pdf.Root.Metadata.write(xmp(pdf).replace(one, one + b"<rdf:li>A. Neighbour</rdf:li>"))


@damage("meta-language")
def drop_the_language(pdf: Any) -> None:
    """The file does not say its language."""
    del pdf.Root.Lang


@damage("meta-language")
def change_the_language(pdf: Any) -> None:
    """The file says that it is in German."""
    pdf.Root.Lang = String("de-DE")


@damage("meta-tag")
def name_the_language(pdf: Any) -> None:
    """The file says that it is in English by that word."""
    pdf.Root.Lang = String("English")


@damage("meta-language")
def underscore_a_tags_language(pdf: Any) -> None:
    """A tag says its language as an operating system writes it: pt_BR."""
    tags(pdf, Name.P)[0].Lang = String("pt_BR")


@harmless("meta-tag")
def say_a_private_language(pdf: Any) -> None:
    """A tag's language is one that its makers alone know, and is marked so."""
    tags(pdf, Name.P)[0].Lang = String("x-garden")


@harmless("meta-language")
def say_a_tags_language(pdf: Any) -> None:
    """Two tags are in other languages, and one's is not known."""
    for tag, language in zip(tags(pdf, Name.P), ("zh-Hant-TW", "de-CH-1996", ""), strict=False):
        tag.Lang = String(language)


@damage("meta-information")
def show_the_file_name(pdf: Any) -> None:
    """A viewer shows the file's name and not its title."""
    pdf.Root.ViewerPreferences.DisplayDocTitle = False


@damage("meta-information")
def unmark_the_tags(pdf: Any) -> None:
    """The file does not say that it is tagged."""
    del pdf.Root.MarkInfo


@damage("meta-xmp")
def change_one_title(pdf: Any) -> None:
    """The two kinds of metadata name two titles."""
    pdf.Root.Metadata.write(xmp(pdf).replace(b"Twelve", b"Eleven"))


@damage("meta-xmp")
def drop_the_xmp(pdf: Any) -> None:
    """The XMP is gone."""
    del pdf.Root.Metadata


@damage("meta-xmp")
def break_the_xmp(pdf: Any) -> None:
    """The XMP is no XML."""
    pdf.Root.Metadata.write(xmp(pdf)[:200])


@damage("meta-xmp")
def bomb_the_xmp(pdf: Any) -> bytes:
    """The XMP has entities that grow without end."""
    bomb = b'<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;">]>'
    start = re.compile(rb"<\?xpacket begin=[^>]*\?>")
    return start.sub(lambda found: bomb.ljust(len(found[0])), unpack(pdf) or b"")


@harmless("meta-xmp")
def pad_the_xmp(pdf: Any) -> None:
    """The XMP has room for changes at its end."""
    pdf.Root.Metadata.write(xmp(pdf) + b"\n" + b" " * 2000)


@damage("meta-ua")
def claim_no_standard(pdf: Any) -> None:
    """The file does not claim PDF/UA."""
    pdf.Root.Metadata.write(xmp(pdf).replace(b'pdfuaid:part="1"', b""))


@harmless("meta-ua")
def claim_by_an_element(pdf: Any) -> None:
    """The claim of PDF/UA is an element and not an attribute."""
    claim = b'<rdf:Description rdf:about=""><pdfuaid:part>1</pdfuaid:part></rdf:Description>'
    pdf.Root.Metadata.write(
        xmp(pdf).replace(b'<rdf:Description rdf:about="" pdfuaid:part="1" />', claim)
    )


@harmless("meta-information")
def add_a_keyword(pdf: Any) -> None:
    """The metadata has keywords too."""
    pdf.docinfo.Keywords = String("garden, words")


@damage("tags-tree")
def drop_the_tags(pdf: Any) -> None:
    """The tags are gone."""
    del pdf.Root.StructTreeRoot


@damage("tags-tree")
def empty_the_tags(pdf: Any) -> None:
    """The tree of tags has no tags."""
    pdf.Root.StructTreeRoot.K = Array()


@damage("tags-tree")
def leave_a_page_out(pdf: Any) -> None:
    """A page is not in the tags."""
    del page(pdf).StructParents


@damage("tags-tree")
def lose_the_way_up(pdf: Any) -> None:
    """An element of the tags does not say in which one it is."""
    del figures(pdf)[0].P


@damage("tags-tree")
def lead_the_way_up_astray(pdf: Any) -> None:
    """An element of the tags says that it is in another one."""
    figures(pdf)[0].P = pdf.Root.StructTreeRoot


def owned(pdf: Any) -> list[tuple[Any, Any]]:
    """Return the parent tree: key and value, those of pages, each a list, among them."""
    numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def put_owned(pdf: Any, pairs: list[tuple[Any, Any]]) -> None:
    pdf.Root.StructTreeRoot.ParentTree = Dictionary(Nums=Array([x for two in pairs for x in two]))


@damage("tags-owner")
def empty_the_way_back(pdf: Any) -> None:
    """The parent tree of the tags is empty."""
    put_owned(pdf, [])


@damage("tags-owner")
def swap_the_ways_back(pdf: Any) -> None:
    """In the parent tree two links have each other's tag."""
    *rest, (one, first), (two, second) = owned(pdf)
    put_owned(pdf, [*rest, (one, second), (two, first)])


@damage("tags-owner")
def swap_two_pages_keys(pdf: Any) -> None:
    """Two pages have each other's key in the parent tree."""
    one, two = page(pdf), page(pdf, "term-mulch")
    one.StructParents, two.StructParents = int(two.StructParents), int(one.StructParents)


@harmless("tags-owner")
def branch_the_parent_tree(pdf: Any) -> None:
    """The parent tree has branches."""
    pairs = owned(pdf)
    kids = [Dictionary(Nums=Array([*pair]), Limits=Array([pair[0]] * 2)) for pair in pairs]
    pdf.Root.StructTreeRoot.ParentTree = Dictionary(Kids=Array(map(pdf.make_indirect, kids)))


@damage("tags-order")
def read_it_backwards(pdf: Any) -> None:
    """The sections' tags are in reverse order."""
    whole = tags(pdf, Name.Document)[0]
    whole.K = Array(reversed(list(whole.K)))


@harmless("tags-order")
def read_a_page_in_another_order(pdf: Any) -> None:
    """A tag of a page comes after the next one of that page."""
    items = tags(pdf, Name.L)[0]
    items.K = Array([*list(items.K)[1:], items.K[0]])


@damage("tags-spoken")
def say_other_words(pdf: Any) -> None:
    """A paragraph is read aloud in other words."""
    tags(pdf, Name.P)[5].ActualText = String("Something else.")


@damage("tags-spoken")
def spell_out_another_acronym(pdf: Any) -> None:
    """A paragraph's acronym is spelled out in the tags alone."""
    tags(pdf, Name.P)[5].E = String("Something else")


@harmless("tags-spoken")
def name_a_tag(pdf: Any) -> None:
    """A paragraph's tag has a title, which nobody hears."""
    tags(pdf, Name.P)[5].T = String("A paragraph")


@damage("tags-figure")
def swap_two_descriptions(pdf: Any) -> None:
    """Two terms' pictures are described as each other."""
    first, second = [one for one in figures(pdf) if len(str(one.get("/Alt"))) > len("Drawing")][-2:]
    first.Alt, second.Alt = String(str(second.Alt)), String(str(first.Alt))


@damage("tags-figure")
def drop_an_alternative(pdf: Any) -> None:
    """A picture has no alternative text."""
    del figures(pdf)[0].Alt


@damage("tags-figure")
def call_a_picture_a_picture(pdf: Any) -> None:
    """A picture's alternative text is: image."""
    figures(pdf)[0].Alt = String("Image")


@damage("tags-figure")
def call_a_picture_by_its_file(pdf: Any) -> None:
    """A picture's alternative text is a file's name."""
    figures(pdf)[0].Alt = String("heap-final-2.svg")


@damage("tags-figure")
def call_a_picture_by_its_number(pdf: Any) -> None:
    """A picture's alternative text is what a camera called it."""
    figures(pdf)[0].Alt = String("DSC_0042")


@damage("tags-figure")
def drop_the_alternative_of_a_drawing(pdf: Any) -> None:
    """A picture without alternative text has a tag that stands for a figure."""
    pdf.Root.StructTreeRoot.RoleMap = Dictionary(Sketch=Name.Drawing, Drawing=Name.Figure)
    figure = figures(pdf)[0]
    figure.S = Name.Sketch
    del figure.Alt


@damage("tags-figure")
def describe_another_picture(pdf: Any) -> None:
    """A term's picture is described as another."""
    figure = next(f for f in figures(pdf) if str(f.get("/Alt")).startswith("Peelings"))
    figure.Alt = String("A bed in the snow.")


@harmless("tags-figure")
def describe_by_actual_text(pdf: Any) -> None:
    """A picture has its text as actual text."""
    figures(pdf)[0].ActualText = figures(pdf)[0].Alt
    del figures(pdf)[0].Alt


@damage("tags-headings")
def untag_a_heading(pdf: Any) -> None:
    """A heading is tagged as a paragraph."""
    tags(pdf, Name.H1)[0].S = Name.P


@damage("tags-levels")
def leave_out_a_level(pdf: Any) -> None:
    """A heading of the second level is tagged as one of the third."""
    tags(pdf, Name.H2)[0].S = Name.H3


@damage("tags-levels")
def mix_kinds_of_headings(pdf: Any) -> None:
    """A heading is tagged without a level, and others with one."""
    tags(pdf, Name.H2)[-1].S = Name.H


@damage("tags-role")
def tag_in_a_tongue_of_its_own(pdf: Any) -> None:
    """A tag is of a kind that stands for none."""
    tags(pdf, Name.P)[0].S = Name.Paragraph


@damage("tags-role")
def map_roles_in_a_ring(pdf: Any) -> None:
    """Two kinds of tags stand for each other."""
    pdf.Root.StructTreeRoot.RoleMap = Dictionary(One=Name.Other, Other=Name.One)
    tags(pdf, Name.P)[0].S = Name.One


@damage("tags-role")
def map_a_standard_role(pdf: Any) -> None:
    """A standard kind of tag is mapped to another."""
    pdf.Root.StructTreeRoot.RoleMap = Dictionary(Figure=Name.P)


@damage("tags-role")
def doubt_the_tags(pdf: Any) -> None:
    """The file says that its tags may be wrong."""
    pdf.Root.MarkInfo.Suspects = True


@harmless("tags-role")
def tag_by_a_role(pdf: Any) -> None:
    """A tag is of a kind of its own that stands for a paragraph."""
    pdf.Root.StructTreeRoot.RoleMap = Dictionary(Saying=Name.Paragraph, Paragraph=Name.P)
    tags(pdf, Name.P)[0].S = Name.Saying


@damage("tags-nesting")
def tag_a_cell_as_a_paragraph(pdf: Any) -> None:
    """A cell of a table is tagged as a paragraph."""
    tags(pdf, Name.TD)[0].S = Name.P


@damage("tags-nesting")
def tag_a_list_as_a_division(pdf: Any) -> None:
    """A list's items stand in no list."""
    tags(pdf, Name.L)[0].S = Name.Div


@damage("tags-nesting")
def tag_an_item_as_a_list(pdf: Any) -> None:
    """An item of a list is tagged as a list of its label and body."""
    tags(pdf, Name.LI)[0].S = Name.L


@harmless("tags-nesting")
def head_a_row(pdf: Any) -> None:
    """A row of a table begins with a cell that is a heading."""
    tags(pdf, Name.TD)[0].S = Name.TH


@damage("tags-table")
def drop_a_cell(pdf: Any) -> None:
    """A row of a table has a cell less than the others."""
    row = tags(pdf, Name.TR)[-1]
    row.K = Array(list(row.K)[:-1])


@damage("tags-table")
def span_a_row_too_many(pdf: Any) -> None:
    """A cell of a table's last row spans two rows."""
    tags(pdf, Name.TD)[-1].A.RowSpan = 2


@damage("tags-table")
def span_into_a_cell(pdf: Any) -> None:
    """A cell of a table spans two columns, and into a cell that spans two rows."""
    first, second = tags(pdf, Name.TR)[1:3]
    first.K[1].A.RowSpan = 2
    second.K[0].A.ColSpan = 2


@damage("tags-table")
def head_nothing(pdf: Any) -> None:
    """A cell of a table says that a heading is its own which is not there."""
    tags(pdf, Name.TD)[0].A.Headers = Array([String("nobody")])


@damage("tags-table")
def leave_a_cell_without_a_heading(pdf: Any) -> None:
    """A cell of a table does not say which heading is its own, nor do the headings."""
    del tags(pdf, Name.TD)[0].A.Headers


@harmless("tags-table")
def head_by_scope(pdf: Any) -> None:
    """Headings of a table say what they head, by an attribute of a class."""
    pdf.Root.StructTreeRoot.ClassMap = Dictionary(Head=Dictionary(O=Name.Table, Scope=Name.Column))
    for heading in tags(pdf, Name.TH):
        heading.C = Name.Head
    for cell in tags(pdf, Name.TD):
        del cell.A


@damage("tags-note")
def note_without_a_name(pdf: Any) -> None:
    """A paragraph is tagged as a note that has no name."""
    tags(pdf, Name.P)[0].S = Name.Note


@damage("tags-note")
def name_two_notes_alike(pdf: Any) -> None:
    """Two notes have the same name."""
    for note in tags(pdf, Name.P)[:2]:
        note.S, note.ID = Name.Note, String("one")


@harmless("tags-note")
def name_two_notes(pdf: Any) -> None:
    """Two notes have names."""
    for name, note in zip(("one", "two"), tags(pdf, Name.P), strict=False):
        note.S, note.ID = Name.Note, String(name)


@damage("pdf-layers")
def add_a_layer_without_a_name(pdf: Any) -> None:
    """The file has a layer, and its settings have no name."""
    add_a_layer(pdf)


@damage("pdf-layers")
def switch_a_layer(pdf: Any) -> None:
    """The file's layer is shown and hidden by itself."""
    add_a_layer(pdf, Name=String("All"), AS=Array())


@harmless("pdf-layers")
def add_a_named_layer(pdf: Any) -> None:
    """The file has a layer, and its settings have a name."""
    add_a_layer(pdf, Name=String("All"))


def add_a_layer(pdf: Any, **settings: Any) -> None:
    """Add a layer that nothing is in, with some settings."""
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("Layer")))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(**settings))


@damage("safe-start")
def run_at_opening(pdf: Any) -> None:
    """A script runs when the file is opened."""
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


@damage("safe-start")
def jump_at_opening(pdf: Any) -> None:
    """The file opens at another page than its first."""
    pdf.Root.OpenAction = Array([page(pdf), Name.Fit])


@damage("safe-start")
def act_at_turning(pdf: Any) -> None:
    """Something happens when a page is turned to."""
    page(pdf).AA = Dictionary(O=Dictionary(S=Name.Named, N=Name.Print))


@damage("safe-action")
def name_a_script(pdf: Any) -> None:
    """A script stands in the file's name tree."""
    script = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    pdf.Root.Names.JavaScript = Dictionary(Names=Array([String("start"), script]))


@damage("safe-action")
def leave_a_script_lying(pdf: Any) -> bytes:
    """A script is in the file, though nothing leads to it."""
    return _with_orphan(saved(pdf))


def _with_orphan(plain: bytes) -> bytes:
    """Return a file with an object that only its cross-reference table names."""
    at = len(plain)
    added = b"99999 0 obj\n<< /S /JavaScript /JS (app.alert) >>\nendobj\n"
    start = int(plain.rsplit(b"startxref", 1)[1].split()[0])
    root = plain.rsplit(b"/Root ", 1)[1].split(b" R")[0]
    table = (
        b"xref\n99999 1\n%010d 00000 n \ntrailer\n<< /Size 100000 /Root %s R /Prev %d >>\n"
        b"startxref\n%d\n%%%%EOF\n" % (at, root, start, at + len(added))
    )
    return plain + added + table


@damage("safe-action")
def script_the_outline(pdf: Any) -> None:
    """An entry of the outline starts a program."""
    entry = pdf.Root.Outlines.First
    entry.A = Dictionary(S=Name.Launch, F=String("calc.exe"))
    del entry.Dest


@damage("safe-attachment")
def attach_a_file(pdf: Any) -> None:
    """Another file is attached."""
    pdf.attachments["notes.txt"] = b"the other terms"


@damage("safe-attachment")
def associate_a_file(pdf: Any) -> None:
    """Another file is associated with the document."""
    stream = pdf.make_stream(b"the other terms")
    stream.Type = Name.EmbeddedFile
    spec = Dictionary(Type=Name.Filespec, F=String("a.txt"), EF=Dictionary(F=stream))
    pdf.Root.AF = Array([pdf.make_indirect(spec)])


@damage("safe-form")
def add_a_form(pdf: Any) -> None:
    """There is a form to fill in."""
    pdf.Root.AcroForm = Dictionary(Fields=Array(), NeedAppearances=True)


@damage("safe-form")
def pin_a_note(pdf: Any) -> None:
    """A note is pinned to a page."""
    note = Dictionary(
        Type=Name.Annot, Subtype=Name.Text, Rect=Array([9, 9, 29, 29]), Contents=String("check!")
    )
    page(pdf).Annots.append(pdf.make_indirect(note))


@damage("safe-path")
def tell_a_path_in_the_metadata(pdf: Any) -> None:
    """The metadata name a folder on the maker's machine."""
    pdf.docinfo.Creator = String("/home/anna/book/build")


@damage("safe-path")
def tell_a_path_in_xmp(pdf: Any) -> None:
    """The XMP names a file on the maker's machine."""
    pdf.Root.Metadata.write(xmp(pdf).replace(b"<rdf:RDF", b"<!-- file:///C:/book -->\n<rdf:RDF"))


@damage("safe-path")
def tell_a_path_in_a_page(pdf: Any) -> None:
    """A page's content names a folder in a comment."""
    drawn = page(pdf).Contents.read_bytes()
    page(pdf).Contents = pdf.make_stream(b"% from /Users/anna/garden.indd\n" + drawn)


@damage("safe-path")
def tell_a_path_in_utf_16(pdf: Any) -> None:
    """A link's description names a folder, written in UTF-16."""
    told = "C:\\Users\\Änna".encode("utf-16-be")
    link(pdf).Contents = String(b"\xfe\xff" + told)


@damage("safe-path")
def tell_the_project(pdf: Any) -> None:
    """The metadata name the project's folder."""
    pdf.docinfo.Creator = String("made in /garden/of/mine with care")


@harmless("safe-path")
def tell_an_address(pdf: Any) -> None:
    """The metadata name a web address that looks like a path."""
    pdf.docinfo.Creator = String("made with https://tool.example/home/anna/x")


@harmless("safe-action")
def tell_of_scripts(pdf: Any) -> None:
    """The metadata speak of JavaScript and Launch."""
    pdf.docinfo.Keywords = String("/JavaScript, /Launch, /OpenAction")


@harmless("safe-start")
def open_at_full_width(pdf: Any) -> None:
    """A viewer is told to show one page at a time."""
    pdf.Root.PageLayout = Name.SinglePage


@harmless("safe-attachment")
def have_no_attachments(pdf: Any) -> None:
    """The catalog has a list of extensions, which is no file."""
    pdf.Root.Extensions = Dictionary(ADBE=Dictionary(BaseVersion=Name("/1.7"), ExtensionLevel=8))


@harmless("safe-form")
def have_an_empty_form(pdf: Any) -> None:
    """There is a form dictionary with nothing in it."""
    pdf.Root.AcroForm = Dictionary()


@damage("pdf-size")
def swell(pdf: Any) -> None:
    """The file has two megabytes that nobody needs."""
    pdf.Root.PieceInfo = Dictionary(Private=pdf.make_stream(random.Random(1).randbytes(2_000_000)))  # noqa: S311 - noise


@damage("pdf-changed")
def change_a_letter(pdf: Any) -> bytes:
    """A letter of a filter's name is another one, so that a font has no glyphs."""
    data = sealed(saved(pdf, deterministic_id=True), "print")
    return data.replace(b"/FlateDecode", b"/FlatfDecode", 1)


@damage("pdf-revisions")
def append_a_revision(pdf: Any) -> bytes:
    """A change was appended, and what was there before can still be read."""
    return _with_orphan(saved(pdf))


@damage("pdf-open")
def lock(pdf: Any) -> bytes:
    """The file asks for a password."""
    return saved(pdf, encryption=pikepdf.Encryption(user="secret", owner="secret"))


@damage("pdf-open")
def forbid_printing(pdf: Any) -> bytes:
    """The file opens without a password, and forbids printing."""
    return saved(pdf, encryption=pikepdf.Encryption(user="", owner="secret"))


@damage("pdf-open")
def truncate(pdf: Any) -> bytes:
    """The file's second half is missing."""
    data = saved(pdf)
    return data[: len(data) // 2]


@damage("pdf-open")
def empty(_: Any) -> bytes:
    """The file is empty."""
    return b""


@damage("pdf-open")
def lose_the_start(pdf: Any) -> bytes:
    """The place of the cross-reference table is wrong."""
    data = saved(pdf)
    at = data.rindex(b"startxref")
    return data[:at] + b"startxref\n7\n%%EOF\n"


@damage("pdf-open")
def break_the_objects(pdf: Any) -> bytes:
    """The stream with the objects is broken."""
    data = bytearray(saved(pdf, object_stream_mode=pikepdf.ObjectStreamMode.generate))
    at = data.index(b"stream", data.index(b"/ObjStm")) + 200
    data[at : at + 400] = bytes(400)
    return bytes(data)


@damage("pdf-damaged")
def spoil_a_rectangle(pdf: Any) -> None:
    """A link's rectangle is made of words."""
    link(pdf).Rect = Array([Name.Left, Name.Bottom, Name.Right, Name.Top])


@damage("pdf-damaged")
def spoil_a_page(pdf: Any) -> None:
    """A page's size is a word."""
    page(pdf).MediaBox = Name.Large


@harmless("pdf-damaged")
def lead_to_a_page_as_it_is(pdf: Any) -> None:
    """A link leads to a page without saying which part of it is shown."""
    link(pdf).Dest = Array([page(pdf, "term-mulch"), Name.XYZ, None, None, None])


@harmless("pdf-damaged")
def spoil_what_nobody_reads(pdf: Any) -> None:
    """A page has an entry that no standard knows."""
    page(pdf).Gardener = Array([Name.Left, Name.Right])


@damage("pdf-damaged")
def loop_the_page_tree(pdf: Any) -> None:
    """The page tree leads back to itself."""
    pdf.Root.Pages.Kids.append(pdf.Root.Pages)


@harmless("pdf-open")
def linearize(pdf: Any) -> bytes:
    """The file is written anew, with its objects one by one."""
    return saved(pdf, object_stream_mode=pikepdf.ObjectStreamMode.disable)


@harmless("pdf-size")
def unpack(pdf: Any) -> bytes:
    """The file is written without compression."""
    return saved(pdf, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.all)


@damage("pdf-repair")
def point_to_nothing(pdf: Any) -> bytes:
    """The cross-reference table names an object that is another one."""
    data = saved(pdf)
    at = data.rindex(b"xref\n0 ")
    first = data.index(b" 00000 n", at)
    second = data.index(b" 00000 n", first + 1)
    return data[: first - 10] + data[second - 10 : second] + data[first:]


@harmless("pdf-repair")
def comment(pdf: Any) -> bytes:
    """There is a comment after the file's end."""
    return saved(pdf) + b"% made in winter\n"


@harmless("pdf-readers")
def describe_a_branch(pdf: Any) -> None:
    """The outline's entries have colours."""
    pdf.Root.Outlines.First.C = Array([1, 0, 0])


@harmless("pdf-changed")
def write_it_again(pdf: Any) -> bytes:
    """Another program has written the file again."""
    return saved(pdf, object_stream_mode=pikepdf.ObjectStreamMode.generate)


@harmless("pdf-revisions")
def speak_of_revisions(pdf: Any) -> None:
    """The metadata speak of %%EOF."""
    pdf.docinfo.Keywords = String("the end is %%EOF")


@harmless("safe-path")
def speak_of_folders(pdf: Any) -> None:
    """The metadata speak of homes and users."""
    pdf.docinfo.Keywords = String("home/garden, Users, /usr")


@harmless("tags-tree")
def map_a_role(pdf: Any) -> None:
    """The tags have a name of their own for paragraphs."""
    pdf.Root.StructTreeRoot.RoleMap = Dictionary(Paragraph=Name.P)


@harmless("tags-headings")
def add_a_heading(pdf: Any) -> None:
    """A paragraph is tagged as a heading of the second level."""
    tags(pdf, Name.P)[0].S = Name.H2


@harmless("tags-levels")
def go_down_and_up_again(pdf: Any) -> None:
    """A heading of the second level is tagged as one of the first, before others of the second."""
    tags(pdf, Name.H2)[-2].S = Name.H1


@damage("pdf-outside")
def append_noise(pdf: Any) -> bytes:
    """A hundred kilobytes stand after the file's end."""
    return saved(pdf) + random.Random(1).randbytes(100_000)  # noqa: S311 - noise


@harmless("pdf-outside")
def end_with_empty_lines(pdf: Any) -> bytes:
    """There are empty lines after the file's end."""
    return saved(pdf) + b"\r\n" * 200
