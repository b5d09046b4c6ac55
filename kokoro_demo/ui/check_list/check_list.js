// The buttons of the results. Downloads are fetched in parts and saved by the browser, so that nothing is written to the
// server's disk. Gradio runs this once, with `element`, `trigger`, and `server`.

const TYPES = { csv: "text/csv", json: "application/json", zip: "application/zip" };

async function download(button) {
  const { job } = button.closest("[data-job]").dataset;
  const kind = button.dataset.download;
  const parts = [];
  button.disabled = true;
  try {
    for (let part = 0; ; part++) {
      const base64 = await server.download({ job, kind, part, marks: window.kokoroList?.marks() ?? "" });
      if (typeof base64 !== "string") throw new Error("gone");
      if (!base64) break;
      parts.push(bytesOf(base64));
    }
    saveBlob(new Blob(parts, { type: TYPES[kind] }), `kokoro-list.${kind}`);
  } catch {
    const message = make("span", "The file could not be downloaded. Check the list again.", "checked-error");
    message.setAttribute("role", "alert");
    button.replaceWith(message);
    return;
  }
  button.disabled = false;
}

// Screen readers announce changes of the message under the buttons, but not of the whole table.
if (element.closest("#check-progress")) element.setAttribute("role", "status");

element.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button?.dataset.download) download(button);
  else if (button?.dataset.row && window.kokoroClips.ask(button.dataset.sound)) {
    trigger("click", { row: Number(button.dataset.row) });
  }
});
