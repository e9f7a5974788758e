// The sandbox's clock: what time it is there, and the ways to go forward. It never goes back.

import { ask, on, state } from "./app.js";
import { h, swap } from "./dom.js";
import { tell } from "./toast.js";

const HOUR = 3600;
const MOVES = [
  ["+1 hour", { by: HOUR }], ["+1 day", { by: 24 * HOUR }], ["To Friday 09:00", { to: "friday" }],
  ["To Monday 18:00", { to: "monday" }], ["To Wednesday 12:00", { to: "wednesday" }],
];
const DAY = new Intl.DateTimeFormat("en-GB", {
  weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC",
});
const TIME = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "UTC" });
const MOMENT = new Intl.DateTimeFormat("en-GB", {
  weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", timeZone: "UTC",
});

let heard = { now: null, at: 0 }; // what the server said last, and when by this machine's steady clock

/** The moment it is in the sandbox, a Date. */
export function sandboxNow() {
  return heard.now === null ? new Date() : new Date(heard.now + performance.now() - heard.at);
}

/** Draw into `element` and keep it drawn. */
export function mountClock(element) {
  const day = h("p", { class: "clock-day" });
  const time = h("p", { class: "clock-time" });
  const ahead = h("p", { class: "small" });
  const walk = h("div", { class: "clock-walk", role: "status", hidden: true });
  const moves = MOVES.map(([words, details]) => h("button", {
    type: "button", class: "button", onclick: () => move(details),
  }, words));
  swap(element,
    h("h2", { id: "clock-title", class: "side-title" }, "Clock"),
    h("div", { class: "clock-face" }, time, day),
    ahead,
    h("div", { class: "clock-moves" }, moves), walk,
    h("p", { class: "small" }, "Forward only: all that is due on the way happens, in order."));

  const tick = () => {
    const now = sandboxNow();
    time.textContent = `${TIME.format(now)} UTC`;
    day.textContent = DAY.format(now);
    ahead.textContent = gap(now - Date.now());
  };
  on(["clock"], () => {
    if (!state.clock) return;
    heard = { now: Date.parse(state.clock.now), at: performance.now() };
    for (const button of moves) button.setAttribute("aria-disabled", String(Boolean(state.clock.walking)));
    tick();
    drawWalk(walk, state.clock);
  });
  setInterval(tick, 1000);
}

async function move(details) {
  if (state.clock?.walking) return tell("The clock is on its way. Wait until it has arrived.", { bad: true });
  try {
    await ask("clock", details);
  } catch (error) {
    tell(error, { bad: true });
  }
}

let began = null; // the moment at which the walk that is shown began

function drawWalk(element, { now, walking }) {
  element.hidden = !walking;
  began = walking ? (began ?? Date.parse(now)) : null;
  if (!walking) return swap(element);
  const words = `On the way to ${walking.label || MOMENT.format(new Date(walking.to))}…`;
  // The words are read out when they change; the line beside them moves with each step.
  if (element.lastChild?.textContent !== words) {
    const line = h("progress", { class: "clock-progress", max: "1", "aria-label": "On the way" });
    swap(element, line, h("p", { class: "small" }, words));
  }
  const way = Date.parse(walking.to) - began;
  element.firstChild.value = way > 0 ? Math.min(1, (Date.parse(now) - began) / way) : 1;
  return element;
}

/** "3 h ahead of your own clock", from milliseconds. */
export function gap(ms) {
  const minutes = Math.round(Math.abs(ms) / 60_000);
  if (minutes < 2) return "The same as your own clock.";
  const parts = [[Math.floor(minutes / 1440), "d"], [Math.floor(minutes / 60) % 24, "h"], [minutes % 60, "min"]];
  const words = parts.filter(([many]) => many).slice(0, 2).map(([many, unit]) => `${many} ${unit}`).join(" ");
  return `${words} ${ms > 0 ? "ahead of" : "behind"} your own clock.`;
}

/** How long ago something was in the sandbox, in few words. */
export function ago(iso) {
  const minutes = Math.max(0, Math.round((sandboxNow() - Date.parse(iso)) / 60_000));
  if (minutes < 1) return "just now";
  if (minutes < 60) return `${minutes} min ago`;
  if (minutes < 48 * 60) return `${Math.round(minutes / 60)} h ago`;
  return `${Math.round(minutes / 1440)} days ago`;
}
