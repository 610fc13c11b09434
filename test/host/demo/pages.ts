const INDEX = `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8"><title>Host Demo</title><link rel="stylesheet" href="page.css"></head>
  <body>
    <main>
      <h1>Host Demo</h1>
      <button id="ping">Ping</button> <output id="reply"></output>
      <button id="open">Choose files</button>
      <section id="zone">Drop files here</section>
      <ul id="files"></ul>
      <p id="power"></p>
      <label>Text <input id="text"></label>
      <p><a href="https://example.com/leave">leave</a> <a href="https://example.com/new" target="_blank">new window</a></p>
    </main>
    <script type="module" src="page.js"></script>
  </body>
</html>
`;

const STYLE = `#zone { padding: 2rem; border: 1px dashed; }
body { background: white; }
@media (prefers-color-scheme: dark) { body { background: black; color: white; } }
`;

const SCRIPT = `const byId = (id) => document.getElementById(id);
const show = (files) => { byId('files').textContent = files.map((file) => file.path + ' ' + file.size).join(', '); };
byId('ping').onclick = async () => { byId('reply').textContent = [...(await demo.ping(new Uint8Array([1, 2, 3]))).echo].join(); };
byId('open').onclick = async () => show(await demo.open());
byId('zone').ondragover = (event) => event.preventDefault();
byId('zone').ondrop = async (event) => { event.preventDefault(); show(await demo.dropped([...event.dataTransfer.files])); };
demo.onPower((what) => { byId('power').textContent = what; });
`;

const WORKER = `fetch('https://example.com/from-worker').then((r) => postMessage('OK ' + r.status), (e) => postMessage(e.message));
`;

/** What the demo app serves: its type and text by path. */
export const PAGES: Readonly<Record<string, readonly [type: string, text: string]>> = {
  '/index.html': ['text/html; charset=utf-8', INDEX],
  '/page.css': ['text/css', STYLE],
  '/page.js': ['text/javascript', SCRIPT],
  '/worker.js': ['text/javascript', WORKER],
};
