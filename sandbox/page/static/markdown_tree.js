// Discord's markdown as a tree: text in, plain objects out. Pure; whatever comes in, something comes out.
// Blocks: {kind: "text" | "small", parts}, {kind: "heading", level, parts}, {kind: "code block", language, text},
// {kind: "quote", blocks}, {kind: "list", ordered, start, items: [blocks]}. Parts are listed at `RULES`.

const DEEPEST = 8; // marks within marks; further ones stay as they were typed

/** The blocks of a text. */
export function blocksOf(text, depth = 0, quoted = false) {
  const blocks = [];
  let rest = text;
  while (rest) {
    const [block, length] = blockAt(rest, depth, quoted);
    blocks.push(block);
    rest = rest.slice(length);
  }
  return joined(blocks);
}

function blockAt(text, depth, quoted) {
  let found;
  if (!quoted && depth < DEEPEST) {
    if (text.startsWith(">>> ")) return [{ kind: "quote", blocks: blocksOf(text.slice(4), depth + 1, true) },
      text.length];
    found = /^(?:> [^\n]*(?:\n|$))+/.exec(text);
    if (found) return [{ kind: "quote", blocks: blocksOf(trimmed(found[0].replace(/^> /gm, "")), depth + 1, true) },
      found[0].length];
  }
  found = /^(#{1,3}) +([^\n]*\S[^\n]*)(?:\n|$)/.exec(text);
  if (found) return [{ kind: "heading", level: found[1].length, parts: partsOf(found[2].trim(), depth) },
    found[0].length];
  found = /^-# +([^\n]*\S[^\n]*)(?:\n|$)/.exec(text);
  if (found) return [{ kind: "small", parts: partsOf(found[1].trim(), depth) }, found[0].length];
  const code = codeAt(text);
  if (code) return code;
  if (depth < DEEPEST && ITEM.test(text)) return listAt(text, depth);
  const length = lineLength(text);
  return [{ kind: "text", raw: text.slice(0, length), depth }, length];
}

function codeAt(text) {
  const end = text.startsWith("```") ? text.indexOf("```", 3) : -1;
  const [, language = "", inner] = /^(?:([\w+#.-]+)\n)?\n*([^]*)$/.exec(text.slice(3, Math.max(end, 3)));
  if (!inner.trim()) return null;
  return [{ kind: "code block", language, text: inner.replace(/\n+$/, "") }, end + (text[end + 3] === "\n" ? 4 : 3)];
}

// A line of plain text ends at its newline, or where a code block begins in it.
function lineLength(text) {
  const line = text.indexOf("\n") + 1 || text.length;
  const fence = text.indexOf("```", 1);
  const fenced = fence > 0 && fence < line && text[fence - 1] !== "\\" && text.indexOf("```", fence + 3) > 0;
  return fenced ? fence : line;
}

// Marks may run over several lines, so neighbouring lines are read together. The last newline is the block's own.
function joined(blocks) {
  const together = [];
  for (const block of blocks) {
    const last = together.at(-1);
    if (block.kind === "text" && last?.kind === "text") last.raw += block.raw;
    else together.push(block);
  }
  return together
    .map((block) => (block.kind === "text" ? { kind: "text", parts: partsOf(trimmed(block.raw), block.depth) } : block))
    .filter((block) => block.kind !== "text" || block.parts.length);
}

function trimmed(text) {
  return text.replace(/\n$/, "");
}

// -- lists ---------------------------------------------------------------------------------------

const ITEM = /^( {0,20})([-*]|\d{1,9}\.) +(?=\S)/;

function listAt(text, depth) {
  const lines = [];
  let length = 0;
  for (const line of text.split("\n")) {
    const item = ITEM.exec(line);
    if (!item && !(lines.length && /^ {2,}\S/.test(line))) break;
    lines.push({ line, item });
    length += line.length + 1;
  }
  return [listOf(lines, depth), Math.min(length, text.length)];
}

function listOf(lines, depth) {
  const { item: first } = lines[0];
  const ordered = first[2].endsWith(".");
  const list = { kind: "list", ordered, start: ordered ? Number.parseInt(first[2], 10) : 1, items: [] };
  const deeper = [];
  const close = () => {
    if (deeper.length) list.items.at(-1).push(listOf(deeper.splice(0), depth + 1));
  };
  for (const entry of lines) {
    const inner = entry.item && entry.item[1].length > first[1].length + 1 && list.items.length && depth < DEEPEST;
    if (inner || (!entry.item && deeper.length)) {
      deeper.push(entry);
    } else if (entry.item) {
      close();
      list.items.push([{ kind: "text", parts: partsOf(entry.line.slice(entry.item[0].length), depth + 1) }]);
    } else {
      list.items.at(-1)[0].parts.push("\n", ...partsOf(entry.line.trim(), depth + 1));
    }
  }
  close();
  return list;
}

// -- parts of a line -----------------------------------------------------------------------------

const URL_IN_TEXT = /^https?:\/\/[^\s<>]+/;
const WORDS = String.raw`((?:\[[^\[\]]*\]|\\[^]|[^\[\]\\])+)`; // brackets inside must be in pairs
const ADDRESS = String.raw`(https?:\/\/(?:\([^\s()<>]*\)|[^\s()<>])+)`; // so must parentheses
const MASKED = new RegExp(String.raw`^\[${WORDS}\]\( *<?${ADDRESS}>?(?: +(?:"[^"\n]*"|'[^'\n]*'))? *\)`);

/** The first rule that fits at a position wins. Each: [first letter, pattern, found → part]; a string is text. */
const RULES = [
  ["\\", /^\\([^0-9A-Za-z\s])/, ([, letter]) => letter],
  ["<", /^<(https?:\/\/[^\s<>]+)>/, ([, url]) => ({ kind: "link", url, parts: [url] })],
  ["<", /^<@!?(\d{1,20})>/, ([, id]) => ({ kind: "person", id })],
  ["<", /^<@&(\d{1,20})>/, ([, id]) => ({ kind: "role", id })],
  ["<", /^<#(\d{1,20})>/, ([, id]) => ({ kind: "channel", id })],
  ["<", /^<\/([^\n:<>]{1,100}):(\d{1,20})>/, ([, name, id]) => ({ kind: "command", name, id })],
  ["<", /^<a?:(\w{2,32}):(\d{1,20})>/, ([, name]) => ({ kind: "emoji", name })],
  ["<", /^<t:(-?\d{1,13})(?::([tTdDfFsSR]))?>/,
    ([, unix, style]) => ({ kind: "time", unix: Number(unix), style: style ?? "f" })],
  ["@", /^@(everyone|here)\b/, ([, name]) => ({ kind: "everyone", name })],
  ["h", URL_IN_TEXT, bareLink],
  ["[", MASKED, ([, words, url], depth) => ({ kind: "link", url, parts: partsOf(words, depth, true) })],
  ["`", /^(`+)(?!`)([^]*?[^`])\1(?!`)/,
    ([, , text]) => ({ kind: "code", text: text.replace(/^ (?=`)|(?<=`) $/g, "") })],
  ["|", /^\|\|([^]+?)\|\|/, nested("spoiler")],
  ["*", /^\*\*\*(?=\S)((?:\\[^]|[^*\\])+?)\*\*\*(?!\*)/, ([, inner], depth, linked) => ({
    kind: "italic", parts: [{ kind: "bold", parts: partsOf(inner, depth, linked) }] })],
  ["*", /^\*\*((?:\\[^]|[^\\])+?)\*\*(?!\*)/, nested("bold")],
  ["_", /^__((?:\\[^]|[^\\])+?)__(?!_)/, nested("underline")],
  ["~", /^~~((?:\\[^]|[^\\])+?)~~(?!~)/, nested("strike")],
  ["*", /^\*(?=\S)((?:\*\*|\\[^]|[^*\\])*?(?:\*\*|\\[^]|[^*\\\s]))\*(?!\*)/, nested("italic")],
  ["_", /^_((?:__|\\[^]|[^_\\])+?)_(?![\p{L}\p{N}_])/u, nested("italic")],
];

function nested(kind) {
  return ([, inner], depth, linked) => ({ kind, parts: partsOf(inner, depth, linked) });
}

// What ends a sentence is no part of the address, and neither is a bracket that was opened before it.
function bareLink([address]) {
  let url = address;
  while (/[.,:;!?"'\]]$/.test(url) || (url.endsWith(")") && count(url, ")") > count(url, "("))) url = url.slice(0, -1);
  return /^https?:\/\/./.test(url) ? { kind: "link", url, parts: [url], length: url.length } : null;
}

function count(text, letter) {
  return text.split(letter).length - 1;
}

/** The parts of a text: strings, and {kind, parts | id | …}. linked: inside a link, where no further one begins. */
export function partsOf(text, depth = 0, linked = false) {
  if (depth >= DEEPEST) return text ? [text] : [];
  const parts = [];
  let plain = "";
  for (let at = 0; at < text.length;) {
    const found = startsMark(text, at) ? partAt(text, at, depth + 1, linked) : null;
    if (found && typeof found.part !== "string") {
      if (plain) parts.push(plain);
      parts.push(found.part);
      plain = "";
    } else {
      plain += found ? found.part : text[at];
    }
    at += found ? found.length : 1;
  }
  return plain ? [...parts, plain] : parts;
}

function startsMark(text, at) {
  const letter = text[at];
  if (letter === "h") return text.startsWith("http", at) && !/\w/.test(text[at - 1] ?? "");
  if (letter === "_") return text[at + 1] === "_" || !/[\p{L}\p{N}]/u.test(text[at - 1] ?? "");
  return "\\<@[`|*~".includes(letter);
}

function partAt(text, at, depth, linked) {
  const rest = text.slice(at);
  for (const [first, pattern, make] of RULES) {
    if (rest[0] !== first || (linked && (first === "[" || first === "h"))) continue;
    const found = pattern.exec(rest);
    const part = found && make(found, depth, linked);
    if (part) return { part, length: part.length && typeof part !== "string" ? part.length : found[0].length };
  }
  const passed = /^(?:`+|[^])/.exec(rest)[0]; // "``" that opens nothing must not be tried again as "`"
  return { part: passed, length: passed.length };
}
