// Elements without markup: text is only ever set as text, so nothing that a bot or a person writes can become code.

/**
 * h("button", {class: "quiet", onclick: go, "aria-label": "Close", dataset: {id: 1}}, "Close", icon)
 * Attributes: on… is a listener; null, undefined and false are left out; true is an empty attribute; value, checked,
 * disabled, selected, hidden are set as properties. Children: nodes, texts, arrays; null and false are left out.
 */
export function h(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** The same for an SVG element. */
export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

/** Put these children in place of all that an element holds. */
export function swap(element, ...children) {
  element.replaceChildren(...nodes(children));
  return element;
}

/** As swap, and the focus stays on the child with the same data-key when the one that had it is drawn anew. */
export function redraw(element, ...children) {
  const held = element.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
  swap(element, ...children);
  if (held !== undefined) element.querySelector(`[data-key="${CSS.escape(held)}"]`)?.focus({ preventScroll: true });
  return element;
}

const PROPERTIES = new Set(["value", "checked", "disabled", "selected", "hidden", "indeterminate", "open"]);

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "dataset") Object.assign(element.dataset, value);
    else if (PROPERTIES.has(name)) element[name] = value;
    else if (value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...nodes(children));
  return element;
}

function nodes(children) {
  return children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false);
}
