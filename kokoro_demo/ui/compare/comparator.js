// Plays the columns, and switches between them at the same word. Gradio runs this once, with `element`, `props`,
// `server`, and `watch`.

const FADE = 0.006; // seconds; prevents clicks when switching
const FRAME = 480; // samples per measurement of loudness
const find = (name) => element.querySelector(name);
const root = find(".comparator");
const ui = {
  columns: find(".comparator-columns"),
  toggle: find(".comparator-toggle"),
  seek: find(".comparator-seek"),
  time: find(".comparator-time"),
  match: find(".comparator-match input"),
  problem: find(".comparator-problem"),
  verdict: find(".comparator-verdict"),
  picks: find(".comparator-picks"),
  count: find(".comparator-picks ul"),
  copy: find(".comparator-copy"),
};

let context = null;
let marks = []; // for every column, the times of the same words
let buffers = []; // the columns' audio; null until it is fetched
let levels = []; // the columns' loudness without silence
let current = 0;
let position = 0; // seconds into the current column, when playback was started or paused
let order = null; // in a blind test, the number of the visitor's column that each column is
let hidden = null; // the state of a blind test until one column is picked
const picks = new Map(); // by caption: how often a column was in a blind test, and how often it was picked
let playing = null; // { source, gain, started }

// The elements that show the columns, each below the fields of its column; null in a blind test, in which the fields
// are hidden, and the columns are shown side by side in the comparator.
function resultElements(count) {
  const elements = [...document.querySelectorAll("#compare-columns .compare-result")];
  return order || elements.length < count ? null : elements;
}
const buttons = () => document.querySelectorAll("#compare [data-column]");

const length = (column = current) => marks[column]?.at(-1) ?? 0;

function now() {
  return playing ? Math.min(length(), position + Math.max(0, context.currentTime - playing.started)) : position;
}

// Converts a time in one column to the time in another at the same point of the same word.
function sameTime(seconds, from, to) {
  let next = 1;
  while (next < from.length - 1 && from[next] <= seconds) next++;
  const span = from[next] - from[next - 1];
  const share = span > 0 ? Math.min(1, (seconds - from[next - 1]) / span) : 0;
  return to[next - 1] + share * (to[next] - to[next - 1]);
}

function levelOf(buffer) {
  const samples = buffer.getChannelData(0);
  const powers = [];
  for (let at = 0; at < samples.length; at += FRAME) {
    let power = 0;
    for (let i = at; i < Math.min(at + FRAME, samples.length); i++) power += samples[i] * samples[i];
    powers.push(power / FRAME);
  }
  const floor = Math.max(...powers) / 10_000; // anything 40 dB below the loudest frame counts as silence
  const heard = powers.filter((power) => power > floor);
  return heard.length ? Math.sqrt(heard.reduce((sum, power) => sum + power, 0) / heard.length) : 0;
}

// To match loudness, all columns are reduced to the softest one; amplifying might clip.
function gainOf(column) {
  const known = levels.filter((level) => level > 0);
  return ui.match.checked && levels[column] > 0 ? Math.min(...known) / levels[column] : 1;
}

// --- playing -------------------------------------------------------------------------------------------------------

function silence() {
  if (!playing) return;
  const { source, gain } = playing;
  position = now();
  playing = null;
  source.onended = null;
  gain.gain.cancelScheduledValues(context.currentTime);
  gain.gain.setTargetAtTime(0, context.currentTime, FADE / 3);
  source.stop(context.currentTime + 2 * FADE);
}

function playFrom(seconds) {
  silence();
  window.kokoroSound.begin("comparator", () => {
    silence();
    render();
  });
  context.resume();
  position = seconds >= length() - 0.02 ? 0 : seconds;
  const source = context.createBufferSource();
  const gain = context.createGain();
  source.buffer = buffers[current];
  source.connect(gain).connect(context.destination);
  gain.gain.setValueAtTime(0, context.currentTime);
  gain.gain.linearRampToValueAtTime(gainOf(current), context.currentTime + FADE);
  source.onended = () => {
    playing = null;
    position = 0;
    render();
  };
  source.start(0, position);
  playing = { source, gain, started: context.currentTime };
  render();
  frame();
}

function choose(column) {
  if (!buffers[column]) return;
  const at = now();
  silence();
  const there = column === current ? at : sameTime(at, marks[current], marks[column]);
  current = column;
  playFrom(there);
}

function toggle() {
  if (!buffers[current]) return;
  if (playing) {
    silence();
    render();
  } else playFrom(position);
}

// --- display -------------------------------------------------------------------------------------------------------

function draw() {
  const at = now();
  ui.seek.max = length();
  ui.seek.value = at;
  ui.seek.setAttribute("aria-valuetext", `${clock(at)} of ${clock(length())}`);
  ui.time.textContent = `${clock(at)} / ${clock(length())}`;
}

