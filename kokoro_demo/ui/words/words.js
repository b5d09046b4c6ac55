// The buttons of the table of words tell the server which word, and what is in its box of phonemes. Gradio runs this once,
// with `element`, `trigger` and `watch`.

const filler = keepFilled(element, () => document.querySelector("#show-words").click());

function act(row, what) {
  const input = row.querySelector("input");
  const wanted = { at: Number(row.dataset.at), word: row.dataset.word, phonemes: input.value, what };
  if (what !== "hear") {
    filler.changedHere();
    trigger("submit", wanted);
  } else if (window.kokoroClips.ask(`word-${row.dataset.at}`)) trigger("click", wanted);
}

element.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-do]");
  if (button) act(button.closest("tr"), button.dataset.do);
});
element.addEventListener("input", ({ target }) => {
  target.closest("tr").toggleAttribute("data-edited", target.value !== target.dataset.own);
});
// A new table is put over the old one, and what was typed there would stay.
watch("value", () =>
  setTimeout(() => {
    for (const row of element.querySelectorAll("tbody tr")) {
      const input = row.querySelector("input");
      input.value = input.dataset.own;
      row.removeAttribute("data-edited");
    }
  }),
);
element.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.target.tagName !== "INPUT" || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  act(event.target.closest("tr"), "hear");
});
