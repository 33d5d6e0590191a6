"""Damages to an EPUB of the garden book, with the rules that must say so, and near misses.

An edit changes the files by path; what it leaves is packed again, in the same order.
"""

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

from cheatsheet.system.archive import pack_zip

Files = dict[str, bytes]
Edit = Callable[[Files], None]
TERM = "EPUB/term-compost.xhtml"
DRAWING = "EPUB/pictures/compost.svg"
NAV, PACKAGE, MAP = "EPUB/nav.xhtml", "EPUB/package.opf", "EPUB/map.xhtml"


@dataclass(frozen=True)
class EpubChange:
    """A change to a good EPUB: the rule that it is about, and what it does, in words."""

    code: str
    edit: Edit
    says: str

    def __str__(self) -> str:
        """Return the change's name."""
        return self.edit.__name__

    def apply(self, data: bytes) -> bytes:
        """Return the changed file."""
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            files = {name: archive.read(name) for name in archive.namelist()}
        self.edit(files)
        return pack_zip(files)


EPUB_DAMAGES: list[EpubChange] = []
EPUB_CHANGES: list[EpubChange] = []


def damage(code: str) -> Callable[[Edit], Edit]:
    return lambda edit: _add(EPUB_DAMAGES, code, edit)


def harmless(code: str) -> Callable[[Edit], Edit]:
    return lambda edit: _add(EPUB_CHANGES, code, edit)


def _add(changes: list[EpubChange], code: str, edit: Edit) -> Edit:
    changes.append(EpubChange(code, edit, (edit.__doc__ or "").rstrip(".")))
    return edit


def swap(files: Files, name: str, old: str, new: str, times: int = 1) -> None:
    """Replace words in a file, which must have them."""
    assert old.encode() in files[name], f"{name} does not have {old!r}"
    files[name] = files[name].replace(old.encode(), new.encode(), times)


def paragraph(files: Files, name: str) -> str:
    """Return the first paragraph of a class, with its tags."""
    found = re.search(rf'<p class="{name}">.*?</p>', files[TERM].decode(), re.DOTALL)
    assert found
    return found[0]


@damage("epub-file")
def lose_the_mimetype(files: Files) -> None:
    """An EPUB does not begin with its media type."""
    files["mimetype"] = b"application/zip"


@damage("epub-file")
def break_a_document(files: Files) -> None:
    """A file of an EPUB is no XML."""
    swap(files, TERM, "</body>", "")


@damage("epub-file")
def lose_a_section(files: Files) -> None:
    """The reading order names a file that an EPUB does not have."""
    del files[TERM]


@harmless("epub-file")
def comment_in_a_document(files: Files) -> None:
    """A file of an EPUB has a comment."""
    swap(files, TERM, "</body>", "<!-- the end --></body>")


@damage("epub-manifest")
def add_a_file(files: Files) -> None:
    """An EPUB has a file that its package does not name."""
    files["EPUB/notes.txt"] = b"buy bread"


@damage("epub-manifest")
def name_a_file_that_is_not_there(files: Files) -> None:
    """The package of an EPUB names a file that is not there."""
    item = '<item id="x" href="x.css" media-type="text/css"/></manifest>'
    swap(files, PACKAGE, "</manifest>", item)


@harmless("epub-manifest")
def order_the_manifest_otherwise(files: Files) -> None:
    """The package of an EPUB names its files in another order."""
    items = re.findall(r"<item .*?/>\n", files[PACKAGE].decode())
    swap(files, PACKAGE, "".join(items), "".join(reversed(items)))


@damage("epub-navigation")
def swap_the_contents(files: Files) -> None:
    """A term's name in an EPUB's contents is another's."""
    swap(files, NAV, ">Compost</a>", ">Mulch</a>")


@damage("epub-navigation")
def swap_the_reading_order(files: Files) -> None:
    """Two terms stand in another order in an EPUB."""
    one, two = '<itemref idref="term-compost"/>', '<itemref idref="term-mulch"/>'
    swap(files, PACKAGE, one, "<here/>")
    swap(files, PACKAGE, two, one)
    swap(files, PACKAGE, "<here/>", two)


@damage("epub-navigation")
def lead_a_landmark_astray(files: Files) -> None:
    """A landmark of an EPUB leads to no section."""
    swap(files, NAV, '"index" href="index.xhtml"', '"index" href="indexes.xhtml"')


@damage("epub-navigation")
def lose_the_landmarks(files: Files) -> None:
    """An EPUB has no landmarks."""
    swap(files, NAV, 'epub:type="landmarks"', 'epub:type="loi"')


@harmless("epub-navigation")
def space_out_the_contents(files: Files) -> None:
    """An EPUB's contents have other white space."""
    swap(files, NAV, ">Compost</a>", "> Compost\n</a>")


