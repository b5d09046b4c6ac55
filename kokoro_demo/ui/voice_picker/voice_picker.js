// The voice picker, a combobox: typing searches, arrow keys move through the voices and preview each, and Enter chooses
// one. Gradio runs this once, with `element`, `props`, `server`, and `trigger`.

const FAVOURITES = "kokoro-favourites"; // key in the browser's storage
const PREVIEW_DELAY = 300; // milliseconds that the arrow keys rest on a voice before it plays
const find = (selector) => element.querySelector(selector);
const ui = {
  input: find("#voices-input"),
  hear: find(".voices-hear"),
  star: find(".voices-star"),
  popup: find(".voices-popup"),
  found: find(".voices-found [role=status]"),
  list: find("#voices-list"),
};

let voices = props.value.voices;
let found = props.value.found; // the names that match the search
let chosen = props.value.chosen;
const own = []; // the names of this visitor's packs
let active = ""; // the voice that the arrow keys are at
let searches = 0; // counts searches, so that only the answer to the last one is used
let previewTimer;

function favourites() {
  try {
    const kept = JSON.parse(lastingStorage.getItem(FAVOURITES) ?? "[]");
    return Array.isArray(kept) ? kept.filter((name) => typeof name === "string") : [];
  } catch {
    return [];
  }
}

async function search(query) {
  const number = ++searches;
  const also = [...own, chosen, ...favourites()].filter((name) => own.includes(name) || isBlend(name));
  const answer = await server.voices({ query, also: [...new Set(also)] }).catch(() => null);
  if (!answer || number !== searches) return;
  ({ voices, found } = answer);
  if (ui.popup.hidden) settle();
  else draw();
}

// --- display -------------------------------------------------------------------------------------------------------

