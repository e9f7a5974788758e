// Pressing something that an app answers: busy while it waits, never sent twice, a form opened, a failure in words.

import { openForm } from "./forms.js";
import { tell } from "./toast.js";

const waiting = new Set(); // ids of the controls whose press is not answered yet; they survive a redraw
const failures = new Map(); // message id → words

/**
 * Wait for an app's answer to a command, a press or a menu. Shows its form; a failure is told at the message that
 * `anchor` is in, or as a toast. Resolves with the OUTCOME, or null after a failure.
 */
export async function outcome(promise, anchor) {
  try {
    const answer = await promise;
    if (answer.form) openForm(answer.form, { back: anchor });
    return answer;
  } catch (error) {
    refuse(anchor, error.message);
    return null;
  }
}

/** Press a control of a message: once, until it is answered. send() → promise of an OUTCOME. */
export async function press(control, send) {
  const { id } = control;
  if (waiting.has(id)) return null;
  waiting.add(id);
  refuse(control, "");
  mark(control);
  const answer = await outcome(send(), control);
  waiting.delete(id);
  mark(document.getElementById(id) ?? control);
  return answer;
}

/** Show on a control whether its press waits for an answer; to be called whenever it is drawn. */
export function mark(control) {
  const busy = waiting.has(control.id);
  control.toggleAttribute("data-busy", busy);
  if (busy) control.setAttribute("aria-busy", "true");
  else control.removeAttribute("aria-busy");
  return control;
}

/** The words of the last press of this message that failed, "" when there are none. */
export function failureOf(messageId) {
  return failures.get(messageId) ?? "";
}

function refuse(anchor, words) {
  const message = (anchor?.id && document.getElementById(anchor.id) ? document.getElementById(anchor.id) : anchor)
    ?.closest?.("[data-message]");
  if (!message) {
    if (words) tell(words, { bad: true });
    return;
  }
  failures.set(message.dataset.message, words);
  message.querySelector(".message-refusal").textContent = words;
}
