import { fork } from "node:child_process";
import { availableParallelism } from "node:os";
import * as path from "node:path";
import { runsPerFamily } from "./run";
import { add, nothing, type Outcome, type Series } from "./series";

/** Runs that a process gets at once: whole families, as each process evaluates its own. */
const portion = runsPerFamily;

/**
 * Plays a series on all cores, each in a process of its own.
 * @param progress gets the outcome so far, after each portion
 * @throws if a process ends before its work is done
 */
export async function playOnAllCores(
  series: Series,
  progress: (sofar: Outcome) => void = () => undefined,
): Promise<Outcome> {
  let outcome = nothing;
  let next = series.first;
  const end = series.first + series.count;
  const take = (): Series | undefined => {
    if (next >= end) return undefined;
    const first = next;
    next = Math.min(end, (Math.floor(first / portion) + 1) * portion);
    return { ...series, first, count: next - first };
  };
  const processes = Math.min(availableParallelism(), Math.ceil(series.count / portion));
  const work = () =>
    employ(take, (done) => {
      outcome = add(outcome, done);
      progress(outcome);
    });
  await Promise.all(Array.from({ length: processes }, work));
  return outcome;
}

/** Starts a process and hands it one portion after the other. */
function employ(take: () => Series | undefined, done: (outcome: Outcome) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    // Most memory of a run is garbage by its end; a large nursery saves the collector the copying. And the SDK makes
    // errors whose stacks nobody reads.
    const worker = fork(path.join(__dirname, "worker"), {
      execArgv: [...process.execArgv, "--max-semi-space-size=128", "--stack-trace-limit=1"],
    });
    const hand = () => {
      const portion = take();
      if (portion === undefined) worker.disconnect();
      else worker.send(portion);
    };
    worker.on("message", (outcome: Outcome) => {
      done(outcome);
      hand();
    });
    worker.on("error", reject);
    worker.on("exit", (code) => {
      if (code === 0) resolve();
      else reject(new Error(`a process that played runs ended with exit code ${String(code)}`));
    });
    hand();
  });
}
