// Commands as text: which are offered for what is typed, and "/jobs subscribe filter: python" read and written.

import { state } from "./app.js";
import { best } from "./ranking.js";

/** The slash commands that this person is offered here, in Discord's order. */
export function slashCommands() {
  return (state.commands ?? []).filter((command) => command.kind === 1);
}

/** Does this text want to be a command? "/etc/hosts is wrong" and "/ and so on" are plain text. */
export function isCommand(text) {
  return /^\/(?:[\p{L}\p{N}_-]{1,32}(?:\s|$)|$)/u.test(text);
}

/** Items for the list above the composer: commands that fit, under their top-level's headings. */
export function offered(text) {
  const found = best(slashCommands(), text.slice(1), (command) => [command.name, command.description]);
  const tops = [...new Set(found.map(top))];
  return tops.flatMap((name) => found.filter((command) => top(command) === name)).map((command) => ({
    command,
    label: `/${command.name}`,
    hint: command.options.map((option) => (option.required ? option.name : `${option.name}?`)).join(" "),
    about: command.description,
    group: tops.length > 1 || command.path.length ? `/${top(command)}${apps() > 1 ? ` · ${command.app}` : ""}` : null,
  }));
}

function top(command) {
  return command.name.split(" ")[0];
}

function apps() {
  return new Set(slashCommands().map((command) => command.app)).size;
}

/**
 * Text as a command: {command, given: {option: {text}}, complete}, or null when there is none of that name. complete:
 * the name is followed by something, and no longer name begins with it. Words before the first "name:" fill the first
 * option that is not given by its name.
 */
export function parse(text) {
  const line = text.replace(/^\//, "").replace(/\s+/g, " ");
  const named = slashCommands().filter(({ name }) => `${line.trim()} `.toLowerCase().startsWith(`${name} `));
  const command = named.sort((a, b) => b.name.length - a.name.length)[0];
  if (!command) return null;
  const longer = slashCommands().some(({ name }) => name.startsWith(`${command.name} `));
  const rest = line.slice(command.name.length);
  return { command, given: read(command, rest.trim()), complete: rest.startsWith(" ") && !(longer && !rest.trim()) };
}

function read(command, text) {
  const names = command.options.map(({ name }) => name).sort((a, b) => b.length - a.length);
  if (!names.length || !text) return {};
  const marks = [...text.matchAll(new RegExp(`(?:^|\\s)(${names.join("|")}):\\s*`, "giu"))];
  const given = {};
  marks.forEach((mark, at) => {
    const words = text.slice(mark.index + mark[0].length, marks[at + 1]?.index).trim();
    given[mark[1].toLowerCase()] = { text: words };
  });
  const before = text.slice(0, marks[0]?.index).trim();
  const first = inOrder(command).find(({ name }) => !given[name]);
  if (before && first) given[first.name] = { text: before };
  return given;
}

/** The command with what was filled in, as text that `parse` reads. given: {option: {text}}. */
export function written(command, given) {
  const filled = command.options.filter(({ name }) => given[name]?.text);
  return [`/${command.name}`, ...filled.map(({ name }) => `${name}: ${given[name].text}`)].join(" ");
}

/** A command's options as they are asked for: needed ones first. */
export function inOrder(command) {
  return command.options.toSorted((a, b) => Number(b.required) - Number(a.required));
}
