// The sound of one voice, which plays as soon as it is there. Gradio runs this once, with `element`, `props`, `watch`.

const figure = element.querySelector("figure");
const audio = element.querySelector("audio");

watch("value", () => {
  const sound = props.value;
  figure.hidden = !sound;
  if (!sound) return;
  figure.querySelector("figcaption").textContent = sound.label;
  audio.setAttribute("aria-label", sound.label);
  audio.src = sound.wav;
  audio.play().catch(() => {}); // where the browser forbids it, Play is there to be pressed
});

// Browsers let only that element play later which was asked to in a gesture.
window.kokoroPreview = {
  allowSound() {
    audio.pause();
    audio.removeAttribute("src");
    audio.load();
  },
};
