import assert from "node:assert/strict";
import { check } from "../../cli/account";
import type { CheckReport } from "../../cli/account/check/report";
import { rulesOfPrograms } from "../../policy/onAccount";
import { linesOfCheck, linesOfPack } from "./support/checkLines";
import { openWithHooksOf } from "./support/deployedHooks";
import { withPolicies } from "./support/policies";
import { findingsIn, Stack, type StateResource } from "./support/stack";

const region = "eu-north-1";

/** Rules of which an account says less or more than a program. */
const notCompared = [
  ...rulesOfPrograms,
  // AWS gives each hook a default result.
  "lifecycle-hook-default-result",
];

/** What Moto does not tell of a group. */
const gaps = [
  // The target groups of traffic sources.
  'total-drain-time: Group "traffic-sources": the worst case of a scale-in',
];

describe("graceful-asg check and the policy pack, on the same stacks", () => {
  const stacks: Stack[] = [];
  let said: readonly string[];
  let report: CheckReport;
  let resources: StateResource[];
  before(async function () {
    this.timeout(900_000);
    stacks.push(await Stack.create("compared", { region, program: "wrongStacks" }));
    stacks.push(await Stack.create("checked", { region }));
    const outputs = [];
    for (const stack of stacks) {
      const { code, output } = await withPolicies(stack, "up", { all: "advisory" });
      assert.equal(code, 0, output);
      outputs.push(output);
    }
    resources = (await Promise.all(stacks.map((stack) => stack.resources()))).flat();
    said = outputs.flatMap((output) => linesOfPack(findingsIn(output), resources));
    report = await checked(resources);
  });
  after(async function () {
    this.timeout(900_000);
    for (const stack of stacks) {
      await stack.destroy();
      stack.remove();
    }
  });

  it("find the same, by rule, resource and property", () => {
    const compared = said.filter((line) => !notCompared.some((rule) => line.startsWith(`${rule}: `)));
    const rules = new Set(compared.map((line) => line.split(":")[0]));
    const found = linesOfCheck(report.groups, resources).filter((line) => rules.has(line.split(":")[0]));

    assert.ok(report.groups.length > 20, `${report.groups.length} groups`);
    assert.ok(rules.size > 8, [...rules].join());
    assert.deepEqual(
      unique(found),
      unique(compared).filter((line) => !gaps.includes(line)),
    );
  });

  it("find nothing in the group of ours, which drains", () => {
    const [ours, ...others] = report.groups.filter(({ handlers }) => handlers.length > 0);

    assert.deepEqual(others, []);
    assert.deepEqual(ours?.findings, []);
    assert.equal(ours.drain.drains, true);
  });

  it("says that Moto answers no questions about agents and permissions", () => {
    assert.deepEqual(
      report.notChecked.map((line) => line.replace(/ fails.*/, "")),
      [
        "agents of instances, as ssm:DescribeInstanceInformation",
        "permissions of handlers and hooks, as iam:SimulatePrincipalPolicy",
      ],
    );
  });
});

async function checked(resources: readonly StateResource[]): Promise<CheckReport> {
  const shown: string[] = [];
  const terminal = {
    line: (text: string) => shown.push(text),
    repaint: () => undefined,
    isClosed: () => false,
  };
  const options = { all: true, json: true, failOn: "never", choices: {} } as const;
  await check({ places: [{ region, groups: [] }], ...options }, openWithHooksOf(resources), terminal);
  return JSON.parse(shown.join("")) as CheckReport;
}

function unique(lines: readonly string[]): string[] {
  return [...new Set(lines)].sort();
}
