// Runs when the workbench is first opened. Returns the list in the hash of a link, with the prefix "link:", as it was
// before a reload; or else the list that this tab stored; "" if nothing is to be filled in.
(text) => {
  const MAX_LENGTH = 400_000; // characters, more than any valid list
  document.addEventListener("input", ({ target }) => {
    if (!target.closest?.("#check-box")) return;
    tabStorage.setItem("kokoro-list", target.value);
  });
  const kept = tabStorage.getItem("kokoro-list");
  const reloaded = performance.getEntriesByType("navigation")[0]?.type === "reload";
  const given = new URLSearchParams(location.hash.slice(1));
  const linked = given.get("list");
  const marks = given.get("marks") ?? "";
  if (linked && reloaded && kept) return `link:${kept}`;
  if (linked && linked.length <= MAX_LENGTH) {
    if (/^[.rw]{1,500}$/.test(marks)) tabStorage.setItem("kokoro-linked-marks", marks);
    return `link:${linked}`;
  }
  return text ? "" : (kept ?? "");
}
