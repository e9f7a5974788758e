// The composer: messages, replies, edits and commands are written here; each person has a draft in each place.

import { on, state } from "./app.js";
import { h, swap } from "./dom.js";
import { draftOf, emptyDraft, isEmpty, keep } from "./drafts.js";
import { pickEmoji } from "./emoji.js";
import { decode } from "./mentions.js";
import { popup } from "./menu.js";
import { outcome } from "./press.js";
import { CommandForm } from "./slash_options.js";
import { isCommand, parse, slashCommands } from "./slash_text.js";
import { Shelf } from "./suggest.js";
import { tell } from "./toast.js";
import { tray } from "./tray.js";
import { forget } from "./uploads.js";
import { barWords, drawPlace, plusItems, touch, writerParts } from "./writer_parts.js";
import { canEdit, isSilent, lengthOf, LONGEST, saveEdit, sendCommand, sendDraft, tooLong } from "./writer_send.js";
import { noCommand, suggestFor } from "./writer_suggest.js";
import { watchPage } from "./writer_ways.js";

const COUNT_FROM = 1800;
const GROWS = CSS.supports("field-sizing", "content"); // otherwise its lines are counted at each change

const shelf = new Shelf();
const files = tray(changed, say);
const parts = writerParts(shelf, files.element, {
  typed, keys, suggest, send, sendKeys, smile,
  plus: () => popup(parts.plusButton, plusItems({ pick: files.pick, write }), { side: "above" }),
  blurred: () => shelf.owner === area && shelf.hide(),
});
const { area, box, whole, sendButton } = parts;

let seat = null; // "person/place" that the composer stands for now
let reply = null; // {id, name} of the message that is answered
let editing = null; // the message that is changed
let form = null; // the command that is filled in
let stash = null; // the draft that comes back after an edit, or after what was put here by a press
let busy = false;

/** Put the composer into its place on the page. */
export function mountWriter(element) {
  element.append(whole);
  on(["me", "place"], sit);
  watchPage(parts, { focus, take: takeFiles });
  sit();
}

/** Put text into the composer and the focus after it; a command becomes its fields. What was begun comes back later. */
export function write(text) {
  if (!state.place?.can.write) return;
  const found = isCommand(text) ? parse(text) : null;
  begin({ ...emptyDraft(), text });
  if (found) openCommand(found.command, found.given);
  else typed();
}

/** Add a name or words at the caret of what is being written. */
export function insert(words) {
  if (form || !state.place?.can.write) return;
  const space = /\S$/.test(area.value.slice(0, area.selectionStart)) ? " " : "";
  area.setRangeText(`${space}${words} `, area.selectionStart, area.selectionEnd, "end");
  area.focus();
  changed();
}

/** Answer this message with the next one. */
export function replyTo(message) {
  if (editing) leave();
  reply = { id: message.id, name: message.author.global_name ?? message.author.username };
  changed();
  focus();
}

/** Change one of my messages in the composer. */
export function editMessage(message) {
  begin({ ...emptyDraft(), text: decode(message.content) });
  editing = message;
  changed();
}

// -- whose composer, and where --------------------------------------------------------------------

function sit() {
  const { me, place } = state;
  const key = me && place ? `${me.id}/${place.id}` : null;
  drawPlace(parts, key ? place : null);
  if (key === seat) return;
  if (seat) keep(seat, lasting());
  seat = key;
  editing = stash = null;
  put(key ? draftOf(key) : emptyDraft());
}

function draft() {
  const command = form && { name: form.command.name, given: form.given() };
  return { text: form ? "" : area.value, reply, files: files.list(), command };
}

function lasting() {
  return stash ?? (editing ? emptyDraft() : draft());
}

function put(what) {
  say("");
  closeForm();
  area.value = what.text;
  reply = what.reply;
  files.put(what.files);
  const command = what.command && slashCommands().find(({ name }) => name === what.command.name);
  if (command) openCommand(command, what.command.given, { focused: false });
}

// Something else is written first: the draft that stood here waits.
function begin(what) {
  if (!stash && !editing && !isEmpty(draft())) stash = draft();
  editing = null;
  put(what);
  focus();
}

function leave(back = stash ?? emptyDraft()) {
  editing = stash = null;
  put(back);
  focus();
}

function focus() {
  if (form) return form.focus();
  area.focus();
  return area.setSelectionRange(area.value.length, area.value.length);
}

// -- drawing --------------------------------------------------------------------------------------

