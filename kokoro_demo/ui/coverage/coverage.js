// The buttons of the table of unknown words. Gradio runs this once, with `element`, `trigger`, and `watch`.

const filler = keepFilled(element, () => document.querySelector("#coverage-find").click());

// Selects a word in the text box. The positions are in characters, but the box counts UTF-16 units.
function select(start, end) {
  const box = document.querySelector("#text textarea");
  const letters = [...box.value];
  const before = letters.slice(0, start).join("").length;
  box.focus();
  box.setSelectionRange(before, before + letters.slice(start, end).join("").length);
  const lines = box.value.slice(0, before).split("\n").length - 1;
  box.scrollTop = lines * parseFloat(getComputedStyle(box).lineHeight);
}

function act(row, what) {
  const { at, word } = row.dataset;
  const fix = { at: Number(at), word, pronunciation: row.querySelector("input").value };
  if (what === "keep") {
    filler.changedHere();
    trigger("submit", fix);
  } else if (window.kokoroClips.ask(`coverage-${at}`)) trigger("click", fix);
}

element.addEventListener("click", ({ target }) => {
  const button = target.closest("button[data-do]");
  if (!button) return;
  if (button.dataset.do === "place") select(Number(button.dataset.start), Number(button.dataset.end));
  else act(button.closest("tr"), button.dataset.do);
});
element.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.target.tagName !== "INPUT" || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  act(event.target.closest("tr"), "hear");
});
// Gradio patches a new table over the old one, which would keep what was typed.
watch("value", () =>
  setTimeout(() => {
    for (const input of element.querySelectorAll("tbody input")) input.value = input.dataset.own;
  }),
);
