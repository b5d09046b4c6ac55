// The player's keys. They work if the page itself or the player has the focus, but not in other fields, lists, and
// sliders.

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
    // A single letter works only while the player has the focus, because voice control may type letters.
    else if (inside && key.toLowerCase() === "l") done = toggleLoop();
    else if (key === "Escape") done = clear();
    else return;
    if (done) event.preventDefault();
  });
}
