// The composer's pieces as elements, without behaviour: writer.js says what they do.

import { state } from "./app.js";
import { h, swap } from "./dom.js";
import { icon } from "./icons.js";
import { startThread } from "./threads.js";

/** Is a finger the pointer here? Then Enter is a new line, and the button sends. */
export function touch() {
  return matchMedia("(pointer: coarse)").matches;
}

/** The composer: every element by its name. does: {typed, keys, suggest, blurred, send, sendKeys, plus, smile}. */
export function writerParts(shelf, tray, does) {
  const note = h("p", { class: "writer-note", role: "alert" });
  const bar = h("div", { class: "writer-bar", hidden: true });
  const counter = h("span", { class: "writer-count", hidden: true });
  const area = h("textarea", {
    class: "writer-area",
    id: "writer-area",
    rows: 1,
    "aria-label": "Message",
    enterkeyhint: touch() ? "enter" : "send",
    oninput: does.typed,
    onkeydown: does.keys,
    onclick: does.suggest,
    onblur: does.blurred,
  });
  const sendButton = quiet("writer-send", "Send", does.send, "send");
  sendButton.classList.replace("button-quiet", "button-strong");
  sendButton.addEventListener("keydown", does.sendKeys);
  const plusButton = quiet("writer-plus", "Add", does.plus, "plus");
  const smileButton = quiet("writer-smile", "Emoji", does.smile, "smile");
  const slot = h("div", { class: "writer-slot" }, area);
  const box = h("div", { class: "writer-box" }, bar, tray,
    h("div", { class: "writer-row" }, plusButton, slot, counter, smileButton, sendButton));
  const whyNot = h("p", { class: "writer-not" });
  const slow = h("p", { class: "writer-slow small", hidden: true });
  const whole = h("div", { class: "writer-whole" }, shelf.status, shelf.element, note, box, whyNot, slow);
  return { slow, note, bar, counter, area, sendButton, plusButton, smileButton, slot, box, whyNot, whole };
}

function quiet(id, label, onclick, drawing) {
  const looks = `button button-quiet button-icon ${id}`;
  return h("button", { type: "button", id, class: looks, "aria-label": label, onclick }, icon(drawing));
}

/** What stands above the text: what is edited, what is answered, or that nobody's device rings. */
export function barWords({ editing, reply, silent }, { cancel, noReply }) {
  if (editing) {
    const hint = touch() ? null : h("span", { class: "small" }, "Enter saves, Escape cancels.");
    return [h("span", {}, "Editing your message. ", hint), cross("Cancel editing", cancel)];
  }
  if (reply) return [h("span", {}, "Replying to ", h("strong", {}, reply.name)), cross("Cancel the reply", noReply)];
  return silent ? [h("span", {}, "Silent: nobody's device rings for this message.")] : [];
}

function cross(label, onclick) {
  const looks = "button button-quiet button-icon writer-cross";
  return h("button", { type: "button", class: looks, "aria-label": label, onclick }, "✕");
}

/** Fit the composer to the place: what it is called, why nobody may write, how slow it is. null: no place yet. */
export function drawPlace({ whole, box, whyNot, slow, area }, place) {
  whole.hidden = !place || place.kind === "forum"; // in a forum one writes posts, not messages
  if (!place) return;
  const { can, kind, name, slowmode, why_not: words } = place;
  box.hidden = !can.write;
  whyNot.hidden = can.write;
  swap(whyNot, words ?? "You cannot write here.");
  slow.hidden = !can.write || !slowmode;
  swap(slow, `Slow mode: one message every ${slowmode} s.`);
  area.placeholder = `Message ${{ dm: "@", text: "#" }[kind] ?? ""}${name}`;
}

/** What the + button offers here. pick(): choose files; write(text): put text into the composer. */
export function plusItems({ pick, write }) {
  const { can, kind } = state.place;
  return [
    can.attach && { label: "Upload files", icon: icon("upload"), hint: "Up to 10, each up to 10 MiB", run: pick },
    can.commands && { label: "Use a command", icon: icon("slash"), hint: "Or type /", run: () => write("/") },
    can.thread && kind === "text" && { label: "Start a thread", icon: icon("thread"), run: () => startThread() },
  ];
}
