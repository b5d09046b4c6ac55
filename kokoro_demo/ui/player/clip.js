// A clip: the part of a speech that has been fetched.

const RATE = CONFIG.sampleRate;
const FINAL = ["done", "stopped", "failed"];
const ENTER = /Mac/.test(navigator.platform) ? "⌘ Enter" : "Ctrl+Enter";
const HINT = matchMedia("(pointer: fine)").matches ? `Press Speak or ${ENTER} to hear the text.` : "";

const emptyClip = (run = "") => ({
  run,
  state: run ? "reading" : "idle",
  message: run ? "" : HINT,
  ready: 0,
  share: 0,
  name: "kokoro.wav",
  text: "", // the text for which Speak was pressed
  asked: "", // all fields from which it was made, as JSON
  parts: [], // {samples: Int16Array, start: number of samples before it}
  length: 0, // number of samples in all parts
  whole: false, // whether it is complete
  timeline: null, // the times of its words
  peaks: [], // the level of each hundredth of a second
});

function addTo(clip, samples) {
  clip.parts.push({ samples, start: clip.length });
  clip.length += samples.length;
  clip.peaks.push(...peaksOf(samples));
}
