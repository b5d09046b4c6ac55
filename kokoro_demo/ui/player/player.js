// One clip, played while it is still being made. Gradio runs this once, with `element`, `props`, `server`, `watch`, after
// the other scripts of this folder.
//
// The value is a small state ("of this run, 3 of 7 phrases are ready"); the phrases are fetched, each once and in
// order, as 16-bit samples, so what is heard, drawn and downloaded is exactly what the model made.

const RATE = CONFIG.sampleRate;
const SILENCE = 4000; // milliseconds without news before the connection is doubted
const PLACE = 1500; // milliseconds between two looks at the place in the queue
const NARROW = 480; // pixels, below which the tools stand beneath one another
const FINAL = ["done", "stopped", "failed"];
const ENTER = /Mac/.test(navigator.platform) ? "⌘ Enter" : "Ctrl+Enter";
const HINT = matchMedia("(pointer: fine)").matches ? `Speak reads the text aloud; so does ${ENTER}.` : "";
const STILL = matchMedia("(prefers-reduced-motion: reduce)");

const find = (selector) => element.querySelector(selector);
const root = find(".player");
const ui = {
  play: find(".player-play"),
  wave: find(".player-wave"),
  canvas: find("canvas"),
  seek: find(".player-seek"),
  time: find(".player-time"),
  message: find(".player-message"),
  rate: find(".player-rate select"),
  loop: find(".player-loop"),
  download: find(".player-download"),
};

const emptyClip = (run = "") => ({
  run,
  state: run ? "reading" : "idle",
  message: run ? "" : HINT,
  ready: 0,
  share: 0,
  name: "kokoro.wav",
  text: "", // that Speak was pressed for
  asked: "", // everything that it was made of
  parts: [], // {samples: Int16Array, start: samples before it}
  length: 0, // samples in all parts
  whole: false, // nothing more will come
  timeline: null, // when each word is heard
  peaks: [], // of each hundredth of a second
});

let clip = emptyClip();
let former = null; // the clip before, until the one that was asked for begins
const past = new Set(); // runs of earlier clips
let outline = []; // of the text that is spoken, or would be
let selection = null; // {start, end} in seconds, which is heard again and again
let looping = false;
let pulling = false;
let whenMade = null; // what waits for a speech that is made for a file: it is not played
let news = 0; // when the server was last heard of, while something is being made

const isFinal = () => FINAL.includes(clip.state);
const isBusy = () => clip.state !== "idle" && !isFinal();
const sound = makeSound(() => clip, () => render());
const paint = makeWave(ui.canvas, root);
const stage = makeStage(find(".player-stage"), { playFrom: sound.playFrom, select });
const kept = makeKept();
const keep = makeDownloads(ui.download, find(".player-files"), {
  clipOf: () => clip,
  tell(problem) {
    clip.message = problem;
    render();
  },
  makeAgain(made) {
    if (clip.asked !== asked()) return false;
    if (window.kokoroConnection?.refuses()) return true;
    whenMade = made;
    document.querySelector("button#speak").click();
    return true;
  },
});

// What the page would have made now. Phonemes that are set aside make no difference.
function asked() {
  const { edited, edited_for, ...fields } = window.kokoroPage?.fields ?? {};
  return JSON.stringify(window.kokoroPhonemes?.active({ ...fields, edited, edited_for }) ? { ...fields, edited } : fields);
}

// --- phrases -------------------------------------------------------------------------------------------------------

function add(samples) {
  clip.parts.push({ samples, start: clip.length });
  clip.length += samples.length;
  clip.peaks.push(...peaksOf(samples));
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
    kept.add(wanted.parts.length - 1, wanted.parts.at(-1).samples);
    clip.whole = isFinal() && clip.parts.length >= clip.ready;
    if (clip.parts.length === 1 && clip.autoplay) sound.playFrom(0);
    else sound.feed();
    render();
  }
  pulling = false;
  if (wanted !== clip) pull();
}

// Gradio does not tell an event that the connection is lost. If nothing was heard for a while, the server is asked.
async function watchConnection() {
  if (!isBusy() || Date.now() - news < SILENCE) return;
  const waiting = clip;
  news = Date.now();
  try {
    await askServer({});
  } catch {
    if (waiting === clip) onAway();
  }
}

function onAway() {
  if (!isBusy()) return;
  const arrived = clip.length > 0;
  end(arrived ? "The connection is lost. What has arrived can be played." : "The server cannot be reached, so this was not spoken.");
  window.kokoroConnection?.look();
}

