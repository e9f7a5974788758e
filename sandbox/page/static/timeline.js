// The messages of a place: only what changed is drawn anew, focus and scroll stay where they were.

import { announce } from "./announce.js";
import { ask, on, state } from "./app.js";
import { h, swap } from "./dom.js";
import { icon } from "./icons.js";
import { drawMessage, followsOn, markOf } from "./message.js";
import { dayOf, sameDay } from "./times.js";
import { orTell, tell } from "./toast.js";

const NEAR = 60; // px from the end that still count as at the end
const COMMAND = 2; // the type of an interaction: what somebody sent themselves
const FLASH = 2000; // ms for which a message that was gone to is marked

const list = h("div", { class: "timeline-list", role: "feed", "aria-label": "Messages", onkeydown: walk });
const start = h("div", { class: "timeline-start" });
const scroller = h("div", { class: "timeline-scroll", onscroll: scrolled }, start, list);
const newest = h("button", { type: "button", class: "button timeline-newest", id: "timeline-newest", hidden: true,
  onclick: toEnd });
const rows = new Map(); // key → {element, mark}
const dismissed = new Set(); // private answers that were taken off the screen

let seat = null; // "person/place" that is drawn
let atEnd = true;
let depth = 0; // px that it was scrolled down
let fresh = 0; // messages that came while the person read further up
let last = null; // id of the newest message drawn
let unreadFrom = null; // id of the first message under the "new" line
let before = { me: null, places: [] }; // at the last draw: what was unread when a place is opened

/** Draw into `element` and keep it drawn. */
export function mountTimeline(element) {
  element.append(scroller, newest);
  element.addEventListener("reveal", (event) => orTell(reveal(event.detail)));
  on(["messages", "place", "me", "people", "roles", "places"], draw);
  const keepEnd = new ResizeObserver(() => atEnd && toEnd());
  keepEnd.observe(list);
  keepEnd.observe(scroller);
}

/** Go to a message, further up in the history too, and mark it for a moment. Rejects when it is not there. */
export async function reveal(id) {
  while (!document.getElementById(`message-${id}`)) {
    const oldest = state.messages?.[0]?.id;
    if (state.place?.older) await ask("earlier");
    if (!oldest || state.messages[0].id === oldest) throw new Error("That message is not here any more.");
  }
  const element = document.getElementById(`message-${id}`);
  atEnd = false;
  element.scrollIntoView({ block: "center" });
  element.focus({ preventScroll: true });
  element.classList.add("message-flash");
  setTimeout(() => element.classList.remove("message-flash"), FLASH);
}

// -- drawing -------------------------------------------------------------------------------------

function draw() {
  const { me, place, messages } = state;
  if (!me || !place || !messages) return;
  const moved = seat !== `${me.id}/${place.id}`;
  if (moved) sit(me, place, messages);
  const hold = moved || atEnd ? null : held();
  const focus = focused();
  drawStart(place, messages);
  arrange(rowsOf(messages.filter(({ id }) => !dismissed.has(id))));
  focus();
  if (hold) hold();
  else if (moved && unreadFrom) rows.get("unread")?.element.scrollIntoView({ block: "start" });
  else toEnd();
  arrived(messages, moved);
  before = { me: me.id, places: state.places ?? [] };
  scrolled();
}

function sit(me, place, messages) {
  seat = `${me.id}/${place.id}`;
  for (const { element } of rows.values()) element.remove();
  rows.clear();
  atEnd = true;
  depth = Infinity;
  fresh = 0;
  const unread = before.me === me.id ? (before.places.find((other) => other.id === place.id)?.unread ?? 0) : 0;
  unreadFrom = unread ? (messages.at(-unread) ?? messages[0])?.id ?? null : null;
}

function arrived(messages, moved) {
  const newer = moved ? [] : messages.filter(({ id }) => last !== null && BigInt(id) > BigInt(last));
  last = messages.at(-1)?.id ?? last;
  if (newer.some(awaited)) toEnd();
  else if (!atEnd) fresh += newer.length;
  announce(messages, moved);
}

/** Did I write this, or send the command that it answers? */
function awaited({ mine, interaction_metadata: by }) {
  return mine || (by?.type === COMMAND && by.user.id === state.me.id);
}

/** Every row in order: {key, mark, make}. */
function rowsOf(messages) {
  const found = [];
  let above = null;
  for (const message of messages) {
    const at = new Date(message.timestamp);
    const day = !above || !sameDay(at, new Date(above.timestamp));
    if (day) found.push(lineRow(`day-${at.toDateString()}`, dayOf(at), "timeline-day"));
    const begins = message.id === unreadFrom;
    if (begins) found.push(lineRow("unread", "New", "timeline-unread"));
    const follows = !day && !begins && followsOn(message, above);
    found.push({ key: message.id, mark: markOf(message, follows),
      make: () => drawMessage(message, { follows, dismiss: () => dismiss(message) }) });
    above = message;
  }
  return found;
}

