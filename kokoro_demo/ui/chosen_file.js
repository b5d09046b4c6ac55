// Lets the visitor choose a file, and returns it as base64, "" if none was chosen. The server gets it as a value, so it
// is never written to its disk.
async (_, ...others) => {
  const file = await new Promise((resolve) => {
    const chooser = Object.assign(document.createElement("input"), { type: "file", accept: ACCEPT });
    chooser.addEventListener("change", () => resolve(chooser.files[0]));
    chooser.addEventListener("cancel", () => resolve(null));
    chooser.click();
  });
  if (!file) return ["", ...others];
  if (file.size > MAX_BYTES) return ["too large", ...others];
  const bytes = new Uint8Array(await file.arrayBuffer());
  let letters = "";
  for (let at = 0; at < bytes.length; at += 8192) letters += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return [btoa(letters), ...others];
}
