// One clip, played while it is still being made. Gradio runs this once, with `element`, `props`, `server`, `watch`.
//
// The value is a small state ("of this run, 3 of 7 phrases are ready"); the phrases are fetched, each once and in
// order, as 16-bit samples, so what is heard, drawn and downloaded is exactly what the model made.

const RATE = CONFIG.sampleRate;
const AHEAD = 8; // seconds of sound handed to the browser before they are heard
const SILENCE = 4000; // milliseconds without news before the connection is doubted
const LEAD = 0.04; // seconds between deciding to play and hearing it
const FINAL = ["done", "stopped", "failed"];
const HINT = matchMedia("(pointer: fine)").matches ? "Speak reads the text aloud; so does Ctrl+Enter." : "";

const find = (selector) => element.querySelector(selector);
const root = find(".player");
const ui = {
  play: find(".player-play"),
  canvas: find("canvas"),
  seek: find(".player-seek"),
  time: find(".player-time"),
  message: find(".player-message"),
  download: find(".player-download"),
  files: find(".player-files"),
  caption: find(".player-caption"),
};

const emptyClip = (run = "") => ({
  run,
  state: run ? "reading" : "idle",
  message: run ? "" : HINT,
  ready: 0,
  share: 0,
  name: "kokoro.wav",
  parts: [], // {samples: Int16Array, start: samples before it}
  length: 0, // samples in all parts
  timeline: null, // when each word is heard, and the captions
  peaks: [], // of each hundredth of a second
});

let clip = emptyClip();
const past = new Set(); // runs of earlier clips
let context = null;
let playing = false;
let excerpt = null; // a word or a sound that is heard by itself: {start, end, origin, source}
let position = 0; // seconds into the clip, where playing starts or was paused
let origin = 0; // the context's time at which the clip's second 0 is, or would have been, heard
let upcoming = 0; // the next part to hand to the browser
let sources = [];
let pulling = false;
let news = 0; // when the server was last heard of, while something is being made

const seconds = () => clip.length / RATE;
const isFinal = () => FINAL.includes(clip.state);
const isWhole = () => isFinal() && clip.parts.length >= clip.ready;
const isBusy = () => clip.state !== "idle" && !isFinal();
const now = () => (playing ? Math.min(Math.max(context.currentTime - origin, position), seconds()) : position);

// --- sound ---------------------------------------------------------------------------------------------------------

function openContext() {
  if (!context) {
    if (navigator.audioSession) navigator.audioSession.type = "playback"; // or a phone's mute switch silences it
    context = new AudioContext({ sampleRate: RATE });
  }
  if (context.state === "suspended") context.resume();
}

function silence() {
  for (const source of sources) {
    source.onended = null;
    source.stop();
  }
  sources = [];
  excerpt = null;
}

// A piece of the clip alone, from `start` to `end` in seconds.
function playSpan(start, end) {
  openContext();
  window.kokoroSound.begin("player", hush);
  if (playing) pause();
  silence();
  const [first, last] = [start, end].map((time) => Math.max(0, Math.min(clip.length, Math.round(time * RATE))));
  if (last <= first) return;
  const buffer = context.createBuffer(1, last - first, RATE);
  const channel = buffer.getChannelData(0);
  for (const part of clip.parts) {
    const from = Math.max(first, part.start);
    const until = Math.min(last, part.start + part.samples.length);
    for (let i = from; i < until; i++) channel[i - first] = part.samples[i - part.start] / 32768;
  }
  const source = context.createBufferSource();
  source.buffer = buffer;
  source.connect(context.destination);
  source.start(context.currentTime + LEAD);
  excerpt = { start, end, origin: context.currentTime + LEAD - start };
  source.onended = () => (excerpt = null);
  sources.push(source);
  document.dispatchEvent(new CustomEvent("kokoro:playing"));
}

function playFrom(start) {
  openContext();
  window.kokoroSound.begin("player", hush);
  silence();
  playing = true;
  position = start;
  origin = context.currentTime + LEAD - start;
  upcoming = clip.parts.findIndex((part) => (part.start + part.samples.length) / RATE > start);
  if (upcoming < 0) upcoming = clip.parts.length;
  feed();
  render();
  requestAnimationFrame(frame);
  document.dispatchEvent(new CustomEvent("kokoro:playing"));
}

// Something else on the page is heard from now on.
function hush() {
  if (playing) pause();
  else silence();
}

function pause() {
  position = now();
  playing = false;
  silence();
  render();
}

