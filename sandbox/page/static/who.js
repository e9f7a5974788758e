// Who am I: the person whose eyes one looks through, the list to become another one, and that person's settings.

import { ask, look, on, state } from "./app.js";
import { dialog } from "./dialog.js";
import { h, redraw, swap } from "./dom.js";
import { face } from "./face.js";
import { icon } from "./icons.js";
import { panel } from "./panel.js";
import { orTell, tell } from "./toast.js";

/** Draw into `element` and keep it drawn. */
export function mountWho(element) {
  on(["me", "people"], () => draw(element));
}

function draw(element) {
  const { me } = state;
  if (!me) return;
  redraw(element,
    h("h2", { class: "visually-hidden" }, "Who am I"),
    h("button", { type: "button", class: "who-me", id: "who-me", dataset: { key: "me" }, "aria-haspopup": "listbox",
      "aria-label": `You are ${me.label}${me.moderator ? ", a moderator" : ""}. Become someone else`,
      onclick: (event) => choose(event.currentTarget) },
    face(me), names(me, me.moderator), icon("down")),
    h("button", { type: "button", class: "button button-quiet button-icon", dataset: { key: "settings" },
      "aria-label": `Settings of ${me.label}`, onclick: settings }, icon("settings")));
}

function names({ name, label }, moderator) {
  return h("span", { class: "who-names" },
    h("span", { class: "who-label" }, label, moderator ? h("span", { class: "chip who-mark" }, "moderator") : null),
    h("span", { class: "small" }, `@${name}`));
}

// A combobox: the focus stays in the field, the arrows move the mark in the list.
function choose(anchor) {
  const people = (state.people ?? []).filter((person) => !person.bot);
  const list = h("ul", { class: "who-list", role: "listbox", id: "who-list", "aria-label": "Members" });
  const field = h("input", { class: "input", role: "combobox", "aria-expanded": "true", "aria-controls": "who-list",
    "aria-label": "Become…", placeholder: "Become…", autocomplete: "off", spellcheck: "false" });
  const opened = panel(anchor, [field, list], { label: "Become someone else", className: "who-panel" });
  if (!opened) return;
  let shown = [];
  let marked = 0;

  const become = (person) => {
    opened.close();
    orTell(look({ who: person.name }));
  };
  const mark = (to) => {
    marked = shown.length ? (to + shown.length) % shown.length : 0;
    [...list.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === marked)));
    const option = list.children[marked];
    field.setAttribute("aria-activedescendant", option?.id ?? "");
    option?.scrollIntoView({ block: "nearest" });
  };
  const filter = () => {
    const typed = field.value.trim().toLowerCase();
    shown = people.filter(({ name, label }) => `${name} ${label}`.toLowerCase().includes(typed));
    swap(list, shown.map((person, at) => h("li", {
      class: "who-option", role: "option", id: `who-option-${person.id}`,
      onclick: () => become(person), onpointermove: () => marked !== at && mark(at),
    }, face(person), names(person, person.role === "moderator"), person.id === state.me.id ? icon("check") : null)));
    if (!shown.length) swap(list, h("li", { class: "panel-empty", role: "none" }, "Nobody here has that name."));
    mark(typed ? 0 : shown.findIndex((person) => person.id === state.me.id));
  };
  field.addEventListener("input", filter);
  field.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") mark(marked + 1);
    else if (event.key === "ArrowUp") mark(marked - 1);
    else if (event.key === "Enter") shown[marked] && become(shown[marked]);
    else return;
    event.preventDefault();
  });
  filter();
  // On a phone the keyboard would cover the list that was asked for.
  (matchMedia("(pointer: coarse)").matches ? opened.element : field).focus();
}

const SCHEMES = [["", "As the system has it"], ["light", "Light"], ["dark", "Dark"]];

function settings() {
  const { me } = state;
  const open = h("input", { type: "checkbox", role: "switch", class: "switch", id: "dms-open", checked: me.dms_open,
    "aria-describedby": "dms-words" });
  open.addEventListener("change", () => ask("dms", { open: open.checked }).catch((error) => {
    open.checked = !open.checked;
    tell(error, { bad: true });
  }));
  const scheme = document.documentElement.dataset.scheme ?? "";
  dialog({
    title: `Settings of ${me.label}`,
    body: [
      h("div", { class: "who-setting" },
        h("label", { for: "dms-open" }, "Allow direct messages from server members",
          h("span", { class: "small", id: "dms-words" }, "Off: the bot cannot write to this person, and has to cope.")),
        open),
      h("fieldset", { class: "field" },
        h("legend", {}, "Colours"),
        SCHEMES.map(([value, words]) => h("label", { class: "who-scheme" }, h("input", {
          type: "radio", name: "scheme", value, checked: value === scheme, onchange: () => paint(value),
        }), words))),
    ],
    actions: [{ label: "Done", kind: "strong", run: () => true }],
  });
}

function paint(scheme) {
  if (scheme) document.documentElement.dataset.scheme = scheme;
  else delete document.documentElement.dataset.scheme;
  try {
    if (scheme) localStorage.setItem("scheme", scheme);
    else localStorage.removeItem("scheme");
  } catch {
    // a browser that keeps nothing: the choice lasts until the reload
  }
}
