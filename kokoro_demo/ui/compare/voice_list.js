// The preview buttons of the list of voices. Gradio runs this once, with `element` and `trigger`.

element.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-voice]");
  if (button && window.kokoroClips.ask(button.dataset.sound)) trigger("click", { voice: button.dataset.voice });
});
