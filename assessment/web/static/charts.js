// Charts that answer: at a touch, a hover or the focus the picture gives way to the same figure drawn by
// Plotly, at the same place and size. Nothing is loaded before; without script the picture stays.
//
// How a page gives a chart (assessment/reporting/charts.py makes both from one description):
//
//   <figure data-chart data-explore="Explore this chart" data-picture="Show the picture">
//     <div class="chart">{{ to_svg(chart, 640) }}</div>
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
    const [{ newPlot, relayout }, figure] = await Promise.all([plotly(), figureOf(this.whole)]);
    const ground = document.createElement("div");
    ground.className = "chart-ground";
    ground.role = "group";
    ground.ariaLabel = this.picture.querySelector("title")?.textContent ?? "";
    this.place.append(ground);
    this.drawn = ground;
    const size = () => ({ width: ground.clientWidth, height: ground.clientHeight });
    await newPlot(ground, figure.data, { ...figure.layout, ...size(), autosize: false }, SETTINGS);
    this.place.classList.add("explored");
    this.watch = new ResizeObserver(() => relayout(ground, size()));
    this.watch.observe(ground);
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

for (const whole of document.querySelectorAll("figure[data-chart]")) new Chart(whole);
