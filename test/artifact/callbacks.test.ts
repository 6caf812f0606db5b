import assert from "node:assert/strict";
import { GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
import { GracefulAutoScalingGroup, InvalidArguments } from "../../components";
import { handlerCode } from "../../components/handler/code";
import { encodeInstructions } from "../../contract";
import { filesOf } from "../../evaluate/artifact";
import type { Registration } from "../../evaluate/registration";
import { groupArgs, only, registered } from "../support/deployment";
import { Artifact, type Answers } from "../support/lambda";
import { hookBody, ids, instructionsFor, snsEvent } from "../support/payloads";
import { UserProject, type IsBusy } from "../support/project";

const sessions = { maxWait: 600 };
const metadata = encodeInstructions(instructionsFor("terminate", { maxWait: 600, execution: 720 }));
const answers: Answers = { SendCommand: () => ({ output: { Command: { CommandId: ids.command } } }) };

const groupWith = (isBusy: IsBusy) =>
  registered(
    () =>
      new GracefulAutoScalingGroup(
        "web",
        groupArgs({ terminate: { script: "stop", timeout: 120, sessions }, isBusy }),
      ),
  );
const filesFor = (made: readonly Registration[]) => [
  ...filesOf(only(made, "aws:lambda/function:Function").inputs["code"]).keys(),
];

/** What the function does with an event, in a clean process with nothing but the files of its archive. */
const drain = async (
  made: readonly Registration[],
  environment: Readonly<Record<string, string>> = {},
  more: Answers = {},
) => {
  const artifact = await Artifact.of(made);
  try {
    const event = snsEvent(hookBody({ time: new Date().toISOString(), metadata }));
    const { code, output } = await artifact.invoke([event], { ...answers, ...more }, environment);
    assert.equal(code, 0, output);
    assert.doesNotMatch(output, /isBusy failed/);
    return artifact.takeCalls().map(({ action }) => action);
  } finally {
    await artifact.remove();
  }
};

/** What is said about a callback that the function cannot have. */
const refusal = async (isBusy: IsBusy) => {
  const error: unknown = await handlerCode("LifecycleHandler", isBusy).assets.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof InvalidArguments, String(error));
  const [heading, ...lines] = error.message.split("\n");
  assert.equal(heading, "LifecycleHandler cannot be made:");
  return { lines };
};