@damage("epub-pages")
def number_a_page_otherwise(files: Files) -> None:
    """A page of an EPUB's page list has another number than in print."""
    files[NAV] = re.sub(rb"(#page-2\">)2<", rb"\g<1>3<", files[NAV])


@damage("epub-pages")
def leave_out_a_page(files: Files) -> None:
    """A page in print is not in an EPUB's page list."""
    files[NAV] = re.sub(rb"<li><a href=\"[^\"]*#page-2\">2</a></li>", b"", files[NAV])


@damage("epub-pages")
def mark_another_page(files: Files) -> None:
    """A section of an EPUB says that it begins on another page."""
    files[TERM] = re.sub(rb'(class="page-break"[^>]*>)\d+<', rb"\g<1>99<", files[TERM])


@harmless("epub-pages")
def say_the_page_otherwise(files: Files) -> None:
    """A page's mark is read out in other words in an EPUB."""
    swap(files, TERM, 'aria-label="Page ', 'aria-label="Print page ')


@damage("terms-text")
def lose_a_paragraph(files: Files) -> None:
    """A paragraph of a term is not in an EPUB."""
    swap(files, TERM, paragraph(files, "term-why"), "")


@damage("terms-text")
def change_a_word(files: Files) -> None:
    """A word of a term is another in an EPUB."""
    swap(files, TERM, "sooner or later", "sooner")


@damage("terms-sequence")
def move_a_paragraph(files: Files) -> None:
    """A paragraph of a term stands before what it comes after in an EPUB."""
    why = paragraph(files, "term-why")
    swap(files, TERM, why, "")
    swap(files, TERM, '<p class="term-tldr"', why + '<p class="term-tldr"')


@damage("terms-repeated")
def repeat_a_paragraph(files: Files) -> None:
    """A paragraph of a term stands in an EPUB twice."""
    why = paragraph(files, "term-why")
    swap(files, TERM, why, why + why)


@damage("terms-lost")
def lose_a_heading(files: Files) -> None:
    """A section's heading in an EPUB has another id."""
    swap(files, TERM, '<h1 id="term-compost"', '<h1 id="compost"')


@harmless("terms-text")
def emphasize_words(files: Files) -> None:
    """Words of a term are emphasized in an EPUB."""
    swap(files, TERM, "sooner or later", "<em>sooner</em> or later")


@damage("links-dead")
def kill_a_link(files: Files) -> None:
    """A link of an EPUB leads to a file that is not there."""
    swap(files, "EPUB/contents.xhtml", 'href="term-compost.xhtml"', 'href="nowhere.xhtml"')


@damage("links-extra")
def retarget_a_link(files: Files) -> None:
    """A link of an EPUB leads to another term."""
    swap(files, "EPUB/index.xhtml", 'href="term-compost.xhtml"', 'href="term-ph.xhtml"')


@damage("links-missing")
def unlink_a_term(files: Files) -> None:
    """A line of the index is no link in an EPUB."""
    found = re.search(
        rb'<a [^>]*href="term-compost.xhtml".*?</a>', files["EPUB/index.xhtml"], re.DOTALL
    )
    assert found
    files["EPUB/index.xhtml"] = files["EPUB/index.xhtml"].replace(found[0], b"Compost")


@damage("links-unexpected")
def advertise(files: Files) -> None:
    """A link of an EPUB leads out of the book to where nobody asked it to."""
    swap(files, TERM, "</body>", '<p><a href="https://other.example">More</a></p></body>')


@damage("links-words")
def lead_from_other_words(files: Files) -> None:
    """A link of an EPUB is over other words than its own."""
    link = rb'(<a [^>]*href="term-compost.xhtml"[^>]*>)[^<]*'
    files["EPUB/index.xhtml"] = re.sub(link, rb"\g<1>Here", files["EPUB/index.xhtml"])


@harmless("links-words")
def class_of_a_link(files: Files) -> None:
    """A link of an EPUB has a class more."""
    swap(files, "EPUB/index.xhtml", 'class="page-link', 'class="first page-link')


@damage("epub-remote")
def load_a_picture(files: Files) -> None:
    """An EPUB loads a picture from elsewhere."""
    swap(files, TERM, "</body>", '<p><img src="https://other.example/p.png" alt="p"/></p></body>')


@damage("epub-remote")
def load_a_font(files: Files) -> None:
    """An EPUB's style sheet loads a font from elsewhere."""
    files["EPUB/style.css"] += b'@font-face { font-family: X; src: url("//other.example/x.ttf") }'


@damage("epub-remote")
def load_a_style_sheet(files: Files) -> None:
    """A section of an EPUB asks for a style sheet that is not there."""
    swap(files, TERM, 'href="style.css"', 'href="styles.css"')


