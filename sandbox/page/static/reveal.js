// Go to one message of this place, also when it is so far up that the page does not hold it yet.

import { ask, state } from "./app.js";

const FAR = 40; // times "earlier" is asked for: 2,000 messages

/** Scroll to the message and put the focus on it. Rejects with words when it cannot be found. */
export async function reveal(id) {
  for (let asked = 0; asked < FAR && !held(id) && state.place.older; asked += 1) await ask("earlier");
  const element = held(id) && document.querySelector(`[data-message="${CSS.escape(id)}"]`);
  if (!element) throw new Error("That message is not here any more.");
  element.scrollIntoView({ block: "center" });
  element.focus({ preventScroll: true });
}

function held(id) {
  return state.messages?.some((message) => message.id === id);
}
