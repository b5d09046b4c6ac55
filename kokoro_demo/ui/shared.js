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

// An element with a text.
function make(tag, content = "", className = "") {
  const node = document.createElement(tag);
  node.textContent = content;
  if (className) node.className = className;
  return node;
}

// Puts a text on the clipboard; returns whether it could: a frame, or a page without HTTPS, may not be allowed to.
async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

// Calls `fill` when `element` is seen and was not filled for what the page's fields are now; what it shows may change
// them itself, which it announces by `changedHere`.
function keepFilled(element, fill) {
  const [TYPING, ANSWER] = [600, 3000]; // milliseconds
  let [present, filled, changed, timer] = ["", null, -ANSWER, 0];
  const look = () => {
    if (!element.offsetParent || filled === present) return;
    filled = present;
    fill();
  };
  document.addEventListener("kokoro:fields", ({ detail }) => {
    present = JSON.stringify(detail);
    if (performance.now() - changed < ANSWER) filled = present;
    clearTimeout(timer);
    timer = setTimeout(look, TYPING);
  });
  new ResizeObserver(look).observe(element);
  return { changedHere: () => (changed = performance.now()) };
}

// What the browser keeps. One that may keep nothing throws at every use: here it has nothing.
function storageOf(name) {
  const use = (method) => (...values) => {
    try {
      return window[name][method](...values);
    } catch {
      return null;
    }
  };
  return { getItem: use("getItem"), setItem: use("setItem"), removeItem: use("removeItem") };
}
const tabStorage = storageOf("sessionStorage"); // until the tab is closed
const lastingStorage = storageOf("localStorage");

function saveBlob(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
