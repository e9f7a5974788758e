// @ and # in messages: names while typing, Discord's <@id> and <#id> when sent, and names again when edited.

import { state } from "./app.js";
import { best } from "./ranking.js";

const MOST = 30; // a longer list is no help
const CODE = /(```[^]*?```|`[^`\n]*`)/; // names in code stay as they are

/** What is being completed at the caret: {sigil: "@" | "#", typed, start}, or null. */
export function completing(text, caret) {
  const found = /(?:^|[\s([{"'])([@#])([^\s@#]{0,32})$/.exec(text.slice(0, caret));
  return found && { sigil: found[1], typed: found[2], start: caret - found[2].length - 1 };
}

/** What can be named with this sigil, best first, as items for the list above the composer. */
export function candidates(sigil, typed) {
  const offered = sigil === "#" ? channels() : [...people(), ...roles(), ...everyone()];
  return best(offered, typed, (item) => [item.insert.slice(1), item.label]).slice(0, MOST);
}

/** Names as Discord sends them: "@ana" → "<@12>", "#check-ins" → "<#34>"; what nobody is called stays text. */
export function encode(text) {
  const known = new Map(named().map((item) => [item.insert.toLowerCase(), item.sent]));
  if (!known.size || !/[@#]/.test(text)) return text;
  const names = [...known.keys()].sort((a, b) => b.length - a.length).map(escaped);
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}_<&])(?:${names.join("|")})(?![\\p{L}\\p{N}_-])`, "giu");
  return outsideCode(text, (part) => part.replace(pattern, (name) => known.get(name.toLowerCase())));
}

/** The other way round, for a message that is edited. */
export function decode(text) {
  const known = new Map(named().map((item) => [item.sent, item.insert]));
  const name = (sent) => known.get(sent.replace("!", "")) ?? sent;
  return outsideCode(text, (part) => part.replace(/<(?:@[!&]?|#)\d+>/g, name));
}

function named() {
  return [...people(), ...roles(), ...channels()];
}

function people() {
  return (state.people ?? []).map(({ id, name, label, bot }) => ({
    label,
    hint: bot ? "App" : `@${name}`,
    who: { id, name, label },
    insert: `@${name}`,
    sent: `<@${id}>`,
  }));
}

function roles() {
  const called = (role) => role.name !== "@everyone" && (role.mentionable || state.me?.moderator);
  return (state.roles ?? []).filter(called).map(({ id, name }) => ({
    label: `@${name}`,
    hint: "Role",
    icon: "@",
    insert: `@${name}`,
    sent: `<@&${id}>`,
  }));
}

function everyone() {
  if (!state.me?.moderator) return [];
  const both = [["@everyone", "All members"], ["@here", "All members who are here"]];
  return both.map(([name, hint]) => ({ label: name, hint, icon: "@", insert: name, sent: name }));
}

function channels() {
  return (state.places ?? []).filter((place) => place.kind !== "dm").map(({ id, name, parent_id: parent }) => ({
    label: name,
    hint: parent && `in ${state.places.find((place) => place.id === parent)?.name ?? "a channel"}`,
    icon: "#",
    insert: `#${name}`,
    sent: `<#${id}>`,
  }));
}

function outsideCode(text, change) {
  return text.split(CODE).map((part, at) => (at % 2 ? part : change(part))).join("");
}

function escaped(text) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
