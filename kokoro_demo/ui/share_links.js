// What only the browser knows of share links: the page's address, and the clipboard.
({
  // The link that was opened, and whether the text that was typed over it is kept: after a reload, it is still there.
  read() {
    const reloaded = performance.getEntriesByType("navigation")[0]?.type === "reload";
    return [location.search + location.hash, reloaded && tabStorage.getItem(CONFIG.fieldsKey) ? "kept" : ""];
  },
  // The address of this page; "framed" as well if another page shows it.
  place: () => [location.origin + location.pathname, window.parent === window ? "" : "framed"],
  // A frame may not be allowed to write the clipboard: the link is shown to be copied by hand.
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
  // Gradio puts the dialog on the page a moment after its event has ended.
  showCode(link, tries = 60) {
    const dialog = document.querySelector("#qr dialog");
    if (dialog?.dataset.link === link) dialog.showModal();
    else if (link && tries) requestAnimationFrame(() => this.showCode(link, tries - 1));
  },
})
