// Copies a link that holds the list, what a listener marked, and what its rows do not say: the voice, the speed, the
// accent, the cast and the fixes. Marks are by the number of their row, and belong to the list that was checked.
const marks = (window.kokoroList?.marks() ?? "").replace(/\.+$/, "");
const { voice, speed, language, lexicon, cast } = fields;
const held = { list, voice, speed, language, lexicon, cast, marks };
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
  copyText(link).then((done) => {
    if (!done) history.replaceState(null, "", link);
    say(done ? "Copied." : "It is in the address bar.");
  });
}
