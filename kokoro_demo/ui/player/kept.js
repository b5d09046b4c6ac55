// The sound that this tab holds, kept over a reload: Gradio's only way back from a lost connection is to load the page
// again.
//
// It lies in IndexedDB, encrypted with a key that is in this tab's session storage alone, so that nobody can read it
// once the tab is closed. Browsers encrypt on HTTPS and on the own computer only; elsewhere nothing is kept.
//
// A tab that is duplicated has the session storage of the first: it makes a copy of what is kept. Each tab claims its
// run by a lock, which ends with the tab.

function makeKept() {
  const MOST = 256 * 2 ** 20; // bytes of one sound
  const ALIVE = 600_000; // milliseconds between two signs that its tab is open
  const FORGOTTEN = 3 * ALIVE; // after the last of which it is deleted
  // The page that is loaded again may hold its own run for a moment: so many looks, so many milliseconds apart.
  const [LOOKS, BETWEEN] = [6, 100];
  const TIMES = "times"; // the piece that says when each word is heard
  let held = null; // {run, key, ...what the player notes}, in session storage too
  let claim = null; // of that run
  let size = 0;
  let saved = Promise.resolve(true); // whether all of it was saved
  let opened = null;

  const storage = (act) => {
    try {
      return act(sessionStorage);
    } catch {
      return null; // full, or not allowed
    }
  };
  // A browser that allows no storage throws at the mere name of it.
  const allowed = () => {
    try {
      return !localStorage.getItem(CONFIG.forgetfulKey);
    } catch {
      return false;
    }
  };
  const settled = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  // A full disk may show only when all of it is written, after the request has succeeded.
  const written = (request) =>
    new Promise((resolve, reject) => {
      request.transaction.oncomplete = resolve;
      request.transaction.onabort = () => reject(request.transaction.error);
    });
  const piecesOf = (run) => IDBKeyRange.bound([run], [run, []]);

  function database() {
    opened ??= new Promise((resolve, reject) => {
      const request = indexedDB.open("kokoro", 1);
      request.onupgradeneeded = () => ["pieces", "runs"].forEach((name) => request.result.createObjectStore(name));
      request.onsuccess = () => {
        request.result.onclose = () => (opened = null); // the visitor cleared what the site keeps
        request.result.onversionchange = () => {
          request.result.close(); // another tab deletes it, or waits with a newer page
          opened = null;
        };
        resolve(request.result);
      };
      request.onerror = () => reject(request.error);
    });
    opened.catch(() => (opened = null));
    return opened;
  }
  const store = async (name, mode = "readwrite") => (await database()).transaction(name, mode).objectStore(name);
  const keyOf = ({ key }) => crypto.subtle.importKey("raw", bytesOf(key), "AES-GCM", false, ["encrypt", "decrypt"]);
  const sign = async (run) => written((await store("runs")).put(Date.now(), run));

  // Resolves to what ends the claim; to null if another tab holds the run.
  async function claimOf(run) {
    if (!navigator.locks) return () => {};
    for (let look = 0; look < LOOKS; look++) {
      const hold = (resolve) => (lock) => (lock ? new Promise(resolve) : resolve(null));
      const request = (resolve) => navigator.locks.request(`kokoro-sound ${run}`, { ifAvailable: true }, hold(resolve));
      const end = await new Promise((resolve) => request(resolve).catch(() => resolve(null)));
      if (end) return end;
      await new Promise((resolve) => setTimeout(resolve, BETWEEN));
    }
    return null;
  }

  async function copy(pieces, run) {
    await sign(run);
    const copies = await store("pieces");
    await written(pieces.map(([name, sealed]) => copies.put(sealed, [run, name])).at(-1));
  }

  async function remove(run) {
    await settled((await store("pieces")).delete(piecesOf(run)));
    await settled((await store("runs")).delete(run));
  }

  // One after the other; once one has failed, the sound is not kept.
  function then(act) {
    const whose = held;
    saved = saved.then(async (well) => {
      if (!well || !whose || whose !== held) return well;
      try {
        await act(whose);
        return true;
      } catch {
        return false;
      }
    });
  }

  async function put({ run, key }, name, bytes) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await keyOf({ key }), bytes);
    await written((await store("pieces")).put({ iv, data }, [run, name]));
  }

  const noted = () => JSON.parse(storage((kept) => kept.getItem(CONFIG.soundKey)) ?? "null");

  function forget() {
    const old = held ?? noted();
    const claimed = held ? claim : old && claimOf(old.run);
    held = claim = null;
    storage((kept) => kept.removeItem(CONFIG.soundKey));
    const clear = async () => {
      const end = await claimed;
      if (!end) return;
      await remove(old.run);
      end();
    };
    saved.then(clear).catch(() => {});
  }

  // What tabs have left that are closed.
  async function tidy() {
    const runs = await store("runs");
    const [names, signs] = await Promise.all([settled(runs.getAllKeys()), settled(runs.getAll())]);
    await Promise.all(names.filter((run, at) => run !== held?.run && Date.now() - signs[at] > FORGOTTEN).map(remove));
  }

  setInterval(() => held && sign(held.run).catch(() => {}), ALIVE);

  return {
    forget,
    // Another speech begins: the one before is kept no longer.
    begin(run) {
      forget();
      size = 0;
      saved = Promise.resolve(Boolean(window.crypto?.subtle) && allowed());
      claim = claimOf(run);
      held = { run, key: btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32)))) };
      then(() => sign(run));
    },
    add(index, samples) {
      size += samples.byteLength;
      then((whose) => {
        if (size > MOST) throw new RangeError("too long to be kept");
        return put(whose, index, samples);
      });
    },
    times(timeline) {
      then((whose) => put(whose, TIMES, new TextEncoder().encode(JSON.stringify(timeline))));
    },
    // What the player has to know of it, beside its pieces.
    note(about) {
      if (!held || !allowed()) return;
      Object.assign(held, about);
      storage((kept) => kept.setItem(CONFIG.soundKey, JSON.stringify(held)));
    },
    isSaved: () => saved,
    // What was kept before the page was loaded again: {about, parts, timeline}; null if nothing was. There may be fewer
    // parts than the player noted, if the disk failed.
    async read() {
      try {
        const about = noted();
        if (!about || held) return null;
        const claimed = claimOf(about.run);
        const end = await claimed;
        const pieces = await store("pieces", "readonly");
        const names = await settled(pieces.getAllKeys(piecesOf(about.run)));
        const sealed = await settled((await store("pieces", "readonly")).getAll(piecesOf(about.run)));
        const key = await keyOf(about);
        const open = ({ iv, data }) => crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, data);
        const found = await Promise.all(sealed.map(open));
        const at = names.findIndex(([, name]) => name === TIMES);
        const timeline = at < 0 ? null : JSON.parse(new TextDecoder().decode(found[at]));
        const parts = found.filter((_, place) => place !== at).map((samples) => new Int16Array(samples));
        if (held) {
          end?.(); // another speech has begun meanwhile
          return null;
        }
        held = about;
        claim = claimed;
        if (!end) {
          about.run = crypto.randomUUID();
          claim = claimOf(about.run);
          then(({ run }) => copy(names.map(([, name], place) => [name, sealed[place]]), run));
          this.note({});
        }
        return parts.length ? { about, parts, timeline } : null;
      } catch {
        return null;
      } finally {
        tidy().catch(() => {});
      }
    },
  };
}
