// The cast: a row for each speaker of the text, with a voice that is guessed until one is chosen. It is kept in the
// field of the cast, which is what is spoken and linked. Gradio runs this once, with `element`, `props`, `server` and
// `trigger`.

const PAUSE = 300; // milliseconds without typing before the server is asked who speaks
const find = (selector) => element.querySelector(selector);
const ui = {
  root: find(".cast"),
  count: find(".cast-count"),
  off: find(".cast-off input"),
  rows: find(".cast-rows"),
  note: find(".cast-note"),
};
const PLAY = document.querySelector("#voice-picker svg")?.outerHTML ?? "▶";
const NONE = { speakers: [], more: 0, others: false, voices: [], problem: "" };

const keyOf = (name) => name.trim().split(/\s+/).join(" ").toLowerCase();
const nameOf = (line) => keyOf(line.split("=")[0]);
const lineOf = ({ name, voice, speed }) => `${name} = ${voice}${speed === 1 ? "" : `, ${speed}`}`;

let fields = { text: "", voice: "", cast: "" }; // as they are on the page
let answer = NONE; // for the text and voice of `asked`
let asked = "";
let asking = null;
let timer;
let written = null; // the lines that were put into the field last
let typed = null; // what was typed into the field since then
const rows = new Map(); // by key: the role of each speaker of this visit, also of those who speak no more
let came = cameWith(); // texts that came without a cast: they are read as they were for whoever sent them

function cameWith() {
  const texts = [];
  try {
    for (const part of [location.search, location.hash]) texts.push(new URLSearchParams(part.slice(1)).get("text"));
    texts.push(JSON.parse(tabStorage.getItem(CONFIG.fieldsKey) ?? "{}").text);
  } catch {
    // Nothing was kept.
  }
  return texts.filter((text) => typeof text === "string" && text).map((text) => text.replace(/\r\n?/g, "\n"));
}

