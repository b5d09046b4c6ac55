// The spoken text: each word above its phonemes, with an explanation of each sound. Gradio runs this once, with `element`,
// `props`, and `watch`.

const MAX_EXPECTED = 400; // words shown until the server has read the text
const IS_TOUCH = matchMedia("(pointer: coarse)").matches; // a finger presses words, but cannot point at a sound
const HINT = IS_TOUCH
  ? "Tap a word to play from there, and to see what its sounds are."
  : "Point at a sound to see what it is, or click a word to play from there. Use the arrow keys to move.";
const STRESSES = { ˈ: "with the main stress", ˌ: "with a second stress" };
const find = (selector) => element.querySelector(selector);
const root = find(".spoken-words");
const tip = find(".spoken-tip");
let shown = { items: [], examples: {}, more: 0 };
let ipa = false;
let times = []; // the words' times, by their number
let waiting = false; // whether the shown of the last Speak has not arrived yet
let run = "";
let words = []; // {node, item} of the words that are shown

// --- display -------------------------------------------------------------------------------------------------------

// The sounds of a word. Lines may break only between spoken words, of which a written word may have several.
function phonemesOf(item) {
  const row = make("span", "", "spoken-phonemes");
  let spokenWord = make("span", "", "spoken-whole");
  item.sounds.forEach(([kokoro, plain, left], at) => {
    if (kokoro === " ") {
      row.append(spokenWord, " ");
      spokenWord = make("span", "", "spoken-whole");
      return;
    }
    const sound = make(left ? "del" : "span", ipa ? plain : kokoro, "spoken-sound");
    sound.dataset.piece = at;
    spokenWord.append(sound);
  });
  row.append(spokenWord);
  return row;
}

const writtenIn = (item) => item.sounds.map(([kokoro, plain]) => (ipa ? plain : kokoro)).join("");

function wordNode(item) {
  const node = make("button", "", "spoken-word");
  node.type = "button";
  node.tabIndex = -1;
  node.dataset.source = item.source;
  const text = make("span", item.text, "spoken-text");
  node.append(text, phonemesOf(item));
  node.setAttribute("aria-label", `${item.text}: ${writtenIn(item)}, ${CONFIG.sources[item.source] ?? ""}. Play from here.`);
  return node;
}

function droppedNode({ dropped }) {
  const node = make("span", "", "spoken-dropped");
  node.append(make("del", dropped, "spoken-text"), make("span", "not spoken", "spoken-phonemes"));
  return node;
}

function show() {
  const nodes = shown.items.map((item) => ("dropped" in item ? droppedNode(item) : wordNode(item)));
  root.replaceChildren(...nodes.flatMap((node) => [node, " "]));
  words = [];
  shown.items.forEach((item, at) => {
    if (!("dropped" in item)) words.push({ node: nodes[at], item });
  });
  if (words.length) words[0].node.tabIndex = 0;
  find(".spoken-view").hidden = !nodes.length;
  find(".spoken-more").textContent = shown.more ? `${shown.more.toLocaleString("en")} more words are not shown.` : "";
  const used = new Set(words.map(({ item }) => item.source));
  find(".spoken-legend").replaceChildren(
    ...Object.entries(CONFIG.sources)
      .filter(([source]) => used.has(source))
      .map(([source, name]) => legend(source, name)),
  );
  explain(null);
}

function legend(source, name) {
  const item = make("li", name, "");
  item.dataset.source = source;
  return item;
}

// As soon as Speak is pressed, shows the words of the text with placeholders for their phonemes.
function expect(text) {
  const expected = text.match(/\S+/g)?.slice(0, MAX_EXPECTED) ?? [];
  waiting = expected.length > 0;
  if (!waiting) return;
  root.replaceChildren(
    ...expected.flatMap((word) => {
      const node = make("span", "", "spoken-word");
      node.append(make("span", word, "spoken-text"), make("span", word, "spoken-phonemes spoken-awaited"));
      node.lastChild.setAttribute("aria-hidden", "true");
      return [node, " "];
    }),
  );
  words = [];
  find(".spoken-view").hidden = false;
  explain(null);
}

// --- explanations --------------------------------------------------------------------------------------------------

function aboutSound([kokoro, plain, left]) {
  if (left) return `${kokoro} is left out because Kokoro does not know it`;
  const known = [...kokoro].filter((symbol) => shown.examples[symbol]);
  const [stress] = known.length > 1 ? known.filter((symbol) => STRESSES[symbol]) : [];
  const sounds = known.filter((symbol) => symbol !== stress);
  const named = !ipa && sounds.length > 1; // in IPA, a sound is written with other letters than Kokoro's
  const about = sounds.map((symbol) => (named ? `${symbol} ` : "") + shown.examples[symbol]);
  return `${ipa ? plain : kokoro}: ${[...about, ...(stress ? [STRESSES[stress]] : [])].join(", ")}`;
}

