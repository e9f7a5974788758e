// One message: who, when, what they said, what an app built, reactions, and what can be done with it.

import { messageActions, personActions } from "./actions.js";
import { ask, look, state } from "./app.js";
import { components } from "./components.js";
import { h } from "./dom.js";
import { embed } from "./embeds.js";
import { pickEmoji } from "./emoji.js";
import { face } from "./face.js";
import { attachments } from "./files.js";
import { icon } from "./icons.js";
import { markdown, namesIn, plainText } from "./markdown.js";
import { popup } from "./menu.js";
import { failureOf } from "./press.js";
import { goTo, systemWords } from "./system.js";
import { time } from "./times.js";
import { orTell } from "./toast.js";

const REPLY = 19;
const COMMAND_ANSWER = 20;
const STARTER = 21;
const CHAT = 1; // a slash command; the others are entries of context menus
const GROUPED_MS = 7 * 60_000; // messages of one author within this time stand under one name
const EXCERPT = 120; // characters of a message that is answered

/** Everything that a drawn message depends on, as one string: it is drawn again only when this changed. */
export function markOf(message, follows) {
  const text = JSON.stringify(message);
  const author = authorOf(message);
  return [text, follows, namesIn(text), author.label, state.place?.can.react].join("\n");
}

/** Does this message stand under the name of the one before it? */
export function followsOn(message, before) {
  if (!before || before.author?.id !== message.author?.id || !message.author) return false;
  if (message.type !== 0 || before.private !== message.private
    || ![0, REPLY, COMMAND_ANSWER].includes(before.type)) return false;
  return Date.parse(message.timestamp) - Date.parse(before.timestamp) < GROUPED_MS;
}

/** Who wrote it, as the page knows them now: {id, name, label, bot}. An answer that never came is the app's. */
export function authorOf({ author, by_app: bot }) {
  if (!author) return { ...(state.server?.app ?? { id: "0", name: "app", label: "App" }), bot: true };
  const known = state.people?.find((person) => person.id === author.id);
  return known ?? { id: author.id, name: author.username, label: author.global_name ?? author.username, bot };
}

/** The words of a message for screen readers and for lists. */
export function summary(message) {
  const words = [message.failed ?? plainText(message.content, { people: message.mentions }).trim(),
    ...textsOf(message.components)];
  const first = words.find(Boolean) ?? message.embeds?.[0]?.title ?? message.attachments?.[0]?.filename;
  return first ?? (message.thinking ? "is thinking" : "a card");
}

function textsOf(parts = []) {
  return parts.flatMap((part) => [part.content ? plainText(part.content).trim() : "", ...textsOf(part.components)]);
}

/** A message's element. follows: it stands under the name above it; dismiss(): take a private one off the screen. */
export function drawMessage(message, { follows = false, dismiss } = {}) {
  const words = systemWords(message);
  const classes = ["message", follows ? "message-follows" : "", message.private ? "message-private" : "",
    message.pinged_me ? "message-pinged" : "", words ? "message-system" : ""];
  return h("article", { class: classes.filter(Boolean).join(" "), id: `message-${message.id}`, tabindex: -1,
    "aria-labelledby": `message-head-${message.id}`, dataset: { message: message.id } },
  words ? [h("span", { class: "message-gutter" }, icon(words.drawing)), systemBody(message, words)]
    : [gutter(message, follows), body(message, follows, dismiss)],
  message.failed ? null : tools(message));
}

function systemBody(message, { parts }) {
  return h("div", { class: "message-main" },
    h("p", { class: "message-said", id: `message-head-${message.id}` }, h("strong", {}, authorOf(message).label), " ",
      parts, " ", when(message)),
    refusal(message), reactions(message));
}

function gutter(message, follows) {
  return h("span", { class: "message-gutter" },
    follows ? time(new Date(message.timestamp), "t", "message-late") : face(authorOf(message)));
}

function body(message, follows, dismiss) {
  return h("div", { class: "message-main" },
    answered(message), used(message), head(message, follows),
    h("div", { class: "message-body" }, content(message)),
    (message.embeds ?? []).map((one) => embed(one, { people: message.mentions })),
    attachments(message),
    components(message),
    refusal(message), reactions(message), threadOf(message),
    message.private ? h("p", { class: "message-only small" }, icon("private_thread"), "Only you can see this ·",
      h("button", { type: "button", class: "message-link", id: `dismiss-${message.id}`, onclick: dismiss },
        "Dismiss")) : null);
}

// -- above the text ------------------------------------------------------------------------------

function answered(message) {
  if (message.type !== REPLY || !message.message_reference) return null;
  const original = message.referenced_message;
  if (!original) return h("p", { class: "message-above small" }, "↱ The message that this answers was deleted.");
  const said = summary(original).replace(/\s+/g, " ");
  return h("p", { class: "message-above small" }, "↱ ", h("strong", {}, authorOf(original).label), " ",
    h("button", { type: "button", class: "message-link",
      "aria-label": `Go to the message that this answers: ${said.slice(0, EXCERPT)}`,
      onclick: (event) => goTo(event.currentTarget, original.id) },
    said.slice(0, EXCERPT)));
}

