// The sound of one row, which plays as soon as it is there. Gradio runs this once, with `element`, `props`, `watch`.

const SILENCE = "data:audio/wav;base64,UklGRigAAABXQVZFZm10IBAAAAABAAEAwF0AAIC7AAACABAAZGF0YQQAAAAAAAAA";
const figure = element.querySelector("figure");
const audio = element.querySelector("audio");

watch("value", () => {
  const sound = props.value;
  audio.pause();
  figure.hidden = !sound;
  if (!sound) return;
  element.querySelector("figcaption").textContent = sound.label;
  audio.setAttribute("aria-label", sound.label);
  audio.src = sound.wav;
  audio.play().catch(() => {}); // where the browser forbids it, Play is there to be pressed
});

// Browsers let only that element play later which was played once in a gesture.
window.kokoroList = {
  allowSound() {
    audio.src = SILENCE;
    audio.play().catch(() => {});
  },
};
