"""Damages to links."""

from typing import Any

from pikepdf import Array, Dictionary, Name, String

from damage.tools import TERM, action, damage, external, harmless, link, page, unlink


@damage("links-dead")
def kill_a_link(pdf: Any) -> None:
    """A link leads to a name that is not there."""
    link(pdf).Dest = String("nowhere")


@damage("links-dead")
def lead_to_no_page(pdf: Any) -> None:
    """A link leads to a page that is not in the book."""
    lost = pdf.make_indirect(Dictionary(Type=Name.Page))
    link(pdf).Dest = Array([lost, Name.Fit])


@damage("links-number")
def retarget_a_link(pdf: Any) -> None:
    """A link leads to another term."""
    link(pdf).Dest = String("term-ph")


@damage("links-number")
def retarget_by_a_page(pdf: Any) -> None:
    """A link leads one page too far, by page and not by name."""
    link(pdf).Dest = Array([page(pdf, "term-ph"), Name.Fit])


@damage("links-number")
def retarget_the_contents(pdf: Any) -> None:
    """A line of the contents leads to another term."""
    link(pdf, "term-mulch", "contents").Dest = String("term-ph")


@harmless("links-number")
def lead_by_page(pdf: Any) -> None:
    """A link leads to its term's page by page and not by name."""
    link(pdf).Dest = Array([page(pdf, "term-mulch"), Name.Fit])


@harmless("links-dead")
def lead_by_an_action(pdf: Any) -> None:
    """A link leads to its term by an action and not by a destination."""
    link(pdf).A = Dictionary(S=Name.GoTo, D=String("term-mulch"))
    del link(pdf, "term-mulch").Dest


@damage("links-missing")
def drop_a_related_link(pdf: Any) -> None:
    """A related term is not linked."""
    unlink(pdf, "term-mulch", TERM)


@damage("links-missing")
def drop_a_reference(pdf: Any) -> None:
    """A reference in the text is not linked."""
    links = [a for a in page(pdf).Annots if str(a.get("/Dest", "")) == "term-mulch"]
    for part in links[:2]:  # it breaks over two lines
        part.Subtype = Name.Popup


@damage("links-missing")
def drop_a_link_of_the_contents(pdf: Any) -> None:
    """A line of the contents is no link."""
    unlink(pdf, TERM, "contents")


@damage("links-missing")
def drop_a_link_of_the_index(pdf: Any) -> None:
    """A line of the index is no link."""
    unlink(pdf, TERM, "index")


@damage("links-missing")
def drop_a_link_of_the_paths(pdf: Any) -> None:
    """A step of a learning path is no link."""
    unlink(pdf, TERM, "paths")


@damage("links-missing")
def drop_a_link_of_the_map(pdf: Any) -> None:
    """A name on the map is no link."""
    unlink(pdf, TERM, "map")


@damage("links-missing")
def drop_a_link_of_the_pairs(pdf: Any) -> None:
    """A term in the confused pairs is no link."""
    unlink(pdf, TERM, "pairs")


@damage("links-missing")
def drop_a_link_of_the_acronyms(pdf: Any) -> None:
    """An acronym's term is no link."""
    unlink(pdf, "term-ipm", "acronyms")


@damage("links-missing")
def drop_a_link_of_a_category(pdf: Any) -> None:
    """A term on its category's page is no link."""
    unlink(pdf, TERM, "category-soil")


@damage("links-missing")
def hide_a_link(pdf: Any) -> None:
    """A related term's link is hidden."""
    link(pdf).F = 2


@damage("links-missing")
def show_a_link_on_paper_alone(pdf: Any) -> None:
    """A related term's link is not on the screen."""
    link(pdf).F = 32


@damage("links-kind")
def remember_an_address(pdf: Any) -> None:
    """A link has the address that it once led to (/PA)."""
    link(pdf).PA = Dictionary(S=Name.URI, URI=String("https://elsewhere.example/"))


@damage("links-extra")
def double_a_link(pdf: Any) -> None:
    """A link is there twice, one over the other."""
    page(pdf).Annots.append(pdf.make_indirect(Dictionary(link(pdf))))


@damage("links-extra")
def add_a_link(pdf: Any) -> None:
    """A link is there that no text asks for."""
    added = Dictionary(link(pdf))
    added.Dest = String("term-thinning")
    page(pdf).Annots.append(pdf.make_indirect(added))


@damage("links-extra")
def double_the_way_back(pdf: Any) -> None:
    """The link back to the contents is there twice."""
    page(pdf).Annots.append(pdf.make_indirect(Dictionary(link(pdf, "contents"))))


@damage("links-extra")
def double_the_address(pdf: Any) -> None:
    """The link to the term's web page is there twice."""
    page(pdf).Annots.append(pdf.make_indirect(Dictionary(external(pdf))))


@damage("links-words")
def swap_rectangles(pdf: Any) -> None:
    """Two links are each over the other's words."""
    one, two = link(pdf, "term-mulch"), link(pdf, "term-ph")
    one.Rect, two.Rect = two.Rect, one.Rect


@damage("links-words")
def cut_a_rectangle(pdf: Any) -> None:
    """A link is over a part of its words."""
    box = link(pdf).Rect
    box[0] = float(box[0]) + 15


@damage("links-words")
def grow_a_rectangle(pdf: Any) -> None:
    """A link is over its neighbour's words too."""
    box = link(pdf, "term-mulch").Rect
    box[1], box[3] = float(box[1]) + 20, float(box[3]) - 20


@harmless("links-words")
def nudge_a_rectangle(pdf: Any) -> None:
    """A link's rectangle is half a point larger on each side."""
    box = [float(value) for value in link(pdf).Rect]
    link(pdf).Rect = Array([box[0] - 0.5, box[1] + 0.5, box[2] + 0.5, box[3] - 0.5])


