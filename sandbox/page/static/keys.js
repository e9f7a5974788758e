// The keyboard's ways through the page: from region to region, to the composer, and a window that tells them.

import { dialog } from "./dialog.js";
import { h } from "./dom.js";

const KEYS = [
  ["F6, Shift+F6", "To the next or previous region: places, messages, composer, side"],
  ["Ctrl+→, Ctrl+←", "The same, when you are not writing"],
  ["↑, ↓, Home, End", "Through the places, a menu, a list; letters jump to a name"],
  ["Enter", "Open, press, send"],
  ["Shift+Enter", "A new line in a message"],
  ["/", "To the composer, with the list of commands"],
  ["↑", "In the empty composer: edit your last message"],
  ["Esc", "Close a menu, a window, a drawer; leave a command"],
  ["?", "This list"],
];

/** regions(): the elements in order. compose(text): the focus goes to the composer, which gets the text. */
export function mountKeys({ regions, compose }) {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || document.querySelector("dialog:modal")) return;
    const writing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (event.key === "F6") step(regions(), event.shiftKey ? -1 : 1);
    else if (writing) return;
    else if (event.ctrlKey && event.key === "ArrowRight") step(regions(), 1);
    else if (event.ctrlKey && event.key === "ArrowLeft") step(regions(), -1);
    else if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector(".panel")) return;
    else if (event.key === "?") help();
    else if (event.key === "/") compose("/");
    else return;
    event.preventDefault();
  });
}

function step(regions, by) {
  const seen = regions.filter((region) => region.checkVisibility());
  const here = seen.findIndex((region) => region.contains(document.activeElement));
  enter(seen.at((here < 0 && by < 0 ? -1 : here + by) % seen.length));
}

/** Put the focus into a region: where one would start, or on the region itself. */
export function enter(region) {
  const first = (stops) => [...region.querySelectorAll(stops)].find((each) => each.checkVisibility());
  const start = first("[aria-current=page], textarea, .slash-input, [role=feed] > [tabindex='0'], [role=log]")
    ?? first("input, button, a[href]");
  (start?.matches(":focus, :enabled, [tabindex]") || start?.href ? start : region).focus();
}

/** The window that tells the keys. */
export function help() {
  dialog({
    title: "Keyboard",
    className: "keys",
    body: h("dl", { class: "keys-list" }, KEYS.map(([keys, words]) => [
      h("dt", {}, keys.split(", ").map((each, at) => [at ? " " : null, h("kbd", {}, each)])), h("dd", {}, words),
    ])),
    actions: [{ label: "Close", kind: "strong", run: () => true }],
  });
}
