import { Command, InvalidArgumentError } from "commander";
import { region, runOnAccount } from "../onAccount";

/** `graceful-asg release`: an operator lets an instance go. */
export function release(): Command {
  return new Command("release")
    .description("ends the wait of an instance at its hook, or an instance that is kept for inspection")
    .argument("<instance>", "id of the instance", instanceId)
    .option("--abandon", "completes the action with ABANDON in place of CONTINUE", false)
    .addOption(region())
    .action((instance: string, options: { abandon: boolean; region: string | undefined }) =>
      runOnAccount((account, ...how) => account.release({ ...options, instance }, ...how)),
    );
}

/** `graceful-asg extend`: an operator holds an instance. */
export function extend(): Command {
  return new Command("extend")
    .description("holds an instance: the handler keeps its hook open and does not give up on it")
    .argument("<instance>", "id of the instance", instanceId)
    .requiredOption("--for <time>", "for how long from now, as 90s, 30m or 2h", milliseconds)
    .addOption(region())
    .action((instance: string, options: { for: number; region: string | undefined }) =>
      runOnAccount((account, ...how) => account.extend({ ...options, instance }, ...how)),
    );
}

/** `graceful-asg retry`: an operator has a script run again that has failed. */
export function retry(): Command {
  return new Command("retry")
    .description("runs the script of an instance again that has failed, and holds the instance meanwhile")
    .argument("<instance>", "id of the instance", instanceId)
    .addOption(region())
    .action((instance: string, options: { region: string | undefined }) =>
      runOnAccount((account, ...how) => account.retry({ ...options, instance }, ...how)),
    );
}

function instanceId(text: string): string {
  if (/^i-[0-9a-f]{8,17}$/.test(text)) return text;
  throw new InvalidArgumentError("It must be the id of an instance, as i-0123456789abcdef0.");
}

const units: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 };

/** Longest hold, hours: Auto Scaling ends every wait after it. */
const longest = 48;

/** A time as people write it. */
export function milliseconds(text: string): number {
  const [, count = "", unit = ""] = /^(\d+)([smh])$/.exec(text) ?? [];
  const seconds = Number(count) * (units[unit] ?? NaN);
  if (seconds >= 60 && seconds <= longest * 3600) return seconds * 1000;
  throw new InvalidArgumentError(`It must be a time from 60s to ${longest}h, as 90s, 30m or 2h.`);
}
