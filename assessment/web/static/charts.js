// Charts that answer: at a touch, a hover or the focus the picture gives way to the same figure drawn by
// Plotly, at the same place and size. Nothing is loaded before; without script the picture stays.
//
// How a page gives a chart (assessment/reporting/charts.py makes both from one description):
//
//   <figure data-chart data-explore="Explore this chart" data-picture="Show the picture">
//     <div class="chart">{{ to_screen_svg(chart, 640) }}</div>
//     <script type="application/json">{{ to_plotly(chart).to_json() }}</script>
//     <figcaption>…</figcaption>
//   </figure>
//   <script type="module" src="{{ asset('charts.js') }}"></script>
//
// Instead of the script element the figure may say where its JSON is: data-figure="/…/profile.json".
// JSON inside a page must not contain "</": write "<" as "\u003c". The view says that it draws charts
// (security.draws_charts), and a table beside the figure says the same in words.
const STYLES = new URL("./vendor/plotly.css", import.meta.url).href;
const SETTINGS = {
  displaylogo: false,
  displayModeBar: false,
  showTips: false,
  scrollZoom: false,
  responsive: false,
};
// The tokens that charts are painted with. A figure comes in those of light paper.
const STEPS = [0, 1, 2, 3, 4, 5, 6];
const TOKENS = [
  "paper", "ink", "muted", "present", "present-tint", "second", "target", "previous", "hatch", "hairline",
  ...STEPS.map((step) => `scale-${step}`), ...STEPS.map((step) => `on-scale-${step}`),
];
const NARROW = 480;
const DARK = matchMedia("(prefers-color-scheme: dark)");
let library;

function plotly() {
  library ??= styles().then(() => import("./vendor/plotly.js"));
  return library;
}

// Plotly looks for an element of this name and adds no rules of its own when it finds it.
function styles() {
  const link = document.createElement("link");
  link.id = "plotly.js-style-global";
  link.className = "no-inline-styles";
  link.rel = "stylesheet";
  link.href = STYLES;
  return new Promise((resolve, reject) => {
    link.addEventListener("load", resolve);
    link.addEventListener("error", reject);
    document.head.append(link);
  });
}

// What each colour of light paper is on the page as it stands, by its name "#1F4E79".
function colours() {
  const probe = document.createElement("span");
  document.body.append(probe);
  const seen = (scheme) => TOKENS.map((name) => {
    probe.style.colorScheme = scheme;
    probe.style.color = `var(--${name})`;
    return hex(getComputedStyle(probe).color);
  });
  const light = seen("light");
  const now = seen("");
  probe.remove();
  return new Map(light.map((colour, place) => [colour, now[place]]));
}

// "rgb(31, 78, 121)" as figures write it.
function hex(colour) {
  const parts = colour.match(/\d+/g).slice(0, 3);
  return `#${parts.map((part) => Number(part).toString(16).padStart(2, "0")).join("")}`.toUpperCase();
}

function painted(value, into) {
  if (typeof value === "string") return into.get(value.toUpperCase()) ?? value;
  if (Array.isArray(value)) return value.map((each) => painted(each, into));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, painted(each, into)]));
}

// The figure as it fits the place of the picture: labels as wide as there is room for them; on a phone above
// their rows, as in the picture, and in short lines around a round chart.
function fitted(data, layout, size) {
  const isNarrow = size.width < NARROW;
  const font = { ...layout.font, size: isNarrow ? 11 : 12 };
  const measure = measurer(font);
  const own = { ...layout, ...size, font, autosize: false };
  if (layout.polar) return withKey(roundFitted(own, isNarrow), data, measure);
  const r = Math.max(28, ...(layout.annotations ?? []).filter(isBeside).map(({ text }) => measure(text) + 16));
  const isOurs = layout.yaxis?.ticktext || layout.xaxis?.visible === false;
  if (!isOurs) return { ...layout, ...size, autosize: false };
  if (layout.xaxis.side === "top") return { ...own, margin: { ...layout.margin, r, b: 8 } };
  if (layout.xaxis.visible === false) return { ...own, margin: { l: 8, r, t: 4, b: 4 } };
  const spaced = { ...own, margin: { l: 8, r, t: 8, b: 28 }, xaxis: { ...layout.xaxis, tickangle: 0 } };
  const labelled = isNarrow ? spaced : labelsBeside(spaced, measure);
  const keyed = withKey(labelled, data, measure);
  return isNarrow ? labelsAbove(keyed, measure) : keyed;
}

function measurer({ size, family }) {
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = `${size}px ${family}`;
  const plain = (text) => new DOMParser().parseFromString(text, "text/html").body.textContent;
  return (text) => pen.measureText(plain(text)).width;
}

const isBeside = (note) => note.xref === "paper" && note.x > 1;

// The key begins where the labels do, and takes as many lines as the widest of its entries asks for.
function withKey(layout, data, measure) {
  const names = data.filter((each) => each.showlegend !== false && each.name).map((each) => measure(each.name) + 44);
  if (layout.showlegend === false || !names.length) return layout;
  const { l, r, t } = layout.margin;
  const room = layout.width - r;
  const whole = names.reduce((sum, each) => sum + each, 0);
  const across = whole <= room ? names.length : Math.max(1, Math.floor(room / Math.max(...names)));
  const height = 20 * Math.ceil(names.length / across);
  const x = -l / (layout.width - l - r);
  const y = 1 + (t - 4) / (layout.height - t - height - layout.margin.b);
  return { ...layout, legend: { ...layout.legend, x, y }, margin: { ...layout.margin, t: t + height } };
}

