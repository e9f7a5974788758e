// The window for a new post in a forum: title, tags, text, files.

import { ask, look, state } from "./app.js";
import { dialog } from "./dialog.js";
import { h, swap } from "./dom.js";
import { chips, chooseFiles, forget } from "./uploads.js";

const MOST_TAGS = 5; // Discord's limits of a post
const LONGEST_NAME = 100;
const LONGEST_TEXT = 2000;

/** Open it for this forum; sent, the new post is looked at. */
export function newPost(place) {
  const name = h("input", { id: "post-name", type: "text", maxlength: LONGEST_NAME, autocomplete: "off" });
  const text = h("textarea", { id: "post-text", maxlength: LONGEST_TEXT, rows: 6 });
  const tags = tagField(place);
  const files = fileField(place);
  dialog({
    title: `New post in ${place.name}`,
    describe: place.topic,
    focus: name,
    body: [
      h("div", { class: "field" }, h("label", { for: name.id }, "Title"), name),
      tags.element,
      h("div", { class: "field" }, h("label", { for: text.id }, "Text"), text),
      files?.element,
    ].filter(Boolean),
    actions: [
      { label: "Cancel", kind: "quiet" },
      { label: "Post", kind: "strong", run: async () => {
        check(place, name, text, tags.chosen);
        const made = await ask("post", {
          name: name.value.trim(),
          text: text.value,
          tags: [...tags.chosen],
          files: files?.list().map((file) => file.id) ?? [],
        });
        await look({ place: made.place });
      } },
    ],
    onclose: () => files?.list().forEach(forget),
  });
}

function check(place, name, text, chosen) {
  if (!name.value.trim()) {
    name.focus();
    throw new Error("Give the post a title.");
  }
  if (place.require_tag && !chosen.size) throw new Error("Choose at least one tag: this forum asks for it.");
  if (!text.value.trim()) {
    text.focus();
    throw new Error("Write a text. It becomes the post's first message.");
  }
}

function tagField(place) {
  const chosen = new Set();
  const press = (tag) => (event) => {
    if (!chosen.delete(tag.id) && chosen.size < MOST_TAGS) chosen.add(tag.id);
    event.currentTarget.setAttribute("aria-pressed", String(chosen.has(tag.id)));
  };
  const offered = place.tags.filter((tag) => !tag.moderated || state.me.moderator);
  const element = offered.length ? h("fieldset", { class: "field" },
    h("legend", {}, "Tags ", h("span", { class: "small" }, place.require_tag ? "one to five" : "up to five")),
    h("div", { class: "forum-filter" }, offered.map((tag) => h("button", {
      type: "button", class: "chip", "aria-pressed": "false", onclick: press(tag),
    }, tag.emoji ? `${tag.emoji} ${tag.name}` : tag.name)))) : null;
  return { element, chosen };
}

function fileField(place) {
  if (!place.can.attach) return null;
  let list = [];
  const shown = h("div");
  const draw = () => swap(shown, chips(list, (file) => {
    list = list.filter((other) => other !== file);
    forget(file);
    draw();
  }));
  const add = async () => {
    list = [...list, ...(await chooseFiles({ already: list.length }))];
    draw();
  };
  const element = h("div", { class: "field" }, shown,
    h("div", {}, h("button", { type: "button", class: "button", onclick: add }, "Add files")));
  return { element, list: () => list };
}
