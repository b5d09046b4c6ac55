// The browser's part of share links: the page's address, and the clipboard.
({
  // The link that was opened; and "kept" if its text must not replace the visitor's, which a reload has restored.
  read() {
    const reloaded = performance.getEntriesByType("navigation")[0]?.type === "reload";
    return [location.search + location.hash, reloaded && tabStorage.getItem(CONFIG.fieldsKey) ? "kept" : ""];
  },
  // The address of this page; and "framed" if it is in an iframe.
  place: () => [location.origin + location.pathname, window.parent === window ? "" : "framed"],
  // Also shows the link, to be copied by hand if the clipboard is not accessible.
  async copy(link) {
    if (!link) return;
    const message = (await copyText(link)) ? "Copied." : "Copy it from here.";
    const show = () => {
      const field = document.querySelector("#link input");
      if (field?.value !== link) return requestAnimationFrame(show);
      document.querySelector("#link [role=status]").textContent = message;
      field.select();
    };
    show();
  },
  // Gradio adds the dialog to the page shortly after its event has ended.
  showCode(link, tries = 60) {
    const dialog = document.querySelector("#qr dialog");
    if (dialog?.dataset.link === link) dialog.showModal();
    else if (link && tries) requestAnimationFrame(() => this.showCode(link, tries - 1));
  },
})
