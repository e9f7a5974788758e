// Moments in the viewer's own zone and language: all styles of <t:…>, a message's time, a day's name.

import { state } from "./app.js";
import { sandboxNow } from "./clock.js";
import { h } from "./dom.js";

const STYLES = {
  t: { timeStyle: "short" },
  T: { timeStyle: "medium" },
  d: { dateStyle: "short" },
  D: { dateStyle: "long" },
  f: { dateStyle: "long", timeStyle: "short" },
  F: { dateStyle: "full", timeStyle: "short" },
  s: { dateStyle: "short", timeStyle: "short" },
  S: { dateStyle: "short", timeStyle: "medium" },
};
const UNITS = [["year", 31_557_600], ["month", 2_629_800], ["day", 86_400], ["hour", 3600],
  ["minute", 60], ["second", 1]];
const formats = new Map();

/** A moment as words. style: one of Discord's letters; R counts from the sandbox's now. */
export function words(moment, style = "f") {
  if (Number.isNaN(moment.getTime())) return "an unknown time";
  return style === "R" ? relative(moment) : format(style, STYLES[style]).format(moment);
}

/** A <time> element; a relative one is kept up to date while it is on the page. */
export function time(moment, style = "f", className = "time") {
  const valid = !Number.isNaN(moment.getTime());
  return h("time", {
    class: className,
    datetime: valid ? moment.toISOString() : null,
    title: words(moment, "F"),
    dataset: style === "R" ? { relative: "" } : {},
  }, words(moment, style));
}

/** "Monday, 6 January 2025": the line between two days. */
export function dayOf(moment) {
  return format("day", { dateStyle: "full" }).format(moment);
}

/** The same day for the viewer? */
export function sameDay(one, other) {
  return one.toDateString() === other.toDateString();
}

function relative(moment) {
  const seconds = (moment - sandboxNow()) / 1000;
  const [unit, length] = UNITS.find(([, each]) => Math.abs(seconds) >= each) ?? UNITS.at(-1);
  return relativeFormat().format(Math.round(seconds / length), unit);
}

function relativeFormat() {
  return cached("relative", (locale) => new Intl.RelativeTimeFormat(locale, { numeric: "always" }));
}

function format(name, options) {
  return cached(name, (locale) => new Intl.DateTimeFormat(locale, options));
}

// The language is the person's in Discord, not the browser's; an unknown one falls back to the browser's.
function cached(name, make) {
  const locale = state.me?.locale ?? "en-GB";
  const key = `${locale} ${name}`;
  if (!formats.has(key)) {
    try {
      formats.set(key, make(locale));
    } catch {
      formats.set(key, make(undefined));
    }
  }
  return formats.get(key);
}

setInterval(() => {
  for (const element of document.querySelectorAll("time[data-relative]")) {
    const now = words(new Date(element.dateTime), "R");
    if (element.textContent !== now) element.textContent = now;
  }
}, 1000);
