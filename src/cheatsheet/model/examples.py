"""The settings that only some commands need, each as a line of content/book.yaml."""

FONT = "fonts/dejavu-sans/DejaVuSansCondensed.ttf"
EXAMPLES = {
    "site": "site: https://wine.example",
    "shop": "shop: https://shop.example/wine",
    "web": "web: {shows: [tldr, plain]}",
    "newsletter": "newsletter: Wine Weekly",
    "writer": "writer: Ada Example",
    "stamp": f"stamp: {{line: 'For {{name}}, order {{order}}', font: {FONT}}}",
    "epub": "epub: {date: '2027-01-05', accessibility: All of it can be read aloud.}",
    "sample": (
        "sample: {page_size: {width: 210, height: 297}, sample: {terms: [first-term],"
        " line: The whole book is at wine.example, offer: {title: The Whole Book}}}"
    ),
}


def how_to_add(setting: str) -> str:
    """Return how to add a setting to content/book.yaml, with an example; it is one of EXAMPLES."""
    where = " under `editions`" if setting == "sample" else ""
    return f"add it to content/book.yaml{where}: `{EXAMPLES[setting]}`"
