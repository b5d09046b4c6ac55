// A link brings a list in its hash, which no server sees on the way; it begins with "link:" here. Else the tab of the
// browser may still have one, after a reload or a lost connection. Run when the page loads; gives what it found.
(text) => {
  const MOST = 400_000; // characters, more than any list that is checked
  document.addEventListener("input", ({ target }) => {
    if (!target.closest?.("#check-box")) return;
    tabStorage.setItem("kokoro-list", target.value);
  });
  const kept = tabStorage.getItem("kokoro-list");
  const reloaded = performance.getEntriesByType("navigation")[0]?.type === "reload";
  const given = new URLSearchParams(location.hash.slice(1));
  const linked = given.get("list");
  const marks = given.get("marks") ?? "";
  if (linked && linked.length <= MOST && !(reloaded && kept)) {
    if (/^[.rw]{1,500}$/.test(marks)) tabStorage.setItem("kokoro-linked-marks", marks);
    return `link:${linked}`;
  }
  return text || kept || "";
}
