// Makes a WAV file in the browser, with exactly the samples that the model made.

function wavOf(parts) {
  const length = parts.reduce((sum, { samples }) => sum + samples.length, 0);
  const header = new DataView(new ArrayBuffer(44));
  const text = (at, value) => [...value].forEach((letter, i) => header.setUint8(at + i, letter.charCodeAt(0)));
  text(0, "RIFF");
  header.setUint32(4, 36 + 2 * length, true);
  text(8, "WAVEfmt ");
  header.setUint32(16, 16, true); // length of this chunk
  header.setUint16(20, 1, true); // PCM
  header.setUint16(22, 1, true); // mono
  header.setUint32(24, CONFIG.sampleRate, true);
  header.setUint32(28, 2 * CONFIG.sampleRate, true);
  header.setUint16(32, 2, true);
  header.setUint16(34, 16, true);
  text(36, "data");
  header.setUint32(40, 2 * length, true);
  return new Blob([header, ...parts.map(({ samples }) => samples)], { type: "audio/wav" });
}
