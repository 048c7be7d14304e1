// Builds the chart library for the browser into the folder named on the command line: the script, its
// style rules as a sheet of their own, the licences of everything inside, and what it was made from.
import { readFileSync, readdirSync, writeFileSync, existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { build, version } from "esbuild";

const target = process.argv[2];
const packages = "node_modules/";
const licenceFile = /^(licen[cs]e|copying)/i;

const made = await build({
  entryPoints: ["plotly.js"],
  outfile: join(target, "plotly.js"),
  format: "esm",
  bundle: true,
  minify: true,
  legalComments: "none",
  metafile: true,
  target: "es2020",
  define: { global: "window", "process.env.NODE_DEBUG": "false" },
  logLevel: "warning",
});

writeFileSync(join(target, "plotly.css"), styleSheet());

const inside = Object.entries(Object.values(made.metafile.outputs)[0].inputs)
  .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
  .map(([path]) => folderOf(path));
const sources = [...new Set(inside.filter(Boolean))].sort().map(described);

writeFileSync(join(target, "LICENSES.txt"), sources.map(licence).join("\n"));
writeFileSync(
  join(target, "sources.json"),
  JSON.stringify({ esbuild: version, sources: sources.map(({ folder, ...rest }) => rest) }),
);

// The package adds its rules at run time, which our policy forbids: here they are as a file. The last
// rule stands in for an inline style that is forbidden too; without it cells melt into each other.
function styleSheet() {
  const text = readFileSync(createRequire(import.meta.url).resolve("plotly.js/build/plotcss"), "utf8");
  const rules = new Function(`${text.slice(text.indexOf("var rules"), text.indexOf("for("))}; return rules;`)();
  const lines = Object.entries(rules).map(([selector, style]) => {
    const whole = selector.replace(/X/g, ".js-plotly-plot .plotly").replace(/Y/g, ".plotly-notifier");
    return `${whole}{${style}}`;
  });
  return `${[...lines, ".js-plotly-plot .heatmaplayer image{image-rendering:pixelated}"].join("\n")}\n`;
}

function folderOf(path) {
  const start = path.lastIndexOf(packages);
  if (start < 0) return null;
  const names = path.slice(start + packages.length).split("/");
  return path.slice(0, start + packages.length) + names.slice(0, names[0].startsWith("@") ? 2 : 1).join("/");
}

function described(folder) {
  const { name, version: release, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return { package: name, version: release, licence: license?.type ?? license ?? "see LICENSES.txt", folder };
}

function licence({ package: name, version: release, licence: kind, folder }) {
  const file = existsSync(folder) && readdirSync(folder).find((each) => licenceFile.test(each));
  const text = file ? readFileSync(join(folder, file), "utf8").trim() : `Licence: ${kind}`;
  return `${name} ${release}\n\n${text.replace(/\r\n/g, "\n")}\n\n${"-".repeat(80)}\n`;
}
