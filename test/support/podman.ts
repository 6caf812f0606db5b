import { execFileSync, spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";

/** How a command ended. */
export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** The tools in the image. */
const applets = ["sh", "sleep", "kill", "true"];

/** Longest time of a command that makes something, ms. */
const patience = 60_000;

/**
 * A real Podman with a storage of its own, in namespaces of its own for processes and mounts; everything ends with it.
 * Its image holds busybox and nothing else, so nothing is downloaded.
 */
export class Podman {
  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
  ) {}

  /** Starts it. @throws an error that says why, where this computer does not allow that */
  static async start(): Promise<Podman> {
    if (process.getuid?.() !== 0) throw new Error("it needs Linux and root");
    for (const tool of ["podman", "busybox", "unshare"])
      if (spawnSync("which", [tool]).status !== 0) throw new Error(`there is no ${tool}`);
    const folder = mkdtempSync(path.join(tmpdir(), "graceful-asg-"));
    writeFileSync(
      path.join(folder, "storage.conf"),
      `[storage]\ndriver = "vfs"\nrunroot = "${folder}/run"\ngraphroot = "${folder}/graph"\n`,
    );
    makeRoot(path.join(folder, "root"));
    const boot = [
      "mount --make-rprivate / && mount -t proc proc /proc",
      // The runtimes of containers take version 2 of the control groups, or nothing but version 1.
      "umount -l /sys/fs/cgroup/* 2> /dev/null; mount -t cgroup2 cgroup2 /sys/fs/cgroup",
      "while :; do sleep 3600; done",
    ].join("; ");
    const unshare = ["--kill-child", "--pid", "--mount", "--fork", "sh", "-c", boot];
    const podman = new Podman(spawn("unshare", unshare, { stdio: "ignore" }), folder);
    try {
      await podman.expect(`tar -C ${folder}/root -c . | podman import - localhost/busybox`);
      await podman.create("probe", "true");
      await podman.expect("podman rm --force probe");
      return podman;
    } catch (error) {
      await podman.stop();
      throw error;
    }
  }

  /** Starts a container whose first process is a shell. */
  async create(name: string, program: string, ...options: readonly string[]): Promise<void> {
    // Without control groups and without further limits, which a container around this one may forbid.
    const isolation = "--cgroups=disabled --network=host --ulimit nofile=1024:1024 --ulimit nproc=1000:1000";
    await this.expect(
      `podman --cgroup-manager=cgroupfs run --detach --name ${name} ${isolation} ${options.join(" ")} localhost/busybox sh -c '${program}'`,
    );
  }

  /** Runs a script beside the containers. */
  script(text: string): Promise<Ended> {
    const file = path.join(this.folder, "script.sh");
    writeFileSync(file, text);
    return this.run(`sh ${file}`);
  }

  /** Runs a line of shell beside the containers. */
  async run(line: string): Promise<Ended> {
    const child = spawn(
      "nsenter",
      ["--target", String(await this.init()), "--pid", "--mount", "sh", "-c", line],
      {
        env: { ...process.env, CONTAINERS_STORAGE_CONF: path.join(this.folder, "storage.conf") },
        stdio: ["ignore", "pipe", "pipe"],
        timeout: patience,
      },
    );
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (output += text));
    const [code] = (await once(child, "close")) as [number | null];
    return { code, output };
  }

  /** Runs a line that has to succeed. */
  async expect(line: string): Promise<string> {
    const { code, output } = await this.run(line);
    if (code !== 0) throw new Error(`${line}: ${output}`);
    return output.trim();
  }

  async stop(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      this.child.kill("SIGKILL");
      await once(this.child, "exit");
    }
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  }

  /** The first process of the namespaces, as soon as it has the mounts. */
  private async init(): Promise<number> {
    const end = Date.now() + 10_000;
    while (Date.now() < end) {
      const { pid = 0 } = this.child;
      const init = spawnSync("pgrep", ["--parent", String(pid)], { encoding: "utf8" }).stdout.trim();
      const isReady = spawnSync("pgrep", ["--parent", init || "0", "sleep"]).status === 0;
      if (isReady) return Number(init);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error("its namespaces are refused");
  }
}

/** A root folder with busybox and its libraries. */
function makeRoot(root: string): void {
  const busybox = execFileSync("which", ["busybox"], { encoding: "utf8" }).trim();
  mkdirSync(path.join(root, "bin"), { recursive: true });
  copyFileSync(busybox, path.join(root, "bin/busybox"));
  for (const applet of applets) symlinkSync("busybox", path.join(root, "bin", applet));
  const libraries = spawnSync("ldd", [busybox], { encoding: "utf8" }).stdout.match(/\/\S+/g) ?? [];
  for (const library of libraries) {
    mkdirSync(path.join(root, path.dirname(library)), { recursive: true });
    copyFileSync(library, path.join(root, library));
  }
}
