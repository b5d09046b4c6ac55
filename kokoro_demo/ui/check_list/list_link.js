// Copies a link that holds the list, the visitor's marks by row number, and the page's fields that the rows use: voice,
// speed, accent, cast, and fixes.
const marks = (window.kokoroList?.marks() ?? "").replace(/\.+$/, "");
const { voice, speed, language, lexicon, cast } = fields;
const content = { list, voice, speed, language, lexicon, cast, marks };
const defaults = { speed: 1 };
const parts = Object.entries(content).filter(([name, value]) => value && value !== defaults[name]);
const hash = new URLSearchParams(parts.map(([name, value]) => [name, String(value)])).toString();
const button = document.querySelector("#check-link");
const showMessage = (message) => {
  button.dataset.name ??= button.textContent;
  button.textContent = message;
  setTimeout(() => (button.textContent = button.dataset.name), 4000);
};
if (!list.trim()) showMessage("The list is empty.");
else {
  const link = `${location.origin}${location.pathname}#${hash}`;
  copyText(link).then((done) => {
    if (!done) history.replaceState(null, "", link);
    showMessage(done ? "Copied." : "It is in the address bar.");
  });
}
