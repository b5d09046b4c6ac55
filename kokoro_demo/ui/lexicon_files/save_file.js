// Saves a file that the server made, which is on no disk there: its name, its kind, and its content in base64.
(file) => {
  if (!file) return;
  saveBlob(new Blob([bytesOf(file.data)], { type: file.type }), file.name);
}
