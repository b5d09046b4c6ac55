// Displays the player: its controls, its message, the time, and the waveform.

const STILL = matchMedia("(prefers-reduced-motion: reduce)");

function setText(node, text) {
  if (node.textContent !== text) node.textContent = text; // otherwise, screen readers would announce it again
}

// `view` returns what is displayed: the clip, whether it is being made, the guessed levels of its text, the selection in
// seconds, and whether a part plays in a loop.
function makeDisplay(root, ui, { sound, stage, view }) {
  const paint = makeWave(ui.canvas, root);
  let drawing = false;

  function render() {
    const { clip, isBusy, looping } = view();
    const any = clip.parts.length > 0;
    root.dataset.state = clip.state;
    root.dataset.playing = sound.isPlaying();
    root.setAttribute("aria-busy", isBusy);
    ui.play.disabled = !any && isBusy;
    ui.play.setAttribute("aria-label", sound.isPlaying() ? "Pause" : "Play");
    ui.seek.disabled = ui.loop.disabled = !any;
    ui.seek.max = sound.seconds();
    ui.loop.setAttribute("aria-pressed", looping);
    ui.download.disabled = !any || !clip.whole;
    // Screen readers announce the start, the end, and errors, but nothing during the speech, over which they would talk.
    ui.message.setAttribute("aria-live", clip.state === "speaking" ? "off" : "polite");
    setText(ui.message, clip.message);
  }

  function draw() {
    const { clip, isBusy, outline, selection } = view();
    const at = sound.now();
    const length = sound.seconds();
    stage.light(sound.time(), at);
    const short = clip.whole && length < 1;
    const text = short ? `${at.toFixed(1)} / ${length.toFixed(1)} s` : `${clock(at)} / ${clock(length)}`;
    setText(ui.time, clip.length ? text : "0:00");
    ui.seek.value = at;
    ui.seek.setAttribute("aria-valuetext", `${clock(at)} of ${clock(length)}`);
    paint({
      peaks: clip.peaks,
      outline,
      shown: shown(),
      heard: length ? at / length : 0,
      selection: selection && [selection.start / length, Math.min(1, selection.end / length)],
      ripple: isBusy && !STILL.matches ? (performance.now() / 1400) % 1.15 : null,
    });
  }

  // The share of the waveform's width that the part made so far fills.
  function shown() {
    const { clip } = view();
    return clip.whole || !clip.share ? 1 : Math.max(0.02, (clip.share * clip.parts.length) / clip.ready || 0);
  }

  // Draws now, and continues while anything moves.
  function animate() {
    if (!drawing) frame();
  }

  function frame() {
    sound.feed();
    draw();
    drawing = sound.isPlaying() || view().isBusy || sound.time() !== null;
    if (drawing) requestAnimationFrame(frame);
  }

  return { render, draw, shown, animate };
}
