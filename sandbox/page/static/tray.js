// The files of one message while it is written: added by button, paste or drop, shown as chips, sent with the text.

import { h, swap } from "./dom.js";
import { chips, forget, MOST_FILES, pickFiles, refusal, upload } from "./uploads.js";

/**
 * {element, pick(), add(files), list(), put(list), sending()}; onchange() after each change; refuse(words). list:
 * uploads, those on their way without an id. A tray that was filled anew (another draft) still lets its former files
 * arrive.
 */
export function tray(onchange, refuse) {
  let list = [];
  const element = h("div", { class: "writer-tray" });

  function draw() {
    swap(element, chips(list, remove));
    onchange();
  }

  function remove(one) {
    list = list.filter((other) => other !== one);
    one.removed = true;
    forget(one);
    draw();
  }

  function add(files) {
    const words = refusal(files, list.length, MOST_FILES);
    refuse(words ?? "");
    if (words) return;
    for (const file of files) send(file);
    draw();
  }

  async function send(file) {
    const one = { filename: file.name, size: file.size, progress: 0 };
    list.push(one);
    try {
      Object.assign(one, await upload(file, (share) => moved(one, share)), { progress: undefined });
      if (one.removed) forget(one);
    } catch (error) {
      one.failed = true;
      list = list.filter((other) => other !== one);
      refuse(error);
    }
    draw();
  }

  // The bar alone is moved: a redraw would take the focus from the button beside it.
  function moved(one, share) {
    one.progress = share;
    const bar = element.querySelectorAll("li")[list.indexOf(one)]?.querySelector("progress");
    if (bar) bar.value = share;
  }

  return {
    element,
    add,
    pick: async () => add(await pickFiles({ most: MOST_FILES })),
    list: () => [...list],
    put(files) {
      list = files.filter((one) => !one.failed);
      draw();
    },
    sending: () => list.some((one) => !one.id),
  };
}