function aboutWord(item) {
  const read = item.spoken ? `spoken “${item.spoken}”${item.rule ? ` (${item.rule})` : ""}, ` : "";
  return `“${item.text}”: ${read}${CONFIG.sources[item.source] ?? ""}`;
}

// Explains a sound of a word; or, without a sound, the word and, if `every`, all of its sounds.
function explain(word, sound = null, every = false) {
  for (const marked of root.querySelectorAll("[data-on]")) marked.removeAttribute("data-on");
  if (!word) {
    tip.textContent = HINT;
    return;
  }
  if (sound !== null) {
    word.node.querySelector(`[data-piece="${sound}"]`)?.setAttribute("data-on", "");
    tip.textContent = aboutSound(word.item.sounds[sound]);
    return;
  }
  const sounds = every ? word.item.sounds.filter(([kokoro]) => kokoro !== " ").map(aboutSound) : [];
  tip.textContent = [aboutWord(word.item), ...sounds].join(" · ");
}

const wordAt = (target) => words.find(({ node }) => node === target.closest?.(".spoken-word"));

root.addEventListener("pointerover", ({ target, pointerType }) => {
  const word = wordAt(target);
  if (!word) return;
  tip.setAttribute("aria-live", "off");
  const sound = pointerType === "touch" ? null : target.closest("[data-piece]");
  explain(word, sound ? Number(sound.dataset.piece) : null, pointerType === "touch");
});
root.addEventListener("pointerleave", ({ pointerType }) => {
  if (pointerType !== "touch") explain(wordAt(document.activeElement));
});
root.addEventListener("focusin", ({ target }) => {
  const word = wordAt(target);
  if (!word) return;
  for (const { node } of words) node.tabIndex = node === target ? 0 : -1;
  tip.setAttribute("aria-live", "off"); // screen readers already announce the word's label
  explain(word, null, IS_TOUCH || target.matches(":focus-visible"));
});
root.addEventListener("keydown", (event) => {
  const word = wordAt(event.target);
  const across = { ArrowRight: 1, ArrowLeft: -1, Home: -Infinity, End: Infinity }[event.key];
  const inside = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!word || (!across && !inside)) return;
  event.preventDefault();
  if (across) {
    const next = Math.min(words.length - 1, Math.max(0, words.indexOf(word) + across));
    words[next].node.focus();
    return;
  }
  const sounds = [...word.node.querySelectorAll("[data-piece]")];
  const present = sounds.findIndex((sound) => sound.hasAttribute("data-on"));
  const chosen = sounds[Math.min(sounds.length - 1, Math.max(0, present + inside))];
  tip.setAttribute("aria-live", "polite");
  explain(word, Number(chosen.dataset.piece));
});
root.addEventListener("click", ({ target }) => {
  const start = times[wordAt(target)?.item.at]?.start;
  if (typeof start === "number") window.kokoro.from(start);
});

// --- Kokoro's letters or IPA, and the box to edit them -----------------------------------------------------------------

function choose(letters) {
  ipa = letters === "ipa";
  for (const radio of element.querySelectorAll(".spoken-letters input")) radio.checked = radio.value === letters;
  if (!waiting) show();
}
find(".spoken-letters").addEventListener("change", ({ target }) => {
  lastingStorage.setItem(CONFIG.lettersKey, target.value);
  choose(target.value);
});
find(".spoken-edit").addEventListener("click", () => window.kokoroPhonemes.open());

// --- events --------------------------------------------------------------------------------------------------------

function light() {
  const at = window.kokoro.time();
  for (const { node, item } of words) {
    const { start, end } = times[item.at] ?? {};
    const on = at !== null && typeof start === "number" && at >= start && at < end;
    if (node.hasAttribute("data-lit") !== on) node.toggleAttribute("data-lit", on);
  }
  if (at !== null) requestAnimationFrame(light);
}

let busy = false;
document.addEventListener("kokoro:busy", ({ detail }) => {
  const begins = detail && !busy;
  busy = detail;
  if (begins) {
    times = [];
    expect(document.querySelector("#text textarea").value);
  } else if (!busy && waiting) {
    waiting = false; // the text could not be read
    show();
  }
});
watch("value", () => {
  if (!props.value?.items) return;
  shown = props.value;
  waiting = false;
  show();
});
document.addEventListener("kokoro:clip", ({ detail }) => {
  if (detail.run !== run) times = [];
  run = detail.run;
});
document.addEventListener("kokoro:timeline", ({ detail }) => {
  times = detail?.words ?? [];
  light();
});
document.addEventListener("kokoro:playing", () => requestAnimationFrame(light));
choose(lastingStorage.getItem(CONFIG.lettersKey) === "ipa" ? "ipa" : "kokoro");
