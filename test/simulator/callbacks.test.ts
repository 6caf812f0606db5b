import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as path from "node:path";
import { rehearse, type RehearsalSettings } from "../../cli/rehearsal/rehearsal";
import { readStack } from "../../stack";
import { narrate } from "../../cli/rehearsal/narrate";
import { readProject } from "../../evaluate/project";
import { root } from "../support/deployment";
import { UserProject } from "../support/project";

const settings: RehearsalSettings = {
  transition: "terminate",
  instances: 1,
  scriptSeconds: 10,
  faults: [],
  seed: "1",
  group: undefined,
};

/** A program of a user's own, whose callback runs these statements. */
const program = (top: string, body: string) => `
  const { GracefulAutoScalingGroup } = require(${JSON.stringify(path.join(root, "components"))});
  const pulumi = require(${JSON.stringify(path.join(root, "node_modules/@pulumi/pulumi"))});
  ${top}
  new GracefulAutoScalingGroup("web", {
    vpcId: "vpc-0abc", subnetIds: ["subnet-0abc"], instance: {}, minSize: 1, maxSize: 2,
    targetGroup: { port: 80, deregistrationDelay: 0 },
    terminate: { script: "stop", timeout: 60, sessions: { maxWait: 900 } },
    environment: { LIMIT: pulumi.secret("2") },
    isBusy: async (instance) => { ${body} },
  });`;

describe("the rehearsal of a program with a callback", function () {
  this.timeout(60_000);

  let project: UserProject;
  beforeEach(() => {
    project = new UserProject();
    project
      .link("node_modules/@pulumi", path.relative(project.folder, path.join(root, "node_modules/@pulumi")))
      .write("Pulumi.yaml", "name: user\nruntime: nodejs\nmain: src/index.js\n")
      .write("Pulumi.dev.yaml", "{}\n")
      .install("node_modules/queue", {
        // Busy at first, and no longer after some minutes, at the time of the simulator.
        files: "const began = Date.now(); exports.depth = () => (Date.now() - began < 150_000 ? 3 : 1);",
      });
  });
  afterEach(() => {
    project.remove();
  });

  const play = async (top: string, body: string) => {
    project.write("src/index.js", program(top, body));
    const { world } = await readStack(readProject(project.folder, "dev"));
    const { began, events } = await rehearse(world, settings);
    const started = events.find((one) => one.kind === "script" && one.phase === "started");
    const lines = events.flatMap((one) => narrate(one) ?? []).map(({ text }) => text);
    return { started: started === undefined ? undefined : (started.at - began) / 1000, lines };
  };

  it("asks the callback, with the packages and the environment that the callback would have", async () => {
    const { lines, started } = await play("", 'return require("queue").depth() > Number(process.env.LIMIT);');

    assert.ok(started !== undefined && started > 150 && started < 300, `${started}\n${lines.join("\n")}`);
    assert.deepEqual(
      lines.filter((line) => line.includes("isBusy")),
      [],
    );
  });

  it("says that a callback fails, and why", async () => {
    const { lines } = await play("", 'throw new Error("no route to the session store");');

    assert.ok(lines.includes("isBusy failed and counts as busy: Error: no route to the session store"));
  });

  it("refuses a callback that could not be loaded, in clear words", () => {
    project.write("src/index.js", program("", 'return require("absent").depth() > 0;'));

    assert.match(
      refusal(project.folder),
      /^error: .*LifecycleHandler "web-handler" cannot be made:\n {2}a module of isBusy is "absent"; /m,
    );
  });

  it("refuses a wrong environment of outputs, and does not show its values", () => {
    const text = program("", "return false;").replace(
      "environment: {",
      'environment: { AWS_PROFILE: pulumi.output("hunter2"), PORT: pulumi.output(271828),',
    );
    project.write("src/index.js", text.replace(/environment: (\{.*\}),/, "environment: pulumi.output($1),"));
    const said = refusal(project.folder);

    assert.match(
      said,
      /LifecycleHandler "web-handler" cannot be made:\n {2}a name in environment is "AWS_PROFILE"; /,
    );
    assert.match(said, /^ {2}environment\.PORT is "number"; it must be text\. /m);
    assert.doesNotMatch(said, /hunter2|271828/);
  });
});

/** The errors of the command line about a program that it refuses. */
function refusal(folder: string): string {
  const { status, stderr, stdout } = spawnSync(
    process.execPath,
    [
      "--require",
      path.join(root, "node_modules/ts-node/register/transpile-only"),
      path.join(root, "cli/main.ts"),
      "rehearse",
      "dev",
    ],
    { cwd: folder, env: { ...process.env, TS_NODE_PROJECT: path.join(root, "tsconfig.json") } },
  );
  assert.equal(status, 1);
  assert.equal(stdout.toString(), "");
  assert.doesNotMatch(stderr.toString(), /^ +at /m, "it comes with a stack");
  return stderr.toString();
}
