import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { drawStack } from "../../scripts/pictures/dashboard";
import { readBody } from "../../scripts/pictures/dashboard/body";
import { playStack, type PlayedStack } from "../../scripts/pictures/dashboard/play";
import { pictureFile } from "../../scripts/pictures/file";
import { root } from "../support/deployment";

describe("the picture of the dashboard", function () {
  this.timeout(120_000);
  let stack: PlayedStack;
  let picture: string;
  before(async () => {
    stack = await playStack();
    picture = await drawStack(stack);
  });

  /** The picture of the same hours with another dashboard. */
  const drawn = (widgets: readonly unknown[]) =>
    drawStack({ ...stack, dashboardBody: JSON.stringify({ widgets }) });

  it("is as the script draws it today", () => {
    const isSame = readFileSync(pictureFile("dashboard"), "utf8") === `${picture}\n`;

    assert.ok(isSame, "dashboard.svg is not what the script draws: npm run docs:pictures");
  });

  it("shows each widget, and each alarm by its name", () => {
    const widgets = readBody(stack.dashboardBody);
    const names = widgets.flatMap((widget) => [
      widget.properties.title,
      ...(widget.type === "alarm" ? widget.properties.alarms.map((arn) => arn.replace(/^.*:/, "")) : []),
    ]);

    assert.ok(names.length > 10);
    for (const name of names) assert.ok(picture.includes(`>${name}</text>`), name);
  });

  it("shows how actions end in the colours of the definition", () => {
    const [completions] = readBody(stack.dashboardBody).filter(
      ({ properties }) => properties.title === "Completions by outcome",
    );
    assert.ok(completions?.type === "metric");
    const colours = new Map(
      completions.properties.metrics.flatMap(([one]) =>
        typeof one === "object" ? [[one.label, one.color] as const] : [],
      ),
    );

    for (const outcome of ["failed", "unreachable", "succeeded"])
      assert.ok(picture.includes(`fill="${colours.get(outcome) ?? ""}"`), outcome);
  });

  it("shows the alarm about unclean ends, which rings at the end, and no other", () => {
    assert.equal(picture.match(/>In alarm</g)?.length, 1);
    assert.match(picture, />In alarm<\/text><text [^>]*>web-handler-unclean-ends-/);
  });

  it("is small enough for a page", () => {
    assert.ok(picture.length < 150_000, `${picture.length} bytes`);
  });

  it("leaves nothing of a definition out that it cannot draw", async () => {
    const [alarms, graph] = readBody(stack.dashboardBody);
    const annotated = { ...graph, properties: { ...graph?.properties, annotations: {} } };

    await assert.rejects(drawn([{ ...alarms, type: "text" }]), /would not show/);
    await assert.rejects(drawn([annotated]), /would not show.*annotations/);
  });

  it("shows no alarm as OK that it does not know", async () => {
    const properties = { title: "Alarms", alarms: ["arn:aws:cloudwatch:us-east-1:123456789012:alarm:other"] };
    const widget = { type: "alarm", x: 0, y: 0, width: 24, height: 3, properties };

    await assert.rejects(drawn([widget]), /no alarm .*:alarm:other/);
  });

  it("is on the page about alarms, which says what went wrong at the same times", () => {
    const page = readFileSync(path.join(root, "docs/alarms.md"), "utf8");
    const times = [...picture.matchAll(/ from (\d\d:\d\d)/g)].map(([, time = ""]) => time);

    assert.ok(page.includes("(pictures/dashboard.svg)"));
    assert.equal(times.length, 3);
    for (const time of times) assert.ok(page.includes(`From ${time} on `), time);
  });
});
