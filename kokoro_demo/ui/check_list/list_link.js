// Copies a link that holds the list, and what its rows do not say: the voice, the speed, the accent and the fixes.
const held = { list, voice: fields.voice, speed: fields.speed, language: fields.language, lexicon: fields.lexicon };
const usual = { speed: 1 };
const parts = Object.entries(held).filter(([name, value]) => value && value !== usual[name]);
const hash = new URLSearchParams(parts.map(([name, value]) => [name, String(value)])).toString();
const button = document.querySelector("#check-link");
const say = (answer) => {
  button.dataset.name ??= button.textContent;
  button.textContent = answer;
  setTimeout(() => (button.textContent = button.dataset.name), 4000);
};
if (!list.trim()) say("The list is empty.");
else {
  const link = `${location.origin}${location.pathname}#${hash}`;
  navigator.clipboard
    .writeText(link)
    .then(() => say("Copied."))
    .catch(() => {
      history.replaceState(null, "", link);
      say("It is in the address bar.");
    });
}