function changed() {
  const length = lengthOf(area.value);
  const { counter, bar, plusButton, smileButton } = parts;
  counter.hidden = Boolean(form) || length < COUNT_FROM;
  counter.classList.toggle("writer-over", length > LONGEST);
  swap(counter, h("span", { class: "visually-hidden" }, "Characters left: "), String(LONGEST - length));
  const words = barWords({ editing, reply, silent: isSilent(area.value) }, { cancel: () => leave(), noReply });
  bar.hidden = Boolean(form) || !words.length;
  swap(bar, words);
  if (!GROWS) area.rows = Math.min(10, area.value.split("\n").length);
  files.element.hidden = Boolean(form || editing);
  plusButton.hidden = Boolean(form || editing);
  smileButton.hidden = Boolean(form);
  sendButton.setAttribute("aria-label", form ? `Send /${form.command.name}` : editing ? "Save" : "Send");
  if (seat) keep(seat, lasting());
}

function noReply() {
  reply = null;
  changed();
  focus();
}

function say(words) {
  swap(parts.note, words instanceof Error ? words.message : words);
}

// -- typing ---------------------------------------------------------------------------------------

function typed() {
  say("");
  if (stash && !area.value && !editing) return leave();
  changed();
  const found = isCommand(area.value) && !editing ? parse(area.value) : null;
  return found?.complete ? openCommand(found.command, found.given) : suggest();
}

function suggest() {
  suggestFor(area, shelf, { commands: !editing, open: openCommand, done: changed });
}

function keys(event) {
  if (event.isComposing || shelf.key(event)) return;
  if (event.key === "Enter" && !event.shiftKey && (!touch() || event.ctrlKey || event.metaKey)) send();
  else if (event.key === "Escape" && editing) leave();
  else if (event.key === "Escape" && reply) noReply();
  else if (event.key === "ArrowUp" && !area.value && !editing && lastOfMine()) editMessage(lastOfMine());
  else return;
  event.preventDefault();
  event.stopPropagation();
}

function lastOfMine() {
  return (state.messages ?? []).findLast(canEdit);
}

// -- commands -------------------------------------------------------------------------------------

function openCommand(command, given, { focused = true } = {}) {
  closeForm();
  area.value = "";
  say("");
  form = new CommandForm(command, given, { shelf, send, sendButton, leave: leaveCommand, onchange: changed });
  swap(parts.slot, form.element);
  box.classList.add("writer-filling");
  changed();
  if (focused) form.focus();
}

function closeForm() {
  shelf.hide();
  if (!form) return;
  form = null;
  swap(parts.slot, area);
  box.classList.remove("writer-filling");
}

function leaveCommand() {
  const text = form.text();
  closeForm();
  area.value = text;
  changed();
  focus();
}

// The button has the focus when a command has nothing to fill in.
function sendKeys(event) {
  if (!form || !["Escape", "Backspace"].includes(event.key)) return;
  event.preventDefault();
  leaveCommand();
}

async function finishCommand() {
  const sent = form;
  const options = sent.read();
  if (!options) return undefined;
  box.ariaBusy = busy = true;
  const { answer, words } = await sendCommand(sent.command, options);
  box.ariaBusy = busy = false;
  if (words && form !== sent) return tell(words, { bad: true });
  if (words) return say(words);
  if (form === sent) leave(stash ?? { ...emptyDraft(), reply, files: files.list() });
  return answer && outcome(Promise.resolve(answer), form ? sendButton : area);
}

// -- sending --------------------------------------------------------------------------------------

function send() {
  if (busy) return undefined;
  shelf.hide();
  say("");
  if (form) return finishCommand();
  if (isCommand(area.value) && !editing) return tryCommand();
  const words = tooLong(area.value) ?? (files.sending() && "A file is still on its way. Send when it has arrived.");
  if (words) return say(words);
  if (editing) return finishEdit();
  return area.value.trim() || files.list().length ? sendMessage() : undefined;
}

function tryCommand() {
  const found = parse(area.value);
  if (found) openCommand(found.command, found.given);
  else say(noCommand());
}

async function finishEdit() {
  const message = editing;
  try {
    if ((await saveEdit(message, area.value)) && editing === message) leave();
  } catch (error) {
    say(error);
  }
}

// The composer is free at once; what was refused comes back into it, before what was typed meanwhile.
async function sendMessage() {
  const sent = draft();
  const from = seat;
  leave();
  try {
    await sendDraft(sent);
    sent.files.forEach(forget);
  } catch (error) {
    if (seat === from && !form && !editing) {
      put({ ...sent, text: [sent.text, area.value].filter(Boolean).join("\n") });
      say(error);
    } else {
      keep(from, sent);
      tell(error, { bad: true });
    }
  }
}

async function smile() {
  const emoji = await pickEmoji(parts.smileButton);
  if (emoji) insert(emoji);
}

function takeFiles(found) {
  if (form) return form.take(found) || say("This command takes no more files.");
  return state.place.can.attach ? files.add(found) : say("You may not attach files here.");
}
