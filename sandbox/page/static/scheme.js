// The chosen colour scheme, before the first paint: a plain script in the head, as a module would come too late.
try {
  const chosen = localStorage.getItem("scheme");
  if (chosen) document.documentElement.dataset.scheme = chosen;
} catch {
  // a browser that keeps nothing: the system's scheme it is
}
