// The window for starting a thread, from a message or of its own.

import { ask, look, state } from "./app.js";
import { dialog } from "./dialog.js";
import { h } from "./dom.js";
import { decode } from "./mentions.js";

const LONGEST = 100; // Discord's limit of a thread's name

/** Ask for a name and start the thread; from a message it is always public, otherwise it may be private. */
export function startThread(message = null) {
  const name = h("input", {
    class: "input",
    id: "thread-name",
    type: "text",
    maxlength: LONGEST,
    required: true,
    autocomplete: "off",
    value: message ? suggested(message) : "",
    "aria-describedby": "thread-about",
  });
  const hidden = h("input", { type: "checkbox", id: "thread-private", "aria-describedby": "thread-private-about" });
  const author = message?.author.global_name ?? message?.author.username;
  const about = message
    ? `Starts at the message of ${author}. All who see this channel can read it.`
    : `A side conversation in #${state.place.name}.`;
  dialog({
    title: "Start a thread",
    focus: name,
    body: [
      h("div", { class: "field" },
        h("label", { for: name.id }, "Name"),
        name,
        h("p", { class: "small", id: "thread-about" }, about)),
      message ? null : h("div", { class: "thread-private" },
        hidden,
        h("label", { for: hidden.id }, "Private"),
        h("p", { class: "small", id: "thread-private-about" }, "Only added people and moderators can see it.")),
    ],
    onclose: (reason) => reason === "done" && document.getElementById("writer-area")?.focus(),
    actions: [
      { label: "Cancel", kind: "quiet" },
      { label: "Start thread", kind: "strong", run: () => begin(name.value.trim(), message, hidden.checked) },
    ],
  });
}

async function begin(name, message, hidden) {
  if (!name) throw new Error("Give the thread a name first.");
  const { place } = await ask("thread", { name, message: message?.id ?? null, private: hidden });
  await look({ place });
}

// The first line, without marks; whole words while they fit in a place name's usual length.
function suggested(message) {
  const line = decode(message.content ?? "").replace(/[*_~`>#|]/g, "").trim().split("\n")[0];
  if (line.length <= 40) return line;
  const cut = line.slice(0, 41);
  return cut.slice(0, cut.lastIndexOf(" ") > 15 ? cut.lastIndexOf(" ") : 40);
}
