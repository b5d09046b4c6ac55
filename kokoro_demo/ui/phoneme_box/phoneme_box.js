// The phoneme box: whether its phonemes or the text's are spoken, the palette, and the buttons of unknown symbols.
// Gradio runs this once, with `element`, which holds the note about which phonemes are spoken.

const box = () => document.querySelector("#phonemes textarea");
const NOTES = {
  edited: "Speak uses your phonemes instead of the text's own.",
  aside: "Speak uses the text. Your edited phonemes can be restored.",
  "": "Speak uses the text's own phonemes. Change them here to hear others.",
};

// What the visitor has typed in the box, until Gradio's change event arrives; null otherwise.
let typed = null;
document.addEventListener("input", ({ target }) => {
  if (target === box()) typed = target.value;
});

// The same as RequestFields.phonemes_active.
const active = ({ text, edited, edited_for }) => Boolean(edited?.trim()) && (text ?? "") === edited_for;

// Shows the note, and the buttons that apply.
function show(fields) {
  const state = active(fields) ? "edited" : fields.edited?.trim() ? "aside" : "";
  const hear = document.querySelector("#hear");
  if (state === "edited" && hear.dataset.phonemes !== state) open(true);
  hear.dataset.phonemes = state;
  const note = element.querySelector("p");
  if (note.textContent !== NOTES[state]) note.textContent = NOTES[state];
}

// Opens or closes the box, which is closed at first, because the spoken text above it shows the same phonemes by word.
function open(wanted) {
  const hear = document.querySelector("#hear");
  const opened = hear.toggleAttribute("data-editing", wanted);
  document.querySelector(".spoken-edit")?.setAttribute("aria-expanded", opened);
}

window.kokoroPhonemes = {
  active,
  open,
  show,
  // The phonemes in the box are spoken from now on, until the text changes.
  edit(phonemes, fields) {
    const text = fields.text ?? "";
    show({ text, edited: phonemes, edited_for: text });
    return [phonemes, text];
  },
  // Called when the box has changed, by typing or because a text was read.
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

// Clicking a symbol leaves the cursor in the box.
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
  // The server counts characters, but the browser counts UTF-16 units.
  const before = [...area.value].slice(0, Number(button.dataset.place)).join("").length;
  const [symbol = ""] = area.value.slice(before);
  area.focus();
  area.setSelectionRange(before, before + symbol.length);
});
