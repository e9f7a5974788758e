// What apps build messages of, both generations: rows of buttons and menus; containers, sections, galleries, files.

import { ask } from "./app.js";
import { h } from "./dom.js";
import { accented } from "./embeds.js";
import { download, picture, veil } from "./files.js";
import { emoji, link, markdown } from "./markdown.js";
import { mark, press } from "./press.js";
import { menu } from "./selects.js";

const LINK = 5;
const PREMIUM = 6;
const LOOKS = { 1: "button-strong", 2: "", 3: "component-success", 4: "button-danger" };

/** All components of a message as nodes. */
export function components(message) {
  return (message.components ?? []).map((one) => component(one, message)).filter(Boolean);
}

function component(one, message) {
  return DRAWN[one.type]?.(one, message) ?? unknown(one);
}

const DRAWN = {
  1: row,
  2: button,
  3: select,
  5: select,
  6: select,
  7: select,
  8: select,
  9: section,
  10: text,
  11: (one) => picture({ ...one.media, alt: one.description }, one.spoiler, "component-thumbnail"),
  12: gallery,
  13: file,
  14: separator,
  17: container,
};

// Something newer than this page: it says so, and the rest of the message stays.
function unknown({ type }) {
  return h("p", { class: "small" }, `A part of kind ${type}, which this page can't show.`);
}

function row(one, message) {
  return h("div", { class: "component-row" }, one.components.map((child) => component(child, message)));
}

/** The id of a control in the page: it stays the same when the message is drawn again. */
function idOf(one, message) {
  return `control-${message.id}-${one.id ?? one.custom_id}`;
}

function button(one, message) {
  const words = [emoji(one.emoji), one.label ? h("span", {}, one.label) : null];
  const name = one.label ? null : (one.emoji?.name ?? "Button");
  if (one.style === LINK && !one.disabled) {
    const arrow = one.label?.endsWith("↗") ? null : h("span", { "aria-hidden": "true" }, "↗");
    const told = h("span", { class: "visually-hidden" }, ", opens a new tab");
    return link(one.url, [words, arrow, told], "button component-link");
  }
  const control = h("button", {
    type: "button",
    class: `button component-button ${LOOKS[one.style] ?? ""}`,
    id: idOf(one, message),
    disabled: Boolean(one.disabled) || one.style === LINK || one.style === PREMIUM,
    "aria-label": name,
    onclick: () => press(control, () => ask("press", { message: message.id, custom_id: one.custom_id })),
  }, words);
  return mark(control);
}

function select(one, message) {
  const { element } = menu(one, {
    id: idOf(one, message),
    label: one.placeholder ?? "Menu",
    onchange: (values, control) => press(control, () =>
      ask("press", { message: message.id, custom_id: one.custom_id, values })),
  });
  return mark(element);
}

function section(one, message) {
  return h("div", { class: "component-section" },
    h("div", { class: "component-texts" }, one.components.map((child) => component(child, message))),
    h("div", { class: "component-accessory" }, one.accessory ? component(one.accessory, message) : null));
}

function text(one, message) {
  return h("div", { class: "component-text" }, markdown(one.content, { people: message.mentions }));
}

function gallery(one) {
  return h("div", { class: "component-gallery", dataset: { count: Math.min(one.items.length, 4) } },
    one.items.map((item) => picture({ ...item.media, alt: item.description }, item.spoiler)));
}

function file(one, message) {
  const { url } = one.file;
  const found = message.attachments?.find((each) => each.url === url);
  const name = found?.filename ?? one.name ?? url?.split("/").pop();
  if (!url) return h("p", { class: "small" }, "A file that is not kept here.");
  return download({ url, filename: name, size: found?.size ?? one.size }, one.spoiler);
}

function separator({ divider, spacing }) {
  const wide = spacing === 2 ? "component-wide" : "";
  return divider === false
    ? h("div", { class: `component-space ${wide}` })
    : h("hr", { class: `component-line ${wide}` });
}

function container(one, message) {
  const box = h("div", { class: "component-container" }, one.components.map((child) => component(child, message)));
  accented(box, one.accent_color);
  return one.spoiler ? veil(box) : box;
}
