// The line above the messages: where one is, what is pinned there, its threads, and what one may do with a thread.

import { ask, look, on, state } from "./app.js";
import { ago } from "./clock.js";
import { h, redraw } from "./dom.js";
import { face } from "./face.js";
import { icon } from "./icons.js";
import { help } from "./keys.js";
import { decode } from "./mentions.js";
import { popup } from "./menu.js";
import { panel } from "./panel.js";
import { reveal } from "./reveal.js";
import { startThread } from "./threads.js";
import { orTell } from "./toast.js";

const touch = matchMedia("(pointer: coarse)"); // there the keyboard's ways are of no use
const isThread = ({ kind }) => kind === "thread" || kind === "private_thread";

/** Draw into `element`. left(), right(): open the drawers of a narrow screen. */
export function mountHead(element, { left, right }) {
  on(["place", "places", "me", "people", "messages"], () => draw(element, left, right));
}

function draw(element, left, right) {
  const { place, me } = state;
  if (!place || !me) return;
  const parent = state.places?.find((other) => other.id === place.parent_id);
  const elsewhere = (state.places ?? []).reduce((sum, each) => sum + (each.id === place.id ? 0 : each.pinged), 0);
  const up = () => orTell(look({ place: parent.id }));
  redraw(element,
    tool("menu", "Places", left, { class: "head-left", count: elsewhere, counts: "for you", bare: true }),
    h("div", { class: "head-words" },
      h("h1", { class: "head-name" },
        parent ? [
          h("button", { type: "button", class: "head-parent", dataset: { key: "parent" }, onclick: up }, parent.name),
          h("span", { "aria-hidden": "true" }, "›"),
        ] : null,
        icon(place.kind), h("span", { class: "head-title" }, place.name)),
      place.topic ? h("button", {
        type: "button", class: "head-topic small", dataset: { key: "topic" }, onclick: topic,
      }, place.topic) : null),
    h("div", { class: "head-tools" }, tools(place)),
    h("button", { type: "button", class: "button button-quiet button-icon head-right", dataset: { key: "right" },
      "aria-label": `You are ${me.label}. Clock and things to try`, onclick: right }, face(me)));
}

function tools(place) {
  const threads = threadsOf(place);
  return [
    place.kind === "text" && (threads.length || place.can.thread)
      ? tool("thread", "Threads", showThreads, { count: threads.filter((thread) => !thread.archived).length }) : null,
    place.members ? tool("people", "Members", showMembers, { count: place.members.length }) : null,
    place.pins?.length ? tool("pin", "Pinned messages", showPins, { count: place.pins.length }) : null,
    isThread(place) || !touch.matches ? tool("more", "More", more) : null,
  ];
}

function tool(drawing, label, act, { count = 0, counts = "", bare = false, class: name = "" } = {}) {
  const words = count ? `${label}: ${count} ${counts}`.trim() : label;
  return h("button", {
    type: "button", class: `button button-quiet head-tool ${name}`, "aria-label": words, title: label,
    dataset: { key: drawing }, id: `head-${drawing}`, onclick: (event) => act(event.currentTarget),
  }, icon(drawing), count ? h("span", { class: bare ? "badge" : "head-count" }, count) : null);
}

function topic(event) {
  panel(event.currentTarget, h("p", { class: "head-full" }, state.place.topic), { label: "Topic" });
}

function more(anchor) {
  const { place } = state;
  const thread = isThread(place);
  popup(anchor, [
    thread && { label: place.joined ? "Leave the thread" : "Join the thread", run: () => change("join", !place.joined),
      hint: place.joined ? null : "To be told of what is written here" },
    thread && { label: place.archived ? "Take it out of the archive" : "Archive the thread",
      run: () => change("archive", !place.archived) },
    thread && { label: "Copy the name", run: () => orTell(navigator.clipboard.writeText(place.name)) },
    thread && !touch.matches && "-",
    !touch.matches && { label: "Keyboard", hint: "Or press ?", run: help },
  ], { label: "More" });
}

function change(what, on_) {
  orTell(ask(what, { thread: state.place.id, on: on_ }));
}

// -- pins ------------------------------------------------------------------------------------

function showPins(anchor) {
  const { place, messages = [] } = state;
  list(anchor, "Pinned messages", (leave) => place.pins.map((id) => {
    const message = messages.find((other) => other.id === id);
    return row(() => {
      leave();
      orTell(reveal(id));
    }, message ? [
      h("strong", {}, message.author.global_name ?? message.author.username),
      h("span", { class: "small" }, ago(message.timestamp)),
      h("span", { class: "head-excerpt" }, excerpt(message)),
    ] : "A message further up: press to go there.");
  }));
}

function excerpt({ content, embeds, attachments, components }) {
  const words = decode(content ?? "").trim() || embeds?.[0]?.title || firstText(components);
  return words || attachments?.[0]?.filename || "A card";
}

function firstText(components = []) {
  for (const part of components) {
    const text = part.content ?? firstText(part.components);
    if (text) return text.replace(/[#*_`>]/g, "").trim();
  }
  return null;
}

// -- threads and their people ----------------------------------------------------------------

/** The threads of a channel: those in the list of places, then the archived ones that the server names. */
function threadsOf(place) {
  const active = (state.places ?? []).filter((other) => other.parent_id === place.id);
  return [...active, ...(place.archived_threads ?? []).map((thread) => ({ ...thread, archived: true }))];
}

function showThreads(anchor) {
  const threads = threadsOf(state.place);
  list(anchor, "Threads", (leave) => [
    threads.map((thread) => row(() => {
      leave();
      orTell(look({ place: thread.id }));
    }, [
      h("strong", {}, thread.name),
      thread.archived ? h("span", { class: "small" }, `Archived ${ago(thread.at)}`) : null,
    ])),
    threads.length ? null : h("p", { class: "panel-empty" }, "No threads yet. One keeps a side conversation together."),
    state.place.can.thread ? h("button", { type: "button", class: "button head-new", onclick: () => {
      leave();
      startThread();
    } }, icon("plus"), "Start a thread") : null,
  ]);
}

function showMembers(anchor) {
  const people = state.place.members.map((id) => state.people?.find((person) => person.id === id)).filter(Boolean);
  list(anchor, "In this thread", () => people.map((person) => h("p", { class: "head-person" },
    face(person), person.label, person.bot ? h("span", { class: "chip" }, "app") : null)));
}

function row(onclick, content) {
  return h("button", { type: "button", class: "head-row", onclick }, content);
}

/** rows(leave): what is listed; leave() closes the list. */
function list(anchor, title, rows) {
  const shown = h("div", { class: "head-rows" }, rows(() => opened.close()));
  const opened = panel(anchor, [h("h2", { class: "panel-head" }, title), shown], { label: title });
}
