
// The table of results: filters, the visitor's marks, fixes in a row, and playing all rows in order.

const MARKS = "kokoro-marks"; // storage key of this tab's marks, by the row's text
const LINKED = "kokoro-linked-marks"; // storage key of a link's marks, by row number, until its list is checked

const rows = () => [...element.querySelectorAll("tbody tr")];
const textOf = (row) => row.querySelector(".checked-text > bdi").textContent;

function stored(name, otherwise) {
  try {
    return JSON.parse(tabStorage.getItem(name)) ?? otherwise;
  } catch {
    return otherwise;
  }
}
const store = (name, value) => tabStorage.setItem(name, JSON.stringify(value));

// --- marks and filters ---------------------------------------------------------------------------------------------

const letters = () => rows().map((row) => row.dataset.marked || ".").join("");

function showMarks() {
  const linked = tabStorage.getItem(LINKED);
  const kept = Object.assign(Object.create(null), stored(MARKS, {}));
  if (linked && rows().length) {
    rows().forEach((row, at) => "rw".includes(linked[at] ?? ".") && (kept[textOf(row)] = linked[at]));
    tabStorage.removeItem(LINKED);
    store(MARKS, kept);
  }
  for (const row of rows()) {
    const mark = kept[textOf(row)];
    row.dataset.marked = mark === "r" || mark === "w" ? mark : "";
    for (const button of row.querySelectorAll("[data-mark]")) {
      button.setAttribute("aria-pressed", button.dataset.mark === row.dataset.marked);
    }
  }
  const wrong = rows().filter((row) => row.dataset.marked === "w").length;
  const button = element.querySelector("[data-show=wrong]");
  if (!button) return;
  button.hidden = !wrong;
  button.querySelector("span").textContent = wrong;
}

function mark(row, letter) {
  const kept = { ...stored(MARKS, {}) };
  if (row.dataset.marked === letter) delete kept[textOf(row)];
  else kept[textOf(row)] = letter;
  store(MARKS, kept);
  showMarks();
  filter(element.dataset.show || "all");
}

const isMisheard = (row) => row.querySelector(".checked-heard [data-differs]") !== null;

function isOfKind(row, kind) {
  if (kind === "wrong") return row.dataset.marked === "w";
  if (kind === "misheard") return isMisheard(row);
  return kind === "all" || row.dataset.kinds.split(" ").includes(kind);
}

function showHeard() {
  const button = element.querySelector("[data-show=misheard]");
  if (!button) return;
  const count = rows().filter(isMisheard).length;
  button.hidden = !count;
  button.querySelector("span").textContent = count;
}

function filter(kind) {
  const buttons = [...element.querySelectorAll("[data-show]")].filter((button) => !button.hidden);
  if (!buttons.some((button) => button.dataset.show === kind)) kind = "all";
  element.dataset.show = kind;
  for (const button of buttons) button.setAttribute("aria-pressed", button.dataset.show === kind);
  for (const row of rows()) row.hidden = !isOfKind(row, kind);
  const none = element.querySelector(".checked-none");
  if (none) none.hidden = rows().some((row) => !row.hidden);
}

// --- a fix in the row ----------------------------------------------------------------------------------------------

function close(row) {
  row.querySelector(".checked-editor")?.remove();
  row.querySelector("[data-fix]")?.setAttribute("aria-expanded", "false");
}

function part(tag, properties) {
  return Object.assign(document.createElement(tag), properties);
}

function open(row) {
  const editor = part("div", { className: "checked-editor" });
  editor.append(part("p", { textContent: "Type how it sounds (koh-KOH-roh) or phonemes between slashes (/kˈOkəɹO/)." }));
  JSON.parse(row.dataset.words).forEach(([text, phonemes], at) => {
    const line = part("div", { className: "checked-word" });
    const label = part("label", { textContent: text });
    const input = part("input", { placeholder: `/${phonemes}/`, spellcheck: false, autocomplete: "off" });
    input.setAttribute("aria-label", `How ${text} sounds`);
    const hear = part("button", { type: "button", textContent: "Hear" });
    hear.dataset.sound = `try-${row.dataset.number}-${at}`;
    const save = part("button", { type: "button", textContent: "Save" });
    const fix = () => ({ row: Number(row.dataset.number), word: at, pronunciation: input.value || input.placeholder });
    hear.addEventListener("click", () => window.kokoroClips.ask(hear.dataset.sound) && trigger("click", fix()));
    save.addEventListener("click", () => trigger("submit", fix()));
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) {
        event.preventDefault();
        hear.click();
      }
    });
    label.append(input);
    line.append(label, hear, save);
    editor.append(line);
  });
  row.querySelector("td.checked-phonemes").append(editor);
  row.querySelector("[data-fix]").setAttribute("aria-expanded", "true");
  editor.querySelector("input")?.focus();
}

// --- all in order --------------------------------------------------------------------------------------------------

let next = -1; // the index of the row that is playing; -1 unless all rows are played

function playFrom(at) {
  const all = rows();
  let place = at;
  while (place < all.length && (all[place].hidden || !all[place].querySelector(".checked-play"))) place++;
  next = place < all.length ? place : -1;
  element.querySelector("[data-play-all]")?.setAttribute("aria-pressed", next >= 0);
  const button = element.querySelector("[data-play-all]");
  if (button) button.textContent = next >= 0 ? "Stop" : "Play all";
  if (next < 0) return;
  all[place].scrollIntoView({ block: "nearest" });
  all[place].querySelector(".checked-play").click();
}
document.addEventListener("kokoro:clip-ended", ({ detail }) => {
  if (next >= 0 && detail.key === `row-${rows()[next]?.dataset.number}` && detail.whole) playFrom(next + 1);
  else if (next >= 0 && !detail.whole) playFrom(Infinity);
});

element.addEventListener("click", ({ target }) => {
  const button = target.closest("button");
  const row = button?.closest("tr");
  if (!button) return;
  if (button.dataset.show) filter(button.dataset.show);
  else if (button.dataset.mark) mark(row, button.dataset.mark);
  else if ("fix" in button.dataset) {
    const isOpen = row.querySelector(".checked-editor");
    if (isOpen) close(row);
    else open(row);
  } else if ("playAll" in button.dataset) {
    if (next < 0) playFrom(0);
    else {
      next = -1;
      window.kokoroClips.silence();
      playFrom(Infinity);
    }
  }
});
element.addEventListener("keydown", (event) => {
  const row = event.target.closest(".checked-editor")?.closest("tr");
  if (event.key !== "Escape" || !row) return;
  close(row);
  row.querySelector("[data-fix]").focus();
});
// Gradio patches a new table over the old one, so editors and marks must be reset: they now belong to other rows.
watch("value", () =>
  setTimeout(() => {
    rows().forEach(close);
    next = -1;
    showMarks();
    showHeard();
    filter(element.dataset.show || "all");
    window.kokoroClips?.mark();
  }),
);
window.kokoroList = { marks: letters, showHeard };
