// The chart library with the traces our charts draw, and no other: see assessment/reporting.
import Plotly from "plotly.js/lib/core";
import bar from "plotly.js/lib/bar";
import heatmap from "plotly.js/lib/heatmap";
import indicator from "plotly.js/lib/indicator";
import scatterpolar from "plotly.js/lib/scatterpolar";

// scatter is part of the core.
Plotly.register([bar, heatmap, indicator, scatterpolar]);

export const { newPlot, purge, relayout } = Plotly;
