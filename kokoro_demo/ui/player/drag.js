// A press on the waveform goes there, and a drag over it selects.

// canDrag: whether there is a sound; secondAt: from an event; selecting: is called while a piece is drawn, `select` with
// the piece at last, `goTo` with the second of a press.
function listenToDrags(area, { canDrag, secondAt, selecting, select, goTo }) {
  const LEAST = 5; // pixels; less is a press
  const SHORTEST = 0.05; // seconds of a selection
  let begun = null; // {x, second, moved}

  function piece(event) {
    if (!begun.moved) return null;
    const [start, end] = [begun.second, secondAt(event)].sort((one, other) => one - other);
    return end - start < SHORTEST ? null : { start, end };
  }

  area.addEventListener("pointerdown", (event) => {
    if (!canDrag() || event.button) return;
    begun = { x: event.clientX, second: secondAt(event), moved: false };
    area.setPointerCapture(event.pointerId);
  });
  area.addEventListener("pointermove", (event) => {
    if (!begun) return;
    begun.moved ||= Math.abs(event.clientX - begun.x) >= LEAST;
    const drawn = piece(event);
    if (drawn) selecting(drawn);
  });
  area.addEventListener("pointerup", (event) => {
    if (!begun) return;
    const drawn = piece(event);
    const { second } = begun;
    begun = null;
    if (drawn) select(drawn);
    else goTo(second);
  });
  area.addEventListener("pointercancel", () => {
    if (begun?.moved) select(null);
    begun = null;
  });
}
