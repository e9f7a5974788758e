// Puts the page together: each module gets its element and keeps it drawn from then on.

import { connect, on, state } from "./app.js";
import { mountClock } from "./clock.js";
import { drawer } from "./drawers.js";
import { mountForum } from "./forum.js";
import { mountGuide } from "./guide.js";
import { mountHead } from "./head.js";
import { enter, mountKeys } from "./keys.js";
import { mountPlaces } from "./places.js";
import { mountTimeline } from "./timeline.js";
import { mountWho } from "./who.js";
import { mountWriter, write } from "./writer.js";

const LINK = {
  open: "",
  lost: "Connection lost. Trying again…",
  gone: "The sandbox has stopped. Start it again with `make demo`, then open the address it prints.",
};

const $ = (id) => document.getElementById(id);
const left = drawer($("places"), { narrow: "(max-width: 599px)", label: "Places", side: "left" });
const right = drawer($("side"), { narrow: "(max-width: 899px)", label: $("side").ariaLabel, side: "right" });
const closeDrawers = () => [left, right].forEach((each) => each.close());

mountClock($("clock")); // first: what is drawn after it asks it for the moment
mountPlaces($("places"));
mountHead($("head"), { left: left.open, right: right.open });
mountForum($("forum"));
mountTimeline($("timeline"));
mountWriter($("writer"));
mountWho($("who"));
mountGuide($("guide"), closeDrawers);

const composer = () => $("writer").querySelector("textarea, [contenteditable], input, button");
mountKeys({
  regions: () => [$("places"), $("forum").hidden ? $("timeline") : $("forum"), $("writer"), $("side")],
  compose: (text) => (composer() ? write(text) : null),
});
$("skip").addEventListener("click", () => (composer() ? enter($("writer")) : $("main").focus()));

let seen = {}; // who and where it was at the last draw
on(["me", "place"], ({ me, place }) => {
  if (!me || !place) return;
  $("starting")?.remove();
  $("page").hidden = false;
  const forum = place.kind === "forum";
  $("timeline").hidden = forum;
  $("writer").hidden = forum;
  if (seen.me && (seen.me !== me.id || seen.place !== place.id)) closeDrawers();
  seen = { me: me.id, place: place.id };
});

on(["me", "place", "places", "server"], ({ me, place, places = [], server }) => {
  if (!me || !place || !server) return;
  const pinged = places.reduce((sum, each) => sum + each.pinged, 0);
  const where = place.kind === "text" ? `#${place.name}` : place.name;
  document.title = `${where}${pinged ? ` (${pinged})` : ""} · ${me.label} · ${server.name}`;
});

on(["link"], ({ link }) => {
  $("banner").textContent = LINK[link];
  const starting = $("starting");
  if (starting && link !== "open") starting.textContent = LINK[link];
});

connect();
