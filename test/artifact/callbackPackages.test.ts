import assert from "node:assert/strict";
import { GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { parse } from "yaml";
import { filesOf } from "../../evaluate/artifact";
import type { Registration } from "../../evaluate/registration";
import { only } from "../support/deployment";
import type { Answers } from "../support/lambda";
import type { IsBusy, UserProject } from "../support/project";
import { drain, groupWith, projectWithQueue } from "./callback";

describe("a callback that uses packages", function () {
  // The SDK has thousands of files.
  this.timeout(90_000);

  let project: UserProject;
  beforeEach(() => (project = projectWithQueue()));
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

  it("has a package from npm in its function", async () => {
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

  it("has the packages that its packages need, each in its version and with its files, and nothing else", async () => {
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

  it("may require and import packages in its body", async () => {
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

  it("may use modules of the program that use packages", async () => {
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

  it("finds packages in a workspace, above the program and beside the program", async () => {
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

  it("finds a package in the folder of a package beside the program", async () => {
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

  it("finds packages where pnpm keeps them, behind links", async () => {
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

  it("leaves out packages that its packages can do without on the function's machine", async () => {
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
});

function filesFor(made: readonly Registration[]): string[] {
  return [...filesOf(only(made, "aws:lambda/function:Function").inputs["code"]).keys()];
}