function render() {
  root.dataset.playing = Boolean(playing);
  root.dataset.column = order ? order[current] : current;
  root.toggleAttribute("data-hidden-names", Boolean(hidden));
  ui.toggle.textContent = playing ? "Pause" : "Play";
  ui.toggle.setAttribute("aria-label", ui.toggle.textContent);
  for (const button of buttons()) {
    const chosen = Number(button.dataset.column) === current;
    button.setAttribute("aria-pressed", chosen);
    button.disabled = !buffers[button.dataset.column];
  }
  draw();
}

function frame() {
  draw();
  if (playing) requestAnimationFrame(frame);
}

function fill(columns) {
  const elements = resultElements(columns.length);
  for (const result of document.querySelectorAll("#compare-columns .compare-result")) result.replaceChildren();
  ui.columns.replaceChildren();
  for (const [at, column] of columns.entries()) {
    const result = elements?.[at] ?? ui.columns.appendChild(document.createElement("div"));
    result.innerHTML = column; // the server has escaped the visitor's text in it
  }
}

// Called when the Blind checkbox changes, because the columns that are shown were made for the other mode.
function clear() {
  silence();
  order = hidden = null;
  fill([]);
  root.hidden = true;
}

// --- blind listening -----------------------------------------------------------------------------------------------

const countLines = () => [...picks].map(([name, { heard, picked }]) => `${name}: picked ${picked} of ${heard}`);

function pick(column) {
  const { names, revealed } = hidden;
  for (const [at, name] of names.entries()) {
    const { heard, picked } = picks.get(name) ?? { heard: 0, picked: 0 };
    picks.set(name, { heard: heard + 1, picked: picked + (at === column ? 1 : 0) });
  }
  hidden = null;
  fill(revealed);
  ui.verdict.textContent = `You picked ${"ABCD"[column]}: ${names[column]}. Another round shuffles them again.`;
  ui.count.replaceChildren(
    ...countLines().map((line) => Object.assign(document.createElement("li"), { textContent: line })),
  );
  ui.picks.hidden = false;
  render();
  ui.toggle.focus();
}

async function copyCount() {
  if (await copyText(countLines().join("\n"))) ui.copy.textContent = "Copied";
  else getSelection().selectAllChildren(ui.count); // so that the visitor can copy it
  setTimeout(() => (ui.copy.textContent = "Copy the count"), 4000);
}

async function show(state) {
  silence();
  context ??= new AudioContext({ sampleRate: CONFIG.sampleRate });
  marks = state.marks;
  buffers = marks.map(() => null);
  levels = marks.map(() => 0);
  current = position = 0;
  ui.problem.textContent = "";
  order = state.order ?? null;
  hidden = state.revealed ? state : null;
  ui.verdict.textContent = "";
  fill(state.columns);
  root.hidden = false;
  if (document.activeElement?.closest("#compare-make")) ui.toggle.focus(); // so that Space plays
  render();
  const ownBuffers = buffers;
  for (const column of marks.keys()) {
    const data = await server.sound({ run: state.run, column }).catch(() => null);
    if (ownBuffers !== buffers) return;
    if (!data) {
      ui.problem.textContent = "The audio could not be fetched. Press Compare again.";
      return;
    }
    buffers[column] = bufferOf(context, samplesOf(data));
    levels[column] = levelOf(buffers[column]);
    render();
  }
}

// --- events --------------------------------------------------------------------------------------------------------

const isTyping = (target) => target.closest?.("input:not([type=range], [type=checkbox]), textarea, select");

document.addEventListener("keydown", (event) => {
  if (root.hidden || !root.offsetParent || event.ctrlKey || event.metaKey || event.altKey) return;
  if (isTyping(event.target)) return;
  const column = Number(event.key) - 1;
  const isOurs = root.contains(event.target) || event.target.closest?.(".compare-result");
  if (event.key === " " && (event.target === document.body || isOurs)) {
    if (event.target.closest("button, [type=checkbox]") && !event.target.closest(".compare-play")) return;
    event.preventDefault();
    toggle();
  } else if (buffers[column]) {
    event.preventDefault();
    choose(column);
  }
});
document.addEventListener("click", ({ target }) => {
  if (!target.closest?.(".comparator-columns, .compare-result")) return;
  const picked = target.closest("[data-pick]");
  if (picked && hidden) return pick(Number(picked.dataset.pick));
  const button = target.closest("[data-column]");
  if (button) choose(Number(button.dataset.column));
});
ui.copy.addEventListener("click", copyCount);
ui.toggle.addEventListener("click", toggle);
ui.seek.addEventListener("input", () => {
  const target = Number(ui.seek.value);
  if (playing) playFrom(target);
  else position = target;
});
ui.match.addEventListener("change", () => {
  playing?.gain.gain.setTargetAtTime(gainOf(current), context.currentTime, FADE);
});
watch("value", () => props.value && show(props.value));
window.kokoroComparator = { clear };
