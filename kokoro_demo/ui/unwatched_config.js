// Gradio's frontend keeps its config as Svelte state: every read goes through a proxy that notes who read, and as it
// begins it reads every event once for every component. The events and the components' first properties never change,
// so that nothing is to be noted. Svelte watches "until it finds something other than an array or simple object"
// (https://svelte.dev/docs/svelte/$state), which these are made here.
(() => {
  class Fixed {}
  class FixedList extends Array {}
  const config = window.gradio_config;
  for (const name of ["components", "dependencies"].filter((name) => config?.[name])) {
    config[name] = FixedList.from(config[name], (item) => Object.setPrototypeOf(item, Fixed.prototype));
  }
})();
