// Short words at the edge of the page: what happened, or why not. Read out by screen readers, gone by themselves.

import { h } from "./dom.js";

const STAYS = 4000; // ms; plus 60 ms a letter, so that a long sentence can be read
let corners = null;

/** Tell the person something. bad: it is a refusal or a failure, and is read out at once. */
export function tell(words, { bad = false } = {}) {
  const text = words instanceof Error ? words.message : String(words);
  const { polite, urgent } = places();
  const toast = h("p", { class: bad ? "toast toast-bad" : "toast", onclick: () => toast.remove() }, text);
  const corner = bad ? urgent : polite;
  corner.append(toast);
  while (corner.children.length > 3) corner.firstElementChild.remove();
  raise(corner.parentElement);
  const fade = () => (toast.matches(":hover") ? setTimeout(fade, 1000) : toast.remove());
  setTimeout(fade, STAYS + 60 * text.length);
}

/** Wait for what was asked; a refusal is told, not thrown. */
export function orTell(promise) {
  return promise.catch((error) => tell(error, { bad: true }));
}

// The live regions must be in the page before words come into them, or they are not read out.
function places() {
  if (corners) return corners;
  const polite = h("div", { role: "status", class: "toast-corner" });
  const urgent = h("div", { role: "alert", class: "toast-corner" });
  document.body.append(h("div", { class: "toasts", popover: "manual" }, polite, urgent));
  corners = { polite, urgent };
  return corners;
}

// Shown again, it lies above a dialog that was opened since.
function raise(toasts) {
  if (toasts.matches(":popover-open")) toasts.hidePopover();
  toasts.showPopover();
}