const mayHaveSpeakers = (text) => /\S\s*[:：]|\[voice\s?=/i.test(text);
const questionOf = ({ text, voice, cast }) => JSON.stringify([text, voice, cast]);

// --- what is spoken ------------------------------------------------------------------------------------------------

// The lines of the cast in their order: those that somebody wrote for others, and those of the speakers of this text.
function lines(cast) {
  const roles = new Map(answer.speakers.map(({ name }) => [keyOf(name), rows.get(keyOf(name))]));
  const isSpoken = ({ off, marked }) => marked || !(off || ui.off.checked);
  const kept = new Map(); // by key
  for (const line of (cast ?? "").split("\n").filter((text) => text.trim())) {
    const key = nameOf(line);
    const role = roles.get(key);
    if (role ? isSpoken(role) : !rows.get(key)?.ours) kept.set(key, role ? lineOf(role) : line);
  }
  for (const [key, role] of roles) if (isSpoken(role)) kept.set(key, lineOf(role));
  return [...kept.values()].join("\n");
}

const field = () => document.querySelector("#cast textarea");

function put(lines) {
  const box = field();
  box.value = lines;
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

// Writes the cast into its field, unless somebody is typing there: then once they leave it.
function write() {
  const next = lines(fields.cast);
  const box = field();
  if (next === (fields.cast ?? "").trim() || (box && box === document.activeElement)) return;
  written = next;
  fields = { ...fields, cast: next };
  asked = questionOf(fields);
  if (box) put(next);
  else trigger("select", {}); // while More is closed, only Gradio has the field
  typed = null;
}
document.addEventListener("focusout", ({ target }) => target === field() && setTimeout(write));
document.addEventListener("input", ({ target }) => {
  if (target === field()) typed = target.value;
});

async function ask(given) {
  const question = questionOf(given);
  if (question === asked) return asking;
  asked = question;
  const roles = [...rows.values()];
  const inField = new Set((given.cast ?? "").split("\n"));
  const wanted = {
    text: given.text,
    voice: given.voice ?? "",
    cast: given.cast ?? "",
    remembered: roles.filter(({ chosen }) => chosen).map(lineOf).join("\n"),
    guessed: roles.filter((role) => role.guessed && inField.has(lineOf(role))).map(({ name }) => name),
  };
  asking = server.find_speakers(wanted).then(
    (found) => question === asked && take(given, found),
    () => (asked = ""),
  );
  return asking;
}

function take(given, found) {
  if (found.problem) return; // Somebody is still writing the field; Speak says what is wrong.
  answer = found;
  const inField = new Set((given.cast ?? "").split("\n").map(nameOf));
  for (const speaker of answer.speakers) {
    const key = keyOf(speaker.name);
    const before = rows.get(key);
    const ours = before?.ours ?? !inField.has(key);
    rows.set(key, { ...speaker, ours, chosen: !speaker.guessed, off: before?.off ?? false });
  }
  const hasVoice = answer.speakers.some(({ name }) => inField.has(keyOf(name)));
  if (answer.speakers.length && came.includes(given.text) && !hasVoice) ui.off.checked = true;
  if (!came.includes(given.text)) came = [];
  if (!answer.speakers.length) ui.off.checked = false;
  draw();
  write();
}

// --- what is seen --------------------------------------------------------------------------------------------------

function choices() {
  return answer.voices.map(({ name, voices }) => {
    const group = Object.assign(make("optgroup"), { label: name });
    group.append(...voices.map(([value, label]) => new Option(label, value)));
    return group;
  });
}

function row(key) {
  const { name } = rows.get(key);
  const node = make("li", "", "cast-row");
  node.dataset.key = key;
  const hear = make("button", "", "cast-hear");
  Object.assign(hear, { type: "button", innerHTML: PLAY, title: "Hear the first line" });
  hear.setAttribute("aria-label", `Hear the first line of ${name}`);
  hear.dataset.sound = `cast-${key}`;
  const voice = make("select", "", "cast-voice");
  voice.setAttribute("aria-label", `Voice of ${name}`);
  const speed = make("input", "", "cast-speed");
  Object.assign(speed, { type: "number", min: "0.5", max: "2", step: "0.05" });
  speed.setAttribute("aria-label", `Speed of ${name}`);
  const label = make("label", "Speed ", "cast-pace");
  label.append(speed);
  const shown = Object.assign(make("span", name, "cast-name"), { title: name });
  node.append(hear, shown, voice, label);
  return node;
}

function draw() {
  const count = answer.speakers.length;
  ui.root.hidden = !count;
  ui.count.textContent = count ? `${count + answer.more} speaker${count + answer.more > 1 ? "s" : ""}` : "";
  // A mark that names somebody is no text: they always have a voice.
  const marked = answer.speakers.filter((speaker) => speaker.marked).length;
  ui.off.closest("label").hidden = marked === count;
  ui.note.hidden = ui.off.checked;
  ui.rows.hidden = ui.off.checked && !marked;
  const notes = [];
  if (answer.others) notes.push("Everything else is spoken by the voice above.");
  if (answer.more) notes.push(`${count} speakers have a voice of their own; ${answer.more} more are read as text.`);
  ui.note.textContent = notes.join(" ");
  const keys = answer.speakers.map(({ name }) => keyOf(name));
  const present = [...ui.rows.children];
  if (present.map(({ dataset }) => dataset.key).join("\n") !== keys.join("\n")) {
    ui.rows.replaceChildren(...keys.map((key) => present.find(({ dataset }) => dataset.key === key) ?? row(key)));
  }
  for (const node of ui.rows.children) {
    const role = rows.get(node.dataset.key);
    const [voice, speed] = [node.querySelector("select"), node.querySelector("input")];
    const off = role.off && !role.marked;
    voice.replaceChildren(...(role.marked ? [] : [new Option("Read as text", "")]), ...choices());
    voice.value = off ? "" : role.voice;
    node.hidden = ui.off.checked && !role.marked;
    node.toggleAttribute("data-off", off);
    speed.disabled = node.querySelector("button").disabled = off;
    if (document.activeElement !== speed) speed.value = role.speed;
  }
  window.kokoroClips?.mark();
}

// --- what happens --------------------------------------------------------------------------------------------------

ui.rows.addEventListener("click", ({ target }) => {
  const hear = target.closest(".cast-hear");
  if (!hear) return;
  const { name, voice, speed } = rows.get(hear.closest("li").dataset.key);
  if (window.kokoroClips.ask(hear.dataset.sound)) trigger("click", { name, voice, speed: String(speed) });
});
ui.rows.addEventListener("change", ({ target }) => {
  const role = rows.get(target.closest("li").dataset.key);
  if (target.matches("select")) {
    role.off = !target.value;
    role.voice = target.value || role.voice;
  } else {
    const speed = Number(target.value);
    role.speed = speed > 0 ? Math.min(2, Math.max(0.5, Math.round(speed * 100) / 100)) : 1;
    target.value = role.speed;
  }
  if (!role.off) Object.assign(role, { chosen: true, guessed: false });
  draw();
  write();
});
ui.off.addEventListener("change", () => {
  came = [];
  draw();
  write();
});

// A field has changed.
function look(given) {
  // Gradio may bring what was written before only now.
  if (given.cast === written && typed !== null && typed !== written) return put(typed);
  // A speaker whose line was deleted from the field by hand loses their voice.
  if (given.text === fields.text && (given.cast ?? "") !== fields.cast && !ui.off.checked) {
    const left = new Set((given.cast ?? "").split("\n").map(nameOf));
    const before = (fields.cast ?? "").split("\n").map(nameOf);
    for (const key of before) if (rows.has(key)) rows.get(key).off = !left.has(key);
    draw();
  }
  fields = { text: given.text ?? "", voice: given.voice ?? "", cast: given.cast ?? "" };
  clearTimeout(timer);
  if (mayHaveSpeakers(fields.text)) timer = setTimeout(() => ask(fields), PAUSE);
  else if (answer.speakers.length) {
    asked = questionOf(fields);
    take(fields, NONE);
  }
}

document.addEventListener("kokoro:fields", ({ detail }) => look(detail));
window.kokoroCast = {
  lines: () => written ?? fields.cast,
  // The cast of a text that is to be spoken now.
  async given(now) {
    fields = { text: now.text ?? "", voice: now.voice ?? "", cast: now.cast ?? "" };
    clearTimeout(timer);
    if (mayHaveSpeakers(fields.text)) await ask(fields);
    return fields.cast;
  },
};
