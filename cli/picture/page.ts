import type { Rehearsal } from "../rehearsal/rehearsal";
import type { Summary } from "../rehearsal/summary";
import { drawPicture, title } from "./picture";
import { escape } from "./svg";

/** A page with the picture and the summary, in one file. */
export function drawPage(rehearsal: Rehearsal, summary: Summary): string {
  const rows: [string, string][] = [
    ...Object.entries(summary.ends).map(([end, count]): [string, string] => [end, String(count)]),
    ...Object.entries(summary.phases).map(([phase, { max, median, min }]): [string, string] => [
      phase,
      `${min.toFixed(1)} s, ${median.toFixed(1)} s, ${max.toFixed(1)} s`,
    ]),
    ["AWS calls per instance", summary.callsPerInstance.toFixed(1)],
    ["invocations", String(summary.invocations)],
    ["billed time", `${summary.billedSeconds.toFixed(1)} s, $${summary.price.toFixed(6)}`],
  ];
  const table = rows
    .map(([name, value]) => `<tr><th>${escape(name)}</th><td>${escape(value)}</td></tr>`)
    .join("\n");
  return page(title(rehearsal, summary.instances), drawPicture(rehearsal), `<table>\n${table}\n</table>`);
}

/** A page with a picture and lines of text, in one file. */
export function textPage(heading: string, picture: string, lines: readonly string[]): string {
  return page(heading, picture, `<pre>\n${escape(lines.join("\n"))}\n</pre>`);
}

function page(heading: string, picture: string, below: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="color-scheme" content="light dark">
<title>${escape(heading)}</title>
<style>
body{margin:24px auto;max-width:1120px;font-family:system-ui,sans-serif}
svg{max-width:100%;height:auto}
th{text-align:left;font-weight:400;padding:2px 24px 2px 0}
td{font-variant-numeric:tabular-nums}
</style>
${picture}
${below}
</html>
`;
}
