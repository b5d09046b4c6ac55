// What the page does without asking the server: the keyboard, the counter, and text files, which never leave the
// browser. Gradio runs this function once, as it begins to build the page.
() => {
  const FILLED_BY = 8_000; // milliseconds, after which Speak no longer waits for an answer
  // Read before the page is built: from then on what is in it is kept in its place.
  const before = tabStorage.getItem(CONFIG.fieldsKey);
  const linked = (location.search + location.hash).includes("=") ? location.search + location.hash : "";
  const reloaded = performance.getEntriesByType("navigation")[0]?.type === "reload";
  const restores = reloaded || !linked;
  // The banner of a link has its room before its content is there.
  if (/[?&#](text|phonemes)=/.test(linked) && !(reloaded && before)) document.documentElement.dataset.linked = "";
  // What a link or a reload restores is on the page once the server has answered.
  let filled = before === null && !linked;
  const textBox = () => document.querySelector("#text textarea");
  const speakButton = () => document.querySelector("button#speak");
  const stopButton = () => document.querySelector("button#stop");
  const phonemeBox = () => document.querySelector("#phonemes textarea");
  const spokenBox = () => document.querySelector("#spoken textarea");

  document.documentElement.lang = "en";

  // --- Speak and Stop ----------------------------------------------------------------------------------------------

  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      speakButton().click();
    }
  });

  // Stop can be pressed while something is being made; Speak keeps its focus then, and does nothing.
  function showBusy(busy) {
    const [speak, stop] = [speakButton(), stopButton()];
    speak.setAttribute("aria-disabled", busy);
    if (!busy && document.activeElement === stop) speak.focus();
    stop.disabled = !busy;
  }
  // If Speak is pressed before the page is filled in, it waits for that.
  let pressed = false;
  function hold(event) {
    const speak = event.target.closest?.("#speak");
    if (!speak) return;
    const free = filled && speak.getAttribute("aria-disabled") !== "true";
    if (free && !window.kokoroConnection?.refuses() && !refuses()) return;
    event.stopImmediatePropagation();
    pressed ||= !filled;
  }
  document.addEventListener("click", hold, { capture: true });

  // --- the text ----------------------------------------------------------------------------------------------------

  function write(text) {
    const box = textBox();
    if (box.value === text) return box;
    box.value = text;
    box.dispatchEvent(new Event("input", { bubbles: true }));
    return box;
  }

  // Under the text is its length or, until it changes, what is wrong with it.
  function tell(message, wrong) {
    const counter = document.querySelector("#counter span");
    counter.textContent = message;
    counter.classList.toggle("wrong", wrong);
    if (wrong) counter.setAttribute("role", "alert");
    else counter.removeAttribute("role");
  }
  const say = (problem) => tell(problem, true);
  function markText(wrong) {
    const box = textBox();
    box.setAttribute("aria-invalid", wrong);
    return box;
  }
  // Whether the text cannot be spoken; it says why. The server refuses the same texts, and a browser's console would
  // complain of that.
  function refuses() {
    const text = textBox().value;
    const blank = /^[\s\x1c-\x1f\x85]*$/.test(text) && !window.kokoroPhonemes.active({ ...window.kokoroPage.fields, text });
    const wrong = blank || [...text].length > CONFIG.maxCharacters;
    if (blank) say("Type some text first.");
    if (wrong) markText(true).focus();
    return wrong;
  }
  const number = (value) => value.toLocaleString("en");

  // UTF-16 by its mark, else UTF-8, else the old Western encoding that Windows editors wrote.
  function decode(bytes) {
    const mark = (bytes[0] << 8) | bytes[1];
    if (mark === 0xfffe || mark === 0xfeff) {
      return new TextDecoder(mark === 0xfffe ? "utf-16le" : "utf-16be").decode(bytes);
    }
    try {
      return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    } catch {
      return new TextDecoder("windows-1252").decode(bytes);
    }
  }

  async function openFile(file) {
    if (!file) return;
    if (file.size > CONFIG.maxTextFile) return say(`${file.name} is larger than 1 MB. Paste the part you want to hear.`);
    const text = decode(new Uint8Array(await file.arrayBuffer()));
    if (/[\0\x01-\x08\x0e-\x1a]/.test(text)) return say(`${file.name} is not a text file.`);
    if (!text.trim()) return say(`${file.name} is empty.`);
    const box = write(text.replace(/\r\n?/g, "\n"));
    box.focus();
    box.setSelectionRange(0, 0);
    box.scrollTop = 0;
  }

  const isFile = (event) => event.target.closest?.("#text") && [...event.dataTransfer.types].includes("Files");
  document.addEventListener("dragover", (event) => isFile(event) && event.preventDefault());
  document.addEventListener("drop", (event) => {
    if (!isFile(event)) return;
    event.preventDefault();
    openFile(event.dataTransfer.files[0]);
  });

  // One sound at a time on the whole page: whoever begins one ends the one before.
  let sounding = null;
  window.kokoroSound = {
    begin(owner, silence) {
      if (sounding && sounding.owner !== owner) sounding.silence();
      sounding = { owner, silence };
    },
  };

  const examples = new Set();
  let typed = ""; // the visitor's own text, which an example took the place of
  let first = ""; // the text that the page began with
  let spoken = null; // the text that Speak was pressed for last
  function offerBack() {
    document.querySelector("#text-back")?.toggleAttribute("data-offered", typed !== "");
  }

  window.kokoroPage = {
    // An example is spoken at once; a text of the visitor's own can be restored.
    tryExample(text) {
      const present = textBox().value;
      if (present.trim() && present !== first && !examples.has(present)) typed = present;
      examples.add(text);
      write(text);
      offerBack();
      setTimeout(() => speakButton().click());
    },
    textBack() {
      write(typed).focus();
      typed = "";
      offerBack();
    },
    chooseFile() {
      const chooser = Object.assign(document.createElement("input"), { type: "file", accept: ".txt,.md,text/plain" });
      chooser.addEventListener("change", () => openFile(chooser.files[0]));
      chooser.click();
    },
    // The fields of a request, by name, as they are now: for scripts that show them, which may begin later.
    fields: null,
    see(fields) {
      this.fields = fields;
      document.dispatchEvent(new CustomEvent("kokoro:fields", { detail: fields }));
    },
    // In this tab alone: closing it forgets them.
    keep(fields) {
      this.see(fields);
      if (this.remembers()) tabStorage.setItem(CONFIG.fieldsKey, JSON.stringify(fields));
    },
    // Gradio loads the page again when a lost connection is back; then what was typed in this tab is still there.
    // A link that is opened wins.
    kept() {
      return restores ? (before ?? "") : "";
    },
    // The player holds the speech of a text.
    holds(text) {
      spoken = text;
      this.compareTexts();
    },
    compareTexts() {
      document.querySelector("#hear")?.toggleAttribute("data-old", spoken !== null && textBox().value !== spoken);
    },
    filled() {
      filled = true;
      if (!document.querySelector(".link-banner")) delete document.documentElement.dataset.linked;
      if (pressed) speakButton().click();
      pressed = false;
    },
    remembers: () => !lastingStorage.getItem(CONFIG.forgetfulKey),
    remember(on) {
      if (on) lastingStorage.removeItem(CONFIG.forgetfulKey);
      else {
        lastingStorage.setItem(CONFIG.forgetfulKey, "yes");
        tabStorage.removeItem(CONFIG.fieldsKey);
        window.kokoro.forget();
      }
    },
    // The fields of a request, by name.
    changed(fields, limit) {
      const { text } = fields;
      window.kokoroPhonemes?.show(fields);
      window.kokoro.preview(text);
      this.compareTexts();
      this.keep(fields);
      const count = [...text].length;
      markText(count > limit);
      const over = count > limit ? `: ${number(count - limit)} too many to speak at once` : "";
      tell(`${number(count)} / ${number(limit)} characters${over}`, over !== "");
    },
    // Speak was pressed.
    speak({ text }) {
      this.holds(text);
      window.kokoro.ask(text);
    },
  };

  // --- once everything is there ------------------------------------------------------------------------------------

  // Gradio's accordions, sliders and tabs lack what a keyboard and a screen reader need.
  function describeControls() {
    for (const head of document.querySelectorAll(".gr-accordion > button")) {
      head.setAttribute("aria-expanded", head.classList.contains("open"));
      head.querySelector(".icon")?.setAttribute("aria-hidden", "true");
    }
    const labelled = document.querySelectorAll("[aria-label^='range slider for '], [aria-label^='number input for ']");
    for (const input of labelled) input.setAttribute("aria-label", input.getAttribute("aria-label").replace(/^.*? for /, ""));
  }
  document.addEventListener("click", () => setTimeout(describeControls, 50));
  document.addEventListener("keydown", ({ key, target }) => {
    if (key === "Escape") document.querySelector("details.status-why[open]")?.removeAttribute("open");
    const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
    const tabs = [...(target.closest?.("[role=tablist]")?.querySelectorAll("[role=tab]") ?? [])].filter((tab) => tab.offsetParent);
    const next = step && tabs[(tabs.indexOf(target) + step + tabs.length) % tabs.length];
    next?.click();
    next?.focus();
  });
  // The box is selected as it is entered while it holds the text that the page began with: typing replaces it.
  document.addEventListener("focusin", ({ target }) => {
    if (target !== textBox() || target.value !== first) return;
    target.select();
    // A mouse puts the cursor where it is pressed, after that.
    const again = () => target.value === first && target.selectionStart === target.selectionEnd && target.select();
    target.addEventListener("click", again, { once: true });
  });

  function begin() {
    describeControls();
    document.addEventListener("kokoro:busy", ({ detail }) => showBusy(detail));
    showBusy(false);
    try {
      const { text } = JSON.parse(before ?? "{}");
      first = textBox().value;
      if (/[?&#]text=/.test(linked)) write("");
      if (typeof text === "string") write(text);
      window.kokoro.preview(textBox().value);
    } catch {
      tabStorage.removeItem(CONFIG.fieldsKey);
    }
    window.kokoro.restore(restores);
    // The spoken text cannot be written in, but reached, scrolled and copied from with the keyboard.
    const spoken = spokenBox();
    spoken.disabled = false;
    spoken.readOnly = true;
    // Their label would otherwise name the Copy button, which comes before them.
    for (const box of [phonemeBox(), spoken]) {
      box.setAttribute("aria-label", box.closest("label").querySelector("[data-testid=block-info]").textContent.trim());
    }
    setTimeout(() => window.kokoroPage.filled(), FILLED_BY);
    // Not before the letters have their final width, unless that takes long.
    const letters = [document.fonts.ready, new Promise((resolve) => setTimeout(resolve, 500))];
    Promise.race(letters).then(() => (document.documentElement.dataset.kokoro = "ready"));
  }
  const waiting = setInterval(() => {
    const there = [textBox(), speakButton(), stopButton(), phonemeBox(), spokenBox()].every(Boolean);
    if (!there || !window.kokoro || !window.kokoroPhonemes) return;
    clearInterval(waiting);
    begin();
  }, 30);
}
