// The page's own small drawings, 16 × 16, in the colour of the text beside them; never read out.

import { svg } from "./dom.js";

const LINES = {
  text: ["M6.2 2.5 4.7 13.5", "M11.3 2.5 9.8 13.5", "M2.8 6h10.9", "M2.3 10.2h10.9"],
  forum: ["M2.5 3h11v4h-11z", "M2.5 9.5h11v3.5h-11z"],
  thread: ["M4 2.5v6a2 2 0 0 0 2 2h7", "m10.5 8 2.5 2.5-2.5 2.5"],
  private_thread: ["M3.5 7.2h9v6h-9z", "M5.5 7V5a2.5 2.5 0 0 1 5 0v2"],
  dm: ["M2.5 3.5h11v7.5h-6l-3 2.5v-2.5h-2z"],
  pin: ["M6 2.5h4l-.5 4 2 2.5h-7l2-2.5z", "M8 9v4.5"],
  people: ["M6 3.2a2.3 2.3 0 1 1 0 4.6 2.3 2.3 0 1 1 0-4.6", "M2 13c.3-2.5 1.8-3.8 4-3.8s3.7 1.3 4 3.8",
    "M10.7 3.6a2.2 2.2 0 0 1 0 4", "M12 9.5c1.2.6 1.9 1.8 2 3.5"],
  menu: ["M2.5 4h11", "M2.5 8h11", "M2.5 12h11"],
  settings: ["M2.5 5h5.5", "M12 5h1.5", "M10 3.3a1.7 1.7 0 1 1 0 3.4 1.7 1.7 0 1 1 0-3.4",
    "M2.5 11H4", "M8 11h5.5", "M6 9.3a1.7 1.7 0 1 1 0 3.4 1.7 1.7 0 1 1 0-3.4"],
  more: ["M3 8a.4.4 0 1 0 .8 0 .4.4 0 1 0-.8 0",
    "M7.6 8a.4.4 0 1 0 .8 0 .4.4 0 1 0-.8 0", "M12.2 8a.4.4 0 1 0 .8 0 .4.4 0 1 0-.8 0"],
  plus: ["M8 3v10", "M3 8h10"],
  check: ["m3 8.5 3.2 3.2L13 4.8"],
  archive: ["M2 3h12v3H2z", "M3 6v7h10V6", "M6.5 9h3"],
  down: ["m4 6 4 4 4-4"],
  send: ["M2.5 8h10", "m8.5 4 4 4-4 4"],
  smile: ["M8 1.8a6.2 6.2 0 1 1 0 12.4 6.2 6.2 0 1 1 0-12.4",
    "M6 6.3h.01", "M10 6.3h.01", "M5.3 9.5a3.2 3.2 0 0 0 5.4 0"],
  reply: ["M6.5 3 2.5 7l4 4", "M2.5 7h6.5a4.5 4.5 0 0 1 4.5 4.5v1.5"],
  edit: ["M3 13l.6-3L10.8 2.8l2.4 2.4L6 12.4z", "M9.2 4.4l2.4 2.4"],
  copy: ["M5.5 5.5h8v8h-8z", "M10.5 5.5v-3h-8v8h3"],
  trash: ["M2.5 4.5h11", "M6 4.5v-2h4v2", "M4 4.5l.7 9h6.6l.7-9"],
  apps: ["M2.5 2.5h4.4v4.4H2.5z", "M9.1 2.5h4.4v4.4H9.1z", "M2.5 9.1h4.4v4.4H2.5z", "M9.1 9.1h4.4v4.4H9.1z"],
  at: ["M8 5.2a2.8 2.8 0 1 1 0 5.6 2.8 2.8 0 1 1 0-5.6", "M10.8 8v1a1.6 1.6 0 0 0 3.2 0V8a6 6 0 1 0-2.6 5"],
  upload: ["M8 10.5V2.5", "M4.8 5.5 8 2.5l3.2 3", "M2.5 10v3.5h11V10"],
  slash: ["M9.8 2.5l-3.6 11"],
};

/** A drawing by its name; the word beside it, or its button's aria-label, says what it means. */
export function icon(name) {
  return svg("svg", { class: "icon", viewBox: "0 0 16 16", "aria-hidden": "true" },
    LINES[name].map((d) => svg("path", { d })));
}
