// The picture of the last speech. Gradio runs this once, with `element`. The data comes from /speech/RUN.json and
// /speech/RUN.picture. Only the visible part is drawn, so that a long speech takes no more time than a short one.

const find = (selector) => element.querySelector(selector);
const ui = {
  hint: find(".sound-hint"),
  tools: find(".sound-tools"),
  scroll: find(".sound-scroll"),
  width: find(".sound-width"),
  canvas: find("canvas"),
  words: find(".sound-words"),
  how: find(".sound-how"),
};
const HINT = ui.hint.textContent;
const LISTED = 400; // words listed below the picture
const BANDS = { words: 24, sounds: 24, wave: 64, spectrum: 180, pitch: 72 }; // heights in pixels
const HEIGHT = Object.values(BANDS).reduce((sum, height) => sum + height, 0) + 18; // including the ruler
const PITCH = [60, 420]; // Hz at the bottom and at the top of the pitch band
const ZOOMS = [40, 80, 160, 320, 640]; // pixels per second
const WIDEST_PNG = 16_000;

let clip = window.kokoro.clip(); // a speech may have been made before this tab was first opened
let shown = null; // {run, data, picture, image}
let loading = "";
let zoom = 2;

const visible = () => element.offsetParent !== null;
// Pixels per second: of the zoom, but never so few that the picture does not fill its frame.
const filling = () => ui.scroll.clientWidth / shown.data.duration;
const density = () => Math.max(ZOOMS[zoom], filling());
const address = (suffix) => `${location.origin}${location.pathname.replace(/\/$/, "")}/speech/${clip.run}.${suffix}`;

// --- data ----------------------------------------------------------------------------------------------------------

async function load() {
  const run = clip.run;
  if (!run || !clip.final || !visible() || loading === run || shown?.run === run) return;
  loading = run;
  try {
    const [times, drawn] = await Promise.all(["json", "picture"].map((suffix) => fetch(address(suffix))));
    if (!times.ok || !drawn.ok) throw new Error(await (times.ok ? drawn : times).text());
    const data = await times.json();
    const picture = parsed(await drawn.arrayBuffer());
    if (clip.run === run) show({ run, data, picture });
  } catch (error) {
    clear(error.message || "The picture could not be loaded.");
  }
  loading = "";
}

function parsed(buffer) {
  const bytes = new Uint8Array(buffer);
  const line = bytes.indexOf(10);
  const head = JSON.parse(new TextDecoder().decode(bytes.subarray(0, line)));
  let at = line + 1;
  const [spectrum, wave, pitch] = head.sizes.map((size) => buffer.slice(at, (at += size)));
  return { ...head, spectrum: new Uint8Array(spectrum), wave: new Int8Array(wave), pitch: new Uint16Array(pitch) };
}

function clear(message = HINT) {
  shown = null;
  ui.hint.textContent = message;
  ui.hint.hidden = false;
  for (const part of [ui.tools, ui.scroll, ui.words, ui.how]) part.hidden = true;
}

function show(next) {
  shown = next;
  ui.hint.hidden = true;
  for (const part of [ui.tools, ui.scroll, ui.words, ui.how]) part.hidden = false;
  const spoken = shown.data.words.filter((word) => word.start !== null);
  ui.words.replaceChildren(
    ...spoken.slice(0, LISTED).map((word) => {
      const item = document.createElement("li");
      const button = document.createElement("button");
      const details = document.createElement("span");
      button.type = "button";
      button.textContent = word.text;
      details.textContent = `${word.phonemes} · ${word.start.toFixed(2)} to ${word.end.toFixed(2)} s`;
      button.addEventListener("click", () => window.kokoro.span(word.start, word.end));
      item.append(button, details);
      return item;
    }),
  );
  if (spoken.length > LISTED) {
    const rest = document.createElement("li");
    rest.textContent = `and ${spoken.length - LISTED} more in the picture`;
    ui.words.append(rest);
  }
  explain();
  layout();
}

function explain() {
  const { data } = shown;
  const spent = Object.values(data.seconds).reduce((sum, seconds) => sum + seconds, 0);
  const rows = [
    ...Object.entries(data.seconds).map(([stage, seconds]) => [`Time for ${stage}`, `${seconds.toFixed(2)} s`]),
    ["Real-time factor", spent ? (spent / data.duration).toFixed(3) : "none, because it was cached"],
    ...data.phrases.flatMap((phrase, index) => [
      [`Phrase ${index + 1}`, phrase.phonemes],
      ["Style row", String(phrase.style_row)],
      ["Durations, in frames of 25 ms", phrase.durations.join(" ")],
    ]),
  ];
  ui.how.querySelector("dl").replaceChildren(
    ...rows.flatMap(([name, value]) => {
      const [term, detail] = [document.createElement("dt"), document.createElement("dd")];
      term.textContent = name;
      detail.textContent = value;
      return [term, detail];
    }),
  );
}