function roundFitted(layout, isNarrow) {
  const { polar } = layout;
  const axis = { ...polar.angularaxis };
  const scale = { ...polar.radialaxis, tickangle: 90, tickfont: { size: 10 } };
  if (isNarrow) axis.ticktext = axis.ticktext.map((text) => inLines(text, (line) => line.length <= 14));
  const beside = isNarrow ? 76 : 120;
  const margin = { l: beside, r: beside, t: 28, b: isNarrow ? 56 : 36 };
  return { ...layout, polar: { ...polar, angularaxis: axis, radialaxis: scale }, margin };
}

function labelsBeside(layout, measure) {
  const room = 0.42 * layout.width;
  const ticktext = layout.yaxis.ticktext.map((text) => inLines(text, (line) => measure(line) <= room));
  const widest = Math.max(...ticktext.flatMap((text) => text.split("<br>")).map(measure));
  const margin = { ...layout.margin, l: Math.ceil(widest) + 12 };
  return { ...layout, margin, yaxis: { ...layout.yaxis, ticktext, automargin: false } };
}

function labelsAbove(layout, measure) {
  const { tickvals, ticktext, range } = layout.yaxis;
  const room = layout.width - layout.margin.l - layout.margin.r;
  const row = (layout.height - layout.margin.t - layout.margin.b) / (tickvals.length + 0.2);
  const bar = layout.barmode === "stack" ? row * 0.2 : 7;
  const labels = tickvals.map((at, place) => ({
    x: 0, xref: "paper", xanchor: "left", y: at, yanchor: "bottom", yshift: bar, align: "left",
    showarrow: false, text: inLines(ticktext[place], (line) => measure(line) <= room),
  }));
  const notes = (layout.annotations ?? []).map((note) => ({ ...note, y: Math.round(note.y), yanchor: "middle" }));
  return {
    ...layout,
    bargap: 0.6,
    yaxis: { ...layout.yaxis, showticklabels: false, range: [range[0] - 0.1, range[1] - 0.3] },
    annotations: [...notes, ...labels],
  };
}

// A label that was broken for a wider place, broken again where *fits* says that a line is full.
function inLines(text, fits) {
  const lines = [];
  for (const word of text.split(/<br>| /)) {
    const longer = `${lines.at(-1)} ${word}`;
    if (lines.length && fits(longer)) lines.splice(-1, 1, longer);
    else lines.push(word);
  }
  return lines.join("<br>");
}

async function figureOf(whole) {
  const inside = whole.querySelector('script[type="application/json"]');
  if (inside) return JSON.parse(inside.textContent);
  const answer = await fetch(whole.dataset.figure, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.json();
}

class Chart {
  constructor(whole) {
    this.whole = whole;
    this.place = whole.querySelector(".chart");
    this.picture = this.place.querySelector("svg");
    this.button = document.createElement("button");
    this.place.after(this.button);
    this.button.type = "button";
    this.button.className = "plain";
    this.button.textContent = whole.dataset.explore;
    this.button.addEventListener("click", () => this.turn());
    this.openOnce("pointerenter", (event) => event.pointerType !== "touch");
    this.openOnce("focusin", () => true);
    this.place.addEventListener("click", () => this.open(), { once: true });
  }

  // A finger that moves the page crosses charts and means none of them: it opens one by a tap.
  openOnce(kind, isMeant) {
    const listen = (event) => {
      if (!isMeant(event)) return;
      this.whole.removeEventListener(kind, listen);
      this.open();
    };
    this.whole.addEventListener(kind, listen);
  }

  turn() {
    if (this.opening) return;
    if (this.drawn) this.close();
    else this.open();
  }

  async open() {
    if (this.opening || this.drawn) return;
    this.opening = true;
    try {
      await this.draw();
      this.button.textContent = this.whole.dataset.picture;
    } catch {
      // No connection, or no figure: the picture is there and says the same.
      library = undefined;
      this.drawn?.remove();
      this.drawn = null;
    } finally {
      this.opening = false;
    }
  }

  // The picture keeps its place unseen, so that nothing on the page moves.
  async draw() {
    const [figure] = await Promise.all([figureOf(this.whole), plotly()]);
    const ground = document.createElement("div");
    ground.className = "chart-ground";
    ground.role = "group";
    ground.ariaLabel = this.picture.querySelector("title")?.textContent ?? "";
    this.place.append(ground);
    this.drawn = ground;
    this.figure = figure;
    await this.paint();
    this.place.classList.add("explored");
    this.watch = new ResizeObserver(() => this.refit());
    this.watch.observe(ground);
  }

  size() {
    return { width: this.drawn.clientWidth, height: this.drawn.clientHeight };
  }

  // Where the labels go hangs on the width, so that another one asks for another drawing.
  refit() {
    const { width, height } = this.size();
    if (this.fittedTo.width !== width || this.fittedTo.height !== height) this.paint();
  }

  // In the colours the page has now; once more when it turns light or dark.
  async paint() {
    const { newPlot } = await plotly();
    const { data, layout } = painted(this.figure, colours());
    if (!this.drawn) return;
    this.fittedTo = this.size();
    await newPlot(this.drawn, data, fitted(data, layout, this.fittedTo), SETTINGS);
  }

  async close() {
    this.watch.disconnect();
    const { purge } = await plotly();
    purge(this.drawn);
    this.drawn.remove();
    this.drawn = null;
    this.place.classList.remove("explored");
    this.button.textContent = this.whole.dataset.explore;
  }
}

const charts = [...document.querySelectorAll("figure[data-chart]")].map((whole) => new Chart(whole));
DARK.addEventListener("change", () => charts.filter((each) => each.drawn).forEach((each) => each.paint()));
