// One way to open a window over the page: titled, closed with Escape, focus goes in and comes back.

import { h, swap } from "./dom.js";

let made = 0;

/**
 * Open a modal window and answer with {element, close(reason), refuse(words)}.
 * body: nodes. actions: [{label, kind: "strong" | "danger" | "quiet", run}]; Enter in a field is the first strong or
 * danger one. run may be async: the window closes after it unless it answers false; an Error keeps it open and its
 * words are shown inside, with everything typed still there. An action without run closes.
 * onclose(reason): "done" after an action's success, "left" when it was closed unsent, or what close() was given.
 * className: a further class; describe: a sentence under the title; focus: the element to start at.
 */
export function dialog({ title, body, actions = [], onclose, className = "", describe, focus }) {
  const before = document.activeElement;
  const id = `dialog-${(made += 1)}`;
  const refusal = h("p", { class: "dialog-refusal", role: "alert" });
  const main = actions.find((action) => ["strong", "danger"].includes(action.kind) && action.run);
  const buttons = actions.map((action) => button(action, handle, action === main));
  const form = h("form", { class: "dialog-form", novalidate: true },
    h("header", { class: "dialog-head" },
      h("h2", { id, class: "dialog-title" }, title),
      h("button", { type: "button", class: "button button-quiet button-icon", "aria-label": "Close",
        onclick: () => close("left") }, "✕")),
    h("div", { class: "dialog-body" }, describe ? h("p", { class: "small" }, describe) : null, body),
    refusal,
    buttons.length ? h("footer", { class: "dialog-foot" }, buttons) : null);
  const element = h("dialog", { class: `dialog ${className}`, "aria-labelledby": id }, form);
  let ended = false;

  function handle() {
    return { element, close, refuse, busy };
  }

  function close(reason = "done") {
    if (ended) return;
    ended = true;
    element.close();
    element.remove();
    (before?.isConnected && before.checkVisibility() ? before : document.getElementById("main"))?.focus();
    onclose?.(reason);
  }

  function refuse(words) {
    swap(refusal, words instanceof Error ? words.message : words);
  }

  function busy(on) {
    element.toggleAttribute("aria-busy", on);
    for (const each of buttons) each.disabled = on;
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (main && !element.hasAttribute("aria-busy")) act(main, handle());
  });
  element.addEventListener("cancel", (event) => {
    if (event.target !== element) return; // a file chooser inside tells of its own cancel
    event.preventDefault();
    close("left");
  });
  element.addEventListener("close", () => close("left")); // the browser closed it by itself
  outside(element, () => close("left"));
  document.body.append(element);
  element.showModal();
  const first = form.querySelector(".dialog-body :is(input, textarea, select, button)");
  (focus ?? element.querySelector("[autofocus]") ?? first ?? buttons[actions.indexOf(main)] ?? element).focus();
  return handle();
}

// The main one submits: without such a button Enter does nothing in a form of several fields.
function button(action, handle, main) {
  const look = { strong: "button-strong", danger: "button-danger", quiet: "button-quiet" }[action.kind] ?? "";
  const [type, onclick] = main ? ["submit", null] : ["button", () => act(action, handle())];
  return h("button", { type, class: `button ${look}`, onclick }, action.label);
}

async function act(action, { close, refuse, busy }) {
  if (!action.run) return close("left");
  refuse("");
  busy(true);
  try {
    if ((await action.run()) !== false) return close("done");
  } catch (error) {
    refuse(error);
  }
  busy(false);
}

// A press on the backdrop closes; one that began inside (text being marked) does not.
function outside(element, left) {
  let began = false;
  element.addEventListener("pointerdown", (event) => (began = event.target === element));
  element.addEventListener("click", (event) => began && event.target === element && left());
}

/** Ask before something that cannot be undone: resolves true or false. */
export function sure({ title, words, yes = "Delete", kind = "danger" }) {
  return new Promise((resolve) => {
    dialog({
      title,
      body: h("p", {}, words),
      actions: [{ label: "Cancel", kind: "quiet" }, { label: yes, kind, run: () => true }],
      onclose: (reason) => resolve(reason === "done"),
    });
  });
}
