"""Whatever people and bots write stays text: nothing runs, and nobody outside is asked for anything."""

from __future__ import annotations

import random

import discord
import pytest
from playwright.async_api import expect

from sandbox import Sandbox
from tests.page.browser_window import Windows
from tests.page.showcase import Showcase

pytestmark = pytest.mark.asyncio(loop_scope="session")

HOSTILE = (
    '<img src="https://evil.example/a.png" onerror="document.title=1">',
    "<script>document.title = 1</script><svg onload=alert(1)>",
    "[press me](javascript:document.title=1) <javascript:alert(1)> [x](data:text/html,<script>1</script>)",
    '[a](https://evil.example/"onmouseover="alert(1)) [b](https://evil.example/\'><img src=x>)',
    "</textarea><iframe src=https://evil.example></iframe>&lt;b&gt;",
    "![alt](https://evil.example/pixel.png) https://evil.example/pixel.png <https://evil.example/pixel.png>",
    "\u202egnp.exe \u2066<b>\u2069 \u0000 \ufeff",
)
ALLOWED = {*"A BLOCKQUOTE BR BUTTON CODE DIV EM LI OL PRE S SPAN STRONG TIME U UL".split()}  # noqa: SIM905
PIECES = (
    *("<img src=x onerror=alert(1)>", "<script>", "</script>", "<style>", "&lt;", "javascript:alert(1)"),
    *("[a](", ")", "](", "https://a.b/", "<t:1:R>", "<t:99999999999999:F>", "<@1>", "</x y:1>", "<:a:1>"),
    *("**", "*", "__", "~~", "||", "`", "```", "```js\n", "> ", ">>> ", "# ", "-# ", "- ", "1. ", "\\"),
    *("\n", "\n\n", " ", "word", "\u202e", "😀", "\ud7ff", "@everyone", "{{", "${1}", "\t"),
)
DRAWN = """async (texts) => {
  const { markdown } = await import("./markdown.js");
  const found = new Set(), links = new Set();
  for (const text of texts) {
    const box = document.createElement("div");
    box.append(...markdown(text));
    for (const each of box.querySelectorAll("*")) {
      found.add(each.tagName);
      for (const name of each.getAttributeNames()) if (name.startsWith("on")) found.add(name);
      if (each.href !== undefined) links.add(new URL(each.href).protocol);
    }
  }
  return [[...found], [...links]];
}"""


async def test_text_stays_text(house: Sandbox, windows: Windows) -> None:
    """Markup in messages, threads' names, topics, people's names and forms is shown letter by letter."""
    bob = house.member("bob").go("reviews")
    for line in HOSTILE:
        bob.say(line)
    house.guild.members[bob.user.id].nick = "<b onclick=alert(1)>bob</b>"
    house.channel("reviews").topic = "<img src=x onerror=alert(1)>"
    bob.start_thread("<u>thread</u>")
    ana = await windows.open("ana", "reviews")
    for line in HOSTILE[:2]:
        await expect(ana.messages.get_by_text(line, exact=True)).to_be_visible()
    await expect(ana.page.locator("#head")).to_contain_text("<img src=x onerror=alert(1)>")
    await expect(ana.page.locator("#places")).to_contain_text("<u>thread</u>")
    await expect(ana.messages.first).to_contain_text("<b onclick=alert(1)>bob</b>")
    await expect(ana.page.locator("#timeline :is(img, iframe, script, object, embed, b)")).to_have_count(0)
    links = await ana.page.locator("#timeline a").evaluate_all(
        "all => all.map(one => [one.protocol, one.rel])"
    )
    assert {protocol for protocol, _ in links} <= {"http:", "https:"}
    assert {rel for _, rel in links} == {"noreferrer noopener"}
    assert await ana.page.title() == "#reviews · Ana · Remote together"


async def test_an_apps_pictures_from_elsewhere_are_not_fetched(
    house: Sandbox, windows: Windows, bot: Showcase
) -> None:
    """They are named in their place; an address with marks in it stays an address."""
    ana = await windows.open("ana", "reviews")
    await ana.slash("show v2")
    await expect(
        ana.page.get_by_text("From example.com. This page loads nothing from elsewhere.")
    ).to_be_visible()
    await ana.slash("show embeds")
    await expect(ana.message("Senior Backend Engineer")).to_be_visible()
    channel = bot.get_partial_messageable(house.channel("reviews").id)
    await channel.send(embed=discord.Embed(title="<script>1</script>", url='https://a.example/"><img src=x>'))
    await expect(ana.message("<script>1</script>")).to_be_visible()


async def test_a_button_leads_only_to_the_web(windows: Windows) -> None:
    """Whatever address a bot gives its link button, only http and https become links."""
    ana = await windows.open("ana", "reviews")
    urls = [
        "https://a.example/",
        "HTTP://a.example/",
        "javascript:alert(1)",
        " javascript:alert(1)",
        "data:text/html,x",
    ]
    drawn = await ana.page.evaluate(
        """async (urls) => {
          const { components } = await import("./components.js");
          const one = (url) => components({ id: "1", components: [{ type: 2, style: 5, label: "Go", url }] })[0];
          return urls.map((url) => one(url).localName);
        }""",
        urls,
    )
    assert drawn == ["a", "a", "span", "span", "span"]


async def test_no_text_makes_an_element_of_its_own(windows: Windows) -> None:
    """2,000 texts of marks and markup: drawing never fails, and makes only what Discord's markdown has."""
    chance = random.Random(11)
    texts = ["".join(chance.choices(PIECES, k=chance.randrange(1, 40))) for _ in range(2000)]
    ana = await windows.open("ana", "reviews")
    found, links = await ana.page.evaluate(DRAWN, texts)
    assert set(found) <= ALLOWED
    assert set(links) == {"https:"}
