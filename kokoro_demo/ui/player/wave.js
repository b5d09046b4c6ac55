// The waveform. The part that is not made yet is an outline that is guessed from the text.

// Guesses the levels of a text, 0 to 1: vowels are loud, consonants softer, and punctuation is silent.
function outlineOf(text) {
  const levels = [];
  for (const letter of text.slice(0, 4000).normalize("NFD").toLowerCase()) {
    if (/[.!?…。\n]/.test(letter)) levels.push(0.02, 0.02, 0.02);
    else if (/[\s,;:—，、]/.test(letter)) levels.push(0.05);
    else if (/[aeiouy]/.test(letter)) levels.push(0.42, 0.5);
    else if (/\p{L}|\p{N}/u.test(letter)) levels.push(0.14 + 0.22 * ((letter.codePointAt(0) % 7) / 7));
  }
  return levels;
}

// The loudest sample of each hundredth of a second, 0 to 1.
function peaksOf(samples) {
  const step = CONFIG.sampleRate / 100;
  const peaks = [];
  for (let begin = 0; begin < samples.length; begin += step) {
    let peak = 0;
    for (let i = begin; i < Math.min(begin + step, samples.length); i += 4) peak = Math.max(peak, Math.abs(samples[i]));
    peaks.push(peak / 32768);
  }
  return peaks;
}

function makeWave(canvas, root) {
  const BAR = 4; // pixels from one bar to the next
  const INK = 2.5; // of which these are ink
  const PEAK = 0.96; // of the height

  // The loudest of the levels that belong to the bar `index` of `bars`.
  function level(levels, index, bars) {
    const first = Math.floor((index / bars) * levels.length);
    const last = Math.max(first + 1, Math.floor(((index + 1) / bars) * levels.length));
    let most = 0;
    for (let i = first; i < last; i++) most = Math.max(most, levels[i] ?? 0);
    return most;
  }

  // The guessed height of a bar. Of a short text, several bars share a level; they differ a little, as speech does.
  function guessed(outline, bar, bars) {
    const loud = 0.7 * Math.sqrt(outline[Math.floor(((bar + 0.5) / bars) * outline.length)] ?? 0);
    return loud * (outline.length < bars ? 0.75 + 0.25 * Math.sin(2.4 * bar) : 1);
  }

  // shown: the share of the width that `peaks` fill. heard: the share of them that has been played. selection: the shares
  // at which it starts and ends, or null. ripple: where a highlight moves over the outline during the work, 0 to 1, or
  // null.
  return ({ peaks, outline, shown, heard, selection, ripple }) => {
    const scale = window.devicePixelRatio || 1;
    const { clientWidth: width, clientHeight: height } = canvas;
    if (!width) return;
    const [wide, high] = [Math.round(width * scale), Math.round(height * scale)];
    if (canvas.width !== wide || canvas.height !== high) Object.assign(canvas, { width: wide, height: high });
    const pen = canvas.getContext("2d");
    const style = getComputedStyle(root);
    const [past, future, empty, awaited, tint] = ["heard", "unheard", "empty", "awaited", "selected"].map((name) =>
      style.getPropertyValue(`--wave-${name}`),
    );
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    pen.clearRect(0, 0, width, height);
    if (selection) {
      pen.fillStyle = tint;
      pen.fillRect(selection[0] * shown * width, 0, (selection[1] - selection[0]) * shown * width, height);
    }
    const bars = Math.floor(width / BAR);
    const filled = peaks.length ? Math.floor(bars * shown) : 0;
    for (let bar = 0; bar < bars; bar++) {
      const made = bar < filled;
      const loud = made ? Math.sqrt(level(peaks, bar, filled)) : guessed(outline, bar, bars);
      const size = Math.max(INK, loud * height * PEAK);
      const distance = ripple === null ? 1 : Math.abs(bar / bars - ripple);
      pen.fillStyle = made ? (bar < heard * filled ? past : future) : distance < 0.07 ? awaited : empty;
      pen.beginPath();
      pen.roundRect(bar * BAR, (height - size) / 2, INK, size, INK / 2);
      pen.fill();
    }
  };
}
