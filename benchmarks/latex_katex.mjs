// Reads JSON lines {id, latex}; answers with JSON lines {id, mathml, html} or {id, error}.
// Usage: node latex_katex.mjs FOLDER, where FOLDER is the node_modules that holds katex.
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { resolve } from "node:path";

const folder = resolve(process.argv[2] ?? "node_modules");
const { default: katex } = await import(
  pathToFileURL(`${folder}/katex/dist/katex.mjs`).href
);

function draw(latex, output) {
  const text = katex.renderToString(latex, {
    displayMode: true,
    throwOnError: true,
    strict: "ignore",
    trust: true,
    output,
  });
  return text.replace(/<annotation[^]*?<\/annotation>/g, "");
}

for await (const line of createInterface({ input: process.stdin })) {
  const { id, latex } = JSON.parse(line);
  let answer;
  try {
    answer = { id, mathml: draw(latex, "mathml"), html: draw(latex, "html") };
  } catch (error) {
    answer = { id, error: String(error.message ?? error) };
  }
  process.stdout.write(JSON.stringify(answer) + "\n");
}
