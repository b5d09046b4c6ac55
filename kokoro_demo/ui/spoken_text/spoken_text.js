// Each word of the speech over its phonemes, which are never broken inside a word. Gradio runs this once, with `element`.

const MOST = 400; // words; a longer speech has the tab Words
const SOURCES = {
  fix: "your fix",
  dictionary: "from the dictionary",
  rule: "by rule",
  espeak: "guessed by eSpeak NG",
  spelled: "spelled letter by letter",
};
const root = element.querySelector(".spoken-words");
let words = []; // those that are shown
let run = "";

function make(tag, content, className) {
  const node = document.createElement(tag);
  node.textContent = content;
  node.className = className;
  return node;
}

function button(word) {
  const node = make("button", "", "spoken-word");
  const phonemes = make("span", "", "spoken-phonemes");
  // A word that is pronounced as several may break between them.
  for (const part of word.phonemes.split(" ").filter(Boolean)) phonemes.append(make("span", part, ""), " ");
  node.type = "button";
  node.dataset.source = word.source;
  node.title = SOURCES[word.source] ?? "";
  node.disabled = word.start === null;
  node.append(make("span", word.text, "spoken-text"), phonemes);
  node.setAttribute("aria-label", `${word.text}: ${word.phonemes}, ${node.title}. Play from here.`);
  node.addEventListener("click", () => window.kokoro.from(word.start));
  return node;
}

function show(timeline) {
  words = (timeline?.words ?? []).slice(0, MOST);
  root.hidden = !words.length;
  root.replaceChildren(...words.map(button));
}

function light() {
  const at = window.kokoro.time();
  words.forEach(({ start, end }, index) => {
    const lit = at !== null && start !== null && at >= start && at < end;
    if (root.children[index].hasAttribute("data-lit") !== lit) root.children[index].toggleAttribute("data-lit", lit);
  });
  if (at !== null) requestAnimationFrame(light);
}

document.addEventListener("kokoro:clip", ({ detail }) => {
  if (detail.run !== run) show(null);
  run = detail.run;
});
document.addEventListener("kokoro:timeline", ({ detail }) => {
  show(detail);
  light();
});
document.addEventListener("kokoro:playing", () => requestAnimationFrame(light));
