// Plays the short sounds of the page's buttons, which have a key in `data-sound`. The button that was pressed waits,
// then plays, then rests; pressed while it plays, it stops. Gradio runs this once, with `element`, `props`, `watch`.

const RATE = CONFIG.sampleRate;
let wanted = ""; // the key that was pressed last and has not been heard yet
let source = null; // what is heard now
let sounding = ""; // and its key

function mark() {
  for (const button of document.querySelectorAll("[data-sound]")) {
    const { sound } = button.dataset;
    const state = sound === sounding ? "playing" : sound === wanted ? "waiting" : "";
    if ((button.dataset.state ?? "") !== state) button.dataset.state = state;
    if (state) button.setAttribute("aria-pressed", state === "playing");
    else button.removeAttribute("aria-pressed");
  }
}

function silence() {
  const ended = sounding || wanted;
  if (source) {
    source.onended = null;
    source.stop();
  }
  source = null;
  sounding = wanted = "";
  mark();
  return ended;
}

// It was cut short: another sound began, or it could not be fetched.
function cut() {
  const key = silence();
  if (key) document.dispatchEvent(new CustomEvent("kokoro:clip-ended", { detail: { key, whole: false } }));
}

function play({ key, samples }) {
  if (key !== wanted) return; // another button was pressed meanwhile, or this one again
  if (!samples) return cut();
  const bytes = Uint8Array.from(atob(samples), (letter) => letter.charCodeAt(0));
  const heard = new Int16Array(bytes.buffer);
  const context = window.kokoro.context();
  const buffer = context.createBuffer(1, Math.max(1, heard.length), RATE);
  const channel = buffer.getChannelData(0);
  heard.forEach((sample, at) => (channel[at] = sample / 32768));
  window.kokoroSound.begin("clips", cut);
  if (source) source.onended = null;
  source?.stop();
  source = context.createBufferSource();
  source.buffer = buffer;
  source.connect(context.destination);
  source.onended = () => {
    silence();
    document.dispatchEvent(new CustomEvent("kokoro:clip-ended", { detail: { key, whole: true } }));
  };
  source.start();
  [sounding, wanted] = [key, ""];
  mark();
}

window.kokoroClips = {
  // A button was pressed. Returns whether to ask for its sound: not if it was playing, and is stopped now.
  ask(key) {
    const stops = sounding === key || wanted === key;
    if (stops) {
      cut();
      return false;
    }
    silence();
    wanted = key;
    mark();
    return true;
  },
  settle() {
    if (wanted && !source) cut();
  },
  silence: cut,
  mark,
};
watch("value", () => props.value && play(props.value));