function used({ interaction_metadata: about, type }) {
  if (!about?.name || type !== COMMAND_ANSWER) return null;
  const person = state.people?.find((one) => one.id === about.user.id);
  const command = about.command_type === CHAT || about.command_type === undefined ? `/${about.name}` : about.name;
  return h("p", { class: "message-above small" }, "↱ ",
    h("strong", {}, person?.label ?? about.user.global_name ?? about.user.username),
    " used ", h("span", { class: "message-command" }, command));
}

function head(message, follows) {
  const author = authorOf(message);
  const name = message.author && state.people?.some((person) => person.id === author.id)
    ? h("button", { type: "button", class: "message-author", id: `author-${message.id}`,
      onclick: (event) => popup(event.currentTarget, personActions(author), { label: author.label }) }, author.label)
    : h("span", { class: "message-author" }, author.label);
  return h("header", { class: follows ? "visually-hidden" : "message-head", id: `message-head-${message.id}` },
    name, author.bot ? h("span", { class: "chip message-app" }, "App") : null, when(message),
    message.silent ? h("span", { class: "message-silent small", title: "Sent without a notification" }, "silent")
      : null,
    message.pinned ? h("span", { class: "message-pin", title: "Pinned", role: "img", "aria-label": "pinned" },
      icon("pin")) : null);
}

function when({ timestamp }) {
  return time(new Date(timestamp), "t", "message-time small");
}

// -- the text and what is under it ---------------------------------------------------------------

function content(message) {
  if (message.failed) return h("p", { class: "message-failed" }, message.failed);
  if (message.thinking) {
    return h("p", { class: "message-thinking" },
      h("span", { class: "message-dots", "aria-hidden": "true" }, h("i"), h("i"), h("i")),
      `${authorOf(message).label} is thinking…`);
  }
  if (message.type === STARTER && message.referenced_message) return content(message.referenced_message);
  const nodes = message.content ? markdown(message.content, { people: message.mentions }) : [];
  if (!message.edited_timestamp) return nodes;
  const last = nodes.at(-1);
  if (!last?.classList.contains("md-text")) return [...nodes, edited(message)];
  last.append(edited(message)); // in the same line as the last words
  return nodes;
}

function edited({ edited_timestamp: at }) {
  return h("span", { class: "message-edited small", title: new Date(at).toLocaleString() }, " (edited)");
}

function refusal(message) {
  return h("p", { class: "message-refusal", role: "alert" }, failureOf(message.id));
}

function reactions(message) {
  if (!message.reactions?.length) return null;
  const may = state.place?.can.react;
  return h("div", { class: "message-reactions", role: "group", "aria-label": "Reactions" },
    message.reactions.map((one) => reaction(message, one, may)),
    may ? h("button", { type: "button", class: "chip message-add", id: `add-${message.id}`,
      "aria-label": "Add a reaction", onclick: (event) => chooseReaction(message, event.currentTarget) }, icon("plus"))
      : null);
}

function reaction(message, { emoji, count, me }, may) {
  return h("button", {
    type: "button", class: "chip", id: `reaction-${message.id}-${emoji.name}`, disabled: !may && !me,
    "aria-pressed": String(me), "aria-label": `${emoji.name}, ${count}${me ? ", you too" : ""}`,
    onclick: () => react(message, emoji.name, !me),
  },
  h("span", { "aria-hidden": "true" }, emoji.id ? `:${emoji.name}:` : emoji.name),
  h("span", { class: "message-count" }, count));
}

function react(message, emoji, on) {
  return orTell(ask("react", { message: message.id, emoji, on }));
}

async function chooseReaction(message, anchor) {
  const emoji = await pickEmoji(anchor);
  if (emoji) react(message, emoji, true);
}

function threadOf({ thread }) {
  if (!thread) return null;
  const many = thread.message_count ?? 0;
  return h("button", { type: "button", class: "message-thread", id: `thread-${thread.id}`,
    onclick: () => orTell(look({ place: thread.id })) },
    icon("thread"), h("strong", {}, thread.name),
      h("span", { class: "small" }, many === 1 ? "1 message" : `${many} messages`));
}

// -- what can be done with it --------------------------------------------------------------------

function tools(message) {
  const open = (event) => popup(event.currentTarget, messageActions(message), { label: "Message" });
  const choose = (event) => chooseReaction(message, event.currentTarget);
  return h("div", { class: "message-tools", role: "group", "aria-label": "Message" },
    state.place?.can.react && !message.private
      ? tool({ id: `smile-${message.id}`, label: "Add a reaction", drawing: "plus", act: choose }) : null,
    tool({ id: `more-${message.id}`, label: "More", drawing: "more", act: open }));
}

function tool({ id, label, drawing, act }) {
  return h("button", { type: "button", class: "button button-quiet button-icon", id, "aria-label": label, title: label,
    onclick: act }, icon(drawing));
}
