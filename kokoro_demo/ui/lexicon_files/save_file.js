// Saves a file that the server made: its name, its content type, and its content in base64.
(file) => {
  if (!file) return;
  saveBlob(new Blob([bytesOf(file.data)], { type: file.type }), file.name);
}
