// Everything that the page does without the server: the keyboard, the character count, and text files, which never
// leave the browser. Gradio runs this function once, when it starts to build the page.
() => {
  const SHOW_TIMEOUT = 800; // milliseconds, after which the page is shown although a part is missing
  const FILL_TIMEOUT = 8_000; // milliseconds, after which Speak no longer waits for the page to be filled in
  // Read before the page is built, because from then on the page overwrites it with its own fields.
  const stored = tabStorage.getItem(CONFIG.fieldsKey);
  const linked = (location.search + location.hash).includes("=") ? location.search + location.hash : "";
  const reloaded = performance.getEntriesByType("navigation")[0]?.type === "reload";
  const restores = reloaded || !linked;
  // Reserves space for the banner of a link before its content arrives.
  if (/[?&#](text|phonemes)=/.test(linked) && !(reloaded && stored)) document.documentElement.dataset.linked = "";
  // Whether the server has answered with the fields of a link, or with those to restore after a reload.
  let filled = stored === null && !linked;
  let endFilling;
  const filling = new Promise((resolve) => (endFilling = resolve));
  if (filled) endFilling();
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

  // While speech is being made, Stop is enabled. Speak is not disabled, which would lose the focus, but does nothing.
  function showBusy(busy) {
    const [speak, stop] = [speakButton(), stopButton()];
    speak.setAttribute("aria-disabled", busy);
    if (!busy && document.activeElement === stop) speak.focus();
    stop.disabled = !busy;
  }
  // Whether Speak was pressed before the page was filled in; then it is pressed again when that has happened.
  let pressed = false;
  function interceptSpeak(event) {
    const speak = event.target.closest?.("#speak");
    if (!speak) return;
    const enabled = filled && speak.getAttribute("aria-disabled") !== "true";
    if (enabled && !window.kokoroConnection?.refuses() && !refusesText()) return;
    event.stopImmediatePropagation();
    pressed ||= !filled;
  }
  document.addEventListener("click", interceptSpeak, { capture: true });

  // --- the text ----------------------------------------------------------------------------------------------------

  function write(text) {
    const box = textBox();
    if (box.value === text) return box;
    box.value = text;
    box.dispatchEvent(new Event("input", { bubbles: true }));
    return box;
  }

  // Shows the text's length below it or, until the text changes, an error message.
  function showMessage(message, wrong) {
    const counter = document.querySelector("#counter");
    counter.textContent = message;
    counter.classList.toggle("wrong", wrong);
    if (wrong) counter.setAttribute("role", "alert");
    else counter.removeAttribute("role");
  }
  const showError = (problem) => showMessage(problem, true);
  function markText(wrong) {
    const box = textBox();
    box.setAttribute("aria-invalid", wrong);
    return box;
  }
  // Whether the text is empty or too long; if so, this shows a message. The server refuses the same texts, but its
  // refusals would appear as errors in the browser's console.
  function refusesText() {
    const text = textBox().value;
    const blank = /^[\s\x1c-\x1f\x85]*$/.test(text) && !window.kokoroPhonemes.active({ ...window.kokoroPage.fields, text });
    const wrong = blank || [...text].length > CONFIG.maxCharacters;
    if (blank) showError("Type some text first.");
    if (wrong) markText(true).focus();
    return wrong;
  }
  const number = (value) => value.toLocaleString("en");

  // UTF-16 if there is a byte order mark, or else UTF-8 if it is valid, or else Windows' old Western encoding.
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
    if (file.size > CONFIG.maxTextFile) return showError(`${file.name} is larger than 1 MB. Paste the part you want to hear.`);
    const text = decode(new Uint8Array(await file.arrayBuffer()));
    if (/[\0\x01-\x08\x0e-\x1a]/.test(text)) return showError(`${file.name} is not a text file.`);
    if (!text.trim()) return showError(`${file.name} is empty.`);
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

  // Only one thing on the page plays at a time: starting one silences the one before.
  let sounding = null;
  window.kokoroSound = {
    begin(owner, silence) {
      if (sounding && sounding.owner !== owner) sounding.silence();
      sounding = { owner, silence };
    },
  };

  const examples = new Set();
  let typed = ""; // the visitor's own text that an example replaced
  let first = ""; // the text of the fresh page
  let spoken = null; // the text for which Speak was last pressed
  function showBackButton() {
    document.querySelector("#examples [data-back]").toggleAttribute("data-offered", typed !== "");
  }
  // Speaks an example immediately; the visitor's own text can be restored afterwards.
  function tryExample(text) {
    const present = textBox().value;
    if (present.trim() && present !== first && !examples.has(present)) typed = present;
    examples.add(text);
    write(text);
    showBackButton();
    setTimeout(() => speakButton().click());
  }
  function textBack() {
    write(typed).focus();
    typed = "";
    showBackButton();
  }
  function chooseFile() {
    const chooser = Object.assign(document.createElement("input"), { type: "file", accept: ".txt,.md,text/plain" });
    chooser.addEventListener("change", () => openFile(chooser.files[0]));
    chooser.click();
  }
  document.addEventListener("click", ({ target }) => {
    const button = target.closest?.("#fill-in button");
    if (!button) return;
    if ("openFile" in button.dataset) chooseFile();
    else if ("back" in button.dataset) textBack();
    else tryExample(button.dataset.example);
  });

  window.kokoroPage = {
    // The current fields of the request by name, for scripts that start later than the event below.
    fields: null,
    see(fields) {
      this.fields = fields;
      document.dispatchEvent(new CustomEvent("kokoro:fields", { detail: fields }));
    },
    // Stores the fields for this tab only: closing it deletes them.
    keep(fields) {
      this.see(fields);
      if (this.remembers()) tabStorage.setItem(CONFIG.fieldsKey, JSON.stringify(fields));
    },
    // The fields to restore after a reload; Gradio also reloads the page after a lost connection. A link that was
    // just opened takes precedence.
    kept() {
      return restores ? (stored ?? "") : "";
    },
    // Called when the player gets the speech of a text.
    holds(text) {
      spoken = text;
      this.compareTexts();
    },
    compareTexts() {
      document.querySelector("#hear")?.toggleAttribute("data-old", spoken !== null && textBox().value !== spoken);
    },
    filled() {
      filled = true;
      endFilling();
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
    // Called when the text has changed.
    changed(fields, limit) {
      const { text } = fields;
      window.kokoroPhonemes?.show(fields);
      window.kokoro.preview(text);
      this.compareTexts();
      this.keep(fields);
      const count = [...text].length;
      markText(count > limit);
      const over = count > limit ? `: ${number(count - limit)} too many to speak at once` : "";
      showMessage(`${number(count)} / ${number(limit)} characters${over}`, over !== "");
    },
    // Called when Speak is pressed.
    speak({ text }) {
      this.holds(text);
      window.kokoro.ask(text);
    },
  };

  // --- once the page is built ----------------------------------------------------------------------------------------

  // Gradio's accordions, sliders, and tabs do not support keyboards and screen readers well enough.
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
  // Focusing the text box selects the text of the fresh page, so that typing replaces it.
  document.addEventListener("focusin", ({ target }) => {
    if (target !== textBox() || target.value !== first) return;
    target.select();
    // A mouse click removes the selection afterwards, so select again.
    const again = () => target.value === first && target.selectionStart === target.selectionEnd && target.select();
    target.addEventListener("click", again, { once: true });
  });

  // The place of the model's status never gets lower, so that what is below does not move when a long message is followed
  // by a short one.
  function keepStatusHeight() {
    const place = document.querySelector("#status");
    let [width, height] = [0, 0];
    const measure = () => {
      if (place.offsetWidth !== width) [width, height] = [place.offsetWidth, 0];
      height = Math.max(height, place.querySelector(".status")?.offsetHeight ?? 0);
      place.style.minHeight = `${height}px`;
    };
    new MutationObserver(measure).observe(place, { childList: true, subtree: true });
    measure();
  }

  function begin() {
    describeControls();
    document.addEventListener("kokoro:busy", ({ detail }) => showBusy(detail));
    showBusy(false);
    try {
      const { text } = JSON.parse(stored ?? "{}");
      first = textBox().value;
      if (/[?&#]text=/.test(linked)) write("");
      if (typeof text === "string") write(text);
      window.kokoro.preview(textBox().value);
    } catch {
      tabStorage.removeItem(CONFIG.fieldsKey);
    }
    window.kokoro.restore(restores);
    // A link to a list or to a blind test is for the workbench.
    if (/[#&](list|compare)=/.test(location.hash)) document.querySelector("#workbench > button").click();
    // Read-only instead of disabled, so that the keyboard can focus, scroll, and copy the spoken text.
    const spoken = spokenBox();
    spoken.disabled = false;
    spoken.readOnly = true;
    // Otherwise, their accessible name would include the Copy button, which is inside their label.
    for (const box of [phonemeBox(), spoken]) {
      box.setAttribute("aria-label", box.closest("label").querySelector("[data-testid=block-info]").textContent.trim());
    }
    setTimeout(() => window.kokoroPage.filled(), FILL_TIMEOUT);
    // Waits for the fonts, which change the layout, and for the fields of a link or from before a reload, unless that
    // takes too long.
    const arrived = Promise.all([document.fonts.ready, filling]);
    const late = new Promise((resolve) => setTimeout(resolve, SHOW_TIMEOUT));
    Promise.race([arrived, late]).then(() => {
      keepStatusHeight();
      document.documentElement.dataset.kokoro = "ready";
    });
  }
  const waiting = setInterval(() => {
    const parts = [textBox(), speakButton(), stopButton(), phonemeBox(), spokenBox()];
    const there = [...parts, document.querySelector("#workbench > button")].every(Boolean);
    if (!there || !window.kokoro || !window.kokoroPhonemes) return;
    clearInterval(waiting);
    begin();
  }, 5);
}
