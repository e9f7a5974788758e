// A person's mark beside their name: the first letters on a colour that is theirs in every list.

import { h } from "./dom.js";

/** person: {id, name, label?}. The words beside it say who it is, so it is never read out. */
export function face({ id, name, label }) {
  const words = (label || name).split(/[\s_.-]+/).filter(Boolean);
  const letters = words.slice(0, 2).map((word) => [...word][0]).join("").toUpperCase();
  const element = h("span", { class: "face", "aria-hidden": "true" }, letters || "?");
  element.style.setProperty("--hue", String((Number(BigInt(id) % 997n) * 137) % 360));
  return element;
}
