// The page's one menu: arrows, Home and End, typing a word's beginning, Enter, Escape; focus returns to its button.

import { h, swap } from "./dom.js";
import { panel } from "./panel.js";

const TYPING = 600; // ms between letters of one word

/**
 * Open a menu beside `anchor`. items: [{label, icon?, hint?, danger?, disabled?, checked?, run}], {heading: words},
 * "-" for a line, or {label, items: [...]} for a further menu in its place (arrow right opens, arrow left goes back).
 * null and false are left out. label: the menu's name for screen readers.
 */
export function popup(anchor, items, { label = anchor.getAttribute("aria-label") ?? anchor.textContent, side } = {}) {
  anchor.setAttribute("aria-haspopup", "menu");
  const list = h("div", { class: "menu-list" });
  const opened = panel(anchor, list, { role: "menu", label, className: "menu", side });
  if (!opened) return null;
  const show = (entries, above) => {
    swap(list, above ? entry({ label: "Back", icon: "‹", back: true }) : null, entries.filter(Boolean).map(entry));
    trail = above;
    choices()[above ? 1 : 0]?.focus();
  };
  let trail = null; // how to get back to the menu above

  function entry(item) {
    if (item === "-") return h("div", { role: "separator", class: "menu-line" });
    if (item.heading) return h("div", { class: "menu-heading", role: "presentation" }, item.heading);
    return h("button", {
      type: "button",
      class: item.danger ? "menu-item menu-item-danger" : "menu-item",
      role: item.checked === undefined ? "menuitem" : "menuitemradio",
      "aria-checked": item.checked === undefined ? null : String(item.checked),
      "aria-haspopup": item.items ? "menu" : null,
      disabled: item.disabled ?? false,
      tabindex: -1,
      onclick: () => choose(item),
      onpointermove: (event) => event.currentTarget.focus({ preventScroll: true }),
    },
    h("span", { class: "menu-icon", "aria-hidden": "true" }, item.checked ? "✓" : (item.icon ?? "")),
    h("span", { class: "menu-words" }, item.label, item.hint ? h("span", { class: "menu-hint" }, item.hint) : null),
    item.items ? h("span", { class: "menu-more", "aria-hidden": "true" }, "›") : null);
  }

  function choose(item) {
    if (item.back) return trail();
    if (item.items) {
      const back = trail;
      return show(item.items, () => show(items, back));
    }
    opened.close();
    item.run?.();
  }

  const choices = () => [...list.querySelectorAll(".menu-item:not(:disabled)")];
  opened.element.addEventListener("keydown", (event) => {
    if (event.key === "ArrowLeft" && trail) trail();
    else if (event.key === "ArrowRight" && event.target.getAttribute("aria-haspopup")) event.target.click();
    else if (event.key === "Tab") opened.close();
    else if (!steer(event, choices())) return;
    event.preventDefault();
  });
  show(items, null);
  return opened;
}

let typed = { text: "", at: 0 };

/** Move the focus in a list by a key press; true when the key was one of those. Used by every list of the page. */
export function steer(event, choices) {
  if (!choices.length || event.ctrlKey || event.metaKey || event.altKey) return false;
  const here = choices.indexOf(document.activeElement);
  const to = { ArrowDown: here + 1, ArrowUp: here < 0 ? -1 : here - 1, Home: 0, End: -1 }[event.key];
  if (to !== undefined) choices.at(to % choices.length).focus();
  else if (/^[\p{L}\p{N}]$/u.test(event.key)) find(event, choices, here);
  else return false;
  return true;
}

function find({ key, timeStamp }, choices, here) {
  typed = { text: (timeStamp - typed.at < TYPING ? typed.text : "") + key.toLowerCase(), at: timeStamp };
  const start = typed.text.length === 1 ? here + 1 : Math.max(here, 0);
  const round = [...choices.slice(start), ...choices.slice(0, start)];
  round.find((choice) => words(choice).startsWith(typed.text))?.focus();
}

function words(choice) {
  return (choice.querySelector(".menu-words") ?? choice).textContent.trim().toLowerCase();
}
