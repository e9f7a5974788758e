// Messages that Discord itself writes: somebody pinned, joined, started a thread. Told in words.

import { look, state } from "./app.js";
import { h } from "./dom.js";
import { orTell } from "./toast.js";

const JOIN_THREAD = 1;
const LEAVE_THREAD = 2;
const RENAME = 4;
const PIN = 6;
const WELCOME = 7;
const THREAD = 18;

/** {parts, drawing} of a message that is told in words after its author's name; null for one that somebody wrote. */
export function systemWords(message) {
  return WORDS[message.type]?.(message) ?? null;
}

const WORDS = {
  [JOIN_THREAD]: (message) => ({ drawing: "people", parts: ["added ", whom(message), " to the thread."] }),
  [LEAVE_THREAD]: (message) => ({ drawing: "people", parts: ["removed ", whom(message), " from the thread."] }),
  [RENAME]: ({ content }) => ({ drawing: "text", parts: ["changed the name to ", h("strong", {}, content), "."] }),
  [PIN]: (message) => ({ drawing: "pin", parts: ["pinned ", toMessage(message), " here."] }),
  [WELCOME]: () => ({ drawing: "people", parts: ["joined."] }),
  [THREAD]: (message) => ({ drawing: "thread", parts: ["started a thread: ", toThread(message)] }),
};

function whom({ mentions = [] }) {
  const [user] = mentions;
  const known = state.people?.find((person) => person.id === user?.id);
  return h("strong", {}, known?.label ?? user?.global_name ?? user?.username ?? "somebody");
}

function toMessage({ message_reference: reference }) {
  if (!reference) return "a message";
  return h("button", { type: "button", class: "message-link",
    onclick: (event) => goTo(event.currentTarget, reference.message_id) }, "a message");
}

/** Ask the timeline that this element is in to go to a message. */
export function goTo(element, id) {
  element.dispatchEvent(new CustomEvent("reveal", { bubbles: true, detail: id }));
}

function toThread({ content, message_reference: reference }) {
  if (!reference) return h("strong", {}, content);
  return h("button", { type: "button", class: "message-link",
    onclick: () => orTell(look({ place: reference.channel_id })) }, content);
}
