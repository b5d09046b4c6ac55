// The menu of files. WAV is made here, of what the browser has; the server makes the others while it keeps the run.

// clipOf returns the clip; tell says why a file cannot be had. Returns what saves a file under the clip's name.
function makeDownloads(button, list, clipOf, tell) {
  const GONE = "Of a sound from before the page was loaded again, WAV and JSON are here. Press Speak to make the others.";
  const isSound = ([kind]) => CONFIG.sounds.includes(kind);
  const formats = Object.entries(CONFIG.formats);
  const keep = (blob, kind) => saveBlob(blob, clipOf().name.replace(/wav$/, kind));

  async function download(kind) {
    const { run, parts, timeline } = clipOf();
    if (kind === "wav") keep(wavOf(parts), kind);
    else if (!run && kind === "json" && timeline) keep(new Blob([JSON.stringify(timeline)]), kind);
    else if (!run) tell(GONE);
    else {
      try {
        keep(await (await fetchFile(run, kind)).blob(), kind);
      } catch (error) {
        // A browser that cannot reach the server says so in its own words.
        tell(error instanceof TypeError ? "The server cannot be reached. WAV works without it." : error.message);
      }
    }
  }

  makeMenu(button, list, [...formats.filter(isSound), null, ...formats.filter((format) => !isSound(format))], download);
  return keep;
}
