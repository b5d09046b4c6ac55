// The banner of a link that was opened. Gradio runs this once, with `element`, before the banner has its content.

const root = element.closest("#link-banner") ?? element;

element.addEventListener("click", ({ target }) => {
  if (target.closest(".link-play")) window.kokoro.toggle();
  if (!target.closest(".link-close")) return;
  delete document.documentElement.dataset.linked;
  document.querySelector("#text textarea").focus();
});
document.addEventListener("kokoro:busy", ({ detail }) => root.toggleAttribute("data-busy", detail));
document.addEventListener("kokoro:clip", ({ detail }) => {
  root.toggleAttribute("data-playing", detail.playing);
  element.querySelector(".link-play")?.setAttribute("aria-label", detail.playing ? "Pause" : "Play the shared speech");
});
// Once the visitor edits the text, it is no longer the shared one.
document.addEventListener("input", (event) => {
  const play = element.querySelector(".link-play");
  if (!play || !event.isTrusted || !event.target.closest("#text")) return;
  play.disabled = true;
  element.querySelector(".link-kind").textContent = "Shared with you. You have changed the text.";
});
