"""We Work Remotely's RSS: `Company: Role`, elements without a namespace, and a region that is mostly untrue.

Oddities: `region` says Anywhere in the World whatever the text says; postings imported from the employer's own site
begin `Headquarters: Remote - USA` and have no `URL:` after it; `country` carries a flag; `skills` is noise; some have
no `expires_at`. The newest 100.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from sandbox.boards.markup import RSS, element, html, rfc822, rss, x
from sandbox.boards.posting import Posting

CONTENT_TYPE = RSS
LINK = "https://wwr.example/remote-jobs"

_NOISE = "Cross-Selling, Construction & Engineering Project Management, and Brand Identity Design"
_FLAGS = {"United States": "🇺🇸 United States of America", "Germany": "🇩🇪 Germany", "Canada": "🇨🇦 Canada"}


def render(postings: Sequence[Posting], now: datetime) -> bytes:
    """The feed as it stands at `now`."""
    title = "We Work Remotely: remote jobs that are invented"
    head = [element("title", title), element("link", f"{LINK}.rss"), element("description", title)]
    head += [element("language", "en-US"), element("ttl", 60)]
    namespaces = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss"'
    return rss(head, (_item(posting) for posting in postings[:100]), namespaces)


def _item(posting: Posting) -> Iterator[str]:
    link = f"{LINK}/{posting.slug}"
    yield f'<media:content url="https://wwr.example/logos/{posting.company_slug}/logo.gif" type="image/png"/>'
    yield element("title", f"{posting.company}: {posting.role}")
    yield element("region", "Anywhere in the World")
    country = posting.place.countries[0] if len(posting.place.countries) == 1 else ""
    yield element("country", _FLAGS.get(country, "") if posting.imported else "")
    yield element("state", "" if posting.imported else posting.headquarters)
    yield element("skills", _NOISE if posting.imported else "")
    yield element("category", f"{posting.category}")
    yield element("type", posting.employment)
    yield element("description", _description(posting, link))
    yield element("pubDate", rfc822(posting.posted_at))
    if posting.id % 20:
        yield element("expires_at", rfc822(posting.expires_at))
    yield element("guid", posting.guid(link))
    yield element("link", link)


def _description(posting: Posting, link: str) -> str:
    logo = f'<img src="https://wwr.example/logos/{posting.company_slug}/logo.gif?w=50&amp;h=50" />'
    if posting.imported:
        office = f"<strong>Headquarters:</strong> Remote - {x(posting.place.words)}"
    else:
        site = f"https://{posting.company_slug}.example/"
        office = (
            f"<strong>Headquarters:</strong> {x(posting.headquarters)}\n"
            f'    <br /><strong>URL:</strong> <a href="{site}">{site}</a>'
        )
    apply = f'<p><strong>To apply:</strong> <a href="{link}">{link}</a></p>'
    return f"{logo}\n\n<p>\n  {office}\n</p>\n\n{html(posting)}\n\n{apply}\n"
