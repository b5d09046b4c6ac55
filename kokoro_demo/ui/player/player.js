// Plays one clip, even while it is being made. Gradio runs this once, with `element`, `props`, `server`, and `watch`,
// after the other scripts of this folder.
//
// The component's value is only a state ("3 of this run's 7 phrases are ready"). The phrases are fetched, once each and
// in order, as 16-bit samples; so exactly what the model made is played, drawn, and downloaded.

const CONNECTION_CHECK = 4000; // milliseconds without an update until the connection is checked
const QUEUE_CHECK = 1500; // milliseconds between two requests for the place in the queue
const NARROW = 480; // pixels of width below which the tools are stacked

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

let clip = emptyClip();
let former = null; // the previous clip, until the new one begins
const past = new Set(); // the runs of earlier clips
let outline = []; // guessed levels of the current text
let selection = null; // {start, end} in seconds; it plays in a loop
let looping = false;
let pulling = false;
let whenMade = null; // called when a speech is complete that is made only for a download, and not played
let lastUpdate = 0; // the time of the server's last update of a speech that is being made

const isFinal = () => FINAL.includes(clip.state);
const isBusy = () => clip.state !== "idle" && !isFinal();
const sound = makeSound(() => clip, () => render());
const stage = makeStage(find(".player-stage"), { playFrom: sound.playFrom, select });
const display = makeDisplay(root, ui, {
  sound,
  stage,
  view: () => ({ clip, isBusy: isBusy(), outline, selection, looping }),
});
const { draw } = display;
const kept = makeKept();
const keep = makeDownloads(ui.download, find(".player-files"), {
  clipOf: () => clip,
  showProblem(problem) {
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

// The fields from which Speak would make a speech now, as JSON. Edited phonemes count only if they are used.
function asked() {
  const { edited, edited_for, ...fields } = window.kokoroPage?.fields ?? {};
  return JSON.stringify(window.kokoroPhonemes?.active({ ...fields, edited, edited_for }) ? { ...fields, edited } : fields);
}

// --- phrases -------------------------------------------------------------------------------------------------------

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
    addTo(clip, samplesOf(data));
    kept.add(wanted.parts.length - 1, wanted.parts.at(-1).samples);
    clip.whole = isFinal() && clip.parts.length >= clip.ready;
    if (clip.parts.length === 1 && clip.autoplay) sound.playFrom(0);
    else sound.feed();
    render();
  }
  pulling = false;
  if (wanted !== clip) pull();
}

// Checks the connection if there was no update for a while, because Gradio does not report that it was lost.
async function watchConnection() {
  if (!isBusy() || Date.now() - lastUpdate < CONNECTION_CHECK) return;
  const waiting = clip;
  lastUpdate = Date.now();
  try {
    await askServer({});
  } catch {
    if (waiting === clip) onAway();
  }
}

function onAway() {
  if (!isBusy()) return;
  const arrived = clip.length > 0;
  end(arrived ? "The connection is lost. What has arrived so far can be played." : "The server cannot be reached, so this was not spoken.");
  window.kokoroConnection?.look();
}

// Fetches the words' times whenever the number of phrases has doubled, and at the end. Each answer has all times so far,
// so fetching after every phrase would take quadratic time.
let timesUpTo = 0;
async function askForTimes() {
  const wanted = clip;
  const reached = wanted.parts.length;
  if (!wanted.run || !reached || reached === timesUpTo || (!wanted.whole && reached < 2 * timesUpTo)) return;
  timesUpTo = reached;
  try {
    wanted.timeline = await (await fetchFile(wanted.run, "json")).json();
  } catch {
    timesUpTo = 0; // tries again with the next phrase
  }
  if (wanted !== clip || !clip.timeline) return;
  kept.times(clip.timeline);
  stage.show(clip.timeline, clip.state === "done");
  stage.mark(selection);
  draw();
  document.dispatchEvent(new CustomEvent("kokoro:timeline", { detail: clip.timeline }));
}

function render() {
  clip.whole = isFinal() && clip.parts.length >= clip.ready;
  display.render();
  document.dispatchEvent(new CustomEvent("kokoro:busy", { detail: isBusy() }));
  document.dispatchEvent(new CustomEvent("kokoro:clip", { detail: window.kokoro.clip() }));
  askForTimes();
  display.animate();
}

// --- events --------------------------------------------------------------------------------------------------------

// Ends with an error. If the new speech never began, the previous one is shown again.
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
  timesUpTo = whole.parts.length; // its times are not fetched again
  if (whole.timeline) stage.show(whole.timeline, whole.state === "done");
  else stage.preview(whole.text);
  window.kokoroPage?.holds(whole.text);
}

