// The left column: every place that this person can see, with what is unread there.

import { look, on, state } from "./app.js";
import { h, redraw } from "./dom.js";
import { icon } from "./icons.js";
import { steer } from "./menu.js";
import { orTell } from "./toast.js";

const SECTIONS = [
  ["Channels", (place) => place.kind !== "dm"],
  ["Direct messages", (place) => place.kind === "dm"],
];

/** Draw the list into `element` and keep it drawn. */
export function mountPlaces(element) {
  on(["server", "places", "place"], () => draw(element));
  element.addEventListener("keydown", (event) => {
    if (event.target.matches(".place") && steer(event, [...element.querySelectorAll(".place")])) event.preventDefault();
  });
}

function draw(element) {
  if (!state.places || !state.server) return;
  const scrolled = element.scrollTop;
  redraw(element,
    h("h2", { class: "places-server" }, state.server.name),
    SECTIONS.map(([title, belongs]) => section(title, state.places.filter(belongs))));
  element.scrollTop = scrolled;
}

function section(title, places) {
  if (!places.length) return null;
  return [
    h("h3", { class: "places-heading" }, title),
    h("ul", { class: "places-list" }, places.map((place) => h("li", {}, entry(place)))),
  ];
}

function entry(place) {
  const here = place.id === state.place?.id;
  const thread = place.kind.endsWith("thread");
  return h("button", {
    type: "button",
    class: ["place", thread && "place-thread", place.unread && !here && "place-unread"].filter(Boolean).join(" "),
    "aria-current": here ? "page" : null,
    dataset: { key: place.id },
    onclick: () => orTell(look({ place: place.id })),
  },
  icon(place.kind),
  h("span", { class: "place-name" }, place.name),
  place.archived ? h("span", { class: "small" }, "archived") : null,
  place.unread && !here ? h("span", { class: "visually-hidden" }, `, ${place.unread} unread`) : null,
  place.pinged ? badge(place.pinged) : null);
}

function badge(pinged) {
  return h("span", { class: "badge" }, pinged, h("span", { class: "visually-hidden" }, " for you"));
}
