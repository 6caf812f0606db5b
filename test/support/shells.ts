import { execFileSync, spawn } from "node:child_process";
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { scriptFor, type DocumentSource } from "../../components/documents";
import { signal, signalGroup } from "./signal";

/** A shell that may stand behind /bin/sh on an instance. */
export interface Shell {
  readonly name: string;
  readonly interpreter: string;
}

/** Whether this computer has a shell. With REQUIRE_SHELLS set, a missing shell is a failure. */
export function isThere(interpreter: string): boolean {
  const [file = ""] = interpreter.split(" ");
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch (error) {
    if (process.env["REQUIRE_SHELLS"]) throw new Error(`${file} is missing`, { cause: error });
    return false;
  }
}

/** Counts how often a script has run. */
export class Counter {
  private readonly file: string;
  constructor(private readonly machine: Machine) {
    this.file = path.join(machine.folder, "count");
  }
  /** A script that is counted. */
  script(rest = ""): string {
    return `echo run >> ${this.file}\n${rest}`;
  }
  get runs(): number {
    if (!existsSync(this.machine.folder)) throw new Error("the machine is thrown away");
    return existsSync(this.file) ? readFileSync(this.file, "utf8").trim().split("\n").length : 0;
  }
}

/** The parameters of a command, as far as the tests need them. */
export const action = {
  hook: "graceful-terminate-sns",
  instance: "i-05629ab7d9287e205",
  action: "465e0162",
  sent: "1767268800",
};

export const pause = (seconds: number) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

/** The surroundings of the guard on a machine. */
export interface Surroundings {
  /** A folder with the tables of connections. */
  readonly connections?: string;
  /** A file with the seconds since boot. */
  readonly uptime?: string;
  /** Seconds that pass in that file whenever the guard sleeps; a sleep then takes no time. By default time is real. */
  readonly tick?: number;
  /** Folders in which the guard can keep runs, in order of preference. Defaults to one folder of the machine. */
  readonly places?: readonly string[];
  /** Address of the metadata service; nobody answers if not given. */
  readonly metadata?: string;
  /** Changes the usual PATH. */
  readonly tools?: (usual: string) => string;
  /** Changes the text of the step. */
  readonly edit?: (text: string) => string;
  /** Environment variables of the agent. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** An address at which nobody answers. */
const nobody = "http://127.0.0.1:1/latest";

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
  private readonly mounts: string[] = [];
  private readonly ends = new Set<() => void>();

  constructor(
    private readonly shell: Shell,
    /** Changes the text of every step. */
    private readonly change = (text: string) => text,
  ) {}

  /** The folder of this machine that stands for the first place of a text. */
  private placeIn(text: string): string {
    const [, name = ""] = /^PLACES="\S*\/(\S+)/m.exec(text) ?? [];
    return path.join(this.folder, name.replace("graceful-asg", path.basename(this.state)));
  }

  /** Starts the step: `sh -c FILE`, an empty environment, nothing to read, a process group of its own. */
  start(
    { script, ...source }: { readonly script: string } & Partial<Omit<DocumentSource, "script">>,
    parameters: Readonly<Record<string, string>> = {},
    /** Files of the kernel and other surroundings, if not this machine's own. */
    {
      connections = "/proc/net",
      environment = {},
      metadata = nobody,
      places,
      tick,
      tools = (usual) => usual,
      edit = (text) => text,
      uptime = "/proc/uptime",
    }: Surroundings = {},
  ) {
    const text = this.change(
      scriptFor({
        transition: "terminate",
        times: { timeout: 30 },
        ...source,
        script: { platform: "Linux", text: script },
      }),
    );
    const file = path.join(this.folder, `_script-${(this.files += 1)}.sh`);
    const onMachine = substitute(text, parameters)
      .replace(/^PLACES=.*$/m, `PLACES="${(places ?? [this.placeIn(text)]).join(" ")}"`)
      .replace(/METADATA=\S+/, `METADATA=${metadata}`)
      .replaceAll("/proc/net", connections)
      .replaceAll("/proc/uptime", uptime)
      .replace(/^PATH=(.*)$/m, (_, usual: string) => `PATH=${tools(usual)}`);
    const sleep =
      tick === undefined
        ? ""
        : `\nsleep() { read -r up rest < ${uptime}; echo "$((\${up%.*} + ${tick})).00 0.00" > ${uptime}.$$; mv ${uptime}.$$ ${uptime}; }`;
    writeFileSync(
      file,
      edit(onMachine).replace(/^#!.*/, () => `#!${this.shell.interpreter}${sleep}`),
    );
    chmodSync(file, 0o700);
    const began = Date.now();
    const child = spawn("/bin/sh", ["-c", file], {
      env: environment,
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
    /** Resolves once the output of the step matches a pattern. */
    const said = (pattern: RegExp) =>
      new Promise<void>((resolve) => {
        const look = () => {
          if (pattern.test(output)) resolve();
        };
        child.stdout.on("data", look);
        look();
      });
    /** Kills the whole process group at once, as the agent does when the step's time is over. */
    const kill = () => {
      signalGroup(child, "SIGKILL");
    };
    this.ends.add(kill);
    child.on("close", () => this.ends.delete(kill));
    return { ended, kill, said, soFar: () => output };
  }

  run(...given: Parameters<Machine["start"]>): Promise<Ended> {
    return this.start(...given).ended;
  }

  /** Runs a function when the machine is removed. */
  atEnd(end: () => void): void {
    this.ends.add(end);
  }

  /** Makes a folder a file system of its own, in memory. */
  mount(folder: string, options: string): void {
    mkdirSync(folder);
    execFileSync("mount", ["-t", "tmpfs", "-o", options, "none", folder]);
    this.mounts.push(folder);
  }

  /** Ids of the processes whose command names a file of this machine: runners and scripts. */
  processes(): number[] {
    return readdirSync("/proc").flatMap((name) => {
      try {
        return /^\d+$/.test(name) && readFileSync(`/proc/${name}/cmdline`, "utf8").includes(this.folder)
          ? [Number(name)]
          : [];
      } catch {
        return [];
      }
    });
  }

  /** A tool of ours in place of the usual tool; its text may write to the log, whose path it is given. */
  tool(
    name: string,
    text: (log: string) => string,
  ): { readonly log: string; readonly tools: (usual: string) => string } {
    const [own, log] = [path.join(this.folder, "tools"), path.join(this.folder, "log")];
    mkdirSync(own);
    writeFileSync(path.join(own, name), `#!/bin/sh\n${text(log)}\n`, { mode: 0o755 });
    return { log, tools: (usual) => `${own}:${usual}` };
  }

  /** Ends processes that a failed test has left, and removes the machine. */
  remove(): void {
    for (const end of this.ends) {
      try {
        end();
      } catch {
        // The process has just ended by itself.
      }
    }
    for (const pid of this.processes()) {
      try {
        signal(-pid, "SIGKILL");
      } catch {
        // The process leads no group, or has just ended.
      }
    }
    for (const mount of this.mounts.splice(0)) execFileSync("umount", ["-l", mount]);
    // A process that is being killed may still write a file.
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 20 });
  }
}

/** Fills parameters in like the agent: raw text in place of braces, the default of a missing value; $$ becomes $. */
function substitute(text: string, parameters: Readonly<Record<string, string>>): string {
  return text
    .replaceAll(/\{\{ ?(\w+) ?\}\}/g, (_, name: string) => parameters[name] ?? "")
    .replaceAll("$$", "$");
}
