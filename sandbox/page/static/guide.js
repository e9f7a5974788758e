// Things to try. The server says which are done; "Show me" goes there and puts the command into the composer.

import { look, on, state } from "./app.js";
import { h, redraw } from "./dom.js";
import { icon } from "./icons.js";
import { line } from "./markdown.js";
import { orTell } from "./toast.js";
import { write } from "./writer.js";

/** Draw into `element` and keep it drawn. afterwards(): the composer is to be seen now. */
export function mountGuide(element, afterwards) {
  on(["guide"], () => draw(element, afterwards));
}

function draw(element, afterwards) {
  const tasks = state.guide ?? [];
  element.hidden = !tasks.length;
  const done = tasks.filter((task) => task.done).length;
  redraw(element,
    h("h2", { id: "guide-title", class: "side-title" }, done === tasks.length ? "All tried" : "Things to try",
      h("span", { class: "small guide-count" }, `${done} of ${tasks.length}`)),
    h("ol", { class: "guide-list" }, tasks.map((task) => entry(task, afterwards))));
}

function entry(task, afterwards) {
  const shows = task.type || task.who || task.place;
  return h("li", { class: task.done ? "guide-task guide-done" : "guide-task" },
    h("span", { class: "guide-mark" }, task.done ? icon("check") : null),
    h("div", { class: "guide-words" },
      h("h3", {}, task.title, task.done ? h("span", { class: "visually-hidden" }, " (done)") : null),
      h("p", { class: "small" }, line(task.text)),
      shows ? h("button", { type: "button", class: "button guide-show", dataset: { key: task.id },
        "aria-label": `Show me: ${task.title}`, onclick: () => orTell(show(task, afterwards)) }, "Show me") : null));
}

async function show(task, afterwards) {
  const seat = {};
  if (task.who) seat.who = task.who;
  if (task.place) seat.place = task.place;
  await look(seat);
  afterwards();
  if (task.type) write(task.type);
}
