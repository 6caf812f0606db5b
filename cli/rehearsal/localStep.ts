import { spawn } from "node:child_process";
import { chmodSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { constants } from "node:os";
import * as path from "node:path";

/** Signals by which a user ends the rehearsal: Ctrl-C, `kill`, a terminal that is closed. */
const interruptions = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** How long a script may take to end once the user has ended the rehearsal, ms. */
const patience = 2_000;

/**
 * Runs the text of a step as the agent runs it. The guard gives the script a session of its own, which no Ctrl-C
 * reaches; so we pass an interruption on.
 * @param folder holds all of the step's files, by which its processes are known
 * @returns the exit code
 */
export async function runStep(text: string, folder: string, home: string): Promise<number> {
  const file = path.join(folder, "_script.sh");
  writeFileSync(file, text);
  chmodSync(file, 0o700);
  const child = spawn("sh", ["-c", file], { cwd: home, env: {}, stdio: ["ignore", "inherit", "inherit"] });
  let interruption: NodeJS.Signals | undefined;
  const groups = new Set<number>();
  const interrupt = (name: NodeJS.Signals) => {
    if (interruption !== undefined) return;
    interruption = name;
    for (const pid of processesOf(folder)) if (pid !== process.pid) groups.add(pid);
    signal(groups, "SIGTERM");
  };
  for (const name of interruptions) process.on(name, interrupt);
  try {
    const code = await new Promise<number>((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (code, signalled) => {
        // The command may have got the signal of a terminal earlier than this process.
        const name = signalled ?? interruptions.find((each) => code === 128 + constants.signals[each]);
        if (name !== undefined) interrupt(name);
        resolve(code ?? 1);
      });
    });
    if (interruption === undefined) return code;
    await endOf(groups);
    return 128 + constants.signals[interruption];
  } finally {
    for (const name of interruptions) process.off(name, interrupt);
  }
}

/** Waits until processes and their groups are gone, and kills the rest when that takes too long. */
async function endOf(groups: ReadonlySet<number>): Promise<void> {
  const end = Date.now() + patience;
  while (signal(groups, 0) && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 50));
  signal(groups, "SIGKILL");
}

/** The processes whose command names a file of the folder: the command, its runner and the script. */
function processesOf(folder: string): number[] {
  return readdirSync("/proc").flatMap((name) => {
    try {
      return /^\d+$/.test(name) && readFileSync(`/proc/${name}/cmdline`, "utf8").includes(`${folder}/`)
        ? [Number(name)]
        : [];
    } catch {
      return [];
    }
  });
}

/** Signals processes with the groups that they lead; tells whether any was left. */
function signal(pids: Iterable<number>, name: NodeJS.Signals | 0): boolean {
  let isAny = false;
  for (const pid of pids) {
    for (const target of [-pid, pid]) {
      try {
        process.kill(target, name);
        isAny = true;
      } catch {
        // The process leads no group, or is gone.
      }
    }
  }
  return isAny;
}
