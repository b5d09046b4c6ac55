// Uploads the visitor's own voice packs. Part of the picker's script, after blend.js.

const note = find(".voices-note");

function showNote(message, wrong = false) {
  note.textContent = message;
  note.classList.toggle("wrong", wrong);
}

// Sends the file to the server as a value, so that it is never written to its disk.
function send(file) {
  if (!file) return;
  const name = file.name;
  if (file.size > CONFIG.maxPack) return showNote(`${name} is too large for a voice pack.`, true);
  const reader = new FileReader();
  reader.addEventListener("load", () => {
    showNote(`Checking ${name}.`);
    trigger("upload", { file: name, data: reader.result.slice(reader.result.indexOf(",") + 1) });
  });
  reader.addEventListener("error", () => showNote(`${name} could not be read.`, true));
  reader.readAsDataURL(file);
}

find("[data-do=pack]").addEventListener("click", () => {
  const chooser = Object.assign(document.createElement("input"), { type: "file", accept: ".pt" });
  chooser.addEventListener("change", () => send(chooser.files[0]));
  chooser.click();
});

watch("value", async () => {
  const answer = props.value;
  if (answer?.press === undefined) return;
  own.splice(0, own.length, ...answer.own);
  showNote(answer.note, !answer.added);
  await search("");
  if (answer.added) take(answer.added);
});
window.kokoroVoices.failed = () => showNote("The pack could not be uploaded. Try again in a moment.", true);
settle();
