// Functions that the other scripts of the page use. `ui.scripts` puts them, and CONFIG, into the page's head.

const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

const bytesOf = (base64) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

// Decodes 16-bit little-endian samples. (All machines with browsers are little-endian.)
const samplesOf = (base64) => new Int16Array(bytesOf(base64).buffer);

// Converts samples to a buffer that `context` can play.
function bufferOf(context, samples) {
  const buffer = context.createBuffer(1, Math.max(1, samples.length), CONFIG.sampleRate);
  const channel = buffer.getChannelData(0);
  samples.forEach((sample, at) => (channel[at] = sample / 32768));
  return buffer;
}

// Creates an element with a text.
function make(tag, content = "", className = "") {
  const node = document.createElement(tag);
  node.textContent = content;
  if (className) node.className = className;
  return node;
}

// Copies a text to the clipboard; returns whether that worked. It may be forbidden in an iframe or without HTTPS.
async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

// Calls `fill` whenever `element` is visible and the page's fields have changed since the last call. If a button inside
// the element changes the fields itself, call `changedHere` first: the event also updates the element.
function keepFilled(element, fill) {
  const [TYPING_PAUSE, ANSWER_TIME] = [600, 3000]; // milliseconds
  let [current, filled, changedAt, timer] = ["", null, -ANSWER_TIME, 0];
  const update = () => {
    if (!element.offsetParent || filled === current) return;
    filled = current;
    fill();
  };
  document.addEventListener("kokoro:fields", ({ detail }) => {
    current = JSON.stringify(detail);
    if (performance.now() - changedAt < ANSWER_TIME) filled = current;
    clearTimeout(timer);
    timer = setTimeout(update, TYPING_PAUSE);
  });
  new ResizeObserver(update).observe(element);
  return { changedHere: () => (changedAt = performance.now()) };
}

// The browser's storage. If it is blocked, every access to it throws; this one returns null instead.
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
