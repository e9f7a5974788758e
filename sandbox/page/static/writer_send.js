// A message on its way: what may be sent, how it is sent, what a saved edit does.

import { ask, state } from "./app.js";
import { sure } from "./dialog.js";
import { encode } from "./mentions.js";

export const LONGEST = 2000; // characters of a message
const SILENT = /^@silent(?:\s+|$)/;

/** How many characters are sent: names count as the ids they stand for. */
export function lengthOf(text) {
  return [...encode(text.trim())].length;
}

/** Begins the text with "@silent", which Discord's client takes as "let no device ring"? */
export function isSilent(text) {
  return SILENT.test(text);
}

/** Why this text cannot be sent, in words; null when it can. */
export function tooLong(text) {
  const length = lengthOf(text);
  if (length <= LONGEST) return null;
  return `That is ${length} characters; a message holds ${LONGEST}. Shorten it, or send it in two.`;
}

/** Send a draft {text, reply, files}. */
export function sendDraft({ text, reply, files }) {
  return ask("say", {
    text: encode(text.replace(SILENT, "").trim()),
    files: files.map(({ id }) => id),
    reply_to: reply?.id ?? null,
    silent: isSilent(text),
  });
}

/**
 * Send a command with its options: {answer: OUTCOME}; {words} when it was refused; {} when it failed and a message in
 * the timeline tells so already.
 */
export async function sendCommand({ id, path }, options) {
  try {
    return { answer: await ask("command", { command: id, path, options }) };
  } catch (error) {
    return state.messages.at(-1)?.failed === error.message ? {} : { words: error.message };
  }
}

/** Save a changed message; an empty one asks whether to delete it. Answers whether the edit is over. */
export async function saveEdit(message, text) {
  const changed = encode(text.trim());
  if (changed === message.content) return true;
  if (changed || message.attachments?.length) {
    await ask("edit", { message: message.id, text: changed });
    return true;
  }
  return deleteMessage(message);
}

/** Delete a message after asking; answers whether it was deleted. */
export async function deleteMessage(message) {
  const words = "It is gone for everyone. This cannot be undone.";
  if (!(await sure({ title: "Delete this message?", words }))) return false;
  await ask("delete", { message: message.id });
  return true;
}

/** Did I write this by hand, so that I may change it? */
export function canEdit(message) {
  return Boolean(message.mine && [0, 19].includes(message.type) && !message.private && !message.failed);
}