// Shows the speech that was made before a reload. It has no run, because the server no longer has it.
async function restore(wanted) {
  if (!wanted) kept.forget();
  const found = await kept.read();
  if (!found || clip.state !== "idle") return;
  const { about, parts, timeline } = found;
  const whole = about.done && parts.length === about.ready;
  const restored = Object.assign(emptyClip(), about, { run: "", state: whole ? "done" : "stopped", share: 1, timeline });
  restored.ready = parts.length;
  restored.message = whole
    ? `${about.message} It was made before this page was reloaded.`
    : "Only this part was kept when the page was reloaded. Press Speak to make all of it.";
  present(restored);
  parts.forEach((samples) => addTo(clip, samples));
  sound.seek(about.position ?? 0);
  render();
}

function onState(state) {
  if (!state) return;
  if (past.has(state.run)) return; // a late update of an earlier run
  if (state.state === "asked" && clip.state !== "asked") return; // a late update of the queue
  if (state.run && state.run !== clip.run) {
    replaceClip(Object.assign(emptyClip(state.run), { autoplay: !whenMade, text: clip.text, asked: clip.asked }));
    former = null;
    kept.begin(state.run);
  }
  if (isFinal() && !FINAL.includes(state.state)) return; // stopped here before the server knew
  lastUpdate = Date.now();
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
  else if (!isBusy()) document.querySelector("button#speak").click(); // nothing was made yet
  return true;
}

function seekTo(target) {
  sound.seek(target);
  draw();
}

// Plays a part in a loop; null ends the loop.
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
    return Math.max(0, Math.min(1, (event.clientX - left) / (width * display.shown()))) * sound.seconds();
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
// Wraps the action of a key that needs a sound; without one, the key keeps its usual meaning.
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

// Browsers allow audio only after a user gesture; this uses the first one anywhere on the page.
for (const gesture of ["pointerdown", "keydown"]) {
  document.addEventListener(gesture, sound.open, { capture: true, once: true });
}
setInterval(sound.feed, 200);
setInterval(watchConnection, 1000);
setInterval(() => clip.state === "asked" && trigger("tick"), QUEUE_CHECK);
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
  restored: null, // the promise of `restore`, once the page is built
  restore(wanted) {
    this.restored = restore(wanted);
  },
  toggle,
  time: sound.time,
  // Shows the text that would be spoken, unless there is a speech.
  preview(text) {
    if (clip.state !== "idle") return;
    outline = outlineOf(text);
    stage.preview(text);
    draw();
  },
  // Called when Speak is pressed: shows the new speech before the server has answered.
  ask(text) {
    if (clip.length && clip.whole) former = clip;
    replaceClip(Object.assign(emptyClip(), { state: "asked", message: "In the queue.", text, asked: asked() }));
    outline = outlineOf(text);
    stage.preview(text);
    lastUpdate = Date.now();
    root.scrollIntoView({ block: "nearest" }); // on phones, it is below the fold
    render();
  },
  // Called when Stop is pressed: silences the player immediately, and keeps what was made.
  stop() {
    if (sound.isPlaying()) sound.pause();
    if (!isBusy()) return;
    whenMade = null;
    clip.state = "stopped";
    clip.message = "Stopped.";
    render();
  },
  // Called when Gradio's event has ended, in any way. If the server did not report an end, it is an error.
  settle() {
    if (isBusy()) end("The server could not do this now. Press Speak again in a moment.");
  },
};
render();
