// Gradio's frontend keeps its config as Svelte state: every read goes through a proxy that records the reader, and at
// the start it reads every event once for every component. This is wasted, because the events and the components'
// initial properties never change. Svelte wraps values "until it finds something other than an array or simple object"
// (https://svelte.dev/docs/svelte/$state), so this script gives them prototypes of their own.
(() => {
  class Fixed {}
  class FixedList extends Array {}
  const config = window.gradio_config;
  for (const name of ["components", "dependencies"].filter((name) => config?.[name])) {
    config[name] = FixedList.from(config[name], (item) => Object.setPrototypeOf(item, Fixed.prototype));
  }
})();