// --- drawing -------------------------------------------------------------------------------------------------------

function ink() {
  const style = getComputedStyle(element);
  const [accent, line, soft] = ["--accent", "--line", "--ink-soft"].map((name) => style.getPropertyValue(name).trim());
  const paper = getComputedStyle(document.body).backgroundColor;
  return { text: style.color, accent, line, soft, paper };
}

function image(colour) {
  if (shown.image && shown.colour === colour) return shown.image;
  const { columns, bins, spectrum } = shown.picture;
  const canvas = Object.assign(document.createElement("canvas"), { width: columns, height: bins });
  const pen = canvas.getContext("2d");
  const [red, green, blue] = colour.match(/[\d.]+/g).map(Number);
  const pixels = pen.createImageData(columns, bins);
  for (let column = 0; column < columns; column++) {
    for (let bin = 0; bin < bins; bin++) {
      const at = 4 * ((bins - 1 - bin) * columns + column);
      pixels.data.set([red, green, blue, spectrum[column * bins + bin]], at);
    }
  }
  pen.putImageData(pixels, 0, 0);
  return Object.assign(shown, { image: canvas, colour }).image;
}

// Draws `width` pixels of the speech, from the second `from` on, at `perSecond` pixels per second. `at` is the second
// that is playing, or null.
function paint(pen, from, width, perSecond, at) {
  const { data, picture } = shown;
  const colours = ink();
  const x = (seconds) => (seconds - from) * perSecond;
  const until = from + width / perSecond;
  const column = (seconds) => Math.max(0, Math.min(picture.columns, seconds / picture.seconds));
  let top = 0;
  pen.font = `13px ${getComputedStyle(element).fontFamily}`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";

  const lane = (intervals, height, tint) => {
    for (const { start, end, text } of intervals) {
      if (start === null || end < from || start > until) continue;
      const lit = at !== null && at >= start && at < end;
      pen.fillStyle = lit ? colours.accent : tint;
      pen.globalAlpha = lit ? 1 : 0.14;
      pen.fillRect(x(start) + 0.5, top + 2, Math.max(1, x(end) - x(start) - 1), height - 4);
      pen.globalAlpha = 1;
      if (pen.measureText(text).width > x(end) - x(start) + 2) continue;
      pen.fillStyle = lit ? colours.paper : colours.text;
      pen.fillText(text, (x(start) + x(end)) / 2, top + height / 2);
    }
    top += height;
  };
  lane(data.words, BANDS.words, colours.accent);
  lane(data.sounds, BANDS.sounds, colours.soft);

  pen.fillStyle = colours.soft;
  const middle = top + BANDS.wave / 2;
  const [first, last] = [Math.floor(column(from)), Math.ceil(column(until))];
  for (let i = first; i < last; i++) {
    const [low, high] = [picture.wave[2 * i] / 127, picture.wave[2 * i + 1] / 127];
    const left = x(i * picture.seconds);
    pen.fillRect(left, middle - (high * BANDS.wave) / 2, Math.max(1, picture.seconds * perSecond), Math.max(1, ((high - low) * BANDS.wave) / 2));
  }
  top += BANDS.wave;

  pen.imageSmoothingEnabled = true;
  const [begin, end] = [column(from), column(until)];
  if (end > begin) {
    const spectrogram = image(colours.text);
    pen.drawImage(spectrogram, begin, 0, end - begin, picture.bins, x(begin * picture.seconds), top, (end - begin) * picture.seconds * perSecond, BANDS.spectrum);
  }
  top += BANDS.spectrum;

  pen.fillStyle = colours.accent;
  for (let i = first; i < last; i++) {
    if (picture.pitch[i] < PITCH[0]) continue;
    const height = (picture.pitch[i] - PITCH[0]) / (PITCH[1] - PITCH[0]);
    pen.fillRect(x(i * picture.seconds), top + BANDS.pitch * (1 - Math.max(0, Math.min(1, height))) - 1, Math.max(1.5, picture.seconds * perSecond), 2);
  }
  top += BANDS.pitch;

  pen.fillStyle = colours.soft;
  const step = perSecond >= 320 ? 0.25 : perSecond >= 80 ? 0.5 : 1;
  for (let tick = Math.ceil(from / step) * step; tick < Math.min(until, data.duration); tick += step) {
    pen.fillRect(x(tick), top, 1, 4);
    pen.fillText(tick === 0 ? "" : `${tick.toFixed(step < 1 ? 2 : 0)} s`, x(tick), top + 11);
  }
  pen.textAlign = "left";
  for (const [label, y] of [["8 kHz", top - BANDS.pitch - BANDS.spectrum + 10], ["Pitch", top - BANDS.pitch + 10]]) {
    if (from > 0) continue;
    pen.fillStyle = colours.paper; // what is below does not show through
    pen.fillRect(0, y - 9, pen.measureText(label).width + 10, 18);
    pen.fillStyle = colours.soft;
    pen.fillText(label, 4, y);
  }
  if (at !== null) {
    pen.fillStyle = colours.accent;
    pen.fillRect(x(at), 0, 1.5, top);
  }
}

