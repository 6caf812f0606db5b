import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { documentContent, maxDocumentSize, scriptFor, type DocumentSource } from "../../components/documents";
import { head, keptOutput, tail } from "../../components/documents/output";
import { announceParameters, lifecycleTransitions, OnFailure, parameterPatterns } from "../../contract";
import { refusalsOf, type Declared } from "../support/agent";
import { root } from "../support/deployment";

const source: DocumentSource = {
  transition: "terminate",
  script: { platform: "Linux", text: "systemctl stop application" },
  times: { timeout: 120 },
};

interface Content extends Declared {
  schemaVersion: string;
  mainSteps: {
    name: string;
    action: string;
    precondition: unknown;
    inputs: { timeoutSeconds: string; runCommand: string[] };
  }[];
}

const content = (changes: Partial<DocumentSource> = {}) =>
  JSON.parse(documentContent({ ...source, ...changes })) as Content;

describe("the content of a document", () => {
  it("has a step for the platform of the script, and a step that fails for each other platform", () => {
    assert.deepEqual(
      content().mainSteps.map(({ action, inputs, name, precondition }) => [
        name,
        action,
        JSON.stringify(precondition),
        inputs.timeoutSeconds,
      ]),
      [
        ["runLinux", "aws:runShellScript", '{"StringEquals":["platformType","Linux"]}', "120"],
        ["runMacOS", "aws:runShellScript", '{"StringEquals":["platformType","MacOS"]}', "60"],
        ["runWindows", "aws:runPowerShellScript", '{"StringEquals":["platformType","Windows"]}', "60"],
      ],
    );
    for (const { inputs } of content().mainSteps.slice(1)) assert.equal(inputs.runCommand.at(-1), "exit 80");
  });

  it("gives the step all the time that sessions and script may take", () => {
    assert.equal(
      content({ times: { timeout: 120, maxWait: 600 } }).mainSteps[0]?.inputs.timeoutSeconds,
      "720",
    );
  });

  it("declares parameters by letters and digits only, each with a default and a pattern", () => {
    for (const [name, { allowedPattern, type }] of Object.entries(content().parameters)) {
      assert.match(name, /^[a-zA-Z0-9]+$/);
      assert.equal(type, "String");
      assert.match(allowedPattern, /^\^.*\$$/);
    }
    assert.deepEqual(refusalsOf(documentContent(source)), []);
  });

  it("allows no value of a parameter that could leave its quotation in a step", () => {
    const text = content().mainSteps[0]?.inputs.runCommand.join("\n") ?? "";
    const referred = [...text.matchAll(/\{\{ ?(\w+) ?\}\}/g)].map(([, name]) => name ?? "");

    assert.deepEqual([...referred].sort(), [
      "action",
      "groupBase64",
      "hook",
      "instance",
      "meant",
      "sent",
      "sessionWait",
      "since",
    ]);
    for (const name of referred) {
      const pattern = new RegExp(parameterPatterns[name as keyof typeof parameterPatterns]);
      for (const evil of ["'", "a'; reboot; '", "$(reboot)", "`reboot`", "a\nb", "{{action}}", "\\"]) {
        assert.doesNotMatch(evil, pattern, `${name}: ${evil}`);
        assert.equal(refusalsOf(documentContent(source), { [name]: evil }).length, 1, `${name}: ${evil}`);
      }
    }
  });

  it("takes the parameters that the handler sends", () => {
    const sent = {
      group: "my group: (web) [1]",
      groupBase64: Buffer.from("my group ü").toString("base64"),
      hook: "graceful-terminate-sns",
      action: "A-_9".repeat(24),
      instance: "i-05629ab7d9287e205",
      transition: "terminate",
      onFailure: "continue",
      sent: "1767268801",
      sessionWait: "172800",
      meant: "yes",
      since: "1767268800",
    };
    for (const [name, value] of Object.entries(sent)) {
      assert.match(value, new RegExp(parameterPatterns[name as keyof typeof parameterPatterns]), name);
      assert.match("", new RegExp(parameterPatterns[name as keyof typeof parameterPatterns]), name);
    }
    assert.deepEqual(refusalsOf(documentContent(source), sent), []);
  });

  it("takes every transition and failure policy, and values of the greatest length", () => {
    const group = "ü".repeat(255);
    const longest = {
      group,
      groupBase64: Buffer.from(group).toString("base64"),
      hook: "h".repeat(255),
    };
    const many = [
      longest,
      { groupBase64: Buffer.from("😀".repeat(255)).toString("base64") },
      ...Object.keys(lifecycleTransitions).map((transition) => ({ transition })),
      ...Object.values(OnFailure).map((onFailure) => ({ onFailure })),
    ];
    for (const given of many) assert.deepEqual(refusalsOf(documentContent(source), given), []);
    assert.equal(
      refusalsOf(documentContent(source), { group: `${group}x`, hook: `${longest.hook}x` }).length,
      2,
    );
  });

  it("uses patterns of plain parts that Java and Go read alike: classes, words, groups and bounded repeats", () => {
    const set = String.raw`\[\^?(?:[\w{}+/=:.-]|\\x[0-9a-f]{2})+\]`;
    const repeat = String.raw`\{\d+(?:,\d*)?\}|[*?]`;
    const plain = new RegExp(String.raw`^\^(?:(?:${set}|[\w=-]|[()|])(?:${repeat})?)*\$$`);
    for (const [name, pattern] of Object.entries(parameterPatterns)) assert.match(pattern, plain, name);
  });

  it("keeps runs where a reboot does not lose them, and in memory only where no disk takes them", () => {
    const places = /^PLACES="(.*)"$/m.exec(scriptFor(source))?.[1];

    assert.equal(places, "/var/lib/graceful-asg /run/graceful-asg /dev/shm/graceful-asg");
  });

  it("keeps the runs of an announcement apart from the runs of the stop script", () => {
    for (const platform of ["Linux", "Windows"] as const) {
      const script = { platform, text: "stop" };
      const [stop = "", announce = ""] = [false, true].map((announces) => {
        const [places = ""] =
          /^.*\$?PLACES ?= ?.*$/im.exec(scriptFor({ ...source, announces, script })) ?? [];
        return places;
      });
      const folders = (text: string) => text.match(/[^"\s=;,@()]*graceful-asg[^"\s,)]*/g) ?? [];
      assert.ok(folders(stop).length >= 2 && folders(announce).length === folders(stop).length, announce);
      assert.ok(
        folders(announce).every((one) => one.endsWith("graceful-asg-announce")),
        announce,
      );
    }
  });

  it("takes no action in an announcement, so that its end can complete none", () => {
    const document = documentContent({ ...source, announces: true });
    const { mainSteps, parameters } = JSON.parse(document) as Content;
    const text = mainSteps[0]?.inputs.runCommand.join("\n") ?? "";

    assert.deepEqual(Object.keys(parameters), [...announceParameters]);
    assert.deepEqual(
      new Set([...text.matchAll(/\{\{ ?(\w+) ?\}\}/g)].map(([, name]) => name)),
      new Set(["groupBase64", "hook", "sent", "since"]),
    );
    assert.match(text, /^INSTANCE='' .*\nACTION='' /m);
    assert.deepEqual(refusalsOf(document, { group: "web", sent: "1767268801", since: "" }), []);
  });

  it("holds no two dollar signs in a row, as SSM would make one sign of them", () => {
    for (const { inputs } of content({ script: { platform: "Linux", text: "echo $$" } }).mainSteps) {
      for (const line of inputs.runCommand) assert.ok(!line.includes("$$"), line);
    }
  });

  it("passes on as much of an output as the documentation says", () => {
    const text = readFileSync(path.join(root, "docs/scripts.md"), "utf8");
    for (const bytes of [keptOutput, head, tail])
      assert.ok(
        text.includes(` ${bytes.toLocaleString("en")} `) || text.includes(` ${bytes.toLocaleString("en")}\n`),
      );
  });

  it("leaves room for scripts of 35 kB and more", () => {
    const script = { platform: "Linux", text: "x".repeat(35_000) } as const;

    assert.ok(Buffer.byteLength(documentContent({ ...source, script })) <= maxDocumentSize);
  });
});
