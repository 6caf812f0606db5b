import assert from "node:assert/strict";
import { SSMClient } from "@aws-sdk/client-ssm";
import type { UserProject } from "../support/project";
import { projectWithQueue, refusal } from "./callback";

describe("a callback that uses wrong packages", function () {
  let project: UserProject;
  beforeEach(() => (project = projectWithQueue()));
  afterEach(() => {
    project.remove();
  });
  // One package is larger than Lambda's limit.
  this.timeout(90_000);

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
