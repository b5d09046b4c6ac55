// A menu button, which follows the ARIA Authoring Practices.

// items: [value, label] pairs, or null for a separator; `choose` is called with the chosen value.
function makeMenu(button, list, items, choose) {
  const GAP = 12; // pixels to the button and to the edge of the window
  const MIN_HEIGHT = 160; // pixels
  const entries = items.filter(Boolean).map(([value, label]) => {
    const entry = Object.assign(document.createElement("button"), { type: "button", textContent: label, tabIndex: -1 });
    entry.setAttribute("role", "menuitem");
    entry.addEventListener("click", () => {
      close();
      choose(value);
    });
    return entry;
  });
  const left = [...entries];
  list.append(
    ...items.map((item) => {
      const row = document.createElement("li");
      row.setAttribute("role", item ? "none" : "separator");
      if (item) row.append(left.shift());
      return row;
    }),
  );

  const isOpen = () => !list.hidden;

  function open(entry) {
    list.hidden = false;
    // Opens above the button if the menu does not fit below and there is more room above. If neither suffices, it scrolls.
    list.style.maxHeight = "none";
    const { top, bottom } = button.getBoundingClientRect();
    const [above, below] = [top - GAP, innerHeight - bottom - GAP];
    const rises = below < list.offsetHeight && above > below;
    list.toggleAttribute("data-above", rises);
    list.style.maxHeight = `${Math.max(MIN_HEIGHT, rises ? above : below)}px`;
    button.setAttribute("aria-expanded", "true");
    entry.focus();
  }
  function close() {
    if (!isOpen()) return;
    const inside = list.contains(document.activeElement);
    list.hidden = true;
    button.setAttribute("aria-expanded", "false");
    if (inside) button.focus();
  }

  button.addEventListener("click", () => (isOpen() ? close() : open(entries[0])));
  button.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    open(event.key === "ArrowDown" ? entries[0] : entries.at(-1));
  });
  list.addEventListener("keydown", (event) => {
    const at = entries.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: entries.length - 1 }[event.key];
    if (event.key === "Escape") close();
    else if (event.key === "Tab") return close();
    else if (to !== undefined) entries[(to + entries.length) % entries.length].focus();
    else if (/^\p{L}$/u.test(event.key)) {
      const round = [...entries.slice(at + 1), ...entries.slice(0, at + 1)];
      round.find((entry) => entry.textContent.toLowerCase().startsWith(event.key.toLowerCase()))?.focus();
    } else return event.stopPropagation();
    event.preventDefault();
    event.stopPropagation();
    return undefined;
  });
  // Only the entry that has the focus is in the Tab order, as in any menu.
  list.addEventListener("focusin", ({ target }) => {
    for (const entry of entries) entry.tabIndex = entry === target ? 0 : -1;
  });
  document.addEventListener("click", ({ target }) => {
    if (isOpen() && !button.contains(target) && !list.contains(target)) close();
  });
}
