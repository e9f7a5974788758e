// The five menus: a button that opens a list. Texts, people, roles, both, channels; one or several; with a filter.

import { state } from "./app.js";
import { h, swap } from "./dom.js";
import { face } from "./face.js";
import { icon } from "./icons.js";
import { emoji } from "./markdown.js";
import { steer } from "./menu.js";
import { panel } from "./panel.js";

const TEXTS = 3;
const PEOPLE = 5;
const ROLES = 6;
const MENTIONABLES = 7;
const CHANNELS = 8;
const MANY = 8; // more choices than this get a filter
const KINDS = { text: 0, thread: 11, private_thread: 12, forum: 15 };

/**
 * A menu as a button: {element, values(), put(values)}. component: Discord's JSON. onchange(values, element) is called
 * once a choice is complete; when it resolves with null (the press failed), the old choice comes back.
 * chosen: values in place of the component's defaults. least: in place of min_values. attributes: more for the button.
 */
export function menu(component, { id, label, onchange, chosen = defaults(component), least, attributes = {} }) {
  const min = least ?? component.min_values ?? 1;
  const max = component.max_values ?? 1;
  let values = [...chosen];
  const element = h("button", {
    type: "button", class: "select", id, "aria-haspopup": "dialog", "aria-expanded": "false",
    disabled: Boolean(component.disabled),
    ...attributes, onclick: () => open(element, { component, label, min, max, values, done: take }),
  });

  async function take(next) {
    if (JSON.stringify(next) === JSON.stringify(values)) return;
    const before = values;
    put(next);
    if ((await onchange?.(next, element)) === null) put(before);
  }

  function put(next) {
    values = [...next];
    const found = choices(component).filter(({ value }) => values.includes(value));
    const words = found.map((choice) => choice.label).join(", ");
    swap(element, h("span", { class: words ? "select-words" : "select-words select-empty" },
      found.length === 1 ? found[0].mark?.() : null, words || component.placeholder || "Choose…"), icon("down"));
    element.setAttribute("aria-label", words ? `${label}: ${words}` : label);
  }

  put(values);
  return { element, values: () => [...values], put };
}

/** The values that a menu starts with. */
export function defaults({ type, options = [], default_values: filled = [] }) {
  if (type !== TEXTS) return filled.map(({ id }) => id);
  return options.filter((option) => option.default).map((option) => option.value);
}

// -- what can be chosen --------------------------------------------------------------------------

/** All choices of a menu: {value, label, hint, mark() → node}. */
function choices(component) {
  switch (component.type) {
    case TEXTS: return (component.options ?? []).map(text);
    case PEOPLE: return people();
    case ROLES: return roles();
    case MENTIONABLES: return [...people(), ...roles()];
    case CHANNELS: return channels(component.channel_types ?? []);
    default: return [];
  }
}

function text({ value, label, description, emoji: one }) {
  return { value, label, hint: description, mark: one ? () => emoji(one) : null };
}

function people() {
  return (state.people ?? []).map((person) => ({
    value: person.id, label: person.label, hint: person.bot ? "App" : `@${person.name}`, mark: () => face(person),
  }));
}

function roles() {
  const named = (state.roles ?? []).filter((role) => role.name !== "@everyone");
  return named.map(({ id, name }) => ({ value: id, label: `@${name}`, hint: "Role" }));
}

function channels(kinds) {
  const offered = (place) => place.kind !== "dm" && (!kinds.length || kinds.includes(KINDS[place.kind]));
  return (state.places ?? []).filter(offered).map((place) => ({
    value: place.id, label: place.name, hint: within(place), mark: () => icon(place.kind),
  }));
}

function within({ parent_id: id }) {
  return id ? `In ${state.places.find((other) => other.id === id)?.name ?? "a channel"}` : null;
}

// -- the list ------------------------------------------------------------------------------------

function open(anchor, { component, label, min, max, values, done }) {
  if (anchor.hasAttribute("data-busy")) return;
  const all = choices(component);
  const picked = new Set(values.filter((value) => all.some((choice) => choice.value === value)));
  const single = max === 1;
  const list = h("div", { class: "select-list", role: "listbox", "aria-label": label,
    "aria-multiselectable": String(!single) });
  const filter = all.length > MANY
    ? h("input", { class: "input select-filter", type: "text", placeholder: "Filter", autocomplete: "off",
      "aria-label": `Filter ${label}`, oninput: draw })
    : null;
  const told = h("span", { class: "small", role: "status" });
  const finish = h("button", { type: "button", class: "button button-strong", onclick: () => close(ordered()) },
    "Done");

  function draw() {
    const typed = filter?.value.trim().toLowerCase() ?? "";
    const found = all.filter((choice) => `${choice.label} ${choice.hint ?? ""}`.toLowerCase().includes(typed));
    const none = all.length ? "Nothing is called that." : "There is nothing to choose.";
    swap(list, found.map(optionOf), found.length ? null : h("p", { class: "panel-empty" }, none));
    count();
  }

  function optionOf(choice) {
    const on = picked.has(choice.value);
    return h("button", {
      type: "button", class: "select-option", role: "option", "aria-selected": String(on), tabindex: -1,
      dataset: { value: choice.value }, onclick: () => choose(choice.value),
    },
    h("span", { class: single ? "select-check" : "select-box", "aria-hidden": "true" }),
    choice.mark?.(),
    h("span", { class: "menu-words" }, choice.label, hint(choice)));
  }

  function choose(value) {
    if (single) return close(picked.has(value) && min === 0 ? [] : [value]);
    if (!picked.delete(value) && picked.size < max) picked.add(value);
    for (const option of options()) option.setAttribute("aria-selected", String(picked.has(option.dataset.value)));
    count();
  }

  function count() {
    const enough = picked.size >= min;
    finish.disabled = !enough;
    told.textContent = `${picked.size} chosen, ${picked.size === max ? "the most there can be" : range(min, max)}`;
  }

  function close(next) {
    opened.close();
    done(next);
  }

  const ordered = () => all.map((choice) => choice.value).filter((value) => picked.has(value));
  const options = () => [...list.querySelectorAll(".select-option")];
  draw(); // first, so that the panel is placed by its full height
  const opened = panel(anchor, [filter, list, single ? null : h("div", { class: "select-foot" }, told, finish)],
    { label, className: "select-panel" });
  if (!opened) return;
  opened.element.addEventListener("keydown", (event) => keys(event, { options: options(), filter }));
  const typing = matchMedia("(pointer: fine)").matches; // elsewhere the keyboard would come up and cover the list
  const chosen = list.querySelector("[aria-selected=true]") ?? options()[0] ?? opened.element;
  ((typing && filter) || chosen).focus();
}

function hint({ hint: words }) {
  return words ? h("span", { class: "menu-hint" }, words) : null;
}

function keys(event, { options, filter }) {
  const typing = event.target === filter;
  if (typing && event.key === "Enter") {
    options[0]?.click();
  } else if (typing && !["ArrowDown", "ArrowUp"].includes(event.key)) {
    return;
  } else if (filter && !typing && event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey) {
    filter.focus(); // the letter itself arrives there
    return;
  } else if (!steer(event, options)) {
    return;
  }
  event.preventDefault();
}

/** "choose 2 to 3", "choose at least 1", "up to 3". */
export function range(min, max) {
  if (min === max) return `choose ${min}`;
  return min ? `choose ${min} to ${max}` : `up to ${max}`;
}
