// A reload or a lost connection does not cost the list: the tab of the browser still has it. Run when the page loads;
// gives what the box is to hold.
(text) => {
  document.addEventListener("input", ({ target }) => {
    if (!target.closest?.("#check-box")) return;
    try {
      sessionStorage.setItem("kokoro-list", target.value);
    } catch {
      // It is larger than a browser keeps, and than any list.
    }
  });
  return text || sessionStorage.getItem("kokoro-list") || "";
}
