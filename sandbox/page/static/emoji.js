// The reaction picker: two dozen common emoji by name, a filter, a grid that the arrows walk through.

import { h, swap } from "./dom.js";
import { panel } from "./panel.js";
import { best } from "./ranking.js";
import { touch } from "./writer_parts.js";

const ACROSS = 6;

export const EMOJI = [
  ["👍", "thumbs up, yes"], ["👎", "thumbs down, no"], ["❤️", "heart, love"], ["😂", "laugh, joy"],
  ["🎉", "party, tada"], ["👀", "eyes, looking"], ["✅", "check, done"], ["❌", "cross, wrong"],
  ["🙏", "thanks, please"], ["👏", "clap, well done"], ["💪", "strong, muscle"], ["🔥", "fire, hot"],
  ["🚀", "rocket, launch"], ["💡", "idea, light bulb"], ["🤔", "thinking"], ["😅", "sweat, phew"],
  ["😢", "sad, crying"], ["😮", "wow, surprised"], ["☕", "coffee, break"], ["👋", "wave, hello"],
  ["📌", "pin"], ["📝", "note, writing"], ["❓", "question"], ["🌱", "seedling, growing"],
];

/** Let the person choose an emoji beside `anchor`: Promise<emoji | null>. */
export function pickEmoji(anchor) {
  return new Promise((resolve) => {
    const grid = h("div", { class: "emoji-grid", role: "group", "aria-label": "Emoji" });
    const filter = h("input", {
      class: "input",
      type: "text",
      placeholder: "Filter by name",
      "aria-label": "Filter emoji by name",
      autocomplete: "off",
      oninput: draw,
    });
    const none = h("p", { class: "panel-empty", role: "status" });
    let chosen = null;
    const opened = panel(anchor, h("div", { class: "emoji", onkeydown: walk }, filter, grid, none),
      { label: "Choose an emoji", side: "above", onclose: () => resolve(chosen) });
    if (!opened) return resolve(null);

    function draw() {
      const found = best(EMOJI, filter.value, ([, name]) => [name]);
      swap(grid, found.map(([emoji, name], at) => h("button", {
        type: "button",
        class: "emoji-one",
        "aria-label": name,
        title: name,
        tabindex: at ? -1 : 0,
        onclick: () => take(emoji),
      }, emoji)));
      swap(none, found.length ? null : "No emoji is called that.");
    }

    function take(emoji) {
      chosen = emoji;
      opened.close();
    }

    function walk(event) {
      const all = [...grid.children];
      const here = all.indexOf(document.activeElement);
      if (here < 0) return fromFilter(event, all);
      const to = { ArrowRight: here + 1, ArrowLeft: here - 1, ArrowDown: here + ACROSS, ArrowUp: here - ACROSS,
        Home: 0, End: all.length - 1 }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      if (to < 0) return filter.focus();
      all[Math.min(to, all.length - 1)].focus();
    }

    function fromFilter(event, all) {
      if (event.key === "Enter" && filter.value && all[0]) all[0].click();
      else if (event.key === "ArrowDown") all[0]?.focus();
      else return;
      event.preventDefault();
    }

    draw();
    (touch() ? grid.firstElementChild : filter).focus(); // on a phone the keyboard would cover the grid
  });
}
