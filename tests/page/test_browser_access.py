"""For everybody: names for screen readers, one way through by keyboard, small screens, calm motion."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import expect

from sandbox import Sandbox
from tests.page.browser_window import PHONE, Window, Windows
from tests.page.showcase import Showcase

pytestmark = pytest.mark.asyncio(loop_scope="session")

# What every page must keep to; each finding is told with the markup that breaks it.
FAULTS = """() => {
  const shown = [...document.querySelectorAll("body *")].filter((each) => each.checkVisibility());
  const short = (each) => each.outerHTML.slice(0, 140);
  const text = (id) => document.getElementById(id)?.textContent.trim();
  const named = (each) => each.getAttribute("aria-label")?.trim()
    || (each.getAttribute("aria-labelledby") ?? "").split(" ").map(text).join("")
    || [...(each.labels ?? [])].map((label) => label.textContent.trim()).join("")
    || each.textContent.trim() || each.querySelector("img[alt]:not([alt=''])")?.alt || each.title;
  const bad = [];
  for (const each of shown) {
    if (each.matches("button, a[href], input, textarea, select, dialog, [role=dialog]") && !named(each))
      bad.push(`no name: ${short(each)}`);
    if (each.tabIndex > 0) bad.push(`tabindex above 0: ${short(each)}`);
    if (each.matches("img") && !each.hasAttribute("alt")) bad.push(`no alt: ${short(each)}`);
    for (const one of ["aria-labelledby", "aria-describedby", "aria-controls"])
      for (const id of (each.getAttribute(one) ?? "").split(" ").filter(Boolean))
        if (!document.getElementById(id)) bad.push(`${one} leads nowhere: ${short(each)}`);
    if (each.matches("button button, a a, a button, button a")) bad.push(`control in a control: ${short(each)}`);
    if (each.closest("[aria-hidden=true]") && each.matches("button, a[href], input, textarea"))
      bad.push(`hidden, yet to be pressed: ${short(each)}`);
  }
  const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
  for (const id of ids.filter((each, at) => ids.indexOf(each) !== at)) bad.push(`two of id ${id}`);
  if (shown.filter((each) => each.matches("h1")).length !== 1) bad.push("not one h1");
  return bad;
}"""
# Nothing sticks out to the right, and what a finger presses is large enough for it.
WIDER = """() => [...document.querySelectorAll("body *")].filter((each) => each.checkVisibility()
  && !each.closest(".visually-hidden, pre, .writer-tray")
  && each.getBoundingClientRect().right > Math.min(innerWidth, screen.width) + 1)
  .map((each) => each.outerHTML.slice(0, 120))"""
SMALL = """() => [...document.querySelectorAll("button, input:not([type=checkbox], [type=radio]), textarea, select")]
  .filter((each) => each.checkVisibility() && !each.closest(".visually-hidden, .message-tools")
    && !each.matches(".message-link, .md-button, .visually-hidden, .head-parent, .head-topic")
    && Math.max(each.offsetHeight, each.offsetWidth) < 40).map((each) => each.outerHTML.slice(0, 120))"""


async def faults(window: Window) -> list[str]:
    found = list(await window.page.evaluate(FAULTS))
    found += [f"too wide: {one}" for one in await window.page.evaluate(WIDER)]
    if window.narrow:
        found += [f"too small to press: {one}" for one in await window.page.evaluate(SMALL)]
    return found


async def faultless(window: Window, where: str) -> None:
    assert await faults(window) == [], f"in {where}"


@pytest.mark.usefixtures("bot")
async def test_every_part_has_its_name_and_fits(
    house: Sandbox, windows: Windows, size: dict[str, Any]
) -> None:
    """Messages of all kinds, every form, menus, the picker, forum, settings, drawers: no fault in any of them."""
    mo = house.member("mo").go("reviews")
    for line in ("components-v1", "v2", "selects", "embeds", "markdown", "files"):
        await mo.slash(f"show {line}")
    ana = await windows.open("ana", "reviews", size)
    keys = ana.page.keyboard
    await expect(ana.messages).to_have_count(6)
    await faultless(ana, "a channel")
    await ana.composer.fill("/")
    await expect(ana.page.get_by_role("listbox", name="Commands")).to_be_visible()
    await faultless(ana, "the picker")
    await ana.composer.fill("/show options ")
    await faultless(ana, "a command's fields")
    await keys.press("Escape")
    for form in ("texts", "choices", "picks"):
        await ana.slash(f"show modal form: {form}")
        await expect(ana.form).to_be_visible()
        await faultless(ana, f"the form {form}")
        await keys.press("Escape")
    await ana.messages.last.hover()
    await ana.messages.last.get_by_role("button", name="More", exact=True).click()
    await faultless(ana, "a menu")
    await keys.press("Escape")
    await ana.aside()
    await faultless(ana, "the side")
    await ana.page.locator("#who-me").click()
    await faultless(ana, "the list of people")
    await keys.press("Escape")
    await ana.page.get_by_role("button", name="Settings of Ana").click()
    await faultless(ana, "the settings")
    await keys.press("Escape")
    if ana.narrow:
        await keys.press("Escape")
    await ana.go("ideas")
    await ana.page.get_by_role("button", name="New post").click()
    await faultless(ana, "a new post")


async def test_the_faults_would_be_found(windows: Windows) -> None:
    """A page with one of each fault is told each of them."""
    ana = await windows.open("ana", "reviews", PHONE)
    await ana.page.evaluate(
        """() => {
          const add = (tag, attributes, into = document.getElementById("main")) => {
            const made = document.createElement(tag);
            for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
            into.append(made);
            return made;
          };
          add("button", {});
          add("p", { tabindex: 2 }).textContent = "x";
          add("img", {});
          add("p", { "aria-labelledby": "nobody" }).textContent = "x";
          add("a", { href: "#x" }, add("button", {})).textContent = "x";
          add("input", { "aria-label": "x" }, add("p", { "aria-hidden": "true" }));
          add("p", { id: "main" }).textContent = "x";
          add("h1", {}).textContent = "x";
          add("p", {}).style.width = "900px";
          const small = "width: 20px; min-width: 0; height: 20px; min-height: 0";
          add("button", { "aria-label": "x" }).style.cssText = small;
        }"""
    )
    assert {one.split(":")[0] for one in await faults(ana)} == {
        *("no name", "tabindex above 0", "no alt", "aria-labelledby leads nowhere", "control in a control"),
        *("hidden, yet to be pressed", "two of id main", "not one h1", "too wide", "too small to press"),
    }


async def test_landmarks(windows: Windows) -> None:
    """One main, one navigation, one aside, a feed of messages; the title says where and who."""
    ana = await windows.open("ana", "reviews")
    for role, name in (
        ("main", None),
        ("navigation", "Places"),
        ("complementary", "You, the clock and things to try"),
        ("feed", "Messages"),
        ("region", "Who am I"),
    ):
        found = ana.page.get_by_role(role, name=name) if name else ana.page.get_by_role(role)  # type: ignore[arg-type]
        await expect(found).to_have_count(1)
    await expect(ana.page.get_by_role("heading", level=1)).to_have_text("reviews")
    await expect(ana.page).to_have_title("#reviews · Ana · Remote together")


async def test_the_whole_way_by_keyboard(house: Sandbox, windows: Windows, bot: Showcase) -> None:
    """To another place, a message, its menu, a button, a menu of choices, a form, another person: no mouse at all."""
    await house.member("mo").go("reviews").slash("show components-v1")
    ana = await windows.open("ana", "start-here")
    keys, page = ana.page.keyboard, ana.page
    await keys.press("F6")  # from the page into its first region
    await keys.type("rev")
    await expect(page.locator(":focus")).to_contain_text("reviews")
    await keys.press("Enter")
    await ana.title("reviews")
    await keys.press("F6")
    await expect(page.locator("article:focus")).to_contain_text("Buttons and a menu")
    await page.get_by_role("button", name="Form").focus()
    await keys.press("Enter")
    await expect(ana.form.get_by_label("Name")).to_be_focused()
    await keys.type("Ana")
    await keys.press("Enter")
    await expect(ana.message("Name: Ana")).to_be_visible()
    await expect(page.get_by_role("button", name="Form")).to_be_focused()
    await keys.press("F6")
    await expect(ana.composer).to_be_focused()
    await keys.type("By hand")
    await keys.press("Enter")
    await expect(ana.message("By hand")).to_be_visible()
    await keys.press("F6")
    await keys.press("Enter")
    await keys.type("mo")
    await keys.press("Enter")
    await expect(page.locator("#who-me")).to_contain_text("@mo")
    await expect(page.locator("#who-me")).to_be_focused()


async def test_who_wants_no_motion_gets_none(windows: Windows) -> None:
    """With prefers-reduced-motion nothing moves by itself; without it, what moves stays short."""
    for motion, longest in (("reduce", 0.01), ("no-preference", 0.4)):
        ana = await windows.open("ana", "reviews", reduced_motion=motion)
        found = await ana.page.evaluate(
            """() => [...document.querySelectorAll("body *")].map((each) => getComputedStyle(each))
                 .flatMap((style) => style.transitionDuration.split(",")).map(parseFloat)"""
        )
        assert max(found) <= longest


async def test_both_colour_schemes(windows: Windows) -> None:
    """The page follows the system, and a person's own choice, which outlasts a reload."""
    ground = "getComputedStyle(document.body).backgroundColor"
    light = await windows.open("ana", "reviews", color_scheme="light")
    dark = await windows.open("ana", "reviews", color_scheme="dark")
    seen = [await window.page.evaluate(ground) for window in (light, dark)]
    assert seen[0] != seen[1]
    await light.page.get_by_role("button", name="Settings of Ana").click()
    await light.form.get_by_label("Dark").check()
    assert await light.page.evaluate(ground) == seen[1]
    await light.reload()
    assert await light.page.evaluate(ground) == seen[1]
