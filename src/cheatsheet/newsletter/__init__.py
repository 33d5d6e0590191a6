"""Glossary → the newsletter's issues: Markdown, mails, and the plan of their dates."""

from cheatsheet.newsletter.issues import Issue, NotATuesdayError, UnknownIssueError, list_issues
from cheatsheet.newsletter.publishing import Publication, publish

__all__ = [
    "Issue",
    "NotATuesdayError",
    "Publication",
    "UnknownIssueError",
    "list_issues",
    "publish",
]
