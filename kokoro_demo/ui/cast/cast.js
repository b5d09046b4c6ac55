// The cast panel: a row for each speaker of the text, with a voice that is guessed until the visitor chooses one. The
// panel writes the cast into its field under More, from which it is spoken and shared. Gradio runs this once, with
// `element`, `props`, `server`, and `trigger`.

const TYPING_PAUSE = 300; // milliseconds without typing until the server is asked for the speakers
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

let fields = { text: "", voice: "", cast: "" }; // the page's current fields
let answer = NONE; // the server's answer to `question`
let question = "";
let request = null; // the promise of that answer
let timer;
let written = null; // the cast that this script last wrote into the field
let typed = null; // what the visitor has typed into the field since
const rows = new Map(); // by key: the roles of all speakers of this visit, also of those who no longer speak
let received = receivedTexts(); // texts that came without a cast; they are read as they were for the sender

function receivedTexts() {
  const texts = [];
  try {
    for (const part of [location.search, location.hash]) texts.push(new URLSearchParams(part.slice(1)).get("text"));
    texts.push(JSON.parse(tabStorage.getItem(CONFIG.fieldsKey) ?? "{}").text);
  } catch {
    // Nothing was stored.
  }
  return texts.filter((text) => typeof text === "string" && text).map((text) => text.replace(/\r\n?/g, "\n"));
}

const mayHaveSpeakers = (text) => /\S\s*[:：]|\[voice\s?=/i.test(text);
const questionOf = ({ text, voice, cast }) => JSON.stringify([text, voice, cast]);

// --- what is spoken ------------------------------------------------------------------------------------------------

// The lines of the cast in their order: those of this text's speakers, and those that the visitor wrote for others.
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

function setField(lines) {
  const box = field();
  box.value = lines;
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

// Writes the cast into its field, but not while the visitor is typing there.
function write() {
  const next = lines(fields.cast);
  const box = field();
  if (next === (fields.cast ?? "").trim() || (box && box === document.activeElement)) return;
  written = next;
  fields = { ...fields, cast: next };
  question = questionOf(fields);
  if (box) setField(next);
  else trigger("select", {}); // while More is closed, its fields are not in the page, so Gradio sets the value
  typed = null;
}
document.addEventListener("focusout", ({ target }) => target === field() && setTimeout(write));
document.addEventListener("input", ({ target }) => {
  if (target === field()) typed = target.value;
});

async function findSpeakers(current) {
  const asked = questionOf(current);
  if (asked === question) return request;
  question = asked;
  const roles = [...rows.values()];
  const inField = new Set((current.cast ?? "").split("\n"));
  const state = {
    text: current.text,
    voice: current.voice ?? "",
    cast: current.cast ?? "",
    remembered: roles.filter(({ chosen }) => chosen).map(lineOf).join("\n"),
    guessed: roles.filter((role) => role.guessed && inField.has(lineOf(role))).map(({ name }) => name),
  };
  request = server.find_speakers(state).then(
    (found) => asked === question && showSpeakers(current, found),
    () => (question = ""),
  );
  return request;
}

function showSpeakers(current, found) {
  if (found.problem) return; // The visitor may still be typing in the field; Speak will show the problem.
  answer = found;
  const inField = new Set((current.cast ?? "").split("\n").map(nameOf));
  for (const speaker of answer.speakers) {
    const key = keyOf(speaker.name);
    const before = rows.get(key);
    const ours = before?.ours ?? !inField.has(key);
    rows.set(key, { ...speaker, ours, chosen: !speaker.guessed, off: before?.off ?? false });
  }
  const hasVoice = answer.speakers.some(({ name }) => inField.has(keyOf(name)));
  if (answer.speakers.length && received.includes(current.text) && !hasVoice) ui.off.checked = true;
  if (!received.includes(current.text)) received = [];
  if (!answer.speakers.length) ui.off.checked = false;
  draw();
  write();
}

// --- display -------------------------------------------------------------------------------------------------------

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
  // Speakers that a voice mark names always have a voice, because a mark is never read as text.
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

// --- events --------------------------------------------------------------------------------------------------------

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
  received = [];
  draw();
  write();
});

// Called when a field has changed.
function onFields(current) {
  // Gradio may deliver an earlier value of ours late; what the visitor has typed since takes precedence.
  if (current.cast === written && typed !== null && typed !== written) return setField(typed);
  // If the visitor deletes a speaker's line from the field, the name is read as text.
  if (current.text === fields.text && (current.cast ?? "") !== fields.cast && !ui.off.checked) {
    const left = new Set((current.cast ?? "").split("\n").map(nameOf));
    const before = (fields.cast ?? "").split("\n").map(nameOf);
    for (const key of before) if (rows.has(key)) rows.get(key).off = !left.has(key);
    draw();
  }
  fields = { text: current.text ?? "", voice: current.voice ?? "", cast: current.cast ?? "" };
  clearTimeout(timer);
  if (mayHaveSpeakers(fields.text)) timer = setTimeout(() => findSpeakers(fields), TYPING_PAUSE);
  else if (answer.speakers.length) {
    question = questionOf(fields);
    showSpeakers(fields, NONE);
  }
}

document.addEventListener("kokoro:fields", ({ detail }) => onFields(detail));
window.kokoroCast = {
  lines: () => written ?? fields.cast,
  // Waits for the speakers of a text that is about to be spoken, and returns its cast.
  async given(current) {
    fields = { text: current.text ?? "", voice: current.voice ?? "", cast: current.cast ?? "" };
    clearTimeout(timer);
    if (mayHaveSpeakers(fields.text)) await findSpeakers(fields);
    return fields.cast;
  },
};
