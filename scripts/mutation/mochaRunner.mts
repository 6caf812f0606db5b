import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import { INSTRUMENTER_CONSTANTS, type InstrumenterContext } from "@stryker-mutator/api/core";
import { PluginKind, declareClassPlugin } from "@stryker-mutator/api/plugin";
import {
  DryRunStatus,
  TestStatus,
  determineHitLimitReached,
  toMutantRunResult,
  type DryRunOptions,
  type DryRunResult,
  type MutantRunOptions,
  type MutantRunResult,
  type TestResult,
  type TestRunner,
} from "@stryker-mutator/api/test-runner";
import Mocha from "mocha";

/** Folders of the tests that are run against each change. */
const folders = ["test/handler", "test/timing"];

/** Properties draw at random and take long, as do tests in real time; a change has to be noticed by a quick example. */
const leftOut = /\.(properties|slow)\.test\.js$/;

/** How long a test may take, ms. */
const timeout = 2_000;

/**
 * Runs tests with mocha in Stryker's own process, so that a change costs milliseconds. Stryker's runner for mocha does not know
 * mocha 12, and its runner for TAP starts a process for each file of tests.
 */
class MochaRunner implements TestRunner {
  private readonly require = createRequire(path.resolve("package.json"));
  private readonly context: InstrumenterContext;
  private mocha: Mocha | undefined;

  constructor() {
    const all = globalThis as { [INSTRUMENTER_CONSTANTS.NAMESPACE]?: InstrumenterContext };
    this.context = all[INSTRUMENTER_CONSTANTS.NAMESPACE] ??= {};
  }

  capabilities() {
    return { reloadEnvironment: true };
  }

  async dryRun({ coverageAnalysis, disableBail }: DryRunOptions): Promise<DryRunResult> {
    const mutantCoverage = { static: {}, perTest: {} };
    this.context.mutantCoverage = mutantCoverage;
    const result = await this.run(this.load(), disableBail);
    return result.status === DryRunStatus.Complete && coverageAnalysis !== "off"
      ? { ...result, mutantCoverage }
      : result;
  }

  async mutantRun(options: MutantRunOptions): Promise<MutantRunResult> {
    const { activeMutant, disableBail, hitLimit, mutantActivation, reloadEnvironment, testFilter } = options;
    const { context } = this;
    delete context.activeMutant;
    Object.assign(context, { hitLimit, hitCount: hitLimit === undefined ? undefined : 0 });
    if (mutantActivation === "static") context.activeMutant = activeMutant.id;
    if (reloadEnvironment) this.mocha = undefined;
    const mocha = this.mocha ?? this.load();
    context.activeMutant = activeMutant.id;
    return toMutantRunResult(await this.run(mocha, disableBail, testFilter));
  }

  /** Loads code and tests anew. Only a change of what is done while they are loaded needs that, and leaves anything behind. */
  private load(): Mocha {
    const { cache } = this.require;
    for (const file of Object.keys(cache)) {
      if (!file.includes("node_modules")) Reflect.deleteProperty(cache, file);
    }
    // Tests that draw examples draw the same ones each time.
    const fastCheck = this.require("fast-check") as typeof import("fast-check");
    fastCheck.configureGlobal({ seed: 1, numRuns: 20 });
    // The reporter that all others derive from prints nothing.
    const mocha = new Mocha({ reporter: Mocha.reporters.Base, timeout, ui: "bdd" }).cleanReferencesAfterRun(
      false,
    );
    const files = folders.flatMap((folder) =>
      readdirSync(folder, { encoding: "utf8", recursive: true })
        .filter((name) => name.endsWith(".test.js") && !leftOut.test(name))
        .map((name) => path.resolve(folder, name)),
    );
    // As mocha loads files itself, but synchronously, and by this cache of modules.
    const { suite } = mocha;
    for (const file of files) {
      suite.emit("pre-require", globalThis, file, mocha);
      suite.emit("require", this.require(file), file, mocha);
      suite.emit("post-require", globalThis, file, mocha);
    }
    this.mocha = mocha;
    return mocha;
  }

  private run(mocha: Mocha, disableBail: boolean, tests?: readonly string[]): Promise<DryRunResult> {
    const { context } = this;
    const results: TestResult[] = [];
    mocha.grep(tests === undefined ? /^/ : new RegExp(`^(?:${tests.map(escape).join("|")})$`));
    mocha.bail(!disableBail);
    return new Promise((resolve) => {
      const runner = mocha.run(() => {
        delete context.currentTestId;
        const limit = determineHitLimitReached(context.hitCount, context.hitLimit);
        resolve(limit ?? { status: DryRunStatus.Complete, tests: results });
      });
      runner.on("test", (test) => {
        context.currentTestId = test.fullTitle();
      });
      runner.on("pass", (test) => {
        results.push({ ...named(test), status: TestStatus.Success });
      });
      runner.on("fail", (test, error: Error) => {
        // What hangs may end later: then it must not be taken for the same test with the next change.
        if (test.timedOut) this.mocha = undefined;
        results.push({ ...named(test), status: TestStatus.Failed, failureMessage: error.message });
      });
    });
  }
}

function named(test: { fullTitle(): string; readonly duration?: number | undefined }) {
  const id = test.fullTitle();
  return { id, name: id, timeSpentMs: test.duration ?? 0 };
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, "mocha-in-process", MochaRunner)];