describe("a callback that uses packages", function () {
  // The SDK has thousands of files.
  this.timeout(90_000);

  let project: UserProject;
  beforeEach(() => {
    project = new UserProject();
    project.write(
      "package.json",
      JSON.stringify({ name: "user", dependencies: { queue: "1", unused: "1" } }),
    );
  });
  afterEach(() => {
    project.remove();
  });

  /** Whether the function takes the instance of an event for busy. */
  const isBusy = async (callback: IsBusy, program?: string) => {
    const made = await project.run(() => groupWith(callback), program);
    const calls = await drain(made);
    assert.ok(calls.length === 0 || calls.join() === "SendCommand", calls.join());
    return { busy: calls.length === 0, files: filesFor(made) };
  };

  it("has one from npm in its function", async () => {
    const made = await groupWith(({ groupName }) =>
      Promise.resolve((parse(`groups: [${groupName}]`) as { groups: string[] }).groups.includes(groupName)),
    );

    assert.deepEqual(await drain(made), []);
    assert.ok(filesFor(made).includes("node_modules/yaml/package.json"));
  });

  it("may ask AWS with the SDK of the program", async () => {
    const made = await groupWith(async ({ instanceId }) => {
      const command = new GetParameterCommand({ Name: `/sessions/${instanceId}` });
      const { Parameter } = await new SSMClient().send(command);
      return Number(Parameter?.Value) > 0;
    });
    const value: Answers = { GetParameter: () => ({ output: { Parameter: { Value: "0" } } }) };

    assert.deepEqual(await drain(made, {}, value), ["GetParameter", "SendCommand"]);
  });

  it("has what these need, each in its version, with their files, and nothing else", async () => {
    project
      .install("node_modules/queue", {
        manifest: { dependencies: { "@acme/units": "1" }, devDependencies: { unused: "1" } },
        files: {
          "index.js": `
            const fs = require("node:fs"), path = require("node:path");
            const limits = JSON.parse(fs.readFileSync(path.join(__dirname, "data/limits.json"), "utf8"));
            exports.text = require("@acme/units").version + limits.most;`,
          "data/limits.json": '{"most":3}',
        },
      })
      .install("node_modules/@acme/units", { files: 'exports.version = "new";' })
      .install("node_modules/legacy", {
        manifest: { dependencies: { "@acme/units": "0" } },
        files: 'exports.text = require("@acme/units").version;',
      })
      .install("node_modules/legacy/node_modules/@acme/units", { files: 'exports.version = "old";' })
      .install("node_modules/unused", { files: "" });
    const { busy, files } = await isBusy(
      project.isBusy(`
        const queue = require("queue"), legacy = require("legacy");
        exports.isBusy = async () => queue.text + legacy.text === "new3old";`),
    );

    assert.ok(busy);
    assert.deepEqual(files.filter((name) => name.endsWith("package.json")).sort(), [
      "node_modules/@acme/units/package.json",
      "node_modules/legacy/node_modules/@acme/units/package.json",
      "node_modules/legacy/package.json",
      "node_modules/queue/package.json",
    ]);
  });

  it("may require and import them in its body", async () => {
    project
      .install("node_modules/queue", { files: "exports.depth = () => 2;" })
      .install("node_modules/modern", {
        manifest: { type: "module", exports: { import: "./index.js" } },
        files: "export const depth = () => 3;",
      });
    const { busy } = await isBusy(
      project.isBusy(`
        exports.isBusy = async () => {
          const { depth } = await import("modern");
          return require("queue").depth() * depth() === 6 && require("node:os").EOL === "\\n";
        };`),
    );

    assert.ok(busy);
  });

  it("may use modules of the program that use them", async () => {
    project
      .install("node_modules/queue", { files: "exports.depth = () => 2;" })
      .write("sessions.js", 'const queue = require("queue"); exports.open = () => queue.depth() - 1;');
    const { busy, files } = await isBusy(
      project.isBusy(
        'const sessions = require("./sessions"); exports.isBusy = async () => sessions.open() === 1;',
      ),
    );

    assert.ok(busy);
    assert.ok(!files.includes("sessions.js"));
  });

  it("finds them in a workspace, above the program and next door", async () => {
    project
      .install("node_modules/queue", { files: "exports.depth = () => 2;" })
      .install("packages/shared", {
        manifest: { name: "@acme/shared", dependencies: { units: "1" }, devDependencies: { tools: "1" } },
        files: 'exports.most = require("units").most;',
      })
      .install("packages/shared/node_modules/units", { files: "exports.most = 5;" })
      .install("packages/shared/node_modules/tools", { files: "" })
      .link("node_modules/@acme/shared", "packages/shared")
      .write("packages/app/package.json", '{"name":"app"}');
    const { busy, files } = await isBusy(
      project.isBusy(
        `const queue = require("queue");
         exports.isBusy = async () => queue.depth() + require("@acme/shared").most === 7;`,
        "packages/app",
      ),
      "packages/app",
    );

    assert.ok(busy);
    assert.deepEqual(
      files.filter((name) => name.startsWith("..") || name.includes("tools")),
      [],
    );
  });

  it("finds what a package next door brings from a folder of its own", async () => {
    project
      .install("packages/shared", {
        manifest: { name: "@acme/shared" },
        files: 'const units = require("units"); exports.most = () => units.most;',
      })
      .install("packages/shared/node_modules/units", { files: "exports.most = 5;" })
      .link("packages/app/node_modules/@acme/shared", "packages/shared");
    const { busy } = await isBusy(
      project.isBusy(
        'const shared = require("@acme/shared"); exports.isBusy = async () => shared.most() === 5;',
        "packages/app",
      ),
      "packages/app",
    );

    assert.ok(busy);
  });

  it("finds them where pnpm keeps them, behind links", async () => {
    const store = "node_modules/.pnpm";
    project
      .install(`${store}/queue@1.0.0/node_modules/queue`, {
        manifest: { dependencies: { units: "1" } },
        files: 'exports.depth = () => require("units").most;',
      })
      .install(`${store}/units@1.0.0/node_modules/units`, { files: "exports.most = 5;" })
      .link(`${store}/queue@1.0.0/node_modules/units`, `${store}/units@1.0.0/node_modules/units`)
      .link("node_modules/queue", `${store}/queue@1.0.0/node_modules/queue`);
    const captured = await isBusy(
      project.isBusy('const queue = require("queue"); exports.isBusy = async () => queue.depth() === 5;'),
    );
    const inBody = await isBusy(() => {
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- stays in the text
      return Promise.resolve((require("queue") as { depth(): number }).depth() === 5);
    });

    assert.ok(captured.busy);
    assert.ok(inBody.busy);
  });

  it("leaves out what its packages can do without on the function's machine", async () => {
    project
      .install("node_modules/queue", {
        manifest: {
          optionalDependencies: { absent: "1", fast: "1", plain: "1", windows: "1" },
          peerDependencies: { "@pulumi/pulumi": "3", driver: "1", missing: "1", extra: "1" },
          peerDependenciesMeta: { extra: { optional: true } },
        },
        files: "exports.depth = () => 1;",
      })
      .install("node_modules/fast", {
        files: { "build/fast.node": Buffer.from("\x7fELF not for arm64 at all") },
      })
      .install("node_modules/windows", { manifest: { os: ["win32"] }, files: "" })
      .install("node_modules/plain", { files: "" })
      .install("node_modules/driver", { files: "" })
      .install("node_modules/extra", { files: "" })
      .install("node_modules/@pulumi/pulumi", { files: "" });
    const { files } = await isBusy(
      project.isBusy('const queue = require("queue"); exports.isBusy = async () => queue.depth() === 1;'),
    );

    assert.deepEqual(files.filter((name) => name.endsWith("package.json")).sort(), [
      "node_modules/driver/package.json",
      "node_modules/plain/package.json",
      "node_modules/queue/package.json",
    ]);
  });

  it("may have code that is compiled for the function's machine", async () => {
    const header = Buffer.alloc(64);
    header.write("\x7fELF", "latin1");
    header.writeUInt16LE(183, 18);
    project.install("node_modules/queue", {
      files: { "index.js": "exports.depth = () => 1;", "prebuilds/linux-arm64/queue.node": header },
    });
    const { busy } = await isBusy(
      project.isBusy('const queue = require("queue"); exports.isBusy = async () => queue.depth() === 1;'),
    );

    assert.ok(busy);
  });

  const refusals: Readonly<Record<string, { readonly text: string; readonly line: RegExp }>> = {
    "a package that is not installed": {
      text: 'exports.isBusy = async () => require("absent").depth() > 0;',
      line: /^a module of isBusy is "absent"; it must be in a node_modules folder of .* or above\. Install it there \(npm install absent; with Yarn, set nodeLinker: node-modules\)/,
    },
    "a package whose own packages are not installed": {
      text: 'exports.isBusy = async () => require("broken").depth() > 0;',
      line: /^a module of isBusy is "absent"; it must be in a node_modules folder of .*broken or above\. Install/,
    },
    "a file of the program": {
      text: 'exports.isBusy = async () => require("./sessions").open() > 0;',
      line: /^a module of isBusy is "\.\/sessions"; it must be a package or a module of Node\.js: .* Import it at the top/,
    },
    "a name that is computed": {
      text: 'exports.isBusy = async ({ groupName }) => (await import("queue-" + groupName)).depth() > 0;',
      line: /^a module of isBusy is "import\(\\"queue-\\" \+ groupName\)"; it must be a module that is named by plain text\. Write/,
    },
    "a package of Pulumi": {
      text: 'exports.isBusy = async () => require("@pulumi/pulumi").getStack() === "prod";',
      line: /^a module of isBusy is "@pulumi\/pulumi"; it must be a package that is of use in the function\. .* through environment\.$/,
    },
    "a module that its package does not export": {
      text: 'exports.isBusy = async () => require("modern").depth() > 0;',
      line: /^a module of isBusy is "modern"; it must be a module that can be required, which Node\.js refuses: .* Take/,
    },
    "code that is compiled for another machine": {
      text: 'exports.isBusy = async () => require("native").depth() > 0;',
      line: /^a module of isBusy is "native"; it must be JavaScript, or compiled for the function's machine, Linux on arm64\. Install it for that machine \(npm install --os=linux --cpu=arm64 native\)/,
    },
    "more than Lambda takes": {
      text: 'exports.isBusy = async () => require("huge").depth() > 0;',
      line: /^the packages of isBusy is "over 262144000 bytes"; it must be at most 262144000 bytes together/,
    },
  };

  for (const [name, { line, text }] of Object.entries(refusals)) {
    it(`is refused with ${name}`, async () => {
      project
        .install("node_modules/broken", { manifest: { dependencies: { absent: "1" } }, files: "" })
        .install("node_modules/modern", {
          manifest: { type: "module", exports: { import: "./index.js" } },
          files: "",
        })
        .install("node_modules/native", {
          files: { "index.js": "", "build/it.node": "not for arm64, surely" },
        })
        .install("node_modules/@pulumi/pulumi", { files: "" })
        .write("sessions.js", "");
      if (text.includes("huge"))
        project.install("node_modules/huge", {
          files: { "index.js": "", "data.bin": Buffer.alloc(262_144_001) },
        });
      const callback = project.isBusy(text);

      const { lines } = await project.run(() => refusal(callback));
      assert.equal(lines.length, 1, lines.join("\n"));
      assert.match(lines[0]?.trim() ?? "", line);
    });
  }
});

