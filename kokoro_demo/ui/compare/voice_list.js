// The list of voices: its preview buttons, and a request for the present voices when the page's voice has changed, as it
// does once Kokoro is loaded. Gradio runs this once, with `element` and `trigger`.

element.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-voice]");
  if (button && window.kokoroClips.ask(button.dataset.sound)) trigger("click", { voice: button.dataset.voice });
});
let chosen = window.kokoroPage.fields?.voice;
document.addEventListener("kokoro:fields", ({ detail }) => {
  if (detail.voice === chosen || !element.isConnected) return;
  chosen = detail.voice;
  trigger("submit");
});
