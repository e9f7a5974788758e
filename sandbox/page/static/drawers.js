// On a narrow screen the side columns are drawers: the same element, for a while in a window of its own.

import { h } from "./dom.js";

/**
 * Make `element` a drawer wherever the media query `narrow` holds; answers {open(), close()}.
 * label: for screen readers; side: "left" | "right".
 */
export function drawer(element, { narrow, label, side }) {
  const home = document.createComment(label);
  element.before(home);
  const close = h("button", {
    type: "button", class: "button button-quiet button-icon drawer-close", "aria-label": "Close",
  }, "✕");
  const window = h("dialog", { class: `drawer drawer-${side}`, "aria-label": label }, close);
  document.body.append(window);
  const query = matchMedia(narrow);

  const back = () => {
    if (window.open) window.close();
    home.after(element);
  };
  window.addEventListener("close", back);
  window.addEventListener("click", (event) => event.target === window && window.close());
  close.addEventListener("click", () => window.close());
  query.addEventListener("change", back);
  return {
    open() {
      if (!query.matches || window.open) return;
      window.append(element);
      window.showModal();
    },
    close: () => window.open && window.close(),
    narrow: () => query.matches,
  };
}
