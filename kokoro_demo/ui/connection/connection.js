// Says in words that the server cannot be reached, and when it is back. Gradio runs this once, with `element`.
//
// Once Gradio has lost the connection it does nothing more until it has loaded the page again, which it does as soon as
// the address `app_id` answers. So that address answers when nothing would be lost.

const EVERY = 2000; // milliseconds between two looks for a server that is gone
const PATIENCE = 5000; // for one answer
const SHOWN = 15_000; // for which it is said that the server is back
const find = (selector) => element.querySelector(selector);
const ui = { root: find(".connection"), text: find("p"), reload: find(".connection-reload") };

const WORDS = {
  offline: () => `You are offline. ${stays()} You can speak again once you are online.`,
  gone: () => `The server cannot be reached. ${stays()} This page looks for the server every two seconds.`,
  playing: () => "The server is back. When the sound has ended, the page is loaded again; text and sound stay.",
  unsaved: () =>
    "The server is back. This browser cannot keep the sound while the page is loaded again: first download what you want to keep.",
  back: () => `The connection is back. ${madeSound() ? "Your text and your sound are as they were." : "Your text is as it was."} Press Speak to go on.`,
};
const madeSound = () => window.kokoro.holdsSound();
const stays = () => (madeSound() ? "Your text is kept, and the sound here can be played and downloaded as WAV." : "Your text is kept.");

const plainFetch = window.fetch.bind(window);
const address = `${location.origin}${location.pathname.replace(/\/$/, "")}/gradio_api/app_id`;
let state = "here"; // or a key of WORDS
let lost = false; // whether Gradio waits to load the page again
let released = false; // whether the visitor wants that, whatever it costs
let looking = false;
let hiding = 0;

function show(next) {
  if (next === state) return;
  state = next;
  clearTimeout(hiding);
  if (next === "back") hiding = setTimeout(() => show("here"), SHOWN);
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
    return (await plainFetch(address, { cache: "no-store", signal: AbortSignal.timeout(PATIENCE) })).ok;
  } catch {
    return false;
  }
}

// Looks whether the server is there, until it is.
async function look() {
  if (looking || lost) return;
  looking = true;
  while (!lost && !(await answers())) {
    showAway();
    await new Promise((resolve) => setTimeout(resolve, EVERY));
  }
  looking = false;
  if (!lost && isAway()) show("back");
}

// Whether the page may be loaded again now. It says why not.
async function mayReload() {
  if (released) return true;
  if (window.kokoro.clip().playing) show("playing");
  else if (await window.kokoro.isSaved()) return true;
  else show("unsaved");
  return false;
}

window.fetch = async (...asked) => {
  if (!String(asked[0]?.url ?? asked[0]).split("?")[0].endsWith("/gradio_api/app_id")) return plainFetch(...asked);
  lost = true;
  try {
    const answer = await plainFetch(...asked);
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
for (const sign of ["online", "offline"]) window.addEventListener(sign, look);
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && look());

window.kokoroConnection = {
  look,
  // Speak was pressed. Whether that is of no use now; then it is said again why.
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