// Hand the browser what will be heard in the next seconds. A timer and every arrival call it, for no frames are drawn
// in a tab that is hidden.
function feed() {
  if (!playing) return;
  const heard = context.currentTime - origin;
  if (heard >= seconds() - 0.001 && upcoming >= clip.parts.length) {
    if (!isWhole()) return; // the next phrase is still being made
    pause();
    position = seconds();
    render();
    return;
  }
  while (upcoming < clip.parts.length && clip.parts[upcoming].start / RATE < heard + AHEAD) {
    const part = clip.parts[upcoming++];
    const buffer = context.createBuffer(1, part.samples.length, RATE);
    const channel = buffer.getChannelData(0);
    for (let i = 0; i < channel.length; i++) channel[i] = part.samples[i] / 32768;
    const start = part.start / RATE;
    // A phrase that comes after the sound ran out is heard whole, and the clock waits for it.
    if (start >= position && origin + start < context.currentTime) {
      origin = context.currentTime + LEAD - start;
    }
    const source = context.createBufferSource();
    source.buffer = buffer;
    source.connect(context.destination);
    const offset = Math.max(0, position - start);
    source.start(Math.max(context.currentTime, origin + start + offset), offset);
    source.onended = () => (sources = sources.filter((other) => other !== source));
    sources.push(source);
  }
}

// --- phrases -------------------------------------------------------------------------------------------------------

function add(samples) {
  clip.parts.push({ samples, start: clip.length });
  clip.length += samples.length;
  for (let i = 0; i < samples.length; i += RATE / 100) {
    let peak = 0;
    const end = Math.min(i + RATE / 100, samples.length);
    for (let j = i; j < end; j += 4) peak = Math.max(peak, Math.abs(samples[j]));
    clip.peaks.push(peak / 32768);
  }
}

// Gradio answers undefined where the server did not; the server itself answers null for what it no longer has.
async function askServer(wanted) {
  const answer = await server.phrase(wanted);
  if (answer === undefined) throw new Error("no answer");
  return answer;
}

async function fetchPhrase(run, index) {
  for (let attempt = 0; attempt < 4; attempt++) {
    try {
      return await askServer({ run, index });
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 400 * 2 ** attempt));
    }
  }
  return null;
}

async function pull() {
  if (pulling) return;
  pulling = true;
  const wanted = clip;
  while (wanted === clip && clip.parts.length < clip.ready) {
    const data = await fetchPhrase(wanted.run, wanted.parts.length);
    if (wanted !== clip) break;
    if (data === null) {
      clip.ready = clip.parts.length;
      end("The rest of this speech could not be fetched. Press Speak to make it again.");
      break;
    }
    add(samplesOf(data));
    if (clip.parts.length === 1 && clip.autoplay) playFrom(0);
    else feed();
    render();
  }
  pulling = false;
  if (wanted !== clip) pull();
}

// Gradio does not tell an event that the connection is lost. Where nothing was heard for a while, the server is asked.
async function watchConnection() {
  if (!isBusy() || Date.now() - news < SILENCE) return;
  const waiting = clip;
  news = Date.now();
  try {
    await askServer({});
  } catch {
    if (waiting === clip && isBusy()) end("The connection is lost. What has arrived can be played.");
  }
}

// --- words, captions and files -------------------------------------------------------------------------------------

const fileOf = (run, kind) => `${location.origin}${location.pathname.replace(/\/$/, "")}/speech/${run}.${kind}`;

// When the words are heard is asked for as the speech doubles, and at its end: each answer tells it from the beginning.
let captionsUpTo = 0;
async function askForTimes() {
  const wanted = clip;
  const reached = wanted.parts.length;
  if (!reached || reached === captionsUpTo || (!isWhole() && reached < 2 * captionsUpTo)) return;
  captionsUpTo = reached;
  try {
    const answer = await fetch(fileOf(wanted.run, "json"));
    if (!answer.ok) throw new Error(answer.statusText);
    wanted.timeline = await answer.json();
  } catch {
    captionsUpTo = 0; // the captions of this speech are asked for again with its next phrase
  }
  if (wanted !== clip) return;
  draw();
  if (clip.timeline) document.dispatchEvent(new CustomEvent("kokoro:timeline", { detail: clip.timeline }));
}

