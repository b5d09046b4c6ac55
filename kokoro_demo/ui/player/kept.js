// Keeps this tab's sound across a reload, because Gradio reloads the page to recover from a lost connection.
//
// The sound is in IndexedDB, encrypted with a key that is only in this tab's session storage, so that nobody can read it
// after the tab is closed. Browsers can encrypt only on HTTPS and on localhost; elsewhere nothing is kept.
//
// A duplicated tab gets a copy of the original's session storage, so it also makes a copy of the sound. Each tab claims
// its run by a lock, which is released when the tab is closed.

function makeKept() {
  const MAX_SIZE = 256 * 2 ** 20; // bytes of one sound
  const HEARTBEAT = 600_000; // milliseconds between two records that the sound's tab is open
  const EXPIRY = 3 * HEARTBEAT; // milliseconds after the last record until the sound is deleted
  // After a reload, the old page may hold the run's lock for a moment: how often to try, and milliseconds in between.
  const [TRIES, RETRY_INTERVAL] = [6, 100];
  const TIMES = "times"; // the name of the piece with the words' times
  let held = null; // {run, key, ...the player's notes}; also in session storage
  let claim = null; // the claim of that run: a promise of the function that releases it
  let size = 0;
  let saved = Promise.resolve(true); // whether everything so far was saved
  let opened = null;

  const storage = (act) => {
    try {
      return act(sessionStorage);
    } catch {
      return null; // full or blocked
    }
  };
  // If storage is blocked, even naming it throws.
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
  // Waits for the transaction to complete: a full disk may cause an error only after the request has succeeded.
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
        request.result.onclose = () => (opened = null); // the visitor cleared the site's data
        request.result.onversionchange = () => {
          request.result.close(); // lets another tab delete or upgrade the database
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
  const recordOpen = async (run) => written((await store("runs")).put(Date.now(), run));

  // Resolves to the function that releases the claim; to null if another tab has claimed the run.
  async function claimOf(run) {
    if (!navigator.locks) return () => {};
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const hold = (resolve) => (lock) => (lock ? new Promise(resolve) : resolve(null));
      const request = (resolve) => navigator.locks.request(`kokoro-sound ${run}`, { ifAvailable: true }, hold(resolve));
      const release = await new Promise((resolve) => request(resolve).catch(() => resolve(null)));
      if (release) return release;
      await new Promise((resolve) => setTimeout(resolve, RETRY_INTERVAL));
    }
    return null;
  }

  async function copy(pieces, run) {
    await recordOpen(run);
    const copies = await store("pieces");
    await written(pieces.map(([name, sealed]) => copies.put(sealed, [run, name])).at(-1));
  }

  async function remove(run) {
    await settled((await store("pieces")).delete(piecesOf(run)));
    await settled((await store("runs")).delete(run));
  }

  // Queues an action. Once one has failed, the sound counts as not saved, and later actions are skipped.
  function enqueue(act) {
    const current = held;
    saved = saved.then(async (succeeded) => {
      if (!succeeded || !current || current !== held) return succeeded;
      try {
        await act(current);
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

  const readNotes = () => JSON.parse(storage((kept) => kept.getItem(CONFIG.soundKey)) ?? "null");

  function forget() {
    const old = held ?? readNotes();
    const claimed = held ? claim : old && claimOf(old.run);
    held = claim = null;
    storage((kept) => kept.removeItem(CONFIG.soundKey));
    const clear = async () => {
      const release = await claimed;
      if (!release) return;
      await remove(old.run);
      release();
    };
    saved.then(clear).catch(() => {});
  }

  // Deletes the sounds of tabs that are closed.
  async function tidy() {
    const runs = await store("runs");
    const [names, lastOpen] = await Promise.all([settled(runs.getAllKeys()), settled(runs.getAll())]);
    await Promise.all(names.filter((run, at) => run !== held?.run && Date.now() - lastOpen[at] > EXPIRY).map(remove));
  }

  setInterval(() => held && recordOpen(held.run).catch(() => {}), HEARTBEAT);

  return {
    forget,
    // Called when a new speech begins; the previous one is deleted.
    begin(run) {
      forget();
      size = 0;
      saved = Promise.resolve(Boolean(window.crypto?.subtle) && allowed());
      claim = claimOf(run);
      held = { run, key: btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32)))) };
      enqueue(() => recordOpen(run));
    },
    add(index, samples) {
      size += samples.byteLength;
      enqueue((current) => {
        if (size > MAX_SIZE) throw new RangeError("too long to be kept");
        return put(current, index, samples);
      });
    },
    times(timeline) {
      enqueue((current) => put(current, TIMES, new TextEncoder().encode(JSON.stringify(timeline))));
    },
    // Keeps the player's other data about the speech.
    note(about) {
      if (!held || !allowed()) return;
      Object.assign(held, about);
      storage((kept) => kept.setItem(CONFIG.soundKey, JSON.stringify(held)));
    },
    isSaved: () => saved,
    // Returns what was kept before the reload, {about, parts, timeline}, or null. If the disk failed, there may be fewer
    // parts than the player noted.
    async read() {
      try {
        const about = readNotes();
        if (!about || held) return null;
        const claimed = claimOf(about.run);
        const release = await claimed;
        const pieces = await store("pieces", "readonly");
        const names = await settled(pieces.getAllKeys(piecesOf(about.run)));
        const encrypted = await settled((await store("pieces", "readonly")).getAll(piecesOf(about.run)));
        const key = await keyOf(about);
        const open = ({ iv, data }) => crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, data);
        const decrypted = await Promise.all(encrypted.map(open));
        const at = names.findIndex(([, name]) => name === TIMES);
        const timeline = at < 0 ? null : JSON.parse(new TextDecoder().decode(decrypted[at]));
        const parts = decrypted.filter((_, index) => index !== at).map((samples) => new Int16Array(samples));
        if (held) {
          release?.(); // a new speech has begun meanwhile
          return null;
        }
        held = about;
        claim = claimed;
        if (!release) {
          about.run = crypto.randomUUID();
          claim = claimOf(about.run);
          enqueue(({ run }) => copy(names.map(([, name], index) => [name, encrypted[index]]), run));
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
