// The list above the composer: commands, people, channels, choices. The focus stays in the text that is typed in;
// the list is steered from there (ARIA combobox with a listbox and aria-activedescendant).

import { h, swap } from "./dom.js";
import { face } from "./face.js";

const PAGE = 6; // items that Page Up and Page Down go

/** Shows suggestions for one input at a time. `element` is the list, `status` reads its length out. */
export class Shelf {
  owner = null; // the input that the list belongs to now
  #shown = null;
  #marked = -1;
  #head = h("p", { class: "suggest-head" });
  #list = h("div", { class: "suggest-list", role: "listbox", id: "suggest-list" });

  constructor() {
    const keepFocus = (event) => event.preventDefault();
    this.status = h("p", { class: "visually-hidden", role: "status" });
    this.element = h("div", { class: "suggest", hidden: true, onmousedown: keepFocus }, this.#head, this.#list);
  }

  /**
   * what: {title, items, words, first, choose}. items: [{label, hint?, icon?, who?, about?, group?, …}] in order;
   * `group` opens a headed part whenever it changes, `who` is a person with a face. words: a sentence beside the title.
   * first: the first item is marked at once, so that Enter takes it. choose(item): after Enter, Tab or a press.
   */
  show(input, what) {
    if (this.owner !== input) this.hide();
    this.owner = input;
    this.#shown = what;
    const { title, items, words } = what;
    swap(this.#head, title, words ? h("span", { class: "suggest-words" }, words) : null);
    swap(this.#list, grouped(items, (item, at) => this.#option(item, at)));
    this.#list.setAttribute("aria-label", title);
    this.element.hidden = false;
    connect(input, this.#list.id);
    this.#mark(what.first && items.length ? 0 : -1);
    this.#say(items.length ? `${title}: ${items.length} to choose from.` : (words ?? ""));
  }

  hide() {
    if (!this.owner) return;
    disconnect(this.owner);
    this.owner = this.#shown = null;
    this.element.hidden = true;
    swap(this.#list);
    this.#say("");
  }

  /** True when the key was meant for the list, which then has done what it means. */
  key(event) {
    if (!this.#shown || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return false;
    const { items, choose } = this.#shown;
    const to = target(event.key, this.#marked, items.length);
    if (to !== undefined && items.length) this.#mark(to);
    else if (event.key === "Escape") this.hide();
    else if (["Enter", "Tab"].includes(event.key) && !event.shiftKey && this.#marked >= 0) choose(items[this.#marked]);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  #option(item, at) {
    return h("div", {
      role: "option",
      id: `suggest-${at}`,
      class: "suggest-item",
      "aria-selected": "false",
      onclick: () => this.#shown.choose(item),
      onpointermove: ({ movementX, movementY }) => (movementX || movementY) && this.#mark(at),
    },
    item.who ? face(item.who) : null,
    item.icon ? h("span", { class: "suggest-icon", "aria-hidden": "true" }, item.icon) : null,
    h("span", { class: "suggest-label" }, item.label),
    item.hint ? h("span", { class: "suggest-hint" }, item.hint) : null,
    item.about ? h("span", { class: "suggest-about" }, item.about) : null);
  }

  #mark(at) {
    const options = this.#list.querySelectorAll("[role=option]");
    options[this.#marked]?.setAttribute("aria-selected", "false");
    this.#marked = at;
    if (at < 0) return this.owner.removeAttribute("aria-activedescendant");
    options[at].setAttribute("aria-selected", "true");
    options[at].scrollIntoView({ block: "nearest" });
    return this.owner.setAttribute("aria-activedescendant", options[at].id);
  }

  #say(words) {
    if (this.status.textContent !== words) swap(this.status, words);
  }
}

// A textarea is no combobox by itself; while a list is open it is one, as screen readers need to hear.
function connect(input, listId) {
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "true");
  input.setAttribute("aria-controls", listId);
}

function disconnect(input) {
  const combobox = input.localName !== "textarea";
  if (combobox) input.setAttribute("aria-expanded", "false");
  else for (const name of ["role", "aria-autocomplete", "aria-expanded"]) input.removeAttribute(name);
  for (const name of ["aria-controls", "aria-activedescendant"]) input.removeAttribute(name);
}

function target(key, marked, count) {
  return {
    ArrowDown: (marked + 1) % count,
    ArrowUp: marked <= 0 ? count - 1 : marked - 1,
    PageDown: Math.min(marked + PAGE, count - 1),
    PageUp: Math.max(marked - PAGE, 0),
  }[key];
}

function grouped(items, option) {
  const groups = [];
  items.forEach((item, at) => {
    if (!groups.length || groups.at(-1).name !== item.group) groups.push({ name: item.group, options: [] });
    groups.at(-1).options.push(option(item, at));
  });
  return groups.map(({ name, options }) => {
    if (!name) return options;
    const title = h("p", { class: "suggest-group", "aria-hidden": "true" }, name);
    return h("div", { role: "group", "aria-label": name }, title, options);
  });
}
