"""Discord's markdown on the page: what each mark becomes, and that nothing breaks it or makes it slow."""

from __future__ import annotations

import random
import re

import pytest
import pytest_asyncio
from playwright.async_api import Page

from tests.page.browser_window import Windows

pytestmark = pytest.mark.asyncio(loop_scope="session")

DRAWN = """async (texts) => {
  const { markdown } = await import("./markdown.js");
  const tree = (node) => node.nodeType === Node.TEXT_NODE ? node.data
    : `<${node.localName}>${[...node.childNodes].map(tree).join("")}</${node.localName}>`;
  return texts.map((text) => markdown(text).map(tree).join("").replace(/<(?:[/])?div>/g, "|").replaceAll("||", "|"));
}"""

BITS = re.split(
    r"\s+",
    """* ** *** _ __ ~~ || ` ``` > >>> - 1. # -# [a]( https://a.b/c) http:// <@1> <#2> <@&3> <t:1:R>
<t:99999999999999:F> <t:9999999999999:F> </a:1> <:x:1> \\ ( ) < a word 😀 @everyone \u202e [ ]""",
)
SPACES = ("", " ", "\n", "\n  ")

CASES = {
    "**a *b* c**": "|<strong>a <em>b</em> c</strong>|",
    "***both***": "|<em><strong>both</strong></em>|",
    "__*u i*__ ~~s~~": "|<u><em>u i</em></u> <s>s</s>|",
    "snake_case_here 2*3*4": "|snake_case_here 2<em>3</em>4|",
    r"\*plain\* \_": "|*plain* _|",
    "**unclosed": "|**unclosed|",
    "a `` ` `` b `*c*`": "|a <code>`</code> b <code>*c*</code>|",
    "x ```py\nprint(1)\n``` y": "|x |<pre><code>print(1)</code></pre>| y|",
    "- a\n  - b\n- c\nd": "<ul><li>|a|<ul><li>|b|</li></ul></li><li>|c|</li></ul>|d|",
    "3. a\n4. b": "<ol><li>|a|</li><li>|b|</li></ol>",
    "> a\n> **b**\nc": "<blockquote>|a\n<strong>b</strong>|</blockquote>|c|",
    ">>> a\n# b": "<blockquote>|a|b|</blockquote>",
    "# one\n#two": "|one|#two|",
    "[**a**](https://x.y/a_(b)) (https://x.y/z).": "|<a><strong>a</strong></a> (<a>https://x.y/z</a>).|",
    "[bad](javascript:alert(1))": "|[bad](javascript:alert(1))|",
    "<b>not markup</b> &amp;": "|<b>not markup</b> &amp;|",
    "||s **b**||": "|<span><span>s <strong>b</strong></span></span>|",
    "<@1> <@&1> <#1>": "|<span>@unknown person</span> <span>@unknown role</span> <span>#no-access</span>|",
}


@pytest_asyncio.fixture(loop_scope="session")
async def page(windows: Windows) -> Page:
    return (await windows.open("ana", "start-here")).page


async def test_each_mark_becomes_what_discord_makes_of_it(page: Page) -> None:
    """The cases, one by one; | stands where a block begins or ends."""
    drawn = await page.evaluate(DRAWN, list(CASES))
    assert dict(zip(CASES, drawn, strict=True)) == CASES


async def test_no_text_breaks_it(page: Page) -> None:
    """3,000 texts of all marks in any order are drawn, and repeated ones of full length too."""
    chance = random.Random(3)
    texts = [
        "".join(chance.choice(BITS) + chance.choice(SPACES) for _ in range(chance.randrange(40)))
        for _ in range(3000)
    ]
    texts += [(bit + end) * (4000 // len(bit + end)) for bit in BITS for end in SPACES]
    drawn = await page.evaluate(DRAWN, texts)
    assert len(drawn) == len(texts)


async def test_names_and_commands_can_be_pressed(page: Page) -> None:
    """A command that is named goes into the composer; a channel that is named is opened."""
    reviews = await page.evaluate(
        "import('./app.js').then(({state}) => state.places.find(({name}) => name === 'reviews').id)"
    )
    await page.evaluate(
        "async (text) => document.getElementById('main').prepend(...(await import('./markdown.js')).markdown(text))",
        f"see <#{reviews}> and ||the secret||",
    )
    await page.get_by_role("button", name="Spoiler: press to show").press("Enter")
    assert await page.get_by_text("the secret").is_visible()
    await page.locator("#main").get_by_role("button", name="#reviews").click()
    await page.get_by_role("heading", name="reviews").wait_for()
