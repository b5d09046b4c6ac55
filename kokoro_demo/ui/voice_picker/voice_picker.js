// The picker of voices, a combobox: what is typed are words to search by, arrows walk through the voices and let each be
// heard, Enter takes one. Gradio runs this once, with `element`, `props`, `server` and `trigger`.

const FAVOURITES = "kokoro-favourites"; // in this browser
const WALK = 300; // milliseconds on a voice before it is heard
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
let found = props.value.found; // names that fit what is typed
let chosen = props.value.chosen;
const own = []; // the names of this visitor's packs
let active = ""; // the voice that the arrows are at
let asked = 0; // so that only the last answer counts
let walking;

function favourites() {
  try {
    const kept = JSON.parse(lastingStorage.getItem(FAVOURITES) ?? "[]");
    return Array.isArray(kept) ? kept.filter((name) => typeof name === "string") : [];
  } catch {
    return [];
  }
}

async function search(query) {
  const mine = ++asked;
  const also = [...own, chosen, ...favourites()].filter((name) => own.includes(name) || isBlend(name));
  const answer = await server.voices({ query, also: [...new Set(also)] }).catch(() => null);
  if (!answer || mine !== asked) return;
  ({ voices, found } = answer);
  if (ui.popup.hidden) settle();
  else draw();
}

// --- what is seen --------------------------------------------------------------------------------------------------

const isBlend = (name) => /[+(]/.test(name);
const shortOf = (name) => voices.find((voice) => voice.name === name)?.short ?? name;

// The voices of a blend and their weights; a voice is a blend of itself.
function partsOf(name) {
  return name.split("+").map((part) => {
    const [, voice, weight] = /^([^(]*)(?:\((\d+)\))?$/.exec(part.trim()) ?? [part, part];
    return [voice, Number(weight ?? 1)];
  });
}

function labelOf(name) {
  if (!isBlend(name)) return voices.find((voice) => voice.name === name)?.label ?? name;
  const parts = partsOf(name);
  const whole = parts.reduce((sum, [, weight]) => sum + weight, 0);
  return parts.map(([voice, weight]) => `${shortOf(voice)} ${Math.round((100 * weight) / whole)}%`).join(" + ");
}

const optionOf = (name) => [...ui.list.querySelectorAll("[role=option]")].find((one) => one.dataset.voice === name);

// A label of several parts, as much of it as the box has room for.
function fit(label) {
  const parts = label.split(" · ");
  do ui.input.value = parts.join(" · ");
  while (ui.input.scrollWidth > ui.input.clientWidth && parts.length > 1 && parts.pop());
}

// At rest the box shows the voice that is chosen.
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
  // For the mouse alone: a button may not be inside an option, and the keyboard plays voices as it walks.
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
  ui.found.textContent = known.length ? count : voices.length === 0 ? "No voice is loaded yet." : "No voice fits these words. Try fewer, or “british man”, “female”, “whisper”.";
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
  clearTimeout(walking);
  asked++;
  ui.popup.hidden = true;
  ui.input.setAttribute("aria-expanded", "false");
  ui.input.removeAttribute("aria-activedescendant");
  settle();
}

// --- what happens --------------------------------------------------------------------------------------------------

function take(name) {
  chosen = name;
  close();
  settle();
  trigger("select", {});
}

function hear(name) {
  if (window.kokoroClips.ask(`sample-${name}`)) trigger("click", { voice: name });
}

function walk(step) {
  const names = [...ui.list.querySelectorAll("[role=option]")].map((one) => one.dataset.voice);
  if (!names.length) return;
  const at = names.indexOf(active);
  point(names[at < 0 ? (step > 0 ? 0 : names.length - 1) : Math.max(0, Math.min(names.length - 1, at + step))]);
  clearTimeout(walking);
  const there = active;
  walking = setTimeout(() => there === active && !ui.popup.hidden && hear(there), WALK);
}

ui.input.addEventListener("click", open);
new ResizeObserver(() => ui.popup.hidden && fit(labelOf(chosen))).observe(ui.input);
document.fonts.ready.then(() => ui.popup.hidden && fit(labelOf(chosen)));
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
    else walk(steps[event.key]);
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
// A press in the list leaves the focus, and so the list, where it is.
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
  // The field of the voice has another value: from a link, from Compare, or because another model came.
  show(name) {
    if (!name || name === chosen) return;
    chosen = name;
    if (voices.some((voice) => voice.name === name)) settle();
    else search("");
  },
};
