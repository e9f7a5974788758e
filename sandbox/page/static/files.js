// Attachments: pictures to look at, everything else to download. Pictures from elsewhere are told, never loaded.

import { dialog } from "./dialog.js";
import { h } from "./dom.js";
import { size } from "./uploads.js";

/** The attachments of a message that nothing else in it shows. */
export function attachments(message) {
  const elsewhere = JSON.stringify([message.embeds ?? [], message.components ?? []]);
  const own = (message.attachments ?? []).filter((file) => file.url && !elsewhere.includes(JSON.stringify(file.url)));
  if (!own.length) return null;
  const pictures = own.filter(isPicture);
  const others = own.filter((file) => !isPicture(file));
  const shown = (file) => picture({ ...file, alt: file.description ?? file.filename }, hidden(file));
  return h("div", { class: "file-list" },
    pictures.length ? h("div", { class: "file-pictures" }, pictures.map(shown)) : null,
    others.map((file) => download(file, hidden(file))));
}

function isPicture({ content_type: type }) {
  return /^image\/(png|jpe?g|gif|webp|avif)/.test(type ?? "");
}

function hidden({ filename }) {
  return filename.startsWith("SPOILER_");
}

/** A picture that opens large when it is pressed. medium: {url, alt} or {blocked: host, alt}. */
export function picture(medium, spoiler = false, className = "") {
  const { url, alt } = medium;
  if (!url) return blocked(medium, className);
  const image = h("img", { class: "file-image", loading: "lazy", decoding: "async", src: url, alt: alt ?? "",
    onerror: () => button.replaceWith(blocked({ alt }, className)) });
  const button = h("button", { type: "button", class: `file-picture ${className}`, onclick: () => large(url, alt),
    "aria-label": `Open the picture${alt ? `: ${alt}` : ""}`, title: alt ?? null }, image);
  return spoiler ? veil(button) : button;
}

/** What stands where a picture of another host, or one that cannot be read, would be. */
function blocked({ blocked: host, alt }, className = "") {
  const why = host ? `From ${host}. This page loads nothing from elsewhere.` : "This picture can't be shown.";
  return h("div", { class: `file-blocked ${className}`, role: "img", "aria-label": alt ? `${alt}. ${why}` : why },
    h("span", { class: "file-blocked-mark", "aria-hidden": "true" }, "▧"),
    alt ? h("span", {}, alt) : null,
    h("span", { class: "small" }, why));
}

function large(url, alt) {
  dialog({
    title: alt || "Picture",
    className: "file-large",
    body: h("img", { src: url, alt: alt ?? "" }),
    actions: [{ label: "Close", kind: "strong", run: () => true }],
  });
}

/** A file's line: its name, its size, a link that downloads it. file: {url, filename, size, description?}. */
export function download(file, spoiler = false) {
  const about = [typeof file.size === "number" ? size(file.size) : null, "Download"].filter(Boolean).join(" · ");
  const shown = h("a", { class: "file", href: file.url, download: file.filename },
    h("span", { class: "file-mark", "aria-hidden": "true" }, file.filename.split(".").pop().slice(0, 4)),
    h("span", { class: "file-words" },
      h("span", { class: "file-name" }, file.filename),
      h("span", { class: "small" }, about)));
  return spoiler ? veil(shown) : shown;
}

/** Covers anything until it is pressed. */
export function veil(content) {
  const inside = h("div", { class: "file-veiled", inert: true }, content);
  const button = h("button", { type: "button", class: "button file-show", onclick: () => {
    inside.inert = false;
    whole.classList.add("file-shown");
    button.remove();
    inside.querySelector("a, button")?.focus();
  } }, "Spoiler: show");
  const whole = h("div", { class: "file-veil" }, inside, button);
  return whole;
}
