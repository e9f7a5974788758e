// Cards of the first generation: an accent bar, author, title, text, fields, pictures, footer.

import { h } from "./dom.js";
import { picture } from "./files.js";
import { line, link, markdown } from "./markdown.js";
import { time } from "./times.js";

/** One embed as Discord's JSON has it. */
export function embed(one, context) {
  const card = h("article", { class: "embed", "aria-label": one.title ? `Card: ${one.title}` : "Card" },
    h("div", { class: "embed-words" },
      one.author ? h("p", { class: "embed-author" }, linked(one.author.url, one.author.name)) : null,
      one.title ? h("h3", { class: "embed-title" }, linked(one.url, line(one.title, context))) : null,
      one.description ? h("div", { class: "embed-text" }, markdown(one.description, context)) : null,
      fieldsOf(one.fields, context)),
    medium(one.thumbnail, "embed-thumbnail"),
    medium(one.image, "embed-image"),
    footer(one));
  return accented(card, one.color);
}

/** Give an element its accent as --accent-bar; color: a number 0xRRGGBB or null. */
export function accented(element, color) {
  if (typeof color !== "number") return element;
  element.style.setProperty("--accent-bar", `#${color.toString(16).padStart(6, "0")}`);
  return element;
}

function linked(url, words) {
  return url ? link(url, words) : words;
}

function fieldsOf(fields, context) {
  return fields?.length ? h("dl", { class: "embed-fields" }, fields.map((field) => fieldOf(field, context))) : null;
}

function fieldOf({ name, value, inline }, context) {
  return h("div", { class: inline ? "embed-field embed-inline" : "embed-field" },
    h("dt", {}, line(name, context)), h("dd", {}, markdown(value, context)));
}

function medium(one, className) {
  return one ? picture({ ...one, alt: one.description }, false, className) : null;
}

function footer({ footer: foot, timestamp }) {
  if (!foot && !timestamp) return null;
  return h("p", { class: "embed-footer small" }, foot?.text, foot?.text && timestamp ? " · " : null,
    timestamp ? time(new Date(timestamp)) : null);
}
