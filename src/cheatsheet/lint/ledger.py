"""Which claims are to be checked again by some time → text and JSON."""

import json
from itertools import groupby

from cheatsheet.lint.claims import claims_due
from cheatsheet.model.glossary import Glossary


def due_text(glossary: Glossary, time: str) -> str:
    """Return the claims due by a month or day, by term: when, the claim, and its source."""
    due = list(claims_due(glossary, time))
    lines = []
    for slug, claims in groupby(due, key=lambda entry: entry[1]):
        lines.append(glossary.names.get(slug, slug))
        for place, _, claim in claims:
            lines.append(f"  {claim.recheck or '':10}  {claim.claim}")
            lines.append(f"{'':12}  {claim.source}")
            lines.append(f"{'':12}  last checked {claim.checked}; {place}")
        lines.append("")
    every = sum(map(len, glossary.claims.values()))
    return "\n".join([*lines, f"Due by {time}: {len(due)} of {every} claims"])


def due_json(glossary: Glossary, time: str) -> str:
    """Return the same as JSON."""
    claims = [
        {
            "term": slug,
            **claim.model_dump(exclude={"note"}),
            "file": place.file,
            "line": place.line,
        }
        for place, slug, claim in claims_due(glossary, time)
    ]
    return json.dumps({"due": time, "claims": claims}, indent=2, ensure_ascii=False)