function layout() {
  if (!shown || !visible()) return;
  ui.width.style.width = `${shown.data.duration * density()}px`;
  find(".sound-out").disabled = ZOOMS[zoom] <= filling() || zoom === 0;
  find(".sound-in").disabled = ZOOMS.at(-1) <= density();
  draw();
}

function draw() {
  if (!shown || !visible()) return;
  const scale = window.devicePixelRatio || 1;
  const width = ui.scroll.clientWidth;
  if (ui.canvas.width !== Math.round(width * scale)) {
    Object.assign(ui.canvas, { width: Math.round(width * scale), height: Math.round(HEIGHT * scale) });
    Object.assign(ui.canvas.style, { width: `${width}px`, height: `${HEIGHT}px` });
  }
  const pen = ui.canvas.getContext("2d");
  pen.setTransform(scale, 0, 0, scale, 0, 0);
  pen.clearRect(0, 0, width, HEIGHT);
  const at = window.kokoro.time();
  paint(pen, ui.scroll.scrollLeft / density(), width, density(), at);
  const spoken = shown.data.words.filter((word) => word.start !== null);
  spoken.slice(0, LISTED).forEach((word, index) => {
    ui.words.children[index].toggleAttribute("data-lit", at !== null && at >= word.start && at < word.end);
  });
}

function follow() {
  const at = window.kokoro?.time() ?? null;
  if (at !== null && shown && visible()) {
    const x = at * density() - ui.scroll.scrollLeft;
    if (x < 0 || x > ui.scroll.clientWidth) ui.scroll.scrollLeft = at * density() - 40;
  }
  if (at !== null || follow.was !== null) draw();
  follow.was = at;
  if (at !== null) requestAnimationFrame(follow);
}
follow.was = null;

// --- events --------------------------------------------------------------------------------------------------------

ui.canvas.addEventListener("click", (event) => {
  const seconds = (event.offsetX + ui.scroll.scrollLeft) / density();
  const sounds = event.offsetY > BANDS.words && event.offsetY < BANDS.words + BANDS.sounds;
  const hit = (sounds ? shown.data.sounds : shown.data.words).find(
    ({ start, end }) => start !== null && seconds >= start && seconds < end,
  );
  if (hit) window.kokoro.span(hit.start, hit.end);
});
// The next zoom that shows less than now.
find(".sound-in").addEventListener("click", () => zoomTo(ZOOMS.findIndex((perSecond) => perSecond > density())));
find(".sound-out").addEventListener("click", () => zoomTo(zoom - 1));

function zoomTo(next) {
  const middle = (ui.scroll.scrollLeft + ui.scroll.clientWidth / 2) / density();
  zoom = Math.max(0, Math.min(ZOOMS.length - 1, next));
  layout();
  ui.scroll.scrollLeft = middle * density() - ui.scroll.clientWidth / 2;
}

find(".sound-png").addEventListener("click", () => {
  const { duration } = shown.data;
  const perSecond = Math.min(density(), WIDEST_PNG / duration);
  const canvas = Object.assign(document.createElement("canvas"), { width: Math.ceil(duration * perSecond), height: HEIGHT });
  const pen = canvas.getContext("2d");
  pen.fillStyle = ink().paper;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  paint(pen, 0, canvas.width, perSecond, null);
  canvas.toBlob((blob) => window.kokoro.keep(blob, "png"));
});

ui.scroll.addEventListener("scroll", draw, { passive: true });
document.addEventListener("kokoro:clip", (event) => {
  if (event.detail.run !== clip.run) clear();
  clip = event.detail;
  load();
});
document.addEventListener("kokoro:playing", () => requestAnimationFrame(follow));
new ResizeObserver(() => {
  load();
  layout();
}).observe(element);
new MutationObserver(draw).observe(document.body, { attributeFilter: ["class"] });
