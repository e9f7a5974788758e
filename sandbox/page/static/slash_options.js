// A chosen command in the composer: its name, a field for each option, and chips for the options left out.

import { ask } from "./app.js";
import { h, swap } from "./dom.js";
import { field } from "./slash_fields.js";
import { inOrder, written } from "./slash_text.js";
import { aboutOption, ATTACHMENT, kindWords } from "./slash_values.js";

/**
 * The form of one command: {command, element}.
 * given: {option: {text, picked?, upload?}}. does: {shelf, sendButton, send(): Enter in the last field,
 * leave(): Escape, the cross, or Backspace at an empty beginning, onchange()}.
 */
export class CommandForm {
  #fields = [];
  #row = h("div", { class: "slash-fields" });
  #more = h("div", { class: "slash-more" });
  #does;

  constructor(command, given, does) {
    this.command = command;
    this.#does = does;
    const label = `Command /${command.name}`;
    const onkeydown = (event) => this.#keys(event);
    this.element = h("div", { class: "slash", role: "group", "aria-label": label, onkeydown },
      head(command, does.leave), this.#row, this.#more);
    for (const option of inOrder(command)) {
      if (option.required || given[option.name]) this.#add(option, given[option.name]);
    }
    this.#drawMore();
  }

  focus() {
    (this.#fields.find((one) => one.empty()) ?? this.#fields.at(-1) ?? this.#does.sendButton).focus();
  }

  /** What is filled in, to build the same form again. */
  given() {
    return Object.fromEntries(this.#fields.map((one) => [one.option.name, one.given()]));
  }

  /** The command as text that can be parsed again. */
  text() {
    return written(this.command, this.given());
  }

  /** The options to send, {name: value}; null when words are shown at a field, which then has the focus. */
  read() {
    const found = this.#fields.map((one) => ({ one, ...one.read() }));
    found.find(({ words }) => words)?.one.focus();
    return found.some(({ words }) => words) ? null : valuesOf(found);
  }

  /** Pasted or dropped files go into the first empty file field, or an optional one added for them; false: no room. */
  take(files) {
    const spare = this.#missing().find(({ type }) => type === ATTACHMENT);
    const one = this.#fields.find((each) => each.take && each.empty()) ?? (spare && this.#add(spare));
    if (!one) return false;
    this.#drawMore();
    one.take(files);
    return true;
  }

  #add(option, given) {
    const { shelf, onchange } = this.#does;
    const complete = (typing, text) => this.#complete(typing, text);
    const one = field(option, given, { shelf, onchange, complete, onpick: (each) => this.#next(each) });
    this.#fields.push(one);
    this.#row.append(one.element);
    return one;
  }

  #missing() {
    return this.command.options.filter((option) => !this.#fields.some((one) => one.option === option));
  }

  #drawMore() {
    const left = this.#missing();
    this.#more.hidden = !left.length;
    swap(this.#more, left.map((option) => chip(option, () => {
      const one = this.#add(option);
      this.#drawMore();
      one.focus();
    })));
  }

  #remove(one) {
    const at = this.#fields.indexOf(one);
    this.#fields.splice(at, 1);
    one.element.remove();
    this.#drawMore();
    this.#does.onchange();
    (this.#fields[at - 1] ?? this.#does.sendButton).focus();
  }

  // After a choice: on to the next field; at the end the focus stays, and Enter sends.
  #next(one) {
    (this.#fields[this.#fields.indexOf(one) + 1] ?? (one.take ? this.#does.sendButton : one)).focus();
  }

  #keys(event) {
    if (event.isComposing) return;
    const one = this.#fields.find((each) => each.element.contains(event.target));
    const typing = event.target.matches("input");
    if (typing && this.#does.shelf.key(event)) return;
    if (event.key === "Escape") this.#does.leave();
    else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.#does.send();
    else if (event.key === "Enter" && typing) this.#enter(one);
    else if (event.key === "Backspace" && one?.empty()) this.#backspace(one);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #enter(one) {
    if (one === this.#fields.at(-1)) this.#does.send();
    else this.#next(one);
  }

  #backspace(one) {
    const at = this.#fields.indexOf(one);
    if (at === 0) this.#does.leave();
    else if (one.option.required) this.#fields[at - 1].focus();
    else this.#remove(one);
  }

  async #complete(option, text) {
    const others = this.#fields.filter((one) => one.option !== option).map((one) => ({ one, ...one.value() }));
    const { choices } = await ask("autocomplete", {
      command: this.command.id,
      path: this.command.path,
      options: { ...valuesOf(others), [option.name]: text },
      focused: option.name,
    });
    return choices;
  }
}

function valuesOf(found) {
  const filled = found.filter(({ value }) => value !== undefined);
  return Object.fromEntries(filled.map(({ one, value }) => [one.option.name, value]));
}

function head(command, leave) {
  const looks = "button button-quiet button-icon slash-leave";
  return h("div", { class: "slash-head" },
    h("span", { class: "slash-name" }, `/${command.name}`),
    h("span", { class: "slash-about small" }, command.description),
    h("button", { type: "button", class: looks, "aria-label": "Leave the command", onclick: leave }, "✕"));
}

function chip(option, onclick) {
  const label = `Add ${option.name}: ${aboutOption(option) ?? kindWords(option)}`;
  return h("button", { type: "button", class: "chip slash-add", "aria-label": label, onclick },
    `+ ${option.name}`, h("span", { class: "slash-add-about" }, aboutOption(option)));
}
