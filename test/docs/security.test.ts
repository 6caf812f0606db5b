import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { root } from "../support/deployment";

/** Columns of the table: somebody's permission, its effect, its limit, and the tests. */
const columns = 4;

/** Rows of the table of docs/security.md, without its head. */
function rows(): readonly (readonly string[])[] {
  const text = readFileSync(path.join(root, "docs/security.md"), "utf8");
  const lines = text.split("\n").filter((line) => line.startsWith("|"));
  return lines.slice(2).map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

/** A test of the cell: a file or a folder of tests, and the titles that are quoted after it. */
interface NamedTest {
  readonly file: string;
  readonly titles: readonly string[];
}

function testsIn(cell: string): NamedTest[] {
  return cell
    .split(/(?=`test\/)/)
    .filter((part) => part.startsWith("`test/"))
    .map((part) => ({
      file: /^`([^`]+)`/.exec(part)?.[1] ?? "",
      titles: [...part.matchAll(/"([^"]+)"/g)].map(([, title = ""]) => title),
    }));
}

describe("the table of docs/security.md", () => {
  it("has in each row a permission, its effect, its limit, and a test that shows them", () => {
    assert.ok(rows().length >= 15);
    for (const row of rows()) {
      assert.equal(row.length, columns, row[0]);
      for (const cell of row) assert.notEqual(cell, "");
      assert.notEqual(testsIn(row.at(-1) ?? "").length, 0, row[0]);
    }
  });

  it("has a row for everything with which a threat to a handler begins", () => {
    const threats = [
      "sns:Publish",
      "ssm:SendCommand",
      "ssm:ListCommands",
      "autoscaling:PutLifecycleHook",
      "autoscaling:CreateOrUpdateTags",
      "events:PutEvents",
      "lambda:InvokeFunction",
      "lambda:GetFunctionConfiguration",
      "iam:PassRole",
      "root on an instance",
      "isBusy",
      "a neighbour",
    ];
    for (const threat of threats)
      assert.ok(
        rows().some(([who = ""]) => who.includes(threat)),
        threat,
      );
  });

  for (const { file, titles } of rows().flatMap((row) => testsIn(row.at(-1) ?? ""))) {
    it(`names tests that exist: ${file} ${titles.join(", ")}`.trim(), () => {
      const place = path.join(root, file);
      const source = [`${place}.test.ts`, `${place}.ts`].find((one) => existsSync(one));
      // The page writes "…" for the parts of a title that come from a table.
      const text = source && readFileSync(source, "utf8").replaceAll(/\$\{[^}]*\}/g, "…");

      assert.ok(text !== undefined || (titles.length === 0 && existsSync(place)), file);
      for (const title of titles)
        assert.ok(text?.includes(`it("${title}"`) || text?.includes(`it(\`${title}\``), title);
    });
  }
});