@damage("epub-remote")
def lead_all_links_elsewhere(files: Files) -> None:
    """A section of an EPUB says that its links lead elsewhere."""
    swap(files, TERM, "</head>", '<base href="https://other.example/"/></head>')


@harmless("epub-remote")
def name_an_address(files: Files) -> None:
    """An EPUB's style sheet names an address in a comment."""
    files["EPUB/style.css"] += b"/* see https://other.example/ */"


@damage("epub-script")
def add_a_script(files: Files) -> None:
    """A section of an EPUB has a script."""
    swap(files, TERM, "</body>", "<script>alert(1)</script></body>")


@damage("epub-script")
def add_a_handler(files: Files) -> None:
    """A paragraph in an EPUB runs something when it is touched."""
    swap(files, TERM, "<article", '<article onclick="alert(1)"')


@damage("epub-script")
def link_to_a_script(files: Files) -> None:
    """A drawing in an EPUB has a script behind a shape."""
    swap(files, DRAWING, "</svg>", '<a href="javascript:alert(1)"><path d="M0 0"/></a></svg>')


@damage("epub-script")
def lead_away(files: Files) -> None:
    """A section of an EPUB goes elsewhere by itself."""
    leave = '<meta http-equiv="Refresh" content="0;url=https://other.example"/>'
    swap(files, TERM, "</head>", f"{leave}</head>")


@harmless("epub-script")
def write_of_a_script(files: Files) -> None:
    """A section of an EPUB writes of scripts."""
    swap(files, TERM, "</body>", "<p>&lt;script&gt; onclick=1</p></body>")


@damage("epub-path")
def name_a_folder(files: Files) -> None:
    """An EPUB's style sheet names a folder of the machine."""
    files["EPUB/style.css"] += b"/* /home/ada/book/styles/main.css */"


@damage("epub-path")
def name_a_folder_of_windows(files: Files) -> None:
    """A comment in an EPUB names a folder of the machine."""
    swap(files, TERM, "</body>", r"<!-- C:\Users\ada --></body>")


@harmless("epub-path")
def write_of_a_folder(files: Files) -> None:
    """A section of an EPUB writes of a folder."""
    swap(files, TERM, "</body>", "<p>Look into /home/ada/garden.</p></body>")


@harmless("epub-path")
def name_a_folder_of_the_project(files: Files) -> None:
    """An EPUB's style sheet names a file of the project."""
    files["EPUB/style.css"] += b"/* from styles/epub/main.css */"


@damage("epub-ids")
def repeat_an_id(files: Files) -> None:
    """Two things in a section of an EPUB have the same id."""
    swap(files, TERM, "</body>", '<p id="term-compost">.</p></body>')


@harmless("epub-ids")
def add_an_id(files: Files) -> None:
    """A thing in a section of an EPUB has an id of its own."""
    swap(files, TERM, "</body>", '<p id="the-end">.</p></body>')


@damage("epub-picture")
def lose_the_words_of_a_picture(files: Files) -> None:
    """A drawing in an EPUB has no words for who cannot see it."""
    files[TERM] = re.sub(rb'alt="[^"]*"', b'alt=""', files[TERM])


@damage("epub-picture")
def lose_a_picture(files: Files) -> None:
    """A term's drawing is not in an EPUB."""
    files[TERM] = re.sub(rb"<img [^>]*>", b"", files[TERM])


@harmless("epub-picture")
def size_of_a_picture(files: Files) -> None:
    """A drawing in an EPUB says how wide it is."""
    swap(files, TERM, "<img ", '<img width="300" ')


@damage("epub-metadata")
def lose_the_summary(files: Files) -> None:
    """An EPUB does not say how accessible it is."""
    summary = r'<meta property="schema:accessibilitySummary">[^<]*</meta>'
    files[PACKAGE] = re.sub(summary.encode(), b"", files[PACKAGE])


@damage("epub-metadata")
def change_the_title(files: Files) -> None:
    """An EPUB has another title."""
    files[PACKAGE] = re.sub(rb'(<dc:title id="title">)[^<]*', rb"\g<1>A Book", files[PACKAGE])


@harmless("epub-metadata")
def add_a_subject(files: Files) -> None:
    """An EPUB says what it is about."""
    swap(files, PACKAGE, "</metadata>", "<dc:subject>gardens</dc:subject></metadata>")


@damage("epub-size")
def make_it_large(files: Files) -> None:
    """An EPUB is larger than it may be."""
    files["EPUB/cover.png"] += bytes(3_000_000)


@harmless("epub-size")
def make_it_larger(files: Files) -> None:
    """An EPUB is a little larger."""
    files["EPUB/cover.png"] += bytes(1000)
