// A forum's page: its posts as cards, filtered by tag, sorted, and the button for a new one.

import { look, on, state } from "./app.js";
import { ago } from "./clock.js";
import { h, redraw } from "./dom.js";
import { newPost } from "./forum_post.js";
import { decode } from "./mentions.js";
import { orTell } from "./toast.js";

const SORTS = {
  activity: ["Last activity", (a, b) => Date.parse(b.at) - Date.parse(a.at)],
  newest: ["Newest", (a, b) => (BigInt(a.id) < BigInt(b.id) ? 1 : -1)], // ids grow with time
};

// What this person is looking for; kept while they go into a post and come back, new in another forum.
let wanted = { place: null, tags: new Set(), sort: "activity" };

/** Draw into `element`, which is hidden wherever it is no forum. */
export function mountForum(element) {
  on(["place", "people", "clock"], () => draw(element));
}

function draw(element) {
  const { place } = state;
  element.hidden = place?.kind !== "forum";
  if (element.hidden) return;
  if (wanted.place !== place.id) wanted = { place: place.id, tags: new Set(), sort: "activity" };
  const again = () => draw(element);
  const fits = (post) => !wanted.tags.size || post.tags.some((tag) => wanted.tags.has(tag));
  const posts = place.posts.filter(fits).sort(SORTS[wanted.sort][1]);
  const [archived, active] = [posts.filter((post) => post.archived), posts.filter((post) => !post.archived)];
  redraw(element,
    tools(place, again),
    posts.length ? null : h("p", { class: "forum-empty" }, place.posts.length
      ? "No post has these tags. Take one away to see more."
      : "Nothing here yet. Write the first post."),
    h("ul", { class: "forum-posts", "aria-label": "Posts" }, active.map((post) => card(post, place))),
    archived.length ? [
      h("h2", { class: "forum-heading" }, "Archived"),
      h("ul", { class: "forum-posts", "aria-label": "Archived posts" }, archived.map((post) => card(post, place))),
    ] : null);
}

function tools(place, again) {
  const sorted = () => {
    wanted.sort = sort.value;
    again();
  };
  const sort = h("select", {
    class: "input forum-sort", "aria-label": "Sort by", dataset: { key: "sort" }, onchange: sorted,
  }, Object.entries(SORTS).map(([value, [words]]) => h("option", { value, selected: value === wanted.sort }, words)));
  return h("div", { class: "forum-tools" },
    h("div", { class: "forum-filter", role: "group", "aria-label": "Filter by tag" },
      place.tags.map((tag) => toggle(tag, again))),
    sort,
    h("button", { type: "button", class: "button button-strong", dataset: { key: "new" }, disabled: !place.can.write,
      title: place.can.write ? null : place.why_not, onclick: () => newPost(place) }, "New post"));
}

function toggle(tag, again) {
  const press = () => {
    if (!wanted.tags.delete(tag.id)) wanted.tags.add(tag.id);
    again();
  };
  return h("button", {
    type: "button", class: "chip", "aria-pressed": String(wanted.tags.has(tag.id)), dataset: { key: tag.id },
    onclick: press,
  }, tag.emoji ? `${tag.emoji} ${tag.name}` : tag.name);
}

function card(post, place) {
  const author = state.people?.find((person) => person.id === post.owner_id);
  const tags = place.tags.filter((tag) => post.tags.includes(tag.id));
  const facts = [author?.label, post.count === 1 ? "1 reply" : `${post.count} replies`, ago(post.at)].filter(Boolean);
  return h("li", {}, h("button", {
    type: "button", class: post.unread ? "forum-card forum-unread" : "forum-card", dataset: { key: post.id },
    onclick: () => orTell(look({ place: post.id })),
  },
  h("span", { class: "forum-title" }, post.name,
    post.unread ? h("span", { class: "badge" }, `${post.unread} new`) : null),
  post.first ? h("span", { class: "forum-first" }, decode(post.first)) : null,
  h("span", { class: "forum-facts small" },
    tags.map((tag) => h("span", { class: "chip" }, tag.emoji ? `${tag.emoji} ${tag.name}` : tag.name)),
    facts.join(" · "))));
}
