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

// On a phone a round chart gives its labels room; a chart of rows keeps the room it has.
function narrowed(layout) {
  if (!layout.polar) return layout;
  const { margin, polar, font } = layout;
  const axis = { ...polar.angularaxis, tickfont: { size: 10 } };
  return {
    ...layout,
    font: { ...font, size: 11 },
    polar: { ...polar, angularaxis: axis },
    margin: { ...margin, l: 72, r: 72 },
  };
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
    for (const kind of ["pointerenter", "pointerdown", "focusin"]) {
      whole.addEventListener(kind, () => this.open(), { once: true, passive: true });
    }
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
    const [{ relayout }, figure] = await Promise.all([plotly(), figureOf(this.whole)]);
    const ground = document.createElement("div");
    ground.className = "chart-ground";
    ground.role = "group";
    ground.ariaLabel = this.picture.querySelector("title")?.textContent ?? "";
    this.place.append(ground);
    this.drawn = ground;
    this.figure = figure;
    await this.paint();
    this.place.classList.add("explored");
    this.watch = new ResizeObserver(() => relayout(ground, this.size()));
    this.watch.observe(ground);
  }

  size() {
    return { width: this.drawn.clientWidth, height: this.drawn.clientHeight };
  }

  // In the colours the page has now; once more when it turns light or dark.
  async paint() {
    const { newPlot } = await plotly();
    const { data, layout } = painted(this.figure, colours());
    const size = this.size();
    const fitted = size.width < NARROW ? narrowed(layout) : layout;
    await newPlot(this.drawn, data, { ...fitted, ...size, autosize: false }, SETTINGS);
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