function showCaption(at) {
  const captions = clip.timeline?.captions ?? [];
  const caption = playing ? captions.find(({ start, end }) => at >= start - 0.1 && at < end + 0.4) : null;
  const word = caption && clip.timeline.words.find(({ start, end }) => start !== null && at >= start && at < end);
  const key = `${caption?.start}/${word?.start}`;
  if (ui.caption.dataset.key === key) return;
  ui.caption.dataset.key = key;
  ui.caption.replaceChildren();
  if (!caption) return;
  const before = clip.timeline.words.filter(({ start }) => start !== null && start >= caption.start && word && start < word.start);
  let from = 0;
  for (const { text } of before) from = Math.max(from, caption.text.indexOf(text, from) + text.length);
  const found = word ? caption.text.indexOf(word.text, from) : -1;
  if (found < 0) ui.caption.append(caption.text);
  else {
    const mark = document.createElement("mark");
    mark.textContent = word.text;
    ui.caption.append(caption.text.slice(0, found), mark, caption.text.slice(found + word.text.length));
  }
}

function keep(blob, kind) {
  saveBlob(blob, clip.name.replace(/wav$/, kind));
}

async function fetchFile(kind) {
  ui.files.open = false;
  try {
    const answer = await fetch(fileOf(clip.run, kind));
    if (!answer.ok) throw new Error(await answer.text());
    keep(await answer.blob(), kind);
  } catch (error) {
    clip.message = error.message || "The file could not be fetched.";
    render();
  }
}

ui.files.querySelector("ul").append(
  ...Object.entries(CONFIG.formats).map(([kind, name]) => {
    const [item, button] = [document.createElement("li"), document.createElement("button")];
    Object.assign(button, { type: "button", textContent: name });
    button.addEventListener("click", () => fetchFile(kind));
    item.append(button);
    return item;
  }),
);
document.addEventListener("click", ({ target }) => {
  if (!ui.files.contains(target) || target.closest("li")) ui.files.open = false;
});
ui.files.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !ui.files.open) return;
  ui.files.open = false;
  ui.files.querySelector("summary").focus();
});

function end(message) {
  clip.state = "failed";
  clip.message = message;
  render();
}

function wav() {
  const header = new DataView(new ArrayBuffer(44));
  const text = (at, value) => [...value].forEach((letter, i) => header.setUint8(at + i, letter.charCodeAt(0)));
  const bytes = 2 * clip.length;
  text(0, "RIFF");
  header.setUint32(4, 36 + bytes, true);
  text(8, "WAVEfmt ");
  header.setUint32(16, 16, true); // length of this chunk
  header.setUint16(20, 1, true); // PCM
  header.setUint16(22, 1, true); // mono
  header.setUint32(24, RATE, true);
  header.setUint32(28, 2 * RATE, true);
  header.setUint16(32, 2, true);
  header.setUint16(34, 16, true);
  text(36, "data");
  header.setUint32(40, bytes, true);
  return new Blob([header, ...clip.parts.map((part) => part.samples)], { type: "audio/wav" });
}

// --- what is seen --------------------------------------------------------------------------------------------------


function setText(node, text) {
  if (node.textContent !== text) node.textContent = text; // or a screen reader says it again
}

function render() {
  const any = clip.parts.length > 0;
  const busy = isBusy();
  root.dataset.state = clip.state;
  root.dataset.playing = playing;
  root.setAttribute("aria-busy", busy);
  ui.play.disabled = !any;
  ui.play.setAttribute("aria-label", playing ? "Pause" : "Play");
  ui.seek.disabled = !any;
  ui.seek.max = seconds();
  ui.download.disabled = !any || !isWhole();
  ui.files.hidden = ui.download.disabled;
  // A screen reader hears the beginning, the end and errors; in between it would talk over the voice.
  ui.message.setAttribute("aria-live", clip.state === "speaking" ? "off" : "polite");
  setText(ui.message, clip.message);
  document.dispatchEvent(new CustomEvent("kokoro:busy", { detail: busy }));
  document.dispatchEvent(new CustomEvent("kokoro:clip", { detail: window.kokoro.clip() }));
  askForTimes();
  draw();
}

