// What was begun and not sent, for each person in each place: kept while switching, and across a reload.

const kept = new Map();
const name = (seat) => `draft ${location.pathname} ${seat}`;

/** Keep a draft {text, reply, files, command} under its seat ("person/place"); an empty one is forgotten. */
export function keep(seat, draft) {
  const empty = isEmpty(draft);
  if (empty) kept.delete(seat);
  else kept.set(seat, draft);
  try {
    if (empty) sessionStorage.removeItem(name(seat));
    else sessionStorage.setItem(name(seat), JSON.stringify(draft, lasting));
  } catch {
    // A browser without storage keeps drafts until the reload; nothing else is lost.
  }
}

/** The draft of this seat; an empty one when nothing was begun. */
export function draftOf(seat) {
  return kept.get(seat) ?? stored(seat) ?? emptyDraft();
}

export function emptyDraft() {
  return { text: "", reply: null, files: [], command: null };
}

/** Nothing in it that would be missed. */
export function isEmpty({ text, reply, files, command }) {
  return !text && !reply && !files.length && !command;
}

function stored(seat) {
  try {
    const found = JSON.parse(sessionStorage.getItem(name(seat)));
    return found && { ...emptyDraft(), ...found };
  } catch {
    return null;
  }
}

// Uploads end with the page: their pictures do, and the server forgets them.
function lasting(key, value) {
  return key === "upload" || key === "files" ? undefined : value;
}
