"""Findings → JUnit XML: a suite a group of rules, a test case a rule.

There is no standard; this keeps to what Jenkins' and GitLab's readers take: at most one failure a
case, with all its places in it. Warnings that do not fail stand in the case's output.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from xml.etree import ElementTree as ET

from cheatsheet.findings import RULES, Finding, Rule, Severity, fails
from cheatsheet.findings.groups import GROUPS
from cheatsheet.findings.report.escaping import printable_finding

# What XML 1.0 does not allow, even escaped (production 2, Char).
NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit_report(
    name: str,
    findings: Sequence[Finding],
    codes: Iterable[str],
    fail_on: Severity,
    seconds: float = 0.0,
) -> str:
    """Return findings as JUnit XML; `codes` are the rules that were tried, `name` the command's."""
    by_code: dict[str, list[Finding]] = {}
    for finding in findings:
        by_code.setdefault(finding.code, []).append(finding)
    groups = list(GROUPS)
    tried = [RULES[code] for code in {*codes, *by_code}]
    tried.sort(key=lambda rule: (groups.index(rule.group), rule.code))
    root = ET.Element("testsuites", name=name, time=f"{seconds:.3f}")
    for group, rules in groupby(tried, key=lambda rule: rule.group):
        _add_suite(root, group, list(rules), by_code, fail_on)
    _count(root, list(root.iter("testcase")))
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="us-ascii", xml_declaration=True)
    return written.decode("ascii")


def _add_suite(
    root: ET.Element,
    group: str,
    rules: list[Rule],
    findings: Mapping[str, list[Finding]],
    fail_on: Severity,
) -> None:
    """Add a group of rules."""
    suite = ET.SubElement(root, "testsuite", name=GROUPS[group])
    for rule in rules:
        case = ET.SubElement(suite, "testcase", classname=f"cheatsheet.{group}", name=rule.code)
        found = findings.get(rule.code, [])
        text = NO_XML.sub("\ufffd", "\n".join(map(_line, map(printable_finding, found))))
        if fails(found, fail_on):
            message = f"{rule.summary} ({len(found)})"
            severity = found[0].severity.value
            ET.SubElement(case, "failure", message=message, type=severity).text = text
        elif found:
            ET.SubElement(case, "system-out").text = text
    _count(suite, suite.findall("testcase"))


def _line(finding: Finding) -> str:
    """Return a finding as a line: where, what, and how to correct it."""
    place = f"{finding.place}: " if str(finding.place) else ""
    return f"{place}{finding.message} ({finding.hint})"


def _count(element: ET.Element, cases: list[ET.Element]) -> None:
    """Give a suite the numbers of its cases."""
    element.set("tests", str(len(cases)))
    element.set("failures", str(sum(case.find("failure") is not None for case in cases)))
    element.set("errors", "0")