// Above the first message: a way to the ones before it, or that there are none.
function drawStart({ older, kind, name }, messages) {
  const where = kind === "dm" ? `your direct messages with ${name}` : kind === "text" ? `#${name}` : name;
  const words = messages.length ? `This is the beginning of ${where}.` : `Nothing was written in ${where} yet.`;
  const mark = older ? "older" : words;
  if (start.dataset.mark === mark) return;
  start.dataset.mark = mark;
  const button = { type: "button", class: "button", id: "timeline-earlier", onclick: earlier };
  swap(start, older ? h("button", button, "Load earlier messages") : h("p", { class: "small" }, words));
}

function lineRow(key, words, name) {
  return { key, mark: words, make: () => h("div", { class: `timeline-line ${name}` }, h("span", {}, words)) };
}

function arrange(wanted) {
  const keys = new Set(wanted.map(({ key }) => key));
  for (const [key, { element }] of rows) {
    if (keys.has(key)) continue;
    element.remove();
    rows.delete(key);
  }
  let next = list.firstChild;
  for (const { key, mark, make } of wanted) {
    const old = rows.get(key);
    const element = old?.mark === mark ? old.element : make();
    if (old && old.element !== element) {
      if (next === old.element) next = element;
      old.element.replaceWith(element);
    }
    rows.set(key, { element, mark });
    if (element === next) next = next.nextSibling;
    else list.insertBefore(element, next);
  }
  const articles = [...list.querySelectorAll(":scope > article")];
  const entrance = articles.find((each) => each.tabIndex === 0 && each === document.activeElement) ?? articles.at(-1);
  for (const each of articles) each.tabIndex = each === entrance ? 0 : -1;
}

function dismiss({ id }) {
  dismissed.add(id);
  draw();
  list.querySelector(":scope > article[tabindex='0']")?.focus({ preventScroll: true });
}

// -- what stays where it was ---------------------------------------------------------------------

/** Remember which control has the focus; the answer gives it back to the one that took its place. */
function focused() {
  const here = list.contains(document.activeElement) ? document.activeElement : null;
  const row = here?.closest("article");
  return () => {
    if (!here || here.isConnected) return;
    const again = (here.id && document.getElementById(here.id)) || document.getElementById(row?.id);
    again?.focus({ preventScroll: true });
  };
}

/** Remember the first message in sight; the answer scrolls so that it stands where it stood. */
function held() {
  const top = scroller.getBoundingClientRect().top;
  const first = [...list.children].find((row) => row.tagName === "ARTICLE" && row.getBoundingClientRect().bottom > top);
  if (!first) return () => {};
  const was = first.getBoundingClientRect().top;
  return () => {
    const now = document.getElementById(first.id);
    if (now) scroller.scrollTop += now.getBoundingClientRect().top - was;
  };
}

// Only who scrolls up leaves the end: a picture may have come in since, and the end is then further down.
function scrolled() {
  const near = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR;
  atEnd = near || (atEnd && scroller.scrollTop >= depth);
  depth = scroller.scrollTop;
  if (atEnd) fresh = 0;
  newest.hidden = atEnd;
  const words = fresh ? `${fresh} new` : "To the newest";
  swap(newest, icon("down"), h("span", { class: fresh ? "" : "visually-hidden" }, words));
}

function toEnd() {
  scroller.scrollTop = scroller.scrollHeight;
  atEnd = true;
  scrolled();
}

let loading = false;

async function earlier() {
  if (loading) return;
  loading = true;
  atEnd = false;
  const first = list.querySelector(":scope > article")?.id;
  try {
    await ask("earlier");
    document.getElementById(first)?.focus({ preventScroll: true }); // reading goes on upwards from here
  } catch (error) {
    tell(error, { bad: true });
  } finally {
    loading = false;
  }
}

// Arrows walk from message to message when the focus is on one; in its buttons and texts they mean something else.
function walk(event) {
  const here = event.target;
  if (here.parentElement !== list || event.ctrlKey || event.altKey || event.metaKey) return;
  const all = [...list.querySelectorAll(":scope > article")];
  const at = all.indexOf(here);
  const steps = { ArrowUp: at - 1, PageUp: at - 1, ArrowDown: at + 1, PageDown: at + 1, Home: 0, End: all.length - 1 };
  const to = steps[event.key];
  if (to === undefined || !all[to]) return;
  event.preventDefault();
  for (const each of all) each.tabIndex = each === all[to] ? 0 : -1;
  all[to].focus();
}
