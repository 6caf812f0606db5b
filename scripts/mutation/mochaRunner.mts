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

/** Properties draw at random and take long; a change has to be noticed by an example. */
const leftOut = /\.properties\.test\.js$/;

/** Tests that wait in real time come last: most changes are noticed before. */
const slow = /\/lambda\.test\.js$/;

/** How long a test may take, ms. */
const timeout = 4_000;

/**
 * Runs tests with mocha in Stryker's own process, so that a change costs milliseconds. Stryker's runner for mocha does not know
 * mocha 12, and its runner for TAP starts a process for each file of tests.
 */
class MochaRunner implements TestRunner {
  private readonly require = createRequire(path.resolve("package.json"));
  private readonly context: InstrumenterContext;

  constructor() {
    const all = globalThis as { [INSTRUMENTER_CONSTANTS.NAMESPACE]?: InstrumenterContext };
    this.context = all[INSTRUMENTER_CONSTANTS.NAMESPACE] ??= {};
  }

  capabilities() {
    return { reloadEnvironment: true };
  }

  async dryRun({ coverageAnalysis, disableBail }: DryRunOptions): Promise<DryRunResult> {
    delete this.context.activeMutant;
    this.context.mutantCoverage = { static: {}, perTest: {} };
    this.load();
    const result = await this.run(disableBail);
    const { mutantCoverage } = this.context;
    return result.status === DryRunStatus.Complete && coverageAnalysis !== "off" && mutantCoverage
      ? { ...result, mutantCoverage }
      : result;
  }

  async mutantRun(options: MutantRunOptions): Promise<MutantRunResult> {
    const { activeMutant, disableBail, hitLimit, mutantActivation, testFilter } = options;
    const { context } = this;
    delete context.activeMutant;
    Object.assign(context, { hitLimit, hitCount: hitLimit === undefined ? undefined : 0 });
    if (mutantActivation === "static") context.activeMutant = activeMutant.id;
    this.load();
    context.activeMutant = activeMutant.id;
    return toMutantRunResult(await this.run(disableBail, testFilter));
  }

  private mocha = new Mocha();

  /** Loads code and tests anew, so that no change leaves anything behind. */
  private load(): void {
    const { cache } = this.require;
    for (const file of Object.keys(cache)) {
      if (!file.includes("node_modules")) Reflect.deleteProperty(cache, file);
    }
    // Tests that draw examples draw the same ones each time.
    const fastCheck = this.require("fast-check") as typeof import("fast-check");
    fastCheck.configureGlobal({ seed: 1, numRuns: 20 });
    // The reporter that all others derive from prints nothing.
    this.mocha = new Mocha({ reporter: Mocha.reporters.Base, timeout, ui: "bdd" });
    const files = folders.flatMap((folder) =>
      readdirSync(folder)
        .filter((name) => name.endsWith(".test.js") && !leftOut.test(name))
        .map((name) => path.resolve(folder, name)),
    );
    files.sort((one, other) => Number(slow.test(one)) - Number(slow.test(other)));
    // As mocha loads files itself, but synchronously, and by this cache of modules.
    const { suite } = this.mocha;
    for (const file of files) {
      suite.emit("pre-require", globalThis, file, this.mocha);
      suite.emit("require", this.require(file), file, this.mocha);
      suite.emit("post-require", globalThis, file, this.mocha);
    }
  }

  private run(disableBail: boolean, tests?: readonly string[]): Promise<DryRunResult> {
    const { context, mocha } = this;
    const results: TestResult[] = [];
    if (tests !== undefined) mocha.grep(new RegExp(`^(?:${tests.map(escape).join("|")})$`));
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
