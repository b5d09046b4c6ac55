// Plays the short sounds of the page's buttons, which have a key in `data-sound`. A button waits while its sound is
// made, and then plays it; pressing it again stops. Gradio runs this once, with `element`, `props`, `watch`.

let awaited = ""; // the key of the last button pressed, if its sound has not arrived yet
let source = null; // what is playing
let sounding = ""; // the key of what is playing

function mark() {
  for (const button of document.querySelectorAll("[data-sound]")) {
    const { sound } = button.dataset;
    const state = sound === sounding ? "playing" : sound === awaited ? "waiting" : "";
    if ((button.dataset.state ?? "") !== state) button.dataset.state = state;
    if (state) button.setAttribute("aria-pressed", state === "playing");
    else button.removeAttribute("aria-pressed");
  }
}

function silence() {
  const ended = sounding || awaited;
  if (source) {
    source.onended = null;
    source.stop();
  }
  source = null;
  sounding = awaited = "";
  mark();
  return ended;
}

// Called if a clip does not play to its end: another sound started, or it could not be fetched.
function cut() {
  const key = silence();
  if (key) document.dispatchEvent(new CustomEvent("kokoro:clip-ended", { detail: { key, whole: false } }));
}

function play({ key, samples }) {
  if (key !== awaited) return; // another button was pressed meanwhile, or this one again
  if (!samples) return cut();
  const context = window.kokoro.context();
  window.kokoroSound.begin("clips", cut);
  if (source) source.onended = null;
  source?.stop();
  source = context.createBufferSource();
  source.buffer = bufferOf(context, samplesOf(samples));
  source.connect(context.destination);
  source.onended = () => {
    silence();
    document.dispatchEvent(new CustomEvent("kokoro:clip-ended", { detail: { key, whole: true } }));
  };
  source.start();
  [sounding, awaited] = [key, ""];
  mark();
}

window.kokoroClips = {
  // Called when a button is pressed. Returns whether to request its sound; if it was playing or waiting, it stops.
  ask(key) {
    const stops = sounding === key || awaited === key;
    if (stops) {
      cut();
      return false;
    }
    silence();
    awaited = key;
    mark();
    return true;
  },
  settle() {
    if (awaited && !source) cut();
  },
  silence: cut,
  mark,
};
watch("value", () => props.value && play(props.value));
