// Files on their way to the server: choosing, the limit, progress, and the chips that stand for them.

import { h } from "./dom.js";
import { tell } from "./toast.js";

export const MOST_FILES = 10;
export const MOST_BYTES = 10 * 1024 * 1024; // Discord's limit without a subscription

/** "12.3 MiB", "4 KiB", "12 bytes". */
export function size(bytes) {
  if (bytes < 1024) return bytes === 1 ? "1 byte" : `${bytes} bytes`;
  const [amount, unit] = bytes < 1024 * 1024 ? [bytes / 1024, "KiB"] : [bytes / 1024 / 1024, "MiB"];
  return `${amount >= 100 ? Math.round(amount) : Math.round(amount * 10) / 10} ${unit}`;
}

/** Why these files may not be added to `already` others (a number), in words; null when they may. */
export function refusal(files, already = 0, most = MOST_FILES) {
  if (already + files.length > most) {
    if (most === 1) return "Only one file fits here. Remove the other one first.";
    return `At most ${most} files fit. Remove some, or send them in two messages.`;
  }
  const large = [...files].find((file) => file.size > MOST_BYTES);
  if (large) return `${large.name} is over ${size(MOST_BYTES)}, the limit. Make it smaller, or share a link.`;
  return null;
}

/** Let the person choose files and upload them: Promise<[upload]>, empty when they chose none or were refused. */
export async function chooseFiles({ most = MOST_FILES, already = 0, accept = null } = {}) {
  const files = await pickFiles({ most: most - already, accept });
  const words = refusal(files, already, most);
  if (words) {
    tell(words, { bad: true });
    return [];
  }
  const done = await Promise.allSettled([...files].map((file) => upload(file)));
  for (const { reason } of done) if (reason) tell(reason, { bad: true });
  return done.filter(({ value }) => value).map(({ value }) => value);
}

/** The browser's own file chooser: Promise<[File]>; nothing is sent yet. */
export function pickFiles({ most = MOST_FILES, accept = null } = {}) {
  return new Promise((resolve) => {
    const input = h("input", {
      type: "file", class: "visually-hidden", tabindex: -1, "aria-hidden": "true", multiple: most > 1, accept,
      onchange: () => done([...input.files]),
      oncancel: () => done([]),
    });
    const done = (files) => {
      input.remove();
      resolve(files);
    };
    document.body.append(input); // some browsers drop a chooser whose input is in no page
    input.click();
  });
}

/**
 * Send one file. Resolves with {id, filename, size, content_type, preview}; preview: an address of the picture in this
 * page or null, let go with `forget`. onprogress(share) is called with 0 … 1. Rejects with words for the person.
 */
export function upload(file, onprogress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest(); // fetch does not tell how far an upload has come
    const failed = () => reject(new Error(`${file.name} could not be uploaded. Try again.`));
    request.upload.addEventListener("progress", ({ loaded, total }) => onprogress?.(total ? loaded / total : 0));
    request.addEventListener("error", failed);
    request.addEventListener("abort", failed);
    request.addEventListener("load", () => {
      const answer = request.response;
      if (request.status === 200 && answer?.id) resolve({ ...answer, preview: preview(file) });
      else if (answer?.error) reject(new Error(answer.error));
      else failed();
    });
    const body = new FormData();
    body.append("file", file, file.name);
    request.open("POST", "files");
    request.responseType = "json";
    request.send(body);
  });
}

function preview(file) {
  return /^image\/(png|jpeg|gif|webp)$/.test(file.type) ? URL.createObjectURL(file) : null;
}

/** Let go of an upload's picture. */
export function forget(one) {
  if (one.preview) URL.revokeObjectURL(one.preview);
}

/** The files as a list of chips. list: [upload or {filename, size, progress: 0 … 1}]; onremove(upload). */
export function chips(list, onremove) {
  const items = list.map((one) => chip(one, onremove));
  return h("ul", { class: "upload-chips", "aria-label": "Files", hidden: !list.length }, items);
}

function chip(one, onremove) {
  return h("li", { class: "upload-chip" },
    one.preview
      ? h("img", { class: "upload-picture", src: one.preview, alt: "" })
      : h("span", { class: "upload-mark", "aria-hidden": "true" }, one.filename.split(".").pop().slice(0, 4)),
    h("span", { class: "upload-words" },
      h("span", { class: "upload-name" }, one.filename),
      one.progress === undefined
        ? h("span", { class: "small" }, size(one.size))
        : progress(one)),
    h("button", {
      type: "button",
      class: "button button-quiet button-icon",
      "aria-label": `Remove ${one.filename}`,
      onclick: () => onremove(one),
    }, "✕"));
}

function progress({ filename, progress: share }) {
  return h("progress", { class: "upload-progress", max: "1", value: share, "aria-label": `Uploading ${filename}` });
}