const isBlend = (name) => /[+(]/.test(name);
const shortOf = (name) => voices.find((voice) => voice.name === name)?.short ?? name;

// The voices of a blend and their weights; a single voice has the weight 1.
function partsOf(name) {
  return name.split("+").map((part) => {
    const [, voice, weight] = /^([^(]*)(?:\((\d+)\))?$/.exec(part.trim()) ?? [part, part];
    return [voice, Number(weight ?? 1)];
  });
}

function labelOf(name) {
  if (!isBlend(name)) return voices.find((voice) => voice.name === name)?.label ?? name;
  const parts = partsOf(name);
  const total = parts.reduce((sum, [, weight]) => sum + weight, 0);
  return parts.map(([voice, weight]) => `${shortOf(voice)} ${Math.round((100 * weight) / total)}%`).join(" + ");
}

const optionOf = (name) => [...ui.list.querySelectorAll("[role=option]")].find((one) => one.dataset.voice === name);

// Shows as many parts of a label as fit in the box. (Its scrollWidth does not tell: the text may run into the padding.)
const pen = document.createElement("canvas").getContext("2d");
function fit(label) {
  const { font, paddingLeft, paddingRight } = getComputedStyle(ui.input);
  const room = ui.input.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
  const parts = label.split(" · ");
  pen.font = font;
  while (parts.length > 1 && pen.measureText(parts.join(" · ")).width > room) parts.pop();
  ui.input.value = parts.join(" · ");
}

// Shows the chosen voice in the box.
function settle() {
  fit(labelOf(chosen));
  ui.hear.dataset.sound = `sample-${chosen}`;
  ui.star.setAttribute("aria-pressed", favourites().includes(chosen));
  showBlend();
  window.kokoroClips?.mark();
}

function option(voice) {
  const node = make("div", "", "voices-option");
  node.setAttribute("role", "option");
  node.setAttribute("aria-selected", voice.name === chosen);
  const label = isBlend(voice.name) ? labelOf(voice.name) : voice.label;
  node.setAttribute("aria-label", label);
  node.id = `voices-option-${encodeURIComponent(voice.name)}`; // the name of an alias may have spaces
  node.dataset.voice = voice.name;
  // For the mouse only: an option may not contain a button, and the arrow keys preview voices anyway.
  const hear = make("span", "", ui.hear.className);
  hear.innerHTML = ui.hear.innerHTML;
  hear.setAttribute("aria-hidden", "true");
  hear.dataset.sound = `sample-${voice.name}`;
  hear.dataset.state = "";
  const about = [voice.kind, voice.note, voice.trait].filter(Boolean).join(" · ");
  node.append(hear, make("b", isBlend(voice.name) ? label : voice.short), make("span", about, "voices-about"), make("span", voice.grade, "voices-grade"));
  return node;
}

function draw() {
  const groups = new Map();
  const kept = favourites();
  const known = voices.filter(({ name }) => found.includes(name));
  for (const voice of known) {
    const group = kept.includes(voice.name) ? "Favourites" : voice.group;
    groups.set(group, [...(groups.get(group) ?? []), voice]);
  }
  const ordered = [...groups].sort(([a], [b]) => (b === "Favourites") - (a === "Favourites"));
  ui.list.replaceChildren(
    ...ordered.map(([name, members]) => {
      const group = make("div", "", "voices-group");
      group.setAttribute("role", "group");
      group.setAttribute("aria-label", name);
      const head = make("div", name, "voices-head");
      head.setAttribute("aria-hidden", "true");
      group.append(head, ...members.map(option));
      return group;
    }),
  );
  const count = `${known.length} voice${known.length === 1 ? "" : "s, best first"}`;
  ui.found.textContent = known.length ? count : voices.length === 0 ? "No voice is loaded yet." : "No voice matches all of these words. Try fewer, or “british man”, “female”, “whisper”.";
  find(".voices-grades").hidden = !known.length;
  if (!optionOf(active)) active = "";
  point(active);
  window.kokoroClips?.mark();
}

function point(name) {
  optionOf(active)?.removeAttribute("data-active");
  active = name;
  const node = optionOf(name);
  node?.setAttribute("data-active", "");
  node?.scrollIntoView({ block: "nearest" });
  if (node) ui.input.setAttribute("aria-activedescendant", node.id);
  else ui.input.removeAttribute("aria-activedescendant");
}

function open() {
  if (!ui.popup.hidden) return;
  ui.popup.hidden = false;
  ui.input.setAttribute("aria-expanded", "true");
  active = chosen;
  ui.input.select();
  found = voices.map(({ name }) => name);
  draw();
  ui.popup.scrollIntoView({ block: "nearest" });
  search("");
}

function close() {
  if (ui.popup.hidden) return;
  clearTimeout(previewTimer);
  searches++;
  ui.popup.hidden = true;
  ui.input.setAttribute("aria-expanded", "false");
  ui.input.removeAttribute("aria-activedescendant");
  settle();
}

// --- events --------------------------------------------------------------------------------------------------------

function take(name) {
  chosen = name;
  close();
  settle();
  trigger("select", {});
}

function hear(name) {
  if (window.kokoroClips.ask(`sample-${name}`)) trigger("click", { voice: name });
}

function move(step) {
  const names = [...ui.list.querySelectorAll("[role=option]")].map((one) => one.dataset.voice);
  if (!names.length) return;
  const at = names.indexOf(active);
  point(names[at < 0 ? (step > 0 ? 0 : names.length - 1) : Math.max(0, Math.min(names.length - 1, at + step))]);
  clearTimeout(previewTimer);
  const moved = active;
  previewTimer = setTimeout(() => moved === active && !ui.popup.hidden && hear(moved), PREVIEW_DELAY);
}

ui.input.addEventListener("click", open);
const refit = () => ui.popup.hidden && fit(labelOf(chosen));
new ResizeObserver(refit).observe(ui.input);
document.fonts.ready.then(refit);
document.fonts.addEventListener("loadingdone", refit);
ui.input.addEventListener("input", () => {
  if (ui.popup.hidden) open();
  active = "";
  search(ui.input.value);
});
ui.input.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };
  if (event.key in steps) {
    event.preventDefault();
    if (ui.popup.hidden) open();
    else move(steps[event.key]);
  } else if (event.key === "Enter" && !ui.popup.hidden) {
    event.preventDefault();
    const name = active || (found.length && ui.list.querySelector("[role=option]")?.dataset.voice);
    if (name) take(name);
  } else if (event.key === "Escape" && !ui.popup.hidden) {
    event.preventDefault();
    close();
  }
});
ui.input.addEventListener("blur", () => close());
// Pressing the mouse in the list must not move the focus, which would close the list.
ui.popup.addEventListener("mousedown", (event) => event.preventDefault());
ui.list.addEventListener("click", ({ target }) => {
  const node = target.closest("[role=option]");
  if (!node) return;
  if (target.closest(".voices-hear")) hear(node.dataset.voice);
  else take(node.dataset.voice);
});
ui.hear.addEventListener("click", () => hear(chosen));
ui.star.addEventListener("click", () => {
  const kept = favourites();
  const next = kept.includes(chosen) ? kept.filter((name) => name !== chosen) : [...kept, chosen];
  lastingStorage.setItem(FAVOURITES, JSON.stringify(next));
  settle();
});

window.kokoroVoices = {
  chosen: () => chosen,
  // Called when the voice field changes by another event: a link, Compare, or another model.
  show(name) {
    if (!name || name === chosen) return;
    chosen = name;
    if (voices.some((voice) => voice.name === name)) settle();
    else search("");
  },
};
