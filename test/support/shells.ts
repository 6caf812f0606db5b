import { spawn } from "node:child_process";
import { accessSync, chmodSync, constants, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { scriptFor, type DocumentSource } from "../../components/documents";

/** A shell that may stand behind /bin/sh on an instance. */
export interface Shell {
  readonly name: string;
  readonly interpreter: string;
}

/** Whether this machine has a shell. With REQUIRE_SHELLS set, one that is missing is a failure. */
export function isThere({ interpreter, name }: Shell): boolean {
  try {
    accessSync(interpreter.split(" ")[0] ?? "", constants.X_OK);
    return true;
  } catch (error) {
    if (process.env["REQUIRE_SHELLS"]) throw new Error(`${name} is missing`, { cause: error });
    return false;
  }
}

/** Places where the kernel says what it knows. */
export interface Kernel {
  /** A folder with the tables of connections. */
  readonly connections?: string;
  /** A file with the seconds since boot. */
  readonly uptime?: string;
  /** How many seconds pass in that file whenever the guard sleeps; it then takes no time. Without it, time is real. */
  readonly tick?: number;
}

/** How a run of the document's step ended. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly output: string;
  /** Seconds. */
  readonly took: number;
}

/** A machine with one shell, on which the step of a document is run as the SSM agent runs it. */
export class Machine {
  readonly folder = mkdtempSync(path.join(tmpdir(), "graceful-asg-"));
  readonly state = path.join(this.folder, "state");
  private files = 0;
  private readonly ends = new Set<() => void>();

  constructor(private readonly shell: Shell) {}

  /** Starts the step: `sh -c FILE`, an empty environment, nothing to read, a process group of its own. */
  start(
    { script, ...source }: { readonly script: string } & Partial<Omit<DocumentSource, "script">>,
    parameters: Readonly<Record<string, string>> = {},
    /** Where the kernel says what it knows, if not in this machine's own places. */
    { connections = "/proc/net", tick, uptime = "/proc/uptime" }: Kernel = {},
  ) {
    const text = scriptFor({
      transition: "terminate",
      times: { timeout: 30 },
      ...source,
      script: { platform: "Linux", text: script },
    });
    const file = path.join(this.folder, `_script-${(this.files += 1)}.sh`);
    const onMachine = substitute(text, parameters)
      .replace("STATE=/var/lib/graceful-asg", `STATE=${this.state}`)
      .replaceAll("/proc/net", connections)
      .replaceAll("/proc/uptime", uptime);
    const sleep =
      tick === undefined
        ? ""
        : `\nsleep() { read -r up rest < ${uptime}; echo "$((\${up%.*} + ${tick})).00 0.00" > ${uptime}; }`;
    writeFileSync(
      file,
      onMachine.replace(/^#!.*/, () => `#!${this.shell.interpreter}${sleep}`),
    );
    chmodSync(file, 0o700);
    const began = Date.now();
    const child = spawn("/bin/sh", ["-c", file], {
      env: {},
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
      cwd: "/usr/bin",
    });
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => (output += chunk));
    child.stderr.setEncoding("utf8").on("data", (chunk: string) => (output += chunk));
    const ended = new Promise<Ended>((resolve) => {
      child.on("close", (code, signal) => {
        resolve({ code, signal, output, took: (Date.now() - began) / 1000 });
      });
    });
    /** Comes once the step has said something. */
    const said = (pattern: RegExp) =>
      new Promise<void>((resolve) => {
        const look = () => {
          if (pattern.test(output)) resolve();
        };
        child.stdout.on("data", look);
        look();
      });
    /** What the agent does when the step's time is over: the whole group, at once. */
    const kill = () => process.kill(-(child.pid ?? 0), "SIGKILL");
    this.ends.add(kill);
    child.on("close", () => this.ends.delete(kill));
    return { ended, kill, said, soFar: () => output };
  }

  run(...given: Parameters<Machine["start"]>): Promise<Ended> {
    return this.start(...given).ended;
  }

  /** Ends what still runs, as a test that failed leaves it, and throws the machine away. */
  remove(): void {
    for (const end of this.ends) {
      try {
        end();
      } catch {
        // It has just ended by itself.
      }
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** What the agent does with parameters: raw text in place of the braces, the default where none is given; $$ becomes $. */
function substitute(text: string, parameters: Readonly<Record<string, string>>): string {
  return text
    .replaceAll(/\{\{ ?(\w+) ?\}\}/g, (_, name: string) => parameters[name] ?? "")
    .replaceAll("$$", "$");
}
