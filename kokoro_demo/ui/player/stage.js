// Shows the text in large letters, and highlights each word as it is spoken. Clicking a word plays from there;
// Shift-clicking selects up to it.

function makeStage(box, { playFrom, select }) {
  const MAX_SHOWN = 4000; // words that are shown; of a text that is not spoken yet, characters
  const SHORT = 90; // characters up to which a text is shown larger
  const SCROLL_PAUSE = 4000; // milliseconds without automatic scrolling after the visitor has scrolled
  const reducedMotion = matchMedia("(prefers-reduced-motion: reduce)");
  let words = []; // {start, end, node, tail} of the spoken words, in order; the tail is the text after a word
  let lit = -1;
  let anchor = -1; // the first word of a selection
  let scrolledAt = 0;

  function fit(text) {
    box.dataset.short = text.length <= SHORT;
  }

  function preview(text) {
    words = [];
    lit = anchor = -1;
    fit(text);
    const shown = text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)} …` : text;
    box.dataset.empty = !shown.trim();
    if (box.textContent !== shown) box.textContent = shown;
    box.scrollTop = 0;
  }

  function node(word) {
    const one = document.createElement("span");
    one.textContent = word.text.replace(/^\[([^[\]]+)\]\(.*\)$/s, "$1"); // [Kokoro](/kˈOkəɹO/)
    one.className = "stage-word";
    one.setAttribute("role", "button");
    one.tabIndex = -1;
    return one;
  }

  // Markup, which is not shown and in which no words are searched: <b>, [voice:Emma], [pause:2s].
  const MARK = /<\/?[a-z][^<>]*>|\[\/?(?:voice|speed|pause)\b[^[\]\n]*\](?!\()/gi;
  const hidden = (text) => text.replace(MARK, (mark) => "\0".repeat(mark.length));
  const bare = (text) => text.replaceAll("\0", "");

  // The text between two words, without words that are not spoken, such as notes.
  function between(gap) {
    const shown = bare(gap) || (gap && words.length ? " " : "");
    return /[\p{L}\p{N}<>]/u.test(shown) ? (/\n\s*\n/.test(shown) ? "\n\n" : " ") : shown;
  }

  // complete: whether all of the text has been spoken; if not, the rest is shown as it is written.
  function show({ text: written, words: timed, turns }, complete) {
    const text = hidden(written);
    const focused = words.findIndex((word) => word.node === document.activeElement);
    const nodes = [];
    let reached = 0;
    let speaking = "";
    words = [];
    const speakerAt = (start) => turns?.findLast((turn) => turn.start <= start + 0.001)?.speaker ?? "";
    const follow = (gap) => {
      const tail = document.createElement("span");
      tail.textContent = gap;
      nodes.push(tail);
      if (words.length) words.at(-1).tail = tail;
    };
    for (const word of timed.slice(0, MAX_SHOWN)) {
      const place = text.indexOf(word.text, reached);
      const speaker = word.start === null ? speaking : speakerAt(word.start);
      // A script's names of speakers are not among the words, because they are not spoken.
      if (speaker !== speaking) {
        const gap = place < 0 ? "" : bare(text.slice(reached, place));
        follow(nodes.length ? `${/^[^\p{L}\p{N}<>\n([]*/u.exec(gap)[0].trimEnd()}\n` : "");
        if (speaker) nodes.push(make("b", `${speaker}: `, "stage-speaker"));
        speaking = speaker;
      } else follow(place < 0 ? (nodes.length > 1 ? " " : "") : between(text.slice(reached, place)));
      if (place >= 0) reached = place + word.text.length;
      if (word.start === null) nodes.push(word.text);
      else {
        words.push({ start: word.start, end: word.end, node: node(word), tail: null });
        nodes.push(words.at(-1).node);
      }
    }
    const rest = bare(text.slice(reached));
    const ending = /^[^\p{L}\p{N}<>]*/u.exec(rest)[0];
    follow(timed.length > MAX_SHOWN ? " …" : ending);
    if (!complete && timed.length <= MAX_SHOWN) nodes.push(rest.slice(ending.length));
    const { scrollTop } = box;
    box.dataset.empty = "false";
    fit(bare(text));
    box.replaceChildren(...nodes);
    box.scrollTop = scrollTop;
    lit = -1;
    if (words.length) words[Math.max(0, focused)].node.tabIndex = 0;
    if (focused >= 0) words[focused]?.node.focus();
  }

  // The index of the last word that has begun at a time; -1 before the first.
  function wordAt(at) {
    let [low, high] = [0, words.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (words[middle].start <= at) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  function keepInView({ node: one }) {
    if (Date.now() - scrolledAt < SCROLL_PAUSE) return;
    const middle = one.offsetTop - (box.clientHeight - one.offsetHeight) / 2;
    const out = one.offsetTop < box.scrollTop + 8 || one.offsetTop + one.offsetHeight > box.scrollTop + box.clientHeight - 8;
    if (out) box.scrollTo({ top: middle, behavior: reducedMotion.matches ? "auto" : "smooth" });
  }

  // Highlights the word at second `at`, which is playing, or none if it is null; and marks those before `position`.
  function light(at, position) {
    const index = at === null ? -1 : wordAt(at);
    const now = index >= 0 && at < words[index].end + 0.05 ? index : -1;
    if (now !== lit) {
      words[lit]?.node.removeAttribute("data-lit");
      words[now]?.node.setAttribute("data-lit", "");
      lit = now;
      if (now >= 0) keepInView(words[now]);
    }
    const heard = wordAt(position);
    words.forEach(({ node: one, tail }, place) => {
      if (one.hasAttribute("data-heard") === place <= heard) return;
      one.toggleAttribute("data-heard", place <= heard);
      tail?.toggleAttribute("data-heard", place <= heard);
    });
  }

  function mark(selection) {
    for (const { start, end, node: one } of words) {
      one.toggleAttribute("data-selected", selection !== null && end > selection.start && start < selection.end);
    }
  }

  function choose(index, extend) {
    if (index < 0) return;
    if (extend && anchor >= 0) {
      const [first, last] = [anchor, index].sort((one, other) => one - other);
      select({ start: words[first].start, end: words[last].end });
      return;
    }
    anchor = index;
    playFrom(words[index].start);
  }

  const indexOf = (target) => words.findIndex((word) => word.node === target);
  box.addEventListener("click", (event) => choose(indexOf(event.target), event.shiftKey));
  box.addEventListener("mousedown", (event) => event.shiftKey && event.preventDefault()); // prevents selecting the text itself
  for (const gesture of ["wheel", "touchmove"]) {
    box.addEventListener(gesture, () => (scrolledAt = Date.now()), { passive: true });
  }
  box.addEventListener("keydown", (event) => {
    const index = indexOf(event.target);
    if (index < 0) return;
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (event.key === "Enter" || event.key === " ") choose(index, event.shiftKey);
    else if (step) {
      const next = words[index + step];
      if (event.shiftKey && anchor < 0) anchor = index;
      if (next) {
        words[index].node.tabIndex = -1;
        next.node.tabIndex = 0;
        next.node.focus({ preventScroll: true });
        scrolledAt = 0;
        keepInView(next);
        if (event.shiftKey) choose(index + step, true);
        else anchor = -1;
      }
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });

  return {
    preview,
    show,
    light,
    mark,
    // The start of the next or previous word at a time; null if there are no words.
    neighbour(at, step) {
      const here = wordAt(at + 0.001);
      const back = step < 0 && here >= 0 && at - words[here].start > 0.3 ? 0 : step;
      return words[Math.max(0, here + back)]?.start ?? null;
    },
  };
}
