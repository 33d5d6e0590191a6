"""What stamping did, in words and for JSON."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cheatsheet.findings import Finding, count_findings, has_errors


@dataclass
class Stamping:
    """What stamping did: the copies written, those that were there already, and the findings.

    Each copy is its order and file. `stopped` is the exit code of what ended it, as Ctrl-C.
    """

    written: list[tuple[str, Path]] = field(default_factory=list)
    kept: list[tuple[str, Path]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    stopped: int = 0

    @property
    def ok(self) -> bool:
        """Whether every buyer has a copy."""
        return not self.stopped and not has_errors(self.findings)

    @property
    def summary(self) -> str:
        """A line that says how many copies were made."""
        number = len(self.written)
        parts = [f"{number} {'copy' if number == 1 else 'copies'} written"]
        if self.kept:
            kept = len(self.kept)
            parts.append(f"{kept} {'was' if kept == 1 else 'were'} there already")
        if self.findings:
            parts.append(count_findings(self.findings))
        return ", ".join(parts) + "."

    @property
    def facts(self) -> dict[str, Any]:
        """Which copies were written, and which were there, for JSON."""
        return {
            key: [{"order": order, "file": path.as_posix()} for order, path in copies]
            for key, copies in (("written", self.written), ("there", self.kept))
        }
