// What every module of the page shares: the view that the server sent, a way to ask it for something, and who looks.
// The server pushes whole values (protocol: sandbox/page/__init__.py); a module draws from `state`, it keeps no copy.

/** The view as it stands: me, server, people, roles, places, place, messages, clock, commands, guide. */
export const state = {};

const SLOWEST = 5000; // ms between two attempts to connect, at most
const GONE = 10_000; // ms without a connection until the page says that the sandbox has stopped
const DEAF = 4000; // ms that a socket has to answer in after the tab slept

const listeners = [];
const waiting = new Map();
let socket = null;
let asked = 0;
let since = null; // the moment of this page load: private answers from before it are gone, as in Discord's client
let seat = { who: null, place: null };
let pause = 250; // ms until the next attempt to connect
let attempt = null; // the timer of that attempt
let gone = null; // the timer after which the page says so

/** Draw again whenever one of these keys of the view changed: on(["messages", "people"], draw). */
export function on(keys, draw) {
  listeners.push({ keys: new Set(keys), draw });
}

/** Ask the server; resolves with its answer, rejects with an Error whose message is for the person. */
export function ask(what, details = {}) {
  return new Promise((resolve, reject) => {
    if (socket?.readyState !== WebSocket.OPEN) return reject(new Error("Not connected. Trying again…"));
    asked += 1;
    waiting.set(asked, { resolve, reject });
    socket.send(JSON.stringify({ id: asked, do: what, ...details }));
  });
}

/** Sit down as this person in this place; either may be left out to stay as it is. */
export async function look({ who = seat.who, place = seat.place } = {}) {
  const found = await ask("look", { who, place, since });
  const address = `#/${found.who}/${found.place}`;
  // The browser's Back leads to the place before; the first address of a page load takes the place of none.
  if (address !== location.hash) history[location.hash ? "pushState" : "replaceState"](null, "", address);
  seat = { who: found.who, place: found.place };
  return seat;
}

/** Connect and stay connected. `link` in the state is "open", "lost", or "gone" after ten seconds. */
export function connect() {
  clearTimeout(attempt);
  if (!seat.who) seat = addressed();
  socket = new WebSocket(new URL("socket", location.href.split("#")[0]).href.replace(/^http/, "ws"));
  socket.addEventListener("message", (message) => receive(JSON.parse(message.data)));
  socket.addEventListener("close", lost);
}

function addressed() {
  const [, who, place] = location.hash.split("/");
  return { who: who || null, place: place || null };
}

function receive(packet) {
  if (packet.hello) {
    since ??= packet.hello.now_id;
    pause = 250;
    clearTimeout(gone);
    gone = null;
    change({ link: "open" });
    look().catch(() => look({ who: null, place: null })).catch(() => {});
  } else if (packet.view) {
    change(packet.view);
  } else {
    const { resolve, reject } = waiting.get(packet.id) ?? {};
    waiting.delete(packet.id);
    if (packet.error !== undefined) reject?.(new Error(packet.error));
    else resolve?.(packet.ok);
  }
}

function change(news) {
  Object.assign(state, news);
  const changed = Object.keys(news);
  for (const { keys, draw } of listeners) if (changed.some((key) => keys.has(key))) draw(state);
}

function lost(event) {
  if (event.target !== socket) return; // one that was given up already
  socket = null;
  for (const { reject } of waiting.values()) reject(new Error("The connection was lost. Trying again…"));
  waiting.clear();
  if (gone === null) {
    gone = setTimeout(() => change({ link: "gone" }), GONE);
    change({ link: "lost" });
  }
  attempt = setTimeout(connect, pause);
  pause = Math.min(pause * 2, SLOWEST);
}

// A tab that slept may hold a socket that is dead without knowing it: coming back, it asks, and connects anew
// when nobody answers.
function awake() {
  if (document.hidden || socket?.readyState === WebSocket.CONNECTING) return;
  if (socket?.readyState !== WebSocket.OPEN) {
    if (socket) lost({ target: socket });
    pause = 250;
    return connect();
  }
  const asleep = socket;
  const deaf = setTimeout(() => {
    asleep.close();
    lost({ target: asleep });
  }, DEAF);
  look().catch(() => {}).finally(() => clearTimeout(deaf));
}

document.addEventListener("visibilitychange", awake);
addEventListener("online", awake);
addEventListener("popstate", () => look(addressed()).catch(() => {}));
