// What a person may do with a message or with another person, as items for the page's menu (menu.js).

import { ask, state } from "./app.js";
import { pickEmoji } from "./emoji.js";
import { icon } from "./icons.js";
import { decode } from "./mentions.js";
import { outcome } from "./press.js";
import { startThread } from "./threads.js";
import { tell } from "./toast.js";
import { editMessage, insert, replyTo } from "./writer.js";
import { canEdit, deleteMessage } from "./writer_send.js";

const ON_PERSON = 2; // kinds of commands
const ON_MESSAGE = 3;

/** The menu of one message: only what this person may do here. */
export function messageActions(message) {
  const { can, kind } = state.place;
  const real = !message.private && !message.failed && !message.thinking;
  const plain = real && [0, 19, 20].includes(message.type);
  const text = message.content && decode(message.content);
  return tidy([
    plain && can.react && { label: "Add reaction", icon: icon("smile"), run: () => addReaction(message) },
    plain && can.write && { label: "Reply", icon: icon("reply"), run: () => replyTo(message) },
    plain && can.write && canEdit(message) && { label: "Edit", icon: icon("edit"), run: () => editMessage(message) },
    plain && can.thread && kind === "text" && !message.thread && {
      label: "Start a thread", icon: icon("thread"), run: () => startThread(message),
    },
    plain && can.pin && {
      label: message.pinned ? "Unpin" : "Pin",
      icon: icon("pin"),
      run: () => act("pin", { message: message.id, on: !message.pinned }),
    },
    text && { label: "Copy text", icon: icon("copy"), run: () => copy(text) },
    real && apps(ON_MESSAGE, message.id),
    "-",
    real && (message.mine || can.delete_others) && {
      label: "Delete",
      icon: icon("trash"),
      danger: true,
      run: () => deleteMessage(message).catch((error) => tell(error, { bad: true })),
    },
  ]);
}

/** The menu of a person {id, …}: an author of a message or one of `people`. */
export function personActions(person) {
  const known = state.people.find(({ id }) => id === person.id);
  const name = known?.name ?? person.username ?? person.name;
  return tidy([
    known && state.place.can.write && { label: `Mention @${name}`, icon: icon("at"), run: () => insert(`@${name}`) },
    { label: "Copy user ID", icon: icon("copy"), run: () => copy(person.id) },
    apps(ON_PERSON, person.id),
  ]);
}

async function addReaction({ id }) {
  const emoji = await pickEmoji(anchorOf(id));
  if (emoji) await act("react", { message: id, emoji, on: true });
}

// The button that the menu was opened from, which hides when nobody points at it.
function anchorOf(id) {
  const active = document.activeElement;
  const message = document.querySelector(`[data-message="${CSS.escape(id)}"]`);
  if (!message || message.contains(active)) return active;
  return [...message.querySelectorAll("[aria-haspopup=menu]")].at(-1) ?? message;
}

function apps(kind, target) {
  const offered = (state.commands ?? []).filter((command) => command.kind === kind);
  if (!offered.length || !state.place.can.commands) return null;
  return {
    label: "Apps",
    icon: icon("apps"),
    items: offered.map(({ id, name, app }) => ({
      label: name,
      hint: app,
      run: () => outcome(ask("menu", { command: id, target }), document.activeElement), // the menu's button
    })),
  };
}

async function act(what, details) {
  try {
    await ask(what, details);
  } catch (error) {
    tell(error, { bad: true });
  }
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    tell("Copied.");
  } catch {
    tell("Your browser does not let this page copy. Mark the text and copy it yourself.", { bad: true });
  }
}

// Without what is not offered, and without a line at an edge.
function tidy(items) {
  const left = items.filter(Boolean);
  return left.filter((item, at) => item !== "-" || (at > 0 && at < left.length - 1));
}
