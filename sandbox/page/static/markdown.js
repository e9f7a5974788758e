// Discord's markdown as elements: names for ids, spoilers to press, commands to type, times in the viewer's zone.

import { look, state } from "./app.js";
import { h } from "./dom.js";
import { blocksOf, partsOf } from "./markdown_tree.js";
import { time } from "./times.js";
import { orTell, tell } from "./toast.js";
import { write } from "./writer.js";

/** A text as nodes. context: {people: [user]} for those who are named but have left (a message's `mentions`). */
export function markdown(text, context = {}) {
  return blocksOf(String(text ?? "")).map((block) => blockNode(block, context));
}

/** One line of markdown without blocks: an embed's title, a quoted message. */
export function line(text, context = {}) {
  return nodes(partsOf(String(text ?? "")), context);
}

/** The text alone, without marks and with names for ids. */
export function plainText(text, context = {}) {
  return h("div", {}, markdown(text, context)).textContent;
}

function blockNode(block, context) {
  switch (block.kind) {
    case "heading": return h("div", { class: `md-heading md-heading-${block.level}`, role: "heading",
      "aria-level": block.level + 2 }, nodes(block.parts, context));
    case "small": return h("div", { class: "md-small" }, nodes(block.parts, context));
    case "code block": return h("pre", { class: "md-code", tabindex: 0, "aria-label": "Code" },
      h("code", {}, block.text));
    case "quote": return h("blockquote", { class: "md-quote" }, block.blocks.map((inner) => blockNode(inner, context)));
    case "list": return h(block.ordered ? "ol" : "ul", { class: "md-list", start: block.ordered ? block.start : null },
      block.items.map((item) => h("li", {}, item.map((inner) => blockNode(inner, context)))));
    default: return h("div", { class: "md-text" }, nodes(block.parts, context));
  }
}

const MARKS = { bold: "strong", italic: "em", underline: "u", strike: "s" };

function nodes(parts, context) {
  return parts.map((part) => (typeof part === "string" ? part : node(part, context)));
}

function node(part, context) {
  if (MARKS[part.kind]) return h(MARKS[part.kind], {}, nodes(part.parts, context));
  switch (part.kind) {
    case "code": return h("code", { class: "md-inline" }, part.text);
    case "spoiler": return spoiler(nodes(part.parts, context));
    case "link": return link(part.url, nodes(part.parts, context));
    case "person": return mention(`@${personName(part.id, context)}`, part.id === state.me?.id);
    case "role": return mention(`@${named(state.roles, part.id) ?? "unknown role"}`, mine(part.id));
    case "everyone": return mention(`@${part.name}`, false);
    case "channel": return channel(part.id);
    case "command": return command(part.name);
    case "emoji": return h("span", { class: "md-emoji" }, `:${part.name}:`);
    default: return time(new Date(part.unix * 1000), part.style, "md-time");
  }
}

/** A link that leaves the page; anything but http(s) stays text. */
export function link(url, content, className = "md-link") {
  if (!/^https?:/i.test(url)) return h("span", {}, content);
  return h("a", { class: className, href: url, title: url, target: "_blank", rel: "noreferrer noopener" }, content);
}

function mention(words, me) {
  return h("span", { class: me ? "md-mention md-mention-me" : "md-mention" }, words);
}

function channel(id) {
  const place = state.places?.find((other) => other.id === id);
  if (!place) return mention("#no-access", false);
  return h("button", { type: "button", class: "md-mention md-button", onclick: () => orTell(look({ place: id })) },
    `#${place.name}`);
}

function command(name) {
  return h("button", { type: "button", class: "md-mention md-button", title: "Put it into the composer",
    onclick: () => {
    if (state.place?.can.commands) write(`/${name} `);
    else tell("You can't use commands here.", { bad: true });
  } }, `/${name}`);
}

/** Something hidden until it is pressed. */
export function spoiler(content) {
  const inside = h("span", { class: "md-hidden", "aria-hidden": "true", inert: true }, content);
  const show = (event) => {
    if (event.type === "keydown" && event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    inside.inert = false;
    inside.removeAttribute("aria-hidden");
    cover.classList.add("md-shown");
    for (const name of ["role", "tabindex", "aria-label"]) cover.removeAttribute(name);
    for (const kind of ["click", "keydown"]) cover.removeEventListener(kind, show);
  };
  const cover = h("span", { class: "md-spoiler", role: "button", tabindex: 0, "aria-label": "Spoiler: press to show",
    onclick: show,
    onkeydown: show }, inside);
  return cover;
}

/** A component's emoji: {id, name}; the page has no pictures of a server's own ones, so their name stands. */
export function emoji(one) {
  return one ? h("span", { class: "md-emoji", "aria-hidden": "true" }, one.id ? `:${one.name}:` : one.name) : null;
}

// -- names -----------------------------------------------------------------------------------

function named(list, id) {
  const found = list?.find((one) => one.id === id);
  return found && (found.label ?? found.name).replace(/^@/, "");
}

function personName(id, { people = [] }) {
  const left = people.find((user) => user.id === id);
  return named(state.people, id) ?? left?.global_name ?? left?.username ?? "unknown person";
}

// A role of mine, by name: the view tells people's roles so.
function mine(id) {
  const roles = state.people?.find((person) => person.id === state.me?.id)?.roles ?? [];
  return roles.includes(named(state.roles, id));
}

/** All that the names in this text say now; a message is drawn again when that changed. */
export function namesIn(text) {
  const found = text.match(/<(?:@[!&]?|#)\d+>/g) ?? [];
  return [...new Set(found)].map((code) => {
    const id = /\d+/.exec(code)[0];
    return named(code[1] === "#" ? state.places : code[2] === "&" ? state.roles : state.people, id) ?? "";
  }).join("\n");
}
