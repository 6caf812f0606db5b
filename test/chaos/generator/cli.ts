import { performance } from "node:perf_hooks";
import { SingleBar } from "cli-progress";
import { Command, InvalidArgumentError, Option } from "commander";
import { failureLines, failuresText, isTooMuchExempt, outcomeLines } from "./report";
import { minimize, type Series } from "./series";
import { playOnAllCores } from "./workers";

/** Failures that are shown in full. */
const shownFailures = 3;

interface Options {
  readonly runs: number;
  readonly run: number | undefined;
  readonly seed: string;
  readonly sweep: boolean;
}

const program = new Command("chaos")
  .description("Plays random stacks under random faults in the simulator and checks the promises after each.")
  .addOption(whole("--runs <number>", "how many runs to play", 1).default(1_000))
  .addOption(whole("--run <number>", "plays this one run only, to replay a failure", 0))
  .option("--seed <text>", "same seed, same runs", "1")
  .option("--no-sweep", "leaves the sweep out, to show that the promises break without it")
  .action(async (options: Options) => {
    await chaos(options);
  });

async function chaos({ run, runs, seed, sweep }: Options): Promise<void> {
  const began = performance.now();
  const series: Series = { seed, first: run ?? 0, count: run === undefined ? runs : 1, withSweep: sweep };
  const bar = new SingleBar({
    format: "{bar} {value} of {total} runs, {failures}, {eta_formatted} left",
    noTTYOutput: true,
    notTTYSchedule: 30_000,
    hideCursor: true,
  });
  bar.start(series.count, 0, { failures: failuresText([]) });
  const outcome = await playOnAllCores(series, (sofar) => {
    bar.update(sofar.runs, { failures: failuresText(sofar.failures) });
  });
  bar.stop();
  for (const failure of outcome.failures.slice(0, shownFailures)) {
    for (const line of failureLines(await minimize(failure, sweep), sweep)) console.log(line);
  }
  for (const line of outcomeLines(outcome, (performance.now() - began) / 1000)) console.log(line);
  if (outcome.failures.length > 0 || isTooMuchExempt(outcome)) process.exitCode = 1;
}

function whole(flags: string, description: string, min: number): Option {
  return new Option(flags, description).argParser((value) => {
    const parsed = Number(value);
    if (value.trim() !== "" && Number.isSafeInteger(parsed) && parsed >= min) return parsed;
    throw new InvalidArgumentError(`It must be a whole number of ${min} or more.`);
  });
}

void program.parseAsync();
