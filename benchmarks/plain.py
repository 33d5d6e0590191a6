"""The rival: the same book as one document, whose page numbers WeasyPrint finds by itself.

Run as a program: plain.py PROJECT OUTPUT. Nothing is checked.
"""

import re
import sys
from pathlib import Path

from cheatsheet.book.html import HtmlRenderer
from cheatsheet.manuscript import load_glossary
from cheatsheet.model.sections import make_sections, number_pages
from cheatsheet.pdf.engine import FontConfiguration, weasyprint
from cheatsheet.stylesheets import declared_tokens, read_styles

# Numbers in print come from the renderer: contents, index, related terms and references.
COUNTED = """
.page-link::after { content: " " target-counter(attr(href), page); }
.reference::after { content: " (p. " target-counter(attr(href), page) ")"; }
.section { break-before: page; }
.to-contents { position: static; }
"""
BODY = re.compile(r'<body class="(?P<classes>[^"]*)">(?P<body>.*)</body>', re.DOTALL)
PRINTED = re.compile(r'\s*<span class="(?:page-link-folio|reference-page)">[^<]*</span>')


def one_document(project: Path) -> str:
    """Return the book as one HTML document that prints no page number itself."""
    glossary, _ = load_glossary(project)
    if glossary is None:
        sys.exit("the manuscript has errors")
    sections = make_sections(glossary)
    renderer = HtmlRenderer(glossary, sections, declared_tokens(read_styles(project, "print")[0]))
    numbers = number_pages(sections, {})
    pages = []
    for section in sections:
        match = BODY.search(renderer.render(section, numbers))
        if match:
            body = PRINTED.sub("", match["body"])
            pages.append(f'<div class="section {match["classes"]}">{body}</div>')
    title = f"{glossary.book.title}: {glossary.book.subtitle}"
    return f'<html lang="en-US"><title>{title}</title><body>{"".join(pages)}</body></html>'


def main() -> None:
    """Render the book in a project folder to a tagged PDF, as the real build does."""
    project, output = Path(sys.argv[1]), Path(sys.argv[2])
    styles, _ = read_styles(project, "print")
    fonts = FontConfiguration()
    sheets = [
        weasyprint.CSS(
            string=style.text,
            base_url=(project.resolve() / style.file).as_uri(),
            font_config=fonts,
        )
        for style in styles
    ]
    sheets.append(weasyprint.CSS(string=COUNTED, font_config=fonts))
    html = weasyprint.HTML(string=one_document(project), base_url=f"{project.resolve().as_uri()}/")
    html.write_pdf(output, stylesheets=sheets, font_config=fonts, pdf_variant="pdf/ua-1")


if __name__ == "__main__":
    main()
