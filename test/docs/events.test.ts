import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { LifecycleEventType } from "../../contract";
import { root } from "../support/deployment";
import { faultsOfEvent } from "../support/eventSchema";

describe("docs/events.md", () => {
  const text = readFileSync(path.join(root, "docs/events.md"), "utf8");
  const examples = [...text.matchAll(/```json\n(.*?)```/gs)]
    .map(([, json = ""]) => JSON.parse(json) as Readonly<Record<string, unknown>>)
    // The last example is a pattern of a rule, whose values are lists.
    .filter(({ source }) => !Array.isArray(source));

  it("has an example of each type of event, and its schema takes them", () => {
    assert.deepEqual(
      examples.map((example) => example["detail-type"]),
      Object.values(LifecycleEventType),
    );
    for (const example of examples) assert.deepEqual(faultsOfEvent(example), []);
  });

  it("has each type, and each member of the detail, in its tables", () => {
    const rows = text
      .split("\n")
      .filter((line) => line.startsWith("|"))
      .join("\n");
    const members = examples.flatMap(({ detail }) => Object.keys(detail as object));

    for (const name of [...Object.values(LifecycleEventType), ...members])
      assert.ok(rows.includes(`\`${name}\``), name);
  });
});

describe("docs/events.schema.json", () => {
  const detail = {
    version: 1,
    handler: "lifecycle-1a2b3c4",
    group: "web",
    hook: "graceful-terminate-sns",
    instance: "i-05629ab7d9287e205",
    transition: "terminate",
    document: "stop",
    commandId: "c1",
  };
  const ended = { outcome: "failed", result: "ABANDON", code: "failed", reason: "it failed" };
  const event = (type: string, its: object) => ({ source: "graceful-asg", "detail-type": type, detail: its });

  it("refuses an event that its type does not fit", () => {
    const { Completed, Failed, Retained, Started } = LifecycleEventType;
    assert.deepEqual(faultsOfEvent(event(Failed, { ...detail, ...ended })), []);
    for (const wrong of [
      event(Started, { ...detail, ...ended }),
      event(Started, { ...detail, commandId: undefined }),
      event(Completed, { ...detail, ...ended }),
      event(Failed, { ...detail, ...ended, outcome: "succeeded" }),
      event(Retained, { ...detail, ...ended, result: "CONTINUE" }),
      event(Failed, { ...detail, ...ended, waitTime: -1 }),
      event("Other", detail),
    ])
      assert.notDeepEqual(faultsOfEvent(JSON.parse(JSON.stringify(wrong))), []);
  });
});