@harmless("links-rectangle")
def turn_a_rectangle(pdf: Any) -> None:
    """A link's rectangle names its other two corners."""
    left, top, right, bottom = link(pdf).Rect
    link(pdf).Rect = Array([right, bottom, left, top])


@damage("links-rectangle")
def move_a_rectangle_off_the_page(pdf: Any) -> None:
    """A link is off its page."""
    link(pdf).Rect = Array([9000, 10, 9090, 20])


@damage("links-rectangle")
def move_a_rectangle_over_nothing(pdf: Any) -> None:
    """A link is over an empty corner of the page."""
    link(pdf).Rect = Array([1, 1, 9, 9])


@damage("links-rectangle")
def flatten_a_rectangle(pdf: Any) -> None:
    """A link's rectangle has no height."""
    box = link(pdf).Rect
    box[3] = box[1]


@damage("links-contents")
def drop_the_way_back(pdf: Any) -> None:
    """A page does not lead back to the contents."""
    unlink(pdf, "contents", TERM)


@damage("links-contents")
def drop_all_links(pdf: Any) -> None:
    """A page has no links."""
    del page(pdf).Annots


@damage("links-address")
def drop_the_address(pdf: Any) -> None:
    """A term is not linked to its web page."""
    gone = external(pdf).objgen
    page(pdf).Annots = Array([a for a in page(pdf).Annots if a.objgen != gone])


@damage("links-unexpected")
def change_the_address(pdf: Any) -> None:
    """A term is linked to another's web page."""
    external(pdf).A.URI = String("https://garden.example/terms/mulch")


@damage("links-unexpected")
def track_the_reader(pdf: Any) -> None:
    """A term's address has a tracking parameter."""
    external(pdf).A.URI = String("https://garden.example/terms/compost?utm_source=pdf")


@damage("links-scheme")
def lead_by_http(pdf: Any) -> None:
    """An address is http and not https."""
    external(pdf).A.URI = String("http://garden.example/terms/compost")


@damage("links-scheme")
def lead_to_a_file(pdf: Any) -> None:
    """An address is a file's."""
    external(pdf).A.URI = String("file:///etc/passwd")


@damage("links-scheme")
def lead_to_a_script(pdf: Any) -> None:
    """An address is a script."""
    external(pdf).A.URI = String("javascript:alert(1)")


@damage("links-kind")
def launch_a_program(pdf: Any) -> None:
    """A link starts a program."""
    action(pdf, S=Name.Launch, F=String("calc.exe"))


@damage("links-kind")
def run_a_script(pdf: Any) -> None:
    """A link runs JavaScript."""
    action(pdf, S=Name.JavaScript, JS=String("app.alert(1)"))


@damage("links-kind")
def lead_to_another_pdf(pdf: Any) -> None:
    """A link opens another PDF."""
    action(pdf, S=Name.GoToR, F=String("other.pdf"), D=Array([0, Name.Fit]))


@damage("links-kind")
def send_a_form(pdf: Any) -> None:
    """A link sends a form."""
    action(pdf, S=Name.SubmitForm, F=String("https://garden.example"))


@damage("links-kind")
def chain_an_action(pdf: Any) -> None:
    """A link does a second thing after the first."""
    external(pdf).A.Next = Dictionary(S=Name.Named, N=Name.Print)


@damage("tags-link")
def drop_a_description(pdf: Any) -> None:
    """A link is not described."""
    del link(pdf).Contents


@damage("tags-link")
def describe_by_anchor(pdf: Any) -> None:
    """A link is described by the raw name of its target."""
    link(pdf).Contents = String("term-mulch")


@damage("tags-link")
def describe_another_page(pdf: Any) -> None:
    """A link's description names another page."""
    link(pdf).Contents = String("Mulch, page 9")


@harmless("tags-link")
def describe_in_utf_16(pdf: Any) -> None:
    """A link's description is written in UTF-16."""
    link(pdf).Contents = String(b"\xfe\xff" + str(link(pdf).Contents).encode("utf-16-be"))


@harmless("links-missing")
def reorder_links(pdf: Any) -> None:
    """A page's links stand in another order."""
    links = list(page(pdf).Annots)
    page(pdf).Annots = Array([*links[-3:], *links[:-3]])


@harmless("links-extra")
def pin_a_popup(pdf: Any) -> None:
    """A page has an annotation that is no link: an empty window for notes."""
    popup = Dictionary(Type=Name.Annot, Subtype=Name.Popup, Rect=Array([9, 9, 29, 29]))
    page(pdf).Annots.append(pdf.make_indirect(popup))


@harmless("links-contents")
def lead_back_by_an_action(pdf: Any) -> None:
    """The way back to the contents is an action and not a destination."""
    back = link(pdf, "contents")
    back.A = Dictionary(S=Name.GoTo, D=String("contents"))
    del back.Dest


@harmless("links-address")
def name_the_action(pdf: Any) -> None:
    """The link to a term's web page says of its action that it is one."""
    external(pdf).A.Type = Name.Action


@harmless("links-unexpected")
def frame_the_address(pdf: Any) -> None:
    """The link to a term's web page has a frame."""
    external(pdf).Border = Array([0, 0, 1])


@harmless("links-scheme")
def lead_by_the_site(pdf: Any) -> None:
    """The link to a term's web page is not a map that asks where it was clicked."""
    external(pdf).A.IsMap = False


@harmless("links-kind")
def lead_by_a_named_place(pdf: Any) -> None:
    """A link's destination is a name in an action."""
    one = link(pdf, "term-ph")
    one.A = Dictionary(Type=Name.Action, S=Name.GoTo, D=String("term-ph"))
    del one.Dest
