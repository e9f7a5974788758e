// The fields of an app's form, each {custom_id, value(), check(), focus()}; check() tells at the field what is wrong.

import { h, swap } from "./dom.js";
import { markdown } from "./markdown.js";
import { defaults, menu, range } from "./selects.js";
import { tell } from "./toast.js";
import { chips, forget, pickFiles, refusal, upload } from "./uploads.js";

const ROW = 1;
const TEXT_INPUT = 4;
const TEXT = 10;
const LABEL = 18;
const FILES = 19;
const RADIO = 21;
const CHECKBOXES = 22;
const CHECKBOX = 23;
const LONGEST = 4000; // characters of a text field, unless it says fewer
const PARAGRAPH = 2;

let made = 0;

/** A form's fields, and the nodes to show. remembered: custom_id → value, in place of the prefill. */
export function fieldsOf(components, remembered) {
  const fields = [];
  const nodes = components.map((one) => {
    if (one.type === TEXT) return h("div", { class: "form-text" }, markdown(one.content));
    const control = one.type === LABEL ? one.component : one.type === ROW ? one.components[0] : one;
    const label = one.label ?? control.label ?? "";
    const about = { label, description: one.description, remembered: remembered[control.custom_id] };
    const field = (KINDS[control.type] ?? chosen)(control, about);
    fields.push(field);
    return field.node;
  });
  return { nodes, fields };
}

const KINDS = { [TEXT_INPUT]: typed, [RADIO]: radio, [CHECKBOXES]: boxes, [CHECKBOX]: box, [FILES]: files };

function optional(control) {
  return control.required === false;
}

/**
 * The frame of a field. group: the control is several, so its words are a legend. wrong(): words, or "".
 * answers the field without its value(); watch() is to be called after each change.
 */
function frame(control, { label, description }, { id, group = false, content, wrong, focus, value }) {
  const error = h("p", { class: "field-error", id: `${id}-error`, role: "alert" });
  const about = description ? h("p", { class: "small form-about", id: `${id}-about` }, description) : null;
  const words = [label, optional(control) ? h("span", { class: "small form-optional" }, " optional") : null];
  const node = h(group ? "fieldset" : "div", { class: "field form-field", id: `${id}-field`,
    "aria-describedby": group ? described(id, about) : null },
  h(group ? "legend" : "label", { for: group ? null : id, id: `${id}-label` }, words), about, content, error);
  let shown = false;

  function check() {
    shown = true;
    const told = wrong();
    error.textContent = told;
    for (const each of node.querySelectorAll("input:not([type=file]), textarea, .select, .form-add")) {
      if (told) each.setAttribute("aria-invalid", "true");
      else each.removeAttribute("aria-invalid");
    }
    return told;
  }

  return { custom_id: control.custom_id, node, check, value, focus, watch: () => shown && check() };
}

function described(id, about) {
  return [about ? `${id}-about` : null, `${id}-error`].filter(Boolean).join(" ");
}

function nextId() {
  return `form-${(made += 1)}`;
}

// -- texts ---------------------------------------------------------------------------------------

function typed(control, about) {
  const id = nextId();
  const long = control.style === PARAGRAPH;
  const { min_length: min, max_length: max } = control;
  const input = h(long ? "textarea" : "input", {
    id, class: long ? "form-area" : null, type: long ? null : "text", rows: long ? 5 : null,
    placeholder: control.placeholder,
    value: about.remembered ?? control.value ?? "", required: !optional(control), autocomplete: "off",
    "aria-describedby": `${described(id, about.description)} ${id}-count`, oninput: () => changed(),
  });
  const counter = h("span", { class: "small form-count", id: `${id}-count` });
  const length = () => [...input.value].length;

  function wrong() {
    if (!length()) return optional(control) ? "" : "Fill this in.";
    if (length() < (min ?? 0)) return `At least ${characters(min)}, not ${length()}.`;
    if (length() > (max ?? LONGEST)) return `At most ${characters(max ?? LONGEST)}, not ${length()}.`;
    return "";
  }

  function changed() {
    counter.textContent = max || min ? `${length()}${max ? ` of ${max}` : ""}${min ? `, at least ${min}` : ""}` : "";
    counter.classList.toggle("form-over", length() > (max ?? LONGEST));
    field.watch();
  }

  const field = frame(control, about, {
    id, content: [input, counter], wrong, focus: () => input.focus(), value: () => input.value,
  });
  changed();
  return field;
}

function characters(many) {
  return many === 1 ? "1 character" : `${many} characters`;
}

// -- choices -------------------------------------------------------------------------------------

