// The player's keys. They work wherever nothing else takes keys: on the page itself and in the player, but not in a
// field, a list or a slider of another part.

function listenToKeys(root, { toggle, seekBy, seekByWord, toggleLoop, clear }) {
  const STEP = 2; // seconds
  document.addEventListener("keydown", (event) => {
    const { target, key } = event;
    const inside = root.contains(target);
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!inside && target !== document.body && target !== document.documentElement) return;
    if (target.tagName === "SELECT") return;
    const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
    let done = true;
    if (key === " " && target.tagName !== "BUTTON") done = toggle();
    else if (step) done = event.shiftKey ? seekByWord(step) : seekBy(STEP * step);
    // Voice control may type a single letter: it counts only while the player has the focus.
    else if (inside && key.toLowerCase() === "l") done = toggleLoop();
    else if (key === "Escape") done = clear();
    else return;
    if (done) event.preventDefault();
  });
}
