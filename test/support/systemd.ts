import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  rmdirSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { scriptFor, type Script } from "../../components/documents";

const manager = "/lib/systemd/systemd";

/** How long the manager may take to start, ms. */
const patience = 20_000;

/** How a command, or the step of a document, ended. */
export interface Ended {
  readonly code: number | null;
  readonly output: string;
  /** Seconds. */
  readonly took: number;
}

/**
 * A real systemd that is the first process of namespaces of its own: processes, mounts, host name, control groups. It
 * starts nothing but the units that a test writes.
 */
export class Systemd {
  private files = 0;

  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
  ) {}

  /** Starts it. @throws an error that says why, where this computer does not allow that */
  static async start(): Promise<Systemd> {
    if (process.getuid?.() !== 0) throw new Error("it needs Linux and root");
    if (!existsSync(manager)) throw new Error(`there is no ${manager}: apt-get install systemd`);
    const folder = mkdtempSync(path.join(tmpdir(), "graceful-asg-"));
    mkdirSync(path.join(folder, "units"));
    const boot = path.join(folder, "boot.sh");
    writeFileSync(boot, bootText);
    const child = spawn("sh", [boot, folder], { stdio: ["ignore", "ignore", "pipe"] });
    let said = "";
    child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
    const systemd = new Systemd(child, folder);
    const end = Date.now() + patience;
    for (;;) {
      if (systemd.init() !== undefined && (await systemd.run("systemctl is-active test.target")).code === 0)
        return systemd;
      if (Date.now() > end || child.exitCode !== null) {
        await systemd.stop();
        throw new Error(`systemd does not start in namespaces of its own: ${said.trim().slice(-300)}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  /** Writes units, without the lines that all of them have, and lets systemd read them. */
  async write(units: Readonly<Record<string, string>>): Promise<void> {
    for (const [name, text] of Object.entries(units))
      writeFileSync(
        path.join(this.folder, "units", name),
        `[Unit]\nDefaultDependencies=no\n${text.trim().replaceAll(/^ +/gm, "")}\n`,
      );
    await this.expect("systemctl daemon-reload");
  }

  /** Writes a program that units can start, and returns its name. */
  program(text: string): string {
    const file = path.join(this.folder, `program-${(this.files += 1)}.sh`);
    writeFileSync(file, `#!/bin/sh\n${text}\n`);
    chmodSync(file, 0o755);
    return file;
  }

  /** Runs a line of shell beside the units. */
  async run(line: string): Promise<Ended> {
    const began = Date.now();
    const init = this.init();
    const child = spawn(
      "nsenter",
      ["--target", String(init), "--pid", "--mount", "--uts", "--ipc", "--cgroup", "sh", "-c", line],
      { stdio: ["ignore", "pipe", "pipe"], cwd: "/" },
    );
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (output += text));
    const [code] = (await once(child, "close")) as [number | null];
    return { code, output, took: (Date.now() - began) / 1000 };
  }

  /** Runs a line that has to succeed. */
  async expect(line: string): Promise<string> {
    const { code, output } = await this.run(line);
    if (code !== 0) throw new Error(`${line}: ${output}`);
    return output.trim();
  }

  /** Runs the step of a document as the SSM agent does, for a lifecycle action of its own. */
  step(script: Script, timeout: number): Promise<Ended> {
    const action = String((this.files += 1));
    const parameters: Readonly<Record<string, string>> = {
      action,
      hook: "test",
      instance: "i-0a",
      meant: "yes",
    };
    const text = scriptFor({ transition: "terminate", script, times: { timeout } })
      .replaceAll(/\{\{ ?(\w+) ?\}\}/g, (_, name: string) => parameters[name] ?? "")
      .replace(/^PLACES=.*$/m, 'PLACES="/run/graceful-asg"');
    const file = path.join(this.folder, `step-${action}.sh`);
    writeFileSync(file, text);
    chmodSync(file, 0o700);
    return this.run(file);
  }

  /** Ends it with everything that it has started. */
  async stop(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      this.child.kill("SIGKILL");
      await once(this.child, "exit");
    }
    const groups = path.join(this.folder, "groups");
    for (const group of existsSync(groups) ? readFileSync(groups, "utf8").trim().split("\n") : [])
      for (let tries = 0; tries < 50 && existsSync(group); tries += 1) {
        removeGroup(group);
        if (existsSync(group)) await new Promise((resolve) => setTimeout(resolve, 100));
      }
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Process id of the manager as this side sees it; undefined until there is one. */
  private init(): number | undefined {
    const { pid = 0 } = this.child;
    const found = spawnSync("pgrep", ["--parent", String(pid)], { encoding: "utf8" }).stdout.trim();
    return /^\d+$/.test(found) ? Number(found) : undefined;
  }
}

/** Removes a control group with the groups below it; the kernel refuses one that still has a process. */
function removeGroup(group: string): void {
  try {
    for (const entry of readdirSync(group, { withFileTypes: true }))
      if (entry.isDirectory()) removeGroup(path.join(group, entry.name));
    rmdirSync(group);
  } catch {
    // A process in it is just being killed.
  }
}

/** First run outside, to make control groups of its own, then in the namespaces. Control groups of version 1 and 2. */
const bootText = `set -e
folder=$1
if [ "$2" != inside ]; then
  for top in /sys/fs/cgroup /sys/fs/cgroup/unified /sys/fs/cgroup/systemd; do
    if [ -e "$top/cgroup.procs" ]; then
      mkdir "$top/graceful-asg-test-$$"
      echo "$top/graceful-asg-test-$$" >> "$folder/groups"
      echo $$ > "$top/graceful-asg-test-$$/cgroup.procs"
    fi
  done
  exec unshare --kill-child --pid --mount --fork --uts --ipc --cgroup sh "$0" "$folder" inside
fi
mount --make-rprivate /
mount -t proc proc /proc
if [ -e /sys/fs/cgroup/cgroup.controllers ]; then
  mount -t cgroup2 cgroup2 /sys/fs/cgroup
else
  mount -t tmpfs tmpfs /sys/fs/cgroup
  mkdir /sys/fs/cgroup/unified /sys/fs/cgroup/systemd
  mount -t cgroup2 cgroup2 /sys/fs/cgroup/unified
  mount -t cgroup -o none,name=systemd cgroup /sys/fs/cgroup/systemd
fi
mount -t tmpfs tmpfs /run
mount --bind "$folder/units" /etc/systemd/system
printf '[Unit]\\nDefaultDependencies=no\\n' > /etc/systemd/system/test.target
exec env container=test ${manager} --system --unit=test.target --log-target=console --log-level=err --show-status=no
`;
