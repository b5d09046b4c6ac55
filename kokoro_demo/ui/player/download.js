// The download menu. The browser makes WAV files itself; the server makes the others as long as it keeps the run.

// clipOf returns the clip, and showProblem shows why a file is not available. makeAgain makes a speech that the server no
// longer has once more, and then calls its argument; it returns false if the page's fields have changed.
// Returns a function that saves a blob under the clip's name.
function makeDownloads(button, list, { clipOf, showProblem, makeAgain }) {
  const CHANGED =
    "The server no longer has this speech, and the page has changed since. You can still download WAV; press Speak for other files.";
  const isSound = ([kind]) => CONFIG.sounds.includes(kind);
  const formats = Object.entries(CONFIG.formats);
  const keep = (blob, kind) => saveBlob(blob, clipOf().name.replace(/wav$/, kind));

  const again = (kind) => makeAgain(() => download(kind, false)) || showProblem(CHANGED);

  // mayMake: whether to make the speech again if the server no longer has it.
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
        // A TypeError is the browser's own error if it cannot reach the server.
        else showProblem(error instanceof TypeError ? "The server cannot be reached. WAV works without it." : error.message);
      }
    }
  }

  makeMenu(button, list, [...formats.filter(isSound), null, ...formats.filter((format) => !isSound(format))], (kind) => download(kind));
  return keep;
}
