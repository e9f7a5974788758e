// A small surface beside what opened it (menus, pins, members, pickers): placed on the screen, closed with Escape
// or a press elsewhere, focus comes back. On a phone it is a sheet at the bottom (layout.css).

import { h } from "./dom.js";

const GAP = 4; // px between the anchor and the surface
const STOPS = "input, button:enabled, a[href]";
let newest = null;

/**
 * Open `content` beside `anchor`; answers {element, close()}, or null when it was open there and is now closed.
 * The focus goes to its first control, or to itself. role, label: for screen readers. onclose(): afterwards.
 * side: "below" | "above", turned when there is no room.
 */
export function panel(anchor, content, { role = "dialog", label, className = "", onclose, side = "below" } = {}) {
  if (newest && (newest.anchor === anchor || (anchor.id && newest.anchor.id === anchor.id))) {
    newest.close();
    return null;
  }
  // Inside a modal window everything outside it is inert, so the surface has to live in there.
  const host = anchor.closest("dialog, .panel") ?? document.body;
  if (newest && !newest.element.contains(anchor)) newest.close({ focus: false });
  const element = h("div", {
    class: `panel ${className}`, popover: "manual", role, "aria-label": label, tabindex: -1,
  }, content);
  const parent = newest;
  // A column that was drawn anew has another button under the same id.
  const back = () => (anchor.isConnected ? anchor : document.getElementById(anchor.id));

  function close({ focus = true } = {}) {
    if (!element.isConnected) return;
    const inside = element.contains(document.activeElement) || document.activeElement === document.body;
    document.removeEventListener("pointerdown", elsewhere, true);
    removeEventListener("resize", placed);
    grows.disconnect();
    element.remove();
    if (newest === self) newest = parent?.element.isConnected ? parent : null;
    // First the focus: a button that shows only while its panel is open can't take it once it is hidden.
    if (focus && inside) back()?.focus();
    back()?.setAttribute("aria-expanded", "false");
    onclose?.();
  }

  const elsewhere = (event) => {
    if (!element.contains(event.target) && !back()?.contains(event.target)) close({ focus: false });
  };
  const placed = () => place(element, back() ?? anchor, side);
  const grows = new ResizeObserver(placed);
  const self = { anchor, element, close };
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    close();
  });
  element.addEventListener("focusout", (event) => {
    const next = event.relatedTarget;
    if (next && !element.contains(next) && next !== back()) close({ focus: false });
  });
  document.addEventListener("pointerdown", elsewhere, true);
  addEventListener("resize", placed);
  newest = self;
  anchor.setAttribute("aria-expanded", "true");
  host.append(element);
  element.showPopover();
  grows.observe(element); // its first call places it; a list that is filtered stays at its anchor
  (element.querySelector(STOPS) ?? element).focus({ preventScroll: true });
  return self;
}

function place(element, anchor, side) {
  const from = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = element;
  const below = innerHeight - from.bottom - GAP;
  const above = from.top - GAP;
  const under = side === "below" ? below >= height || below >= above : above < height && below > above;
  // What opens at the right end of its column grows to the left, as its own column is then below it.
  const left = from.left + from.width / 2 > innerWidth / 2 ? from.right - width : from.left;
  const top = under ? from.bottom + GAP : from.top - GAP - height;
  element.style.setProperty("--top", `${Math.max(GAP, Math.min(top, innerHeight - height - GAP))}px`);
  element.style.setProperty("--left", `${Math.max(GAP, Math.min(left, innerWidth - width - GAP))}px`);
}
