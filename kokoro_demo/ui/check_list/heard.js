// Updates the "Heard" column of the results cell by cell, so that open editors stay open. Gradio runs this once, with
// `props` and `watch`.

watch("value", () => {
  const { job, cells } = props.value ?? {};
  const table = document.querySelector("#check-results .checked");
  if (!cells || table?.dataset.job !== job) return;
  for (const [number, cell] of Object.entries(cells)) {
    // The server has escaped the visitor's text in it.
    const place = table.querySelector(`tr[data-number="${Number(number)}"] .checked-heard`);
    if (place && place.innerHTML !== cell) place.innerHTML = cell;
  }
  window.kokoroList?.showHeard();
});