describe("a callback that Pulumi cannot serialize", () => {
  it("is refused with Pulumi's reason, and with the cure", async () => {
    const Client = SSMClient;
    const { lines } = await refusal(() => Promise.resolve(new Client().config.isCustomEndpoint === true));

    assert.match(
      lines[0] ?? "",
      /isBusy is "a callback that Pulumi cannot serialize"; .* load the package in the callback's body/,
    );
    assert.match(lines.join("\n"), /which captured/);
  });
});

describe("a callback that needs a secret", () => {
  it("is refused when it captures it, with the cure", async () => {
    const password = pulumi.secret("hunter2");

    const { lines } = await refusal(() => Promise.resolve(password.get() === "hunter2"));
    assert.equal(lines.length, 1, lines.join("\n"));
    assert.match(
      lines[0] ?? "",
      /isBusy is "a callback that captures a secret output"; it must be without secrets, .* Pass the secret through environment, and read process\.env\.NAME inside the callback\.$/,
    );
  });

  it("finds it in its environment", async () => {
    const made = await registered(
      () =>
        new GracefulAutoScalingGroup(
          "web",
          groupArgs({
            terminate: { script: "stop", timeout: 120, sessions },
            environment: { SESSION_STORE_PASSWORD: pulumi.secret("hunter2") },
            isBusy: () => Promise.resolve(process.env["SESSION_STORE_PASSWORD"] === "hunter2"),
          }),
        ),
    );
    const { environment } = only(made, "aws:lambda/function:Function").inputs;
    const { variables } = environment as { variables: Record<string, string> };

    assert.equal(variables["SESSION_STORE_PASSWORD"], "hunter2");
    assert.deepEqual(await drain(made, variables), []);
    assert.deepEqual(await drain(made), ["SendCommand"]);
  });
});
