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
];
