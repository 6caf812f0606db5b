import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { Language, Parser, type Node } from "web-tree-sitter";
import { documentContent, maxDocumentSize, scriptFor, type DocumentSource } from "../../components/documents";
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

  it("is PowerShell to a real parser", () => {
    const root = parse(text());

    assert.deepEqual(errorsIn(root), []);
    assert.ok(root.descendantsOfType("function_statement").length > 10);
  });

  it("is refused by the parser if it has a mistake", () => {
    assert.notDeepEqual(
      errorsIn(parse(text().replace("function Get-Run {", "function Get-Run {{ if ("))),
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
        `\n$Head = ${head}; $Tail = ${tail}; $ScriptFailed = 80; $NotMeant = 81; $Withdrawn = 75; $Unrecorded = 76; $Metadata = 'http://169.254.169.254/latest'\n`,
      ),
    );
  });

  it("calls every function that it defines, and defines no function twice", () => {
    const root = parse(text());
    const defined = root.descendantsOfType("function_name").map((node) => node.text);
    const called = new Set(root.descendantsOfType("command_name").map((node) => node.text));

    for (const name of defined)
      assert.ok(called.has(name) || text().includes(`(${name}`), `${name} is never called`);
    assert.equal(new Set(defined).size, defined.length);
  });

  it("ends with 0 or with an exit code of its own, as SSM takes 3010 for a reboot", () => {
    const exits = parse(text())
      .descendantsOfType("flow_control_statement")
      .map((node) => node.text);

    assert.deepEqual([...new Set(exits.filter((exit) => exit.startsWith("exit")))].sort(), [
      "exit $NotMeant",
      "exit $ScriptFailed",
      "exit $Unrecorded",
      "exit $claim",
      "exit 0",
    ]);
  });

  /** The text of a function. */
  const bodyOf = (name: string) => {
    const found = parse(text())
      .descendantsOfType("function_statement")
      .find((node) => node.descendantsOfType("function_name")[0]?.text === name);
    assert.ok(found, name);
    return found.text;
  };

  it("starts the script in a runner apart from the command, which only waits", () => {
    assert.match(bodyOf("Start-Run"), /Start-Process .* -WindowStyle Hidden -PassThru$/m);
    assert.match(bodyOf("Start-Run"), /-File `"\$PSCommandPath`" run /);
    assert.match(text(), /^if \(\(\$args\.Count -eq 4\) -and \(\$args\[0\] -eq 'run'\)\) \{ Invoke-Runner /m);
    assert.match(bodyOf("Invoke-Runner"), /Set-Result[\s\S]*exit 0/);
    for (const name of ["Start-Run", "Join-Run"])
      assert.doesNotMatch(bodyOf(name), /Wait-Script|Wait-Session/);
  });

  it("looks for runs and results in all places, and trusts no place that somebody else has made", () => {
    for (const name of ["Get-Run", "Get-Result", "New-Claim"])
      assert.match(bodyOf(name), /foreach \(\$place in \$Places\) \{[\s\S]*Test-Ours \$place/, name);
    assert.match(bodyOf("New-Copy"), /if \(-not \(Test-Ours \$Place\)\) \{ throw/);
  });

  it("runs the script also where no place can keep it", () => {
    assert.match(bodyOf("Start-Run"), /Invoke-Unkept\n\}$/);
    assert.match(bodyOf("Invoke-Unkept"), /Complete-Run \(Wait-Script \$process\)/);
  });

  it("ignores a marker or a result that is cut short, and the result of another runner", () => {
    assert.match(bodyOf("Set-Lines"), /\+ 'end'\) -join/);
    assert.match(bodyOf("Get-Lines"), /\$lines\[-1\] -ne 'end'\)\) \{ return @\(\) \}/);
    assert.match(bodyOf("Get-Result"), /-eq \$Run\.Id\) -and \(\$lines\[2\] -eq \$Run\.Born\)/);
  });

  it("knows a runner by its start too, and looks for the result again once the runner is gone", () => {
    assert.match(
      bodyOf("Test-Alive"),
      /-not \$process\.HasExited -and \(\(Get-Born \$process\) -eq \$Born\)/,
    );
    assert.match(
      bodyOf("Join-Run"),
      /-not \(Test-Alive \$Run\.Id \$Run\.Born\)\) \{\n\$code = Get-Result \$Run\n[\s\S]*was cut off/,
    );
  });

  it("compares no time of the instance with a time of AWS", () => {
    assert.deepEqual(text().match(/.*(?:UtcNow|Get-Date|\]::Now).*/g), [
      "$env:GRACEFUL_DEADLINE = [DateTime]::UtcNow.AddSeconds($Timeout - 1).ToString('yyyy-MM-ddTHH:mm:ss.fffZ')",
    ]);
    assert.match(bodyOf("Find-Run"), /\[long\] \$latest\.Sent -ge \[long\] \$Since/);
  });

  it("runs a script again that has failed, for a command without an action that does not count the run", () => {
    const body = bodyOf("Find-Run");

    assert.match(body, /^if \(\$Action\) \{\n\s*foreach .* -eq \$Action\) \{ return \$run \}/m);
    assert.match(body, /^if \(\$latest\.Since -and \$Since\) \{ \$belongs = \[long\] \$latest\.Sent -ge/m);
    assert.match(body, /^if \(\$belongs\) \{ return \$latest \}\nreturn \$null$/m);
  });

  it("counts no connection of the instance to itself as a session", () => {
    assert.match(bodyOf("Test-Inner"), /\(\$Local -eq \$Other\) -or \[Net\.IPAddress\]::IsLoopback/);
    assert.match(bodyOf("Test-Session"), /-not \(Test-Inner \$_\.LocalAddress \$_\.RemoteAddress\)/);
  });

  it("leaves room for scripts of 35 kB and more", () => {
    const long = { ...source, script: { ...source.script, text: "x".repeat(35_000) } };

    assert.ok(Buffer.byteLength(documentContent(long)) <= maxDocumentSize);
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
