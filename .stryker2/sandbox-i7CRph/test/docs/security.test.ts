// @ts-nocheck
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { root } from "../support/deployment";

/** Columns of the table: who, what can be done, what cannot, and the tests. */
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
  it("says in each row who, what can be done, what cannot, and which test shows it", () => {
    assert.ok(rows().length >= 15);
    for (const row of rows()) {
      assert.equal(row.length, columns, row[0]);
      for (const cell of row) assert.notEqual(cell, "");
      assert.notEqual(testsIn(row.at(-1) ?? "").length, 0, row[0]);
    }
  });

  it("tells of everything that a threat to a handler begins with", () => {
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
    it(`names tests that there are: ${file} ${titles.join(", ")}`.trim(), () => {
      const place = path.join(root, file);
      const text = existsSync(`${place}.test.ts`) ? readFileSync(`${place}.test.ts`, "utf8") : undefined;

      assert.ok(text !== undefined || (titles.length === 0 && existsSync(place)), file);
      for (const title of titles) assert.ok(text?.includes(`it("${title}"`), title);
    });
  }
});
