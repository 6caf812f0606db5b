import assert from "node:assert/strict";
import { appendFileSync, readFileSync } from "node:fs";
import * as path from "node:path";
import {
  AutoScalingClient,
  DescribeAutoScalingGroupsCommand,
  DescribeLifecycleHooksCommand,
} from "@aws-sdk/client-auto-scaling";
import { root } from "../support/deployment";
import { changedArguments, nowhere, type ChangedArguments } from "./programs/changedArguments";
import { Events } from "./support/events";
import { Stack } from "./support/stack";

/** The columns of the tables of docs/changes.md, each with the type of its resources. */
const columns = {
  group: "aws:autoscaling:Group",
  hooks: "aws:autoscaling:LifecycleHook",
  documents: "aws:ssm:Document",
  function: "aws:lambda:Function",
} as const;

/** A row of the tables: the change, and what happens to the resources of each column. */
function rowOf(change: string, events: Events, name?: RegExp): string {
  return [change, ...Object.values(columns).map((type) => events.fateOf(type, name))].join(" | ");
}

/** All rows of the documentation, blanks aside. */
function documentedRows(): readonly string[] {
  const text = readFileSync(path.join(root, "docs/changes.md"), "utf8");
  const rows = text.split("\n").filter((line) => line.startsWith("|") && !/^\| (-|.*\| group)/.test(line));
  return rows.map((line) =>
    line
      .split("|")
      .slice(1, 6)
      .map((cell) => cell.trim().replaceAll("`", ""))
      .join(" | "),
  );
}

describe("operations on a live stack, on the real engine", function () {
  this.timeout(600_000);

  let stack: Stack;
  const region = "eu-central-1";
  const autoScaling = new AutoScalingClient({ region });
  const up = async () => {
    const { code, output } = await stack.up();
    assert.equal(code, 0, output);
    return new Events(output);
  };
  const configure = async (settings: Readonly<Record<string, string>>) => {
    for (const [key, value] of Object.entries(settings)) await stack.configure(`handover:${key}`, value);
  };
  const legacy = async () => {
    const { AutoScalingGroups = [] } = await autoScaling.send(new DescribeAutoScalingGroupsCommand({}));
    const group = AutoScalingGroups.find(({ AutoScalingGroupName = "" }) =>
      AutoScalingGroupName.startsWith("legacy-"),
    );
    const { LifecycleHooks = [] } = await autoScaling.send(
      new DescribeLifecycleHooksCommand({ AutoScalingGroupName: group?.AutoScalingGroupName }),
    );
    return {
      hooks: LifecycleHooks.map(({ LifecycleHookName = "" }) =>
        LifecycleHookName.replace(/-\w{7}$/, ""),
      ).sort(),
      tags: (group?.Tags ?? []).filter(({ Key = "" }) => /^graceful-asg:(handler|hooks):/.test(Key)).length,
    };
  };
  const documented = (row: string) => {
    assert.ok(documentedRows().includes(row), `docs/changes.md lacks: ${row}`);
  };
  before(async () => {
    stack = await Stack.create("handover", { program: "handover", region });
    await configure({ lifecycles: '["first"]' });
    stack.useOldestSdk();
    await up();
  });
  after(() => {
    stack.remove();
  });

  it("keep the group when Pulumi's SDK is upgraded", async () => {
    stack.useOwnSdk();

    documented(rowOf("upgrade of @pulumi/pulumi and @pulumi/aws", await up()));
  });

  it("keep the group when this package is upgraded, which brings another handler", async () => {
    appendFileSync(path.join(stack.folder, "dist/handler/core.js"), "\n// another version\n");

    documented(rowOf("upgrade of graceful-asg", await up()));
  });

  it("keep the group when the stack is renamed", async () => {
    await stack.rename("renamed");

    documented(rowOf("pulumi stack rename", await up(), /web/));
  });

  it("keep the group when the project is renamed", async () => {
    await stack.rename("renamed", "another");

    documented(rowOf("project renamed", await up(), /web/));
  });

  it("refuse another handler that may not serve the running instances, and say what to do", async () => {
    const former =
      (await stack.resources()).find(({ urn }) => urn.endsWith("aws:lambda/function:Function::web-handler"))
        ?.id ?? "";
    await configure({ isShared: "true" });
    const { code, output } = await stack.preview();

    assert.notEqual(code, 0);
    assert.match(output, new RegExp(`formerHandlers is not given; it must name ${former}, whose tag`));
    assert.ok(
      output.includes(`Give formerHandlers: ["${former}"] to GracefulAutoScalingGroup "web"`),
      output,
    );
    await configure({ formerHandlers: `["${former}"]` });
    documented(rowOf("handler, with formerHandlers", await up(), /web/));
    const policy = (await stack.resources()).find(({ urn }) => urn.endsWith("::web-former-handlers"));
    assert.ok(JSON.stringify(policy?.inputs).includes(former));
  });

  it("keep the group when its component is renamed with an alias", async () => {
    await configure({ name: "shop", hasAlias: "true" });

    documented(rowOf("component renamed, with an alias", await up(), /web|shop/));
  });

  it("refuse to delete the role of running instances, and make the group's successor first under another name", async () => {
    const role = (await stack.resources()).find(({ urn }) =>
      urn.endsWith("aws:iam/role:Role::shop-instance"),
    );
    await configure({ hasTemplate: "true" });
    const { code, output } = await stack.preview();

    assert.notEqual(code, 0);
    assert.ok(
      output.includes(`the role ${role?.id ?? ""} would be deleted, on which the SSM agents`),
      output,
    );
    assert.ok(output.includes('Rename GracefulAutoScalingGroup "shop" in the same change'), output);
    await configure({ name: "store", hasAlias: "false" });

    documented(rowOf("component renamed, without an alias", await up(), /shop|store/));
  });

  it("keep hooks and tags on a group that exists already when its GracefulLifecycle is renamed", async () => {
    await configure({ lifecycles: '["second"]' });

    documented(rowOf("GracefulLifecycle renamed, without an alias", await up(), /first|second/));
    assert.deepEqual(await legacy(), { hooks: ["second-terminate-sns"], tags: 2 });
    const { code, output } = await stack.up("--refresh", "--expect-no-changes");
    assert.equal(code, 0, output);
  });

  it("let two GracefulLifecycles serve the same group, and delete a GracefulLifecycle without harm to the other", async () => {
    await configure({ lifecycles: '["second","third"]' });
    await up();
    assert.deepEqual(await legacy(), { hooks: ["second-terminate-sns", "third-terminate-sns"], tags: 4 });
    await configure({ lifecycles: '["third"]' });
    await up();

    assert.deepEqual(await legacy(), { hooks: ["third-terminate-sns"], tags: 2 });
  });
});

