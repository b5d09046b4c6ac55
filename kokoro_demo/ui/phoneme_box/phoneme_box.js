// The phoneme box in the browser: whose phonemes are spoken, the palette, and the way to an unknown symbol. Gradio runs
// this once, with `element`, which knows which phonemes are spoken.

const box = () => document.querySelector("#phonemes textarea");
const NOTES = {
  edited: "Your phonemes are spoken, not the text's own.",
  aside: "The text is spoken. The phonemes that you edited are set aside.",
};

// What a person wrote in the box, until the page has received it; null if nothing was written.
let typed = null;
document.addEventListener("input", ({ target }) => {
  if (target === box()) typed = target.value;
});

// As in RequestFields.phonemes_active.
const active = ({ text, edited, edited_for }) => Boolean(edited?.trim()) && (text ?? "") === edited_for;

// The note, and the buttons that make sense.
function show(fields) {
  const state = active(fields) ? "edited" : fields.edited?.trim() ? "aside" : "";
  const hear = document.querySelector("#hear");
  if (state === "edited" && hear.dataset.phonemes !== state) open(true);
  hear.dataset.phonemes = state;
  const note = element.querySelector("p");
  if (note.textContent !== (NOTES[state] ?? "")) note.textContent = NOTES[state] ?? "";
}

// The box, which is closed until it is wanted: the reading above it shows the same phonemes by word.
function open(wanted) {
  const hear = document.querySelector("#hear");
  const opened = hear.toggleAttribute("data-editing", wanted);
  document.querySelector(".reading-edit")?.setAttribute("aria-expanded", opened);
}

window.kokoroPhonemes = {
  active,
  open,
  show,
  // What is in the box is spoken from now on, as long as the text stays.
  edit(phonemes, fields) {
    const text = fields.text ?? "";
    show({ text, edited: phonemes, edited_for: text });
    return [phonemes, text];
  },
  // The box has changed: a person wrote in it, or a text was read.
  changed(phonemes, fields) {
    if (phonemes) document.querySelector("#hear").setAttribute("data-read", "");
    if (phonemes !== typed) return [fields.edited, fields.edited_for];
    typed = null;
    return this.edit(phonemes, fields);
  },
  setAside(fields) {
    show({ ...fields, edited_for: null });
    return null;
  },
  useAgain(fields) {
    const text = fields.text ?? "";
    show({ ...fields, edited_for: text });
    return [fields.edited, text];
  },
};

// A mouse leaves the cursor in the box.
document.addEventListener("mousedown", (event) => {
  if (event.target.closest?.("[data-symbol]")) event.preventDefault();
});
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-symbol], #unknown [data-place]");
  if (!button) return;
  const area = box();
  if ("symbol" in button.dataset) {
    area.setRangeText(button.dataset.symbol, area.selectionStart, area.selectionEnd, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
    return;
  }
  // The server counts characters, the browser UTF-16 units.
  const before = [...area.value].slice(0, Number(button.dataset.place)).join("").length;
  const [symbol = ""] = area.value.slice(before);
  area.focus();
  area.setSelectionRange(before, before + symbol.length);
});
