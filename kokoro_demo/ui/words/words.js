// The buttons of the table of words, which send the word and the phonemes in its box to the server. Gradio runs this
// once, with `element`, `trigger`, and `watch`.

const filler = keepFilled(element, () => document.querySelector("#show-words").click());

function act(row, what) {
  const input = row.querySelector("input");
  const detail = { at: Number(row.dataset.at), word: row.dataset.word, phonemes: input.value, what };
  if (what !== "hear") {
    filler.changedHere();
    trigger("submit", detail);
  } else if (window.kokoroClips.ask(`word-${row.dataset.at}`)) trigger("click", detail);
}

element.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-do]");
  if (button) act(button.closest("tr"), button.dataset.do);
});
element.addEventListener("input", ({ target }) => {
  target.closest("tr").toggleAttribute("data-edited", target.value !== target.dataset.own);
});
// Gradio patches a new table over the old one, which would keep what was typed.
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