function draw() {
  const at = now();
  showCaption(at);
  const short = isWhole() && seconds() < 1;
  const text = short ? `${at.toFixed(1)} / ${seconds().toFixed(1)} s` : `${clock(at)} / ${clock(seconds())}`;
  setText(ui.time, clip.length ? text : "0:00");
  ui.seek.value = at;
  ui.seek.setAttribute("aria-valuetext", `${clock(at)} of ${clock(seconds())}`);

  const scale = window.devicePixelRatio || 1;
  const { clientWidth: width, clientHeight: height } = ui.canvas;
  if (!width) return;
  if (ui.canvas.width !== width * scale || ui.canvas.height !== height * scale) {
    ui.canvas.width = width * scale;
    ui.canvas.height = height * scale;
  }
  const pen = ui.canvas.getContext("2d");
  const style = getComputedStyle(root);
  const [heard, unheard, empty] = ["--wave-heard", "--wave-unheard", "--wave-empty"].map((name) =>
    style.getPropertyValue(name),
  );
  pen.setTransform(scale, 0, 0, scale, 0, 0);
  pen.clearRect(0, 0, width, height);

  // While the speech is made, what is there fills its share of the width, and dots stand for what is to come.
  const shown = isWhole() || !clip.share ? 1 : (clip.share * clip.parts.length) / clip.ready;
  ui.seek.style.width = `${100 * shown}%`;
  const bars = Math.floor(width / 3);
  const filled = clip.length ? Math.floor(bars * shown) : 0;
  const cursor = clip.length ? (at / seconds()) * filled : 0;
  for (let bar = 0; bar < bars; bar++) {
    let level = 0;
    if (bar < filled) {
      const first = Math.floor((bar / filled) * clip.peaks.length);
      const last = Math.max(first + 1, Math.floor(((bar + 1) / filled) * clip.peaks.length));
      for (let i = first; i < last; i++) level = Math.max(level, clip.peaks[i]);
    }
    const size = Math.max(2, Math.sqrt(level) * height * 0.94);
    pen.fillStyle = bar >= filled ? empty : bar < cursor ? heard : unheard;
    pen.fillRect(bar * 3, (height - size) / 2, 2, size);
  }
}

function frame() {
  draw();
  if (playing) requestAnimationFrame(frame);
}

// --- what happens --------------------------------------------------------------------------------------------------

function replaceClip(next) {
  silence();
  playing = false;
  position = 0;
  if (clip.run) past.add(clip.run);
  clip = next;
  captionsUpTo = 0;
}

function onState(state) {
  if (!state) return;
  if (past.has(state.run)) return; // a late word of an earlier run
  if (state.run && state.run !== clip.run) replaceClip(Object.assign(emptyClip(state.run), { autoplay: true }));
  if (isFinal() && !FINAL.includes(state.state)) return; // stopped here, and the server did not know it yet
  news = Date.now();
  Object.assign(clip, state, { run: clip.run, ready: Math.max(clip.ready, state.ready || 0) });
  pull();
  feed();
  render();
}

ui.play.addEventListener("click", () => {
  if (playing) pause();
  else playFrom(position >= seconds() - 0.05 && isWhole() ? 0 : position);
});

ui.seek.addEventListener("input", () => {
  const target = Number(ui.seek.value);
  if (playing) playFrom(target);
  else {
    position = target;
    draw();
  }
});

ui.download.addEventListener("click", () => keep(wav(), "wav"));

// Browsers allow sound only after a gesture; the first one anywhere on the page will do.
for (const gesture of ["pointerdown", "keydown"]) {
  document.addEventListener(gesture, openContext, { capture: true, once: true });
}
setInterval(feed, 200);
setInterval(watchConnection, 1000);
new ResizeObserver(draw).observe(ui.canvas);
new MutationObserver(draw).observe(document.body, { attributeFilter: ["class"] });
watch("value", () => onState(props.value));

window.kokoro = {
  span: playSpan,
  from: playFrom,
  context() {
    openContext();
    return context;
  },
  clip: () => ({ run: clip.run, final: clip.length > 0 && isWhole() }),
  keep,
  // The second of the clip that is heard now; null where nothing is.
  time() {
    if (excerpt) return Math.min(excerpt.end, Math.max(excerpt.start, context.currentTime - excerpt.origin));
    return playing ? now() : null;
  },
  // Speak was pressed: show it before the server has answered.
  ask() {
    replaceClip(Object.assign(emptyClip(), { state: "asked", message: "In the queue." }));
    news = Date.now();
    root.scrollIntoView({ block: "nearest" }); // on a phone it stands below the fold
    render();
  },
  // Stop was pressed: be silent at once, and keep what was made.
  stop() {
    if (playing) pause();
    if (!isBusy()) return;
    clip.state = "stopped";
    clip.message = "Stopped.";
    render();
  },
  // The event is over, however it ended. Without an ending from the server, this is one.
  settle() {
    if (isBusy()) end("The server could not take this on now. Press Speak again in a moment.");
  },
};
render();
