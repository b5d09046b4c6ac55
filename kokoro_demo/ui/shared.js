// What several scripts of the page use. `ui.scripts` puts it before each of them, after CONFIG: what Python and the
// browser both know.

const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

const bytesOf = (base64) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

// 16-bit samples, little-endian as every browser's machine is.
const samplesOf = (base64) => new Int16Array(bytesOf(base64).buffer);

// Samples as `context` plays them.
function bufferOf(context, samples) {
  const buffer = context.createBuffer(1, Math.max(1, samples.length), CONFIG.sampleRate);
  const channel = buffer.getChannelData(0);
  samples.forEach((sample, at) => (channel[at] = sample / 32768));
  return buffer;
}

function saveBlob(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
