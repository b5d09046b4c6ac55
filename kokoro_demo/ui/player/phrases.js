// The server's side of the clip: its phrases, when its words are heard, and its files.

// Gradio answers undefined if the server did not; the server itself answers null for what it no longer has.
async function askServer(wanted) {
  const answer = await server.phrase(wanted);
  if (answer === undefined) throw new Error("no answer");
  return answer;
}

// A phrase in base64; null if it cannot be fetched.
async function fetchPhrase(run, index) {
  for (let attempt = 0; attempt < 4; attempt++) {
    try {
      return await askServer({ run, index });
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 400 * 2 ** attempt));
    }
  }
  return null;
}

async function fetchFile(run, kind) {
  const answer = await fetch(`${location.origin}${location.pathname.replace(/\/$/, "")}/speech/${run}.${kind}`);
  if (!answer.ok) throw Object.assign(new Error(await answer.text()), { isGone: answer.status === 404 });
  return answer;
}
