// What a screen reader says when messages come: new ones at the end and answers that were awaited, never a whole place.

import { h } from "./dom.js";
import { authorOf, summary } from "./message.js";

const STAYS = 1000; // ms; a screen reader has taken the words by then, and would find them twice otherwise
const LONGEST = 300; // characters read out of one message

const log = h("div", { class: "visually-hidden", role: "log", "aria-label": "New messages" });
let known = new Map(); // id → was it thinking?

/** Tell of what is new among the messages of a place. opened: the place was only just entered, so nothing is. */
export function announce(messages, opened) {
  if (!log.isConnected) document.body.append(log);
  const newest = [...known.keys()].reduce((most, id) => (BigInt(id) > most ? BigInt(id) : most), 0n);
  const news = opened ? [] : messages.filter((message) => isNews(message, newest));
  known = new Map(messages.map(({ id, thinking }) => [id, thinking]));
  for (const message of news) {
    const line = h("p", {}, `${authorOf(message).label}: ${summary(message).slice(0, LONGEST)}`);
    log.append(line);
    setTimeout(() => line.remove(), STAYS);
  }
}

function isNews({ id, mine, thinking }, newest) {
  if (known.has(id)) return known.get(id) && !thinking;
  return !mine && BigInt(id) > newest;
}
