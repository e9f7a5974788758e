// One option of a command as a field: typed, chosen from a list, completed by the app, or a file.

import { h, swap } from "./dom.js";
import { best } from "./ranking.js";
import { chips, chooseFiles, forget, refusal, upload } from "./uploads.js";
import { aboutOption, ATTACHMENT, INTEGER, kindWords, listOf, NUMBER, valueOf } from "./slash_values.js";

const PAUSE = 150; // ms without a key before the app is asked for suggestions
const MOST = 50; // items in a list; typing finds the others

/**
 * A field: {option, element, focus(), empty(), given(), value(), read()}; one for a file has take(files) as well.
 * given: {text, picked} or {upload} to begin with, and what given() answers. value(): {value}, {} or {words};
 * read(): the same, and the words are shown at the field. does: {shelf, complete(option, text): asks the app for
 * [{name, value}], onchange(): after each key, onpick(field): after a choice}.
 */
export function field(option, given, does) {
  return new (option.type === ATTACHMENT ? FileField : TextField)(option, given ?? {}, does);
}

class Field {
  #words;

  constructor(option, control, does) {
    const { id } = control;
    this.option = option;
    this.does = does;
    this.control = control;
    this.#words = h("p", { class: "field-error", id: `${id}-error`, role: "alert" });
    control.setAttribute("aria-describedby", `${id}-about ${id}-error`);
    this.pill = h("div", { class: "slash-pill" },
      h("label", { class: "slash-label", for: id }, option.name,
        option.required ? h("span", { class: "visually-hidden" }, ", needed") : null),
      control);
    this.element = h("div", { class: "slash-field" },
      this.pill,
      h("p", { class: "visually-hidden", id: `${id}-about` }, `${aboutOption(option) ?? ""} (${kindWords(option)})`),
      this.#words);
  }

  read() {
    const found = this.value();
    this.say(found.words);
    return found;
  }

  say(words) {
    swap(this.#words, words ?? "");
    this.element.classList.toggle("slash-wrong", Boolean(words));
    if (words) this.control.setAttribute("aria-invalid", "true");
    else this.control.removeAttribute("aria-invalid");
  }
}

class TextField extends Field {
  #picked;
  #timer = null;
  #asked = 0;

  constructor(option, given, does) {
    super(option, input(option, given.text ?? ""), does);
    const { control } = this;
    this.#picked = given.picked ?? null;
    control.addEventListener("input", () => this.#changed());
    control.addEventListener("focus", () => this.#suggest());
    control.addEventListener("click", () => does.shelf.owner !== control && this.#suggest());
    control.addEventListener("blur", () => does.shelf.owner === control && does.shelf.hide());
  }

  focus() {
    this.control.focus();
    this.control.select();
  }

  empty() {
    return !this.control.value;
  }

  given() {
    const text = this.control.value;
    return { text, picked: this.#picked?.text === text ? this.#picked : undefined };
  }

  value() {
    return valueOf(this.option, this.control.value, this.#picked);
  }

  #changed() {
    this.say(null);
    this.does.onchange();
    this.#suggest();
  }

  #suggest() {
    if (this.option.autocomplete) {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#fetch(), PAUSE);
      return;
    }
    const list = listOf(this.option);
    if (!list) return;
    const { text, picked } = this.given();
    const typed = picked ? "" : text.replace(/^[@#]/, ""); // after a choice the whole list is offered again
    this.#offer(best(list, typed, (item) => [item.label, item.text]).slice(0, MOST), "Nothing in the list fits that.");
  }

  async #fetch() {
    if (document.activeElement !== this.control) return;
    const mine = (this.#asked += 1);
    const current = () => mine === this.#asked && document.activeElement === this.control;
    if (this.does.shelf.owner !== this.control) this.#offer([], "Loading options…");
    try {
      const choices = await this.does.complete(this.option, this.control.value);
      if (!current()) return;
      const items = choices.map(({ name, value }) => ({ label: name, value, text: name }));
      this.#offer(items, "No suggestions. What you typed is sent.");
    } catch {
      if (current()) this.#offer([], "Loading options failed. You can still type it yourself.");
    }
  }

  #offer(items, otherwise) {
    this.does.shelf.show(this.control, {
      title: this.option.name,
      items,
      words: items.length ? aboutOption(this.option) : otherwise,
      first: Boolean(this.control.value.trim() || this.option.required),
      choose: (item) => this.#choose(item),
    });
  }

  #choose({ text, value }) {
    this.#picked = { text, value };
    this.control.value = text;
    this.#asked += 1; // an answer that is still on its way is for older text
    clearTimeout(this.#timer);
    this.does.shelf.hide();
    this.say(null);
    this.does.onchange();
    this.does.onpick(this);
  }
}

function input(option, value) {
  const listed = option.autocomplete || listOf(option);
  return h("input", {
    id: `slash-${option.name}`,
    class: "slash-input",
    type: "text",
    autocomplete: "off",
    spellcheck: listed ? "false" : null,
    inputmode: { [INTEGER]: "numeric", [NUMBER]: "decimal" }[option.type],
    placeholder: aboutOption(option) ?? kindWords(option),
    value,
    role: listed ? "combobox" : null,
    "aria-autocomplete": listed ? "list" : null,
    "aria-expanded": listed ? "false" : null,
    "aria-required": option.required ? "true" : null,
  });
}

class FileField extends Field {
  #one;
  #place = h("div", { class: "slash-files" });

  constructor(option, given, does) {
    const id = `slash-${option.name}`;
    const button = h("button", { id, type: "button", class: "button slash-file" }, "Choose file");
    super(option, button, does);
    this.#one = given.upload ?? null;
    this.pill.append(this.#place);
    button.addEventListener("click", async () => this.#put((await chooseFiles({ most: 1 }))[0]));
    this.#draw();
  }

  focus() {
    (this.#place.querySelector("button") ?? this.control).focus();
  }

  empty() {
    return !this.#one;
  }

  given() {
    return { text: "", upload: this.#one };
  }

  value() {
    if (this.#one) return { value: this.#one.id };
    return this.option.required ? { words: "A file is needed here." } : {};
  }

  async take(files) {
    const words = refusal(files, 0, 1);
    if (words) return this.say(words);
    try {
      return this.#put(await upload(files[0]));
    } catch (error) {
      return this.say(error.message);
    }
  }

  #put(upload) {
    if (!upload) return this.control.focus();
    if (this.#one) forget(this.#one);
    this.#one = upload;
    this.#changed();
    return this.does.onpick(this);
  }

  #remove() {
    forget(this.#one);
    this.#one = null;
    this.#changed();
    this.control.focus();
  }

  #changed() {
    this.say(null);
    this.#draw();
    this.does.onchange();
  }

  #draw() {
    this.control.hidden = Boolean(this.#one);
    swap(this.#place, chips(this.#one ? [this.#one] : [], () => this.#remove()));
  }
}