describe("changed arguments of a live stack, on the real engine", function () {
  this.timeout(900_000);

  const { group, handler, lifecycle } = changedArguments(nowhere);
  const changes: readonly (readonly [string, readonly ChangedArguments<unknown>[]])[] = [
    ["group", group],
    ["lifecycle", lifecycle],
    ["handler", handler],
  ];
  const titles = { group: "", lifecycle: "GracefulLifecycle: ", handler: "LifecycleHandler: " } as const;

  it("never delete a group, a hook or a document before its successor exists", async () => {
    const stack = await Stack.create("changes", { program: "changes", region: "ap-southeast-2" });
    const first = await stack.up();
    assert.equal(first.code, 0, first.output);
    await stack.configure("changed", "true");
    const { code, output } = await stack.up();
    assert.equal(code, 0, output);
    await stack.configure("previewed", "true");
    const preview = await stack.preview();
    assert.equal(preview.code, 0, preview.output);
    stack.remove();

    const rows = changes.flatMap(([prefix, all]) =>
      all.map(({ arguments: names, isPreviewed = false }, index) => {
        const events = new Events(isPreviewed ? preview.output : output);
        const title = titles[prefix as keyof typeof titles] + names.join(", ");
        return rowOf(title, events, new RegExp(`^${prefix}-${index}(-|$)`));
      }),
    );
    for (const row of rows) assert.doesNotMatch(row, /deleted first/);
    assert.deepEqual(
      rows.filter((row) => !documentedRows().includes(row)),
      [],
    );
  });
});