// When the words are heard is asked for as the speech doubles, and at its end: each answer tells it from the beginning.
let timesUpTo = 0;
async function askForTimes() {
  const wanted = clip;
  const reached = wanted.parts.length;
  if (!wanted.run || !reached || reached === timesUpTo || (!wanted.whole && reached < 2 * timesUpTo)) return;
  timesUpTo = reached;
  try {
    wanted.timeline = await (await fetchFile(wanted.run, "json")).json();
  } catch {
    timesUpTo = 0; // they are asked for again with the next phrase
  }
  if (wanted !== clip || !clip.timeline) return;
  kept.times(clip.timeline);
  stage.show(clip.timeline, clip.state === "done");
  stage.mark(selection);
  draw();
  document.dispatchEvent(new CustomEvent("kokoro:timeline", { detail: clip.timeline }));
}

// --- what is seen --------------------------------------------------------------------------------------------------

function setText(node, text) {
  if (node.textContent !== text) node.textContent = text; // or a screen reader says it again
}

function render() {
  const any = clip.parts.length > 0;
  const busy = isBusy();
  clip.whole = isFinal() && clip.parts.length >= clip.ready;
  root.dataset.state = clip.state;
  root.dataset.playing = sound.isPlaying();
  root.setAttribute("aria-busy", busy);
  ui.play.disabled = !any && busy;
  ui.play.setAttribute("aria-label", sound.isPlaying() ? "Pause" : "Play");
  ui.seek.disabled = ui.loop.disabled = !any;
  ui.seek.max = sound.seconds();
  ui.loop.setAttribute("aria-pressed", looping);
  ui.download.disabled = !any || !clip.whole;
  // A screen reader hears the beginning, the end and errors; in between it would talk over the voice.
  ui.message.setAttribute("aria-live", clip.state === "speaking" ? "off" : "polite");
  setText(ui.message, clip.message);
  document.dispatchEvent(new CustomEvent("kokoro:busy", { detail: busy }));
  document.dispatchEvent(new CustomEvent("kokoro:clip", { detail: window.kokoro.clip() }));
  askForTimes();
  animate();
}

function draw() {
  const at = sound.now();
  const length = sound.seconds();
  stage.light(sound.time(), at);
  const short = clip.whole && length < 1;
  const text = short ? `${at.toFixed(1)} / ${length.toFixed(1)} s` : `${clock(at)} / ${clock(length)}`;
  setText(ui.time, clip.length ? text : "0:00");
  ui.seek.value = at;
  ui.seek.setAttribute("aria-valuetext", `${clock(at)} of ${clock(length)}`);
  paint({
    peaks: clip.peaks,
    outline,
    shown: shown(),
    heard: length ? at / length : 0,
    selection: selection && [selection.start / length, Math.min(1, selection.end / length)],
    ripple: isBusy() && !STILL.matches ? (performance.now() / 1400) % 1.15 : null,
  });
}

// While the speech is made, what is there fills its share of the width.
function shown() {
  return clip.whole || !clip.share ? 1 : Math.max(0.02, (clip.share * clip.parts.length) / clip.ready || 0);
}

let drawing = false;
function animate() {
  if (!drawing) frame();
}
function frame() {
  sound.feed();
  draw();
  drawing = sound.isPlaying() || isBusy() || sound.time() !== null;
  if (drawing) requestAnimationFrame(frame);
}

// --- what happens --------------------------------------------------------------------------------------------------

// If what was asked for never began, what was made before takes its place again.
function end(message) {
  whenMade = null;
  if (!clip.run && former) present(former);
  clip.state = "failed";
  clip.message = message;
  render();
}

function replaceClip(next) {
  sound.reset();
  selection = null;
  looping = false;
  if (clip.run) past.add(clip.run);
  clip = next;
  timesUpTo = 0;
}

// Shows a clip that is complete.
function present(whole) {
  replaceClip(whole);
  former = null;
  timesUpTo = whole.parts.length; // its times are here, if they came
  if (whole.timeline) stage.show(whole.timeline, whole.state === "done");
  else stage.preview(whole.text);
  window.kokoroPage?.holds(whole.text);
}


// What was made before the page was loaded again. The server no longer has it: its run is forgotten.
async function restore(wanted) {
  if (!wanted) kept.forget();
  const found = await kept.read();
  if (!found || clip.state !== "idle") return;
  const { about, parts, timeline } = found;
  const whole = about.done && parts.length === about.ready;
  const restored = Object.assign(emptyClip(), about, { run: "", state: whole ? "done" : "stopped", share: 1, timeline });
  restored.ready = parts.length;
  restored.message = whole
    ? `${about.message} It was made before this page was loaded again.`
    : "This is what was kept when the page was loaded again. Press Speak to make all of it.";
  present(restored);
  parts.forEach(add);
  sound.seek(about.position ?? 0);
  render();
}

function onState(state) {
  if (!state) return;
  if (past.has(state.run)) return; // a late word of an earlier run
  if (state.state === "asked" && clip.state !== "asked") return; // it waits no longer
  if (state.run && state.run !== clip.run) {
    replaceClip(Object.assign(emptyClip(state.run), { autoplay: !whenMade, text: clip.text, asked: clip.asked }));
    former = null;
    kept.begin(state.run);
  }
  if (isFinal() && !FINAL.includes(state.state)) return; // stopped here, and the server did not know it yet
  news = Date.now();
  Object.assign(clip, state, { run: clip.run, ready: Math.max(clip.ready, state.ready || 0) });
  const { name, message, total, ready, text } = clip;
  kept.note({ name, message, total, ready, text, asked: clip.asked, done: clip.state === "done" });
  pull();
  sound.feed();
  render();
  if (!isFinal()) return;
  if (clip.state === "done") whenMade?.();
  whenMade = null;
}

