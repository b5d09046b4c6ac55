// Shows code that makes the current speech, in several languages. Gradio runs this once, with `element`. KNOWN holds
// the defaults of a request's fields, and the prefix of the names of uploaded voice packs.

const find = (selector) => element.querySelector(selector);
const ui = {
  base: find(".calls-base"),
  tabs: find(".calls-tabs"),
  panel: find(".calls-panel"),
  note: find(".calls-note"),
  copied: find(".calls-copied"),
  copy: find(".calls-copy"),
  code: find("code:not(.calls-base)"),
  pack: find(".calls-pack"),
};
const address = location.href.split(/[?#]/)[0].replace(/\/$/, "");
const MESSAGE_TIME = 2_000; // milliseconds
const FORMS = {
  curl: { name: "curl", note: "In bash or zsh.", write: curl },
  python: { name: "Python", note: "pip install gradio_client. Also gives phonemes and word times.", write: gradioClient },
  openai: { name: "OpenAI", note: "pip install openai", write: openai },
  javascript: { name: "JavaScript", note: "Node.js 18 or later: save it as hello.mjs.", write: javascript },
  package: { name: "Package", note: "The Python package behind this page, on your own machine.", write: ownMachine },
};

let fields = window.kokoroPage?.fields ?? {};
let chosen = "curl";

// --- the request -----------------------------------------------------------------------------------------------------

// The fields by their names in the API, without those at their defaults.
function request() {
  const { edited, edited_for, ...values } = fields;
  if (edited?.trim() && edited_for === values.text) values.phonemes = edited;
  if (values.voice?.includes(KNOWN.uploaded)) delete values.voice;
  const isSet = ([name, value]) => name !== "text" && ![null, undefined, KNOWN.defaults[name]].includes(value);
  const { voice, ...rest } = Object.fromEntries(Object.entries(values).filter(isSet));
  const text = (values.text ?? "").trim() ? values.text : "Hello there.";
  return { text: text.toWellFormed?.() ?? text, ...(voice && { voice }), ...rest };
}

// The same by the names in OpenAI's API.
function body(format) {
  const { text, ...rest } = request();
  return { model: "kokoro", input: text, ...rest, response_format: format };
}

// --- the calls -------------------------------------------------------------------------------------------------------

// JSON strings and numbers are valid Python and JavaScript as well.
const python = (value) => (value === true ? "True" : value === false ? "False" : JSON.stringify(value));
const named = (values, indent) =>
  Object.entries(values)
    .map(([name, value]) => `${indent}${name}=${python(value)},\n`)
    .join("");

function curl() {
  const json = JSON.stringify(body("wav"), null, 2).replaceAll("'", "'\\''");
  return `curl -sS --fail ${address}/v1/audio/speech \\
  -o hello.wav \\
  -H 'Content-Type: application/json' \\
  -d '${json}'`;
}

function openai() {
  const { model, input, voice = "alloy", speed, response_format, ...others } = body("mp3");
  const known = { model, input, voice, ...(speed && { speed }), response_format };
  const extra = Object.entries(others).map(([name, value]) => `        "${name}": ${python(value)},\n`);
  return `from openai import OpenAI

client = OpenAI(base_url="${address}/v1", api_key="none")
with client.audio.speech.with_streaming_response.create(
${named(known, "    ")}${extra.length ? `    extra_body={\n${extra.join("")}    },\n` : ""}) as response:
    response.stream_to_file("hello.mp3")`;
}

function gradioClient() {
  return `from gradio_client import Client

client = Client("${address}")
wav, details = client.predict(
${named(request(), "    ")}    api_name="/generate",
)
print(wav, details["phonemes"])`;
}

function javascript() {
  const lines = Object.entries(body("wav")).map(([name, value]) => `    ${name}: ${JSON.stringify(value)},\n`);
  return `import { writeFile } from "node:fs/promises";

const answer = await fetch("${address}/v1/audio/speech", {
  method: "POST",
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify({
${lines.join("")}  }),
});
if (!answer.ok) throw new Error(await answer.text());
await writeFile("hello.wav", Buffer.from(await answer.arrayBuffer()));`;
}

function ownMachine() {
  return `from kokoro_demo import generate_audio

speech = generate_audio(
${named(request(), "    ")})
speech.save("hello.wav")
print(speech.phonemes)`;
}

// --- the page --------------------------------------------------------------------------------------------------------

function show() {
  const form = FORMS[chosen];
  ui.note.textContent = form.note;
  ui.code.textContent = form.write();
  ui.panel.setAttribute("aria-labelledby", `call-${chosen}`);
  ui.pack.hidden = !fields.voice?.includes(KNOWN.uploaded);
  for (const tab of ui.tabs.children) {
    const on = tab.dataset.form === chosen;
    tab.setAttribute("aria-selected", on);
    tab.tabIndex = on ? 0 : -1;
  }
}

async function copy() {
  const done = await copyText(ui.code.textContent);
  if (!done) getSelection().selectAllChildren(ui.code);
  ui.copied.textContent = done ? "Copied." : "Copy it from here.";
  setTimeout(() => (ui.copied.textContent = ""), MESSAGE_TIME);
}

for (const [form, { name }] of Object.entries(FORMS)) {
  const tab = Object.assign(document.createElement("button"), { type: "button", id: `call-${form}`, textContent: name });
  tab.setAttribute("role", "tab");
  tab.setAttribute("aria-controls", "calls-panel");
  tab.dataset.form = form;
  tab.addEventListener("click", () => {
    chosen = form;
    show();
  });
  ui.tabs.append(tab);
}
// Arrow keys are handled by page.js, for all lists of tabs.
ui.tabs.addEventListener("keydown", ({ key }) => {
  const end = { Home: ui.tabs.firstElementChild, End: ui.tabs.lastElementChild }[key];
  end?.click();
  end?.focus();
});
ui.copy.addEventListener("click", copy);
ui.base.textContent = `${address}/v1`;
document.addEventListener("kokoro:fields", ({ detail }) => {
  fields = detail;
  show();
});
show();
