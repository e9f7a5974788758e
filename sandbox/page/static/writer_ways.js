// Ways into the composer from elsewhere on the page: letters typed while nothing has the focus, pastes, drops.

/** focus(): put the focus into the composer; take([File]): files were pasted or dropped. */
export function watchPage({ box, whole }, { focus, take }) {
  const free = () => box.checkVisibility() && !document.querySelector("dialog[open]");
  document.addEventListener("keydown", (event) => isLetter(event) && free() && focus());
  box.addEventListener("paste", (event) => {
    const found = filesOf(event.clipboardData);
    if (!found.length) return;
    event.preventDefault();
    take(found);
  });
  const drag = (event) => free() && dragged(event, whole, take);
  for (const kind of ["dragover", "dragleave", "drop"]) window.addEventListener(kind, drag);
}

// "?" and "/" have a meaning of their own (keys.js); the space bar scrolls.
function isLetter(event) {
  const plain = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
  return plain && ![" ", "?", "/"].includes(event.key) && document.activeElement === document.body;
}

function dragged(event, whole, take) {
  if (!event.dataTransfer?.types.includes("Files") || event.defaultPrevented) return;
  event.preventDefault(); // otherwise the browser opens the file in place of the page
  whole.classList.toggle("writer-drop", event.type === "dragover");
  if (event.type === "drop") take(filesOf(event.dataTransfer));
}

function filesOf(transfer) {
  return [...(transfer?.files ?? [])];
}
