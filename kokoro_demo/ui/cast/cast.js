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
const NO_SPEAKERS = { speakers: [], more: 0, others: false, voices: [], problem: "" };

const keyOf = (name) => name.trim().split(/\s+/).join(" ").toLowerCase();
const keyOfLine = (line) => keyOf(line.split("=")[0]);
const lineOf = ({ name, voice, speed }) => `${name} = ${voice}${speed === 1 ? "" : `, ${speed}`}`;

let fields = { text: "", voice: "", cast: "" }; // the page's current fields
let answer = NO_SPEAKERS; // the server's last answer
let askedFor = ""; // the fields for which the server was last asked, as JSON
let request = null; // the promise of its answer
let typingTimer;
let writtenCast = null; // the cast that this script last wrote into the field
let typedCast = null; // what the visitor has typed into the field since
const roles = new Map(); // by key: all speakers of this visit, also those that are no longer in the text
// Texts that came with a link or a reload: if their cast has no voices, they are read without, as they were before.
let sharedTexts = textsOfLinkOrReload();

function textsOfLinkOrReload() {
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
const questionFor = ({ text, voice, cast }) => JSON.stringify([text, voice, cast]);

// --- what is spoken ------------------------------------------------------------------------------------------------

// The cast with a line for each speaker of this text that has a voice. Lines that the visitor wrote for others are kept.
function updatedCast(cast) {
  const speaking = new Map(answer.speakers.map(({ name }) => [keyOf(name), roles.get(keyOf(name))]));
  const hasVoice = ({ off, marked }) => marked || !(off || ui.off.checked);
  const lines = new Map(); // by key
  for (const line of (cast ?? "").split("\n").filter((text) => text.trim())) {
    const key = keyOfLine(line);
    const role = speaking.get(key);
    if (role ? hasVoice(role) : !roles.get(key)?.ours) lines.set(key, role ? lineOf(role) : line);
  }
  for (const [key, role] of speaking) if (hasVoice(role)) lines.set(key, lineOf(role));
  return [...lines.values()].join("\n");
}

const castField = () => document.querySelector("#cast textarea");

function setCastField(cast) {
  const box = castField();
  box.value = cast;
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

// Writes the cast into its field, but not while the visitor is typing there.
function writeCast() {
  const next = updatedCast(fields.cast);
  const box = castField();
  if (next === (fields.cast ?? "").trim() || (box && box === document.activeElement)) return;
  writtenCast = next;
  fields = { ...fields, cast: next };
  askedFor = questionFor(fields);
  if (box) setCastField(next);
  else trigger("select", {}); // while More is closed, its fields are not in the page, so Gradio sets the value
  typedCast = null;
}
document.addEventListener("focusout", ({ target }) => target === castField() && setTimeout(writeCast));
document.addEventListener("input", ({ target }) => {
  if (target === castField()) typedCast = target.value;
});

async function findSpeakers(current) {
  const question = questionFor(current);
  if (question === askedFor) return request;
  askedFor = question;
  const allRoles = [...roles.values()];
  const inField = new Set((current.cast ?? "").split("\n"));
  const state = {
    text: current.text,
    voice: current.voice ?? "",
    cast: current.cast ?? "",
    remembered: allRoles.filter(({ chosen }) => chosen).map(lineOf).join("\n"),
    guessed: allRoles.filter((role) => role.guessed && inField.has(lineOf(role))).map(({ name }) => name),
  };
  request = server.find_speakers(state).then(
    (found) => question === askedFor && showSpeakers(current, found),
    () => (askedFor = ""),
  );
  return request;
}

function showSpeakers(current, found) {
  if (found.problem) return; // The visitor may still be typing in the field; Speak will show the problem.
  answer = found;
  const inField = new Set((current.cast ?? "").split("\n").map(keyOfLine));
  for (const speaker of answer.speakers) {
    const key = keyOf(speaker.name);
    const before = roles.get(key);
    const ours = before?.ours ?? !inField.has(key);
    roles.set(key, { ...speaker, ours, chosen: !speaker.guessed, off: before?.off ?? false });
  }
  const hasVoice = answer.speakers.some(({ name }) => inField.has(keyOf(name)));
  if (answer.speakers.length && sharedTexts.includes(current.text) && !hasVoice) ui.off.checked = true;
  if (!sharedTexts.includes(current.text)) sharedTexts = [];
  if (!answer.speakers.length) ui.off.checked = false;
  draw();
  writeCast();
}

// --- display -------------------------------------------------------------------------------------------------------

function voiceOptions() {
  return answer.voices.map(({ name, voices }) => {
    const group = Object.assign(make("optgroup"), { label: name });
    group.append(...voices.map(([value, label]) => new Option(label, value)));
    return group;
  });
}

function newRow(key) {
  const { name } = roles.get(key);
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
    ui.rows.replaceChildren(...keys.map((key) => present.find(({ dataset }) => dataset.key === key) ?? newRow(key)));
  }
  for (const node of ui.rows.children) {
    const role = roles.get(node.dataset.key);
    const [voice, speed] = [node.querySelector("select"), node.querySelector("input")];
    const off = role.off && !role.marked;
    voice.replaceChildren(...(role.marked ? [] : [new Option("Read as text", "")]), ...voiceOptions());
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
  const { name, voice, speed } = roles.get(hear.closest("li").dataset.key);
  if (window.kokoroClips.ask(hear.dataset.sound)) trigger("click", { name, voice, speed: String(speed) });
});
ui.rows.addEventListener("change", ({ target }) => {
  const role = roles.get(target.closest("li").dataset.key);
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
  writeCast();
});
ui.off.addEventListener("change", () => {
  sharedTexts = [];
  draw();
  writeCast();
});

function fieldsChanged(current) {
  // Gradio may deliver an earlier value of ours late; what the visitor has typed since takes precedence.
  if (current.cast === writtenCast && typedCast !== null && typedCast !== writtenCast) return setCastField(typedCast);
  // If the visitor deletes a speaker's line from the field, the name is read as text.
  if (current.text === fields.text && (current.cast ?? "") !== fields.cast && !ui.off.checked) {
    const remaining = new Set((current.cast ?? "").split("\n").map(keyOfLine));
    const before = (fields.cast ?? "").split("\n").map(keyOfLine);
    for (const key of before) if (roles.has(key)) roles.get(key).off = !remaining.has(key);
    draw();
  }
  fields = { text: current.text ?? "", voice: current.voice ?? "", cast: current.cast ?? "" };
  clearTimeout(typingTimer);
  if (mayHaveSpeakers(fields.text)) typingTimer = setTimeout(() => findSpeakers(fields), TYPING_PAUSE);
  else if (answer.speakers.length) {
    askedFor = questionFor(fields);
    showSpeakers(fields, NO_SPEAKERS);
  }
}

document.addEventListener("kokoro:fields", ({ detail }) => fieldsChanged(detail));
window.kokoroCast = {
  current: () => writtenCast ?? fields.cast,
  // Waits for the speakers of a text that is about to be spoken, and returns its cast.
  async castFor(current) {
    fields = { text: current.text ?? "", voice: current.voice ?? "", cast: current.cast ?? "" };
    clearTimeout(typingTimer);
    if (mayHaveSpeakers(fields.text)) await findSpeakers(fields);
    return fields.cast;
  },
};
