// An app's form as a window: every kind of field, what is wrong told at the field, and nothing typed is ever lost.

import { ask } from "./app.js";
import { dialog } from "./dialog.js";
import { h } from "./dom.js";
import { fieldsOf } from "./form_fields.js";

const UNANSWERED = /did not respond|interaction failed/i;
const AGAIN = "Something went wrong. Try again.";

/**
 * Open a form: {id, title, custom_id, components, remembered}. What the person left in a form of this custom_id before
 * stands in it again, in place of what the app filled in. back: the element that gets the focus afterwards.
 */
export function openForm(form, { back } = {}) {
  const { nodes, fields } = fieldsOf(form.components, form.remembered ?? {});
  const opened = dialog({
    title: form.title,
    className: "form-window",
    body: h("div", { class: "form-fields" }, nodes),
    actions: [{ label: "Cancel", kind: "quiet" }, { label: "Submit", kind: "strong", run: () => submit(form, fields) }],
    onclose: (reason) => {
      if (reason === "left") leave(form, fields);
      comeBack(back);
    },
  });
  return opened;
}

async function submit(form, fields) {
  const wrong = fields.filter((field) => field.check());
  if (wrong.length) {
    wrong[0].focus();
    return false;
  }
  try {
    await ask("submit", { form: form.id, values: valuesOf(fields) });
  } catch (error) {
    throw UNANSWERED.test(error.message) ? new Error(AGAIN) : error;
  }
  return true;
}

// Only a comfort: without a connection the text is gone with the window, as on a phone.
function leave(form, fields) {
  ask("form_left", { form: form.id, values: valuesOf(fields) }).catch(() => {});
}

function valuesOf(fields) {
  return Object.fromEntries(fields.map((field) => [field.custom_id, field.value()]));
}

// The button that opened the form may have been drawn anew meanwhile.
function comeBack(back) {
  if (document.activeElement && document.activeElement !== document.body) return;
  (back?.isConnected ? back : back?.id && document.getElementById(back.id))?.focus?.({ preventScroll: true });
}
