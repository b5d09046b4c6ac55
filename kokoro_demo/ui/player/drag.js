// Clicking the waveform moves there, and dragging over it selects.

// canDrag returns whether there is a sound, and secondAt the time at an event's position. `selecting` is called with the
// selection during a drag, `select` with the final one, and `goTo` with the time of a click.
function listenToDrags(area, { canDrag, secondAt, selecting, select, goTo }) {
  const MIN_DISTANCE = 5; // pixels; anything less is a click
  const MIN_DURATION = 0.05; // seconds of a selection
  let begun = null; // {x, second, moved}

  function piece(event) {
    if (!begun.moved) return null;
    const [start, end] = [begun.second, secondAt(event)].sort((one, other) => one - other);
    return end - start < MIN_DURATION ? null : { start, end };
  }

  area.addEventListener("pointerdown", (event) => {
    if (!canDrag() || event.button) return;
    begun = { x: event.clientX, second: secondAt(event), moved: false };
    area.setPointerCapture(event.pointerId);
  });
  area.addEventListener("pointermove", (event) => {
    if (!begun) return;
    begun.moved ||= Math.abs(event.clientX - begun.x) >= MIN_DISTANCE;
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
