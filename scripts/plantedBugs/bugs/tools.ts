import { by, edit, type Bug } from "../bug";

/** Mistakes in tools, and in what is packed. */
export const toolBugs: readonly Bug[] = [
  {
    name: "replay that leaves the sweep in",
    edits: edit("test/chaos/generator/report.ts", '${withSweep ? "" : " --no-sweep"}', ""),
    caughtBy: by("chaos/chaos", "breaks promises without the sweep, and says how to replay a failure"),
  },
  {
    name: "package without its docs",
    edits: edit("package.json", '    "docs",\n', ""),
    caughtBy: by("docs/links", "stay in the package, for the pages that npm packs"),
  },
  {
    name: "retained instances that are never terminated",
    edits: edit(
      "simulator/metrics.ts",
      "else if (!retained.delete(one.instance)) return [];",
      "else return [];",
    ),
    caughtBy: by("simulator/metrics", "measures retained instances once a minute"),
  },
  {
    name: "picture whose searches find metrics with more dimensions",
    edits: edit(
      "scripts/pictures/dashboard/search.ts",
      "Object.keys(dimensions).length === search.dimensions.length &&",
      "",
    ),
    caughtBy: by("docs/dashboardGraphs", "find metrics of the same namespace, name, dimensions and values"),
  },
  {
    name: "dashboard whose definition changes without its picture",
    edits: edit("components/lifecycleHandler/dashboard.ts", '"p50"', '"p90"'),
    caughtBy: by("docs/dashboardPicture", "is as the script draws it today"),
  },
];
