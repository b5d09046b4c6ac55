// Shows a notice while the server cannot be reached, and when it is back. Gradio runs this once, with `element`.
//
// After Gradio has lost the connection, it reloads the page as soon as it gets an answer from `app_id`. This script
// replaces `fetch` and withholds that answer until nothing would be lost by reloading.

const RETRY_INTERVAL = 2000; // milliseconds
const TIMEOUT = 5000; // milliseconds to wait for an answer
const MESSAGE_TIME = 15_000; // milliseconds for which the message that the server is back is shown
const find = (selector) => element.querySelector(selector);
const ui = { root: find(".connection"), text: find("p"), reload: find(".connection-reload") };

const WORDS = {
  offline: () => `You are offline. ${stays()} You can speak again once you are online.`,
  gone: () => `The server cannot be reached. ${stays()} This page looks for the server every two seconds.`,
  playing: () => "The server is back. The page will reload when the sound has ended; your text and sound are kept.",
  unsaved: () =>
    "The server is back, but this browser cannot keep the sound when the page reloads. Download it first if you want to keep it.",
  back: () => `The connection is back. ${madeSound() ? "Your text and your sound are as they were." : "Your text is as it was."} Press Speak to continue.`,
};
const madeSound = () => window.kokoro.holdsSound();
const stays = () => (madeSound() ? "Your text is kept, and the sound here can be played and downloaded as WAV." : "Your text is kept.");

const plainFetch = window.fetch.bind(window);
const address = `${location.origin}${location.pathname.replace(/\/$/, "")}/gradio_api/app_id`;
let state = "here"; // or a key of WORDS
let lost = false; // whether Gradio has lost the connection, and waits to reload the page
let released = false; // whether the visitor has agreed to reload although the sound will be lost
let waitingForServer = false;
let hiding = 0;

function show(next) {
  if (next === state) return;
  state = next;
  clearTimeout(hiding);
  if (next === "back") hiding = setTimeout(() => show("here"), MESSAGE_TIME);
  const words = WORDS[next]?.() ?? "";
  ui.text.textContent = words;
  ui.root.hidden = !words;
  ui.root.dataset.state = next;
  ui.reload.hidden = next !== "unsaved";
  document.documentElement.toggleAttribute("data-away", !["here", "back"].includes(next));
  document.dispatchEvent(new CustomEvent("kokoro:connection", { detail: isAway() ? "away" : "here" }));
}

const isAway = () => ["offline", "gone"].includes(state);
const showAway = () => show(navigator.onLine ? "gone" : "offline");

async function answers() {
  try {
    return (await plainFetch(address, { cache: "no-store", signal: AbortSignal.timeout(TIMEOUT) })).ok;
  } catch {
    return false;
  }
}

// Checks whether the server can be reached, repeatedly until it can.
async function waitForServer() {
  if (waitingForServer || lost) return;
  waitingForServer = true;
  while (!lost && !(await answers())) {
    showAway();
    await new Promise((resolve) => setTimeout(resolve, RETRY_INTERVAL));
  }
  waitingForServer = false;
  if (!lost && isAway()) show("back");
}

// Whether the page may be reloaded now; if not, this shows why.
async function mayReload() {
  if (released) return true;
  if (window.kokoro.clip().playing) show("playing");
  else if (await window.kokoro.isSaved()) return true;
  else show("unsaved");
  return false;
}

window.fetch = async (...request) => {
  if (!String(request[0]?.url ?? request[0]).split("?")[0].endsWith("/gradio_api/app_id")) return plainFetch(...request);
  lost = true;
  try {
    const answer = await plainFetch(...request);
    if (!answer.ok) throw new Error("no answer");
    if (!(await mayReload())) return Response.error();
    tabStorage.setItem(CONFIG.backKey, "yes");
    return answer;
  } catch (error) {
    showAway();
    throw error;
  }
};

find(".connection-close").addEventListener("click", () => (ui.root.hidden = true));
ui.reload.addEventListener("click", () => {
  released = true;
  ui.reload.disabled = true;
});
for (const event of ["online", "offline"]) window.addEventListener(event, waitForServer);
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && waitForServer());

window.kokoroConnection = {
  look: waitForServer,
  // Called when Speak is pressed. Returns whether the server cannot be reached; if so, this draws attention to the notice.
  refuses() {
    if (state === "back") show("here");
    const away = lost || isAway();
    if (away) {
      ui.root.hidden = false;
      ui.root.animate?.([{ scale: 1 }, { scale: 1.03 }, { scale: 1 }], matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 250);
    }
    return away;
  },
};

const waiting = setInterval(async () => {
  if (!window.kokoro?.restored) return;
  clearInterval(waiting);
  const returns = tabStorage.getItem(CONFIG.backKey);
  tabStorage.removeItem(CONFIG.backKey);
  await window.kokoro.restored;
  if (returns) show("back");
}, 30);
