import type { Config, TopLevelSpec } from "vega-lite" with { "resolution-mode": "import" };

/** Draws a graph as elements of an SVG. */
export type Draw = (chart: TopLevelSpec, look: Config) => Promise<string>;

/** Loads Vega, whose packages are ES modules. The ids in the graphs count from the beginning, so that they stay the same. */
export async function startVega(): Promise<Draw> {
  const [vega, lite] = await Promise.all([import("vega"), import("vega-lite")]);
  vega.resetSVGDefIds();
  return async (chart, config) => {
    const { spec } = lite.compile(chart, { config });
    const view = new vega.View(vega.parse(spec), { renderer: "none" });
    const svg = await view.toSVG();
    view.finalize();
    return svg.replace(/^<svg [^>]*>/, "").replace(/<\/svg>$/, "");
  };
}
