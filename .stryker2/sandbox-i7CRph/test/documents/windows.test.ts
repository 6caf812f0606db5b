// @ts-nocheck
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { Language, Parser, type Node } from "web-tree-sitter";
import { documentContent, scriptFor, type DocumentSource } from "../../components/documents";
import { head, tail } from "../../components/documents/output";

const source: DocumentSource = {
  transition: "terminate",
  script: { platform: "Windows", text: "Stop-Service -Name web\r\nexit 0\r\n" },
  times: { timeout: 120, maxWait: 600 },
  sessions: { ports: [3389], sessionManager: true },
};

describe("the step of a document for Windows", () => {
  let parse: (text: string) => Node;
  before(async () => {
    await Parser.init();
    const grammar = readFileSync(require.resolve("tree-sitter-powershell/tree-sitter-powershell.wasm"));
    const parser = new Parser();
    parser.setLanguage(await Language.load(grammar));
    parse = (text) => {
      const tree = parser.parse(text);
      assert.ok(tree);
      return tree.rootNode;
    };
  });

  const text = () => scriptFor(source);

  it("is PowerShell, as a real parser has it", () => {
    const root = parse(text());

    assert.deepEqual(errorsIn(root), []);
    assert.ok(root.descendantsOfType("function_statement").length > 10);
  });

  it("would not be, had it a mistake in it", () => {
    assert.notDeepEqual(
      errorsIn(parse(text().replace("function Get-Latest {", "function Get-Latest {{ if ("))),
      [],
    );
  });

  it("holds nothing but its parameters that SSM would replace", () => {
    const known = ["instance", "groupBase64", "hook", "action", "sent", "since", "sessionWait", "meant"];

    assert.deepEqual([...text().matchAll(/\{\{ ?(\w+) ?\}\}/g)].map(([, name]) => name).sort(), known.sort());
    assert.ok(!text().includes("$$"));
  });

  it("carries the script as it was written", () => {
    const encoded = /\$Script64 = @'\n([\s\S]*?)\n'@/.exec(text())?.[1] ?? "";

    assert.equal(Buffer.from(encoded, "base64").toString(), "Stop-Service -Name web\r\nexit 0\r\n");
  });

  it("carries times, ports, sessions and how much of the output is passed on", () => {
    assert.match(
      text(),
      /^\$Transition = 'terminate'; \$Timeout = 120; \$JoinFor = 937; \$Places = @\("\$env:ProgramData\\graceful-asg", "\$env:SystemRoot\\Temp\\graceful-asg"\)$/m,
    );
    assert.match(text(), /^\$MaxWait = 600; \$Ports = @\(3389\); \$SessionManager = \$true$/m);
    assert.ok(
      text().includes(
        `\n$Head = ${head}; $Tail = ${tail}; $ScriptFailed = 80; $NotMeant = 81; $Metadata = 'http://169.254.169.254/latest'\n`,
      ),
    );
  });

  it("calls the functions that it defines, and defines those that it calls", () => {
    const root = parse(text());
    const defined = root.descendantsOfType("function_name").map((node) => node.text);
    const called = new Set(root.descendantsOfType("command_name").map((node) => node.text));

    for (const name of defined)
      assert.ok(called.has(name) || text().includes(`(${name}`), `${name} is never called`);
    assert.equal(new Set(defined).size, defined.length);
  });

  it("reports every exit code but 0 as one of its own, as SSM takes 3010 for a reboot", () => {
    const exits = parse(text())
      .descendantsOfType("flow_control_statement")
      .map((node) => node.text);

    assert.deepEqual([...new Set(exits.filter((exit) => exit.startsWith("exit")))].sort(), [
      "exit $NotMeant",
      "exit $ScriptFailed",
      "exit 0",
      "exit 1",
    ]);
  });

  it("stands in the document beside steps that fail on other platforms", () => {
    const { mainSteps } = JSON.parse(documentContent(source)) as {
      mainSteps: {
        action: string;
        precondition: unknown;
        inputs: { runCommand: string[]; timeoutSeconds: string };
      }[];
    };

    assert.deepEqual(
      mainSteps.map(({ action, inputs, precondition }) => [
        JSON.stringify(precondition),
        action,
        inputs.timeoutSeconds,
        inputs.runCommand.at(-1),
      ]),
      [
        ['{"StringEquals":["platformType","Linux"]}', "aws:runShellScript", "60", "exit 80"],
        ['{"StringEquals":["platformType","MacOS"]}', "aws:runShellScript", "60", "exit 80"],
        ['{"StringEquals":["platformType","Windows"]}', "aws:runPowerShellScript", "720", "}"],
      ],
    );
  });
});

/** Places that the parser does not understand. */
function errorsIn(node: Node): string[] {
  if (node.isError || node.isMissing)
    return [`line ${node.startPosition.row + 1}: ${node.text.slice(0, 60)}`];
  return node.hasError ? node.children.flatMap((child) => errorsIn(child)) : [];
}