function chosen(control, about) {
  const id = nextId();
  const min = control.min_values ?? 1;
  const least = optional(control) ? 0 : min;
  const { element, values } = menu(control, {
    id, label: about.label, least, chosen: about.remembered ?? defaults(control), onchange: () => field.watch(),
    attributes: { "aria-describedby": described(id, about.description) },
  });
  const wrong = () => {
    const many = values().length;
    return many >= min || (!many && !least) ? "" : missing(min, control.max_values ?? 1);
  };
  const field = frame(control, about, { id, content: element, wrong, focus: () => element.focus(), value: values });
  return field;
}

function missing(min, max) {
  return max === 1 ? "Choose one." : `Too few: ${range(min, max)}.`;
}

function radio(control, about) {
  const id = nextId();
  const start = about.remembered === undefined
    ? control.options.find((option) => option.default)?.value
    : about.remembered;
  const watch = () => field.watch();
  const inputs = control.options.map((option) => tick(option, id, "radio", option.value === start, watch));
  const value = () => inputs.find(({ input }) => input.checked)?.value ?? null;
  const field = frame(control, about, {
    id, group: true, content: h("div", { class: "form-choices" }, inputs.map(({ node }) => node)), value,
    wrong: () => (value() === null && !optional(control) ? "Choose one." : ""), focus: () => inputs[0].input.focus(),
  });
  return field;
}

function boxes(control, about) {
  const id = nextId();
  const start = about.remembered ?? control.options.filter((option) => option.default).map((option) => option.value);
  const watch = () => field.watch();
  const inputs = control.options.map((option) => tick(option, id, "checkbox", start.includes(option.value), watch));
  const value = () => inputs.filter(({ input }) => input.checked).map((one) => one.value);
  const min = control.min_values ?? 1;
  const max = control.max_values ?? control.options.length;
  const wrong = () => {
    const many = value().length;
    if (!many && optional(control)) return "";
    if (many < min) return missing(min, max);
    return many > max ? `Too many: at most ${max}.` : "";
  };
  const field = frame(control, about, {
    id, group: true, content: h("div", { class: "form-choices" }, inputs.map(({ node }) => node)), value, wrong,
    focus: () => inputs[0].input.focus(),
  });
  return field;
}

function tick(option, id, type, checked, onchange) {
  const own = nextId();
  const input = h("input", { type, id: own, name: id, checked, onchange,
    "aria-describedby": option.description ? `${own}-about` : null });
  const node = h("div", { class: "form-choice" }, input, h("label", { for: own }, option.label),
    option.description ? h("p", { class: "small", id: `${own}-about` }, option.description) : null);
  return { node, input, value: option.value };
}

function box(control, about) {
  const id = nextId();
  const input = h("input", { type: "checkbox", id, checked: about.remembered ?? Boolean(control.default),
    "aria-describedby": described(id, about.description) });
  const field = frame({ ...control, required: true }, about, {
    id, content: input, wrong: () => "", focus: () => input.focus(), value: () => input.checked,
  });
  field.node.classList.add("form-single");
  return field;
}

// -- files ---------------------------------------------------------------------------------------

function files(control, about) {
  const id = nextId();
  const most = control.max_values ?? 1;
  const least = optional(control) ? 0 : Math.max(control.min_values ?? 1, 1);
  let list = [];
  let underway = false;
  const shelf = h("div", {});
  const add = h("button", { type: "button", class: "button form-add", id,
    "aria-describedby": described(id, about.description),
    onclick: choose });

  async function choose() {
    const picked = await pickFiles({ most: most - list.length });
    const refused = refusal(picked, list.length, most);
    if (refused) return tell(refused, { bad: true });
    underway = true;
    draw();
    const sent = await Promise.allSettled(picked.map((file) => upload(file)));
    underway = false;
    for (const { reason } of sent) if (reason) tell(reason, { bad: true });
    list = [...list, ...sent.filter(({ value }) => value).map(({ value }) => value)];
    draw();
    field.watch();
    return (add.hidden ? shelf.querySelector("button") : add).focus();
  }

  function remove(one) {
    forget(one);
    list = list.filter((other) => other !== one);
    draw();
    add.focus();
  }

  function draw() {
    swap(shelf, chips(list, remove));
    swap(add, underway ? "Uploading…" : most === 1 ? "Choose a file" : `Choose files, up to ${most}`);
    add.disabled = underway;
    add.hidden = list.length >= most;
  }

  const wrong = () => {
    if (underway) return "A file is still on its way. Submit when it has arrived.";
    if (list.length < least) return least === 1 ? "Add a file." : `Add at least ${least} files.`;
    return "";
  };
  const field = frame(control, about, {
    id, group: true, content: [shelf, add], wrong, value: () => list.map((one) => one.id),
    focus: () => (add.hidden ? shelf.querySelector("button") : add).focus(),
  });
  draw();
  return field;
}
