// The menu of files. WAV is made here, of what the browser has; the server makes the others while it keeps the run.

// clipOf returns the clip; tell says why a file cannot be had. makeAgain has the server make a speech again that it has
// forgotten and calls what it is given once that is done; it returns false if the page would make another one.
// Returns what saves a file under the clip's name.
function makeDownloads(button, list, { clipOf, tell, makeAgain }) {
  const CHANGED =
    "The server no longer has this speech, and the page has changed since. WAV is still here; for other files press Speak.";
  const isSound = ([kind]) => CONFIG.sounds.includes(kind);
  const formats = Object.entries(CONFIG.formats);
  const keep = (blob, kind) => saveBlob(blob, clipOf().name.replace(/wav$/, kind));

  const again = (kind) => makeAgain(() => download(kind, false)) || tell(CHANGED);

  // mayMake: whether a speech that the server has forgotten is made again.
  async function download(kind, mayMake = true) {
    const { run, parts, timeline } = clipOf();
    if (kind === "wav") keep(wavOf(parts), kind);
    else if (!run && kind === "json" && timeline) keep(new Blob([JSON.stringify(timeline)]), kind);
    else if (!run) again(kind);
    else {
      try {
        keep(await (await fetchFile(run, kind)).blob(), kind);
      } catch (error) {
        if (mayMake && error.isGone) again(kind);
        // A browser that cannot reach the server says so in its own words.
        else tell(error instanceof TypeError ? "The server cannot be reached. WAV works without it." : error.message);
      }
    }
  }

  makeMenu(button, list, [...formats.filter(isSound), null, ...formats.filter((format) => !isSound(format))], (kind) => download(kind));
  return keep;
}
