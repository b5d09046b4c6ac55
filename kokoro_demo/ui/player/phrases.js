// Fetches a clip's phrases, its words' times, and its files from the server.

// Gradio returns undefined if the server cannot be reached; the server returns null for a phrase that it no longer has.
async function askServer(wanted) {
  const answer = await server.phrase(wanted);
  if (answer === undefined) throw new Error("no answer");
  return answer;
}

// Returns a phrase as base64; null if it cannot be fetched.
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
