// Plays the clip from any second on: while it is still being made, at another rate, or a part of it in a loop.
//
// `clipOf` returns the clip: its parts, of 16-bit samples, and whether it is complete. `changed` is called when playback
// starts or stops.

function makeSound(clipOf, changed) {
  const RATE = CONFIG.sampleRate;
  const AHEAD = 8; // seconds of audio that are scheduled in advance
  const LEAD = 0.04; // seconds from starting playback to hearing it
  let context = null;
  let playing = false;
  let excerpt = null; // a word or a sound that plays by itself: {start, end, begun}
  let position = 0; // seconds into the clip at which playback was started or paused
  let origin = 0; // the context's time at which the clip's second 0 plays, or would have played
  let upcoming = 0; // the next part to schedule
  let rate = 1;
  let loop = null; // {start, end} in seconds
  let sources = [];

  const seconds = () => clipOf().length / RATE;
  const heard = () => (context.currentTime - origin) * rate;
  const now = () => (playing ? Math.min(Math.max(heard(), position), seconds()) : position);

  function open() {
    if (!context) {
      if (navigator.audioSession) navigator.audioSession.type = "playback"; // plays even if a phone is muted
      context = new AudioContext({ sampleRate: RATE });
    }
    if (context.state === "suspended") context.resume();
    return context;
  }

  function silence() {
    for (const source of sources) {
      source.onended = null;
      source.stop();
    }
    sources = [];
    excerpt = null;
  }

  function begin(samples, when, offset = 0) {
    const source = context.createBufferSource();
    source.buffer = context.createBuffer(1, samples.length, RATE);
    source.buffer.copyToChannel(samples, 0);
    source.connect(context.destination);
    source.start(when, offset);
    source.onended = () => (sources = sources.filter((other) => other !== source));
    sources.push(source);
    return source;
  }

  const floats = (samples) => Float32Array.from(samples, (sample) => sample / 32768);

  // The clip's samples from `first` to `last`.
  function cut(first, last) {
    const samples = new Float32Array(last - first);
    for (const part of clipOf().parts) {
      const from = Math.max(first, part.start);
      const until = Math.min(last, part.start + part.samples.length);
      if (from < until) samples.set(floats(part.samples.subarray(from - part.start, until - part.start)), from - first);
    }
    return samples;
  }

  // Plays only the part of the clip from `start` to `end`, in seconds.
  function span(start, end) {
    open();
    window.kokoroSound.begin("player", hush);
    if (playing) pause();
    silence();
    const { length } = clipOf();
    const [first, last] = [start, end].map((time) => Math.max(0, Math.min(length, Math.round(time * RATE))));
    if (last <= first) return;
    const source = begin(stretched(cut(first, last), rate), context.currentTime + LEAD);
    excerpt = { start, end, begun: context.currentTime + LEAD };
    source.onended = silence;
    document.dispatchEvent(new CustomEvent("kokoro:playing"));
  }

  function playFrom(start) {
    open();
    window.kokoroSound.begin("player", hush);
    silence();
    const { parts } = clipOf();
    playing = true;
    position = start;
    origin = context.currentTime + LEAD - start / rate;
    upcoming = parts.findIndex((part) => (part.start + part.samples.length) / RATE > start);
    if (upcoming < 0) upcoming = parts.length;
    feed();
    changed();
    document.dispatchEvent(new CustomEvent("kokoro:playing"));
  }

  function pause() {
    position = now();
    playing = false;
    silence();
    changed();
  }

  // Called when something else on the page starts to play.
  function hush() {
    if (playing) pause();
    else silence();
  }

  // Schedules the audio of the next seconds. A timer calls this as well as every frame and every arriving phrase,
  // because hidden tabs draw no frames.
  function feed() {
    if (!playing) return;
    const { parts, whole } = clipOf();
    const at = heard();
    const ended = at >= seconds() - 0.001 && upcoming >= parts.length;
    if (loop && (at >= loop.end || (ended && whole))) {
      playFrom(loop.start);
      return;
    }
    if (ended) {
      if (!whole) return; // the next phrase is still being made
      pause();
      position = seconds();
      changed();
      return;
    }
    const until = loop ? Math.round(loop.end * RATE) : Infinity;
    while (upcoming < parts.length && parts[upcoming].start < Math.min(until, (at + AHEAD * rate) * RATE)) {
      const part = parts[upcoming++];
      const start = part.start / RATE;
      // If a phrase arrives after the audio ran out, it still plays from its beginning, and the clock is set back.
      if (start >= position && origin + start / rate < context.currentTime) {
        origin = context.currentTime + LEAD - start / rate;
      }
      const offset = Math.max(0, position - start);
      const when = Math.max(context.currentTime, origin + (start + offset) / rate);
      const samples = floats(part.samples.subarray(0, Math.max(1, until - part.start)));
      if (rate === 1) begin(samples, when, offset);
      else begin(stretched(samples.subarray(Math.min(samples.length - 1, Math.round(offset * RATE))), rate), when);
    }
  }

  return {
    open,
    span,
    playFrom,
    pause,
    feed,
    now,
    seconds,
    isPlaying: () => playing,
    // The second of the clip that is playing; null if nothing is.
    time() {
      if (!excerpt) return playing ? now() : null;
      return Math.min(excerpt.end, excerpt.start + Math.max(0, context.currentTime - excerpt.begun) * rate);
    },
    // Moves to a second, whether playing or not.
    seek(to) {
      const target = Math.max(0, Math.min(seconds(), to));
      if (playing) playFrom(target);
      else position = target;
    },
    setRate(next) {
      const at = now();
      rate = next;
      if (playing) playFrom(at);
    },
    setLoop(next) {
      const at = now();
      loop = next;
      if (playing) playFrom(loop && (at < loop.start || at >= loop.end) ? loop.start : at);
    },
    reset() {
      silence();
      playing = false;
      position = 0;
      loop = null;
    },
  };
}