function toggle() {
  if (sound.isPlaying()) sound.pause();
  else if (clip.length) sound.playFrom(sound.now() >= sound.seconds() - 0.05 && clip.whole ? 0 : sound.now());
  else if (!isBusy()) document.querySelector("button#speak").click(); // nothing was made yet: one press makes it
  return true;
}

function seekTo(target) {
  sound.seek(target);
  draw();
}

// Hear a piece again and again; null ends that.
function select(piece) {
  selection = piece;
  looping = piece !== null;
  stage.mark(piece);
  sound.setLoop(piece);
  if (piece && !sound.isPlaying()) sound.playFrom(piece.start);
  render();
}

// Without a selection, the whole speech is looped.
function toggleLoop() {
  if (looping) select(null);
  else {
    looping = true;
    sound.setLoop({ start: 0, end: Infinity });
    render();
  }
}

listenToDrags(ui.wave, {
  canDrag: () => clip.length > 0,
  secondAt(event) {
    const { left, width } = ui.wave.getBoundingClientRect();
    return Math.max(0, Math.min(1, (event.clientX - left) / (width * shown()))) * sound.seconds();
  },
  selecting(piece) {
    selection = piece;
    stage.mark(piece);
    draw();
  },
  select,
  goTo(second) {
    if (selection && (second < selection.start || second >= selection.end)) select(null);
    seekTo(second);
    ui.seek.focus({ preventScroll: true });
  },
});

ui.play.addEventListener("click", toggle);
ui.loop.addEventListener("click", toggleLoop);
ui.rate.addEventListener("change", () => sound.setRate(Number(ui.rate.value)));
ui.seek.addEventListener("input", () => seekTo(Number(ui.seek.value)));
// Keys that move within a sound need one; without it the key keeps its usual meaning.
const withSound = (act) => (value) => {
  if (clip.length) act(value);
  return clip.length > 0;
};
listenToKeys(root, {
  toggle: withSound(toggle),
  seekBy: withSound((step) => seekTo(sound.now() + step)),
  seekByWord: withSound((step) => seekTo(stage.neighbour(sound.now(), step) ?? sound.now())),
  toggleLoop: withSound(toggleLoop),
  clear() {
    const any = looping;
    if (any) select(null);
    return any;
  },
});

// Browsers allow sound only after a gesture; the first one anywhere on the page will do.
for (const gesture of ["pointerdown", "keydown"]) {
  document.addEventListener(gesture, sound.open, { capture: true, once: true });
}
setInterval(sound.feed, 200);
setInterval(watchConnection, 1000);
setInterval(() => clip.state === "asked" && trigger("tick"), PLACE);
new ResizeObserver(() => {
  root.toggleAttribute("data-narrow", root.clientWidth < NARROW);
  draw();
}).observe(root);
new MutationObserver(draw).observe(document.body, { attributeFilter: ["class"] });
document.addEventListener("kokoro:connection", ({ detail }) => detail === "away" && onAway());
window.addEventListener("pagehide", () => clip.length && kept.note({ position: sound.now() }));
watch("value", () => onState(props.value));

window.kokoro = {
  span: sound.span,
  from: sound.playFrom,
  context: sound.open,
  clip: () => ({ run: clip.run, final: clip.length > 0 && clip.whole, playing: sound.isPlaying() }),
  keep,
  holdsSound: () => clip.length > 0 || former !== null,
  isSaved: async () => !window.kokoro.holdsSound() || (await kept.isSaved()),
  forget: kept.forget,
  restored: null, // a promise, once the page has begun
  restore(wanted) {
    this.restored = restore(wanted);
  },
  toggle,
  time: sound.time,
  // The text that would be spoken now; what was spoken stays until another is.
  preview(text) {
    if (clip.state !== "idle") return;
    outline = outlineOf(text);
    stage.preview(text);
    draw();
  },
  // Speak was pressed: show it before the server has answered.
  ask(text) {
    if (clip.length && clip.whole) former = clip;
    replaceClip(Object.assign(emptyClip(), { state: "asked", message: "In the queue.", text, asked: asked() }));
    outline = outlineOf(text);
    stage.preview(text);
    news = Date.now();
    root.scrollIntoView({ block: "nearest" }); // on a phone it stands below the fold
    render();
  },
  // Stop was pressed: be silent at once, and keep what was made.
  stop() {
    if (sound.isPlaying()) sound.pause();
    if (!isBusy()) return;
    whenMade = null;
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
