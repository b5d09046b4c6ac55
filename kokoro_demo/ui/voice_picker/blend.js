// The panel that blends two voices, with a slider. Part of the picker's script, after voice_picker.js.

const blend = {
  panel: find("#voices-blend"),
  first: find(".blend-first"),
  second: find(".blend-second"),
  share: find(".blend-share"),
  shares: find(".blend-shares"),
  open: find("[data-do=blend]"),
};

const greatestDivisor = (a, b) => (b ? greatestDivisor(b, a % b) : a);

// The same as `format_blend` in Python: the smallest whole numbers as weights, without a weight of 1.
function blended(first, second, percent) {
  if (first === second || percent === 0) return first;
  if (percent === 100) return second;
  const divisor = greatestDivisor(100 - percent, percent);
  const part = (name, weight) => (weight === divisor ? name : `${name}(${weight / divisor})`);
  return `${part(first, 100 - percent)}+${part(second, percent)}`;
}

function fillBlend(first, second) {
  const choices = voices.filter((voice) => voice.blends);
  for (const [box, name] of [[blend.first, first], [blend.second, second]]) {
    const groups = new Map();
    for (const voice of choices) {
      if (!groups.has(voice.group)) {
        groups.set(voice.group, Object.assign(document.createElement("optgroup"), { label: voice.group }));
      }
      groups.get(voice.group).append(new Option(voice.short, voice.name, false, voice.name === name));
    }
    box.replaceChildren(...groups.values());
  }
}

function showShares() {
  const percent = Number(blend.share.value);
  const [first, second] = [blend.first, blend.second].map((box) => shortOf(box.value));
  const shares = [`${first} ${100 - percent}%`, `${second} ${percent}%`];
  blend.shares.replaceChildren(...shares.map((share) => make("span", share, "")));
  blend.share.setAttribute("aria-valuetext", shares.join(", "));
}

const blendable = () => voices.filter((voice) => voice.blends).map(({ name }) => name);

// Updates the panel for the chosen voice, and closes it if that is not one it can show: one of its voices or both.
function showBlend() {
  const canBlend = blendable();
  blend.open.hidden = canBlend.length < 2;
  blend.open.setAttribute("aria-expanded", !blend.panel.hidden);
  blend.open.textContent = blend.panel.hidden ? "Blend two voices" : "Back to one voice";
  if (blend.panel.hidden) return;
  const parts = partsOf(chosen);
  if (parts.length > 2 || parts.some(([name]) => !canBlend.includes(name))) return closeBlend();
  // At an end of the slider, the blend is a single voice. If any other single voice is chosen, the panel closes.
  if (parts.length === 1) return chosen === inPanel() ? showShares() : closeBlend();
  const [[first, one], [second, two]] = parts;
  fillBlend(first, second);
  blend.share.value = Math.round((100 * two) / (one + two));
  showShares();
}

const inPanel = () => blended(blend.first.value, blend.second.value, Number(blend.share.value));

function takeBlend() {
  showShares();
  take(inPanel());
}

function closeBlend() {
  blend.panel.hidden = true;
  showBlend();
}

blend.open.addEventListener("click", () => {
  const parts = partsOf(chosen);
  if (!blend.panel.hidden) {
    const first = blend.first.value;
    closeBlend();
    if (parts.length === 2) take(first);
    return;
  }
  blend.panel.hidden = false;
  const canBlend = blendable();
  const first = canBlend.includes(parts[0][0]) ? parts[0][0] : canBlend[0];
  fillBlend(first, parts[1]?.[0] ?? canBlend.find((name) => name !== first));
  if (parts.length === 1) blend.share.value = 50;
  if (parts.length === 2) showBlend();
  else takeBlend(); // also updates the panel
  blend.second.focus();
});
blend.share.addEventListener("input", showShares);
for (const part of [blend.first, blend.second, blend.share]) part.addEventListener("change", takeBlend);
