#!/usr/bin/env python3
"""Render hostile.json as code hosts do, and record what they show.

    go test ./report/text -update     # writes the Markdown of each text
    pip install cmarkgfm markdown-it-py linkify-it-py
    python3 report/text/testdata/oracle.py

cmark-gfm is the parser of GitHub; markdown-it with linkify, which takes bare
domains for links, is stricter than any host. Each text is rendered in a
paragraph, a list item, a heading, emphasis and two cells of a table. What comes
after the parser (mentions, references, emoji, mathematics) is looked for in the
text outside of code, where hosts look for it. Code 1 if anything is not inert.
"""
import html
import json
import pathlib
import re
import sys

import cmarkgfm
from cmarkgfm.cmark import Options
from markdown_it import MarkdownIt

FILE = pathlib.Path(__file__).with_name("hostile.json")
EXTENSIONS = ["table", "autolink", "strikethrough", "tasklist", "tagfilter"]
STRICT = MarkdownIt("gfm-like", {"html": True, "linkify": True, "typographer": False})

# What the pages have around a text from files.
CONTEXTS = {
    "paragraph": ("before {} after\n", r"<p>before (.*) after</p>"),
    "emphasis": ("before *{}*\n", r"<p>before <em>(.*)</em></p>"),
    "list": ("- {}\n- next\n", r"<ul>\s*<li>(.*)</li>\s*<li>next</li>\s*</ul>"),
    "heading": ("# Account {} of b\n", r"<h1>Account (.*) of b</h1>"),
}
TABLE = "| a | b |\n|---|---|\n| {0} | {0} |\n| x | y |\n"
ROW = r"<tr>\s*<td>(.*?)</td>\s*<td>(.*?)</td>\s*</tr>\s*<tr>\s*<td>x</td>\s*<td>y</td>\s*</tr>"

# Looked for by GitHub, GitLab or Bitbucket in the text outside of code.
REFERENCES = {
    "mention": r"@\w",
    "issue": r"[#!&~%$^*]\w|\bGH-\d|(?-i:\b[A-Z][A-Z0-9_]*-\d)",
    "emoji": r":(?!\d\d:)[a-z0-9_+-]+:",  # the minutes of a time are none
    "hash": r"\b(?!\d{12}\b)[0-9a-f]{7,}\b",
    "link": r"://|www\.|\w\.\w*[a-z]",
    "mathematics": r"\$|\\\(|\\\[",
    "reference": r"\[|\]",
    "advisory": r"\b(CVE|GHSA)-",
}


def renderers():
    yield "cmark-gfm", lambda page: cmarkgfm.markdown_to_html_with_extensions(
        page, options=Options.CMARK_OPT_UNSAFE | Options.CMARK_OPT_FOOTNOTES, extensions=EXTENSIONS)
    yield "markdown-it", STRICT.render


def shown(name, render, markdown):
    """What each context shows, as HTML."""
    for context, (page, pattern) in CONTEXTS.items():
        found = re.fullmatch(pattern, render(page.format(markdown)).strip(), re.S)
        yield "%s, %s" % (name, context), found and found[1].strip()
    found = re.search(ROW, render(TABLE.format(markdown.replace("|", "\\|"))), re.S)
    for i in (1, 2):
        yield "%s, cell %d" % (name, i), found and found[i]


def why_not_inert(out, visible):
    """A reason, or None. All that the HTML has is code spans, and its text is what is visible."""
    if out is None:
        return "the context is broken"
    if html.unescape(re.sub(r"</?code>", "", out)) != visible:
        return "it shows " + out
    bare = html.unescape(re.sub(r"<code>.*?</code>", " ", out))
    for what, pattern in REFERENCES.items():
        if re.search(pattern, bare, re.I):
            return "%s in %r" % (what, bare)
    return None


def main():
    entries, failed = json.loads(FILE.read_text()), 0
    for entry in entries:
        for name, render in renderers():
            for place, out in shown(name, render, entry["markdown"]):
                reason = why_not_inert(out, entry["visible"])
                if reason:
                    failed += 1
                    print("%s: %r: %s" % (place, entry["text"], reason))
                elif place == "cmark-gfm, paragraph":
                    entry["html"] = out
    FILE.write_text(json.dumps(entries, indent=1, ensure_ascii=True) + "\n")
    print("%d texts, %d not inert" % (len(entries), failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
