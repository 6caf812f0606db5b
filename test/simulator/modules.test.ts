import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import * as path from "node:path";
import type { Code } from "../../simulator";
import { TestBed } from "../support/testBed";
import { root } from "../support/deployment";

/** Replaces the function's code by some files. */
const withFiles =
  (files: Readonly<Record<string, string>>) =>
  (code: Code): Code =>
    new Map(
      [...code.keys()].map((arn) => [
        arn,
        { files: new Map(Object.entries(files)), handler: "__index.handler" },
      ]),
    );

describe("the modules of a function in the simulator", () => {
  let bed: TestBed;
  afterEach(() => bed.close());

  /** What the function logs, and how its invocations end, for one event and some minutes. */
  const play = async (files: Readonly<Record<string, string>>, seconds = 30) => {
    bed = await TestBed.open({
      world: (world) => ({ ...world, rules: [] }),
      code: withFiles(files),
      args: { targetGroup: { port: 80, deregistrationDelay: 0 } },
    });
    await bed.scaleIn(1);
    await bed.pass(seconds);
    const log = bed.of("log").map(({ entry }) => entry as Readonly<Record<string, unknown>>);
    const phases = bed.of("invocation").map(({ phase }) => phase);
    return { log, phases };
  };
  /** What the function logs when its code says so. */
  const logged = async (text: string, files: Readonly<Record<string, string>> = {}) => {
    const { log, phases } = await play({
      ...files,
      "__index.js": `exports.handler = async () => { console.info(await (async () => {${text}})()); };`,
    });
    assert.deepEqual(phases, ["started", "ended"], JSON.stringify(log));
    return log[0] as unknown;
  };
  /** The error of code that is run with an event. */
  const failure = (name: string) =>
    logged(`try { ${name} } catch (error) { return error.code + " " + error.message.split("\\n")[0]; }`);

  it("are not loaded from the machine: the function cannot be loaded, and says so as Lambda does", async () => {
    assert.ok(existsSync(path.join(root, "node_modules/yaml/package.json")));
    const { log, phases } = await play(
      { "__index.js": 'require("yaml"); exports.handler = async () => {};' },
      300,
    );

    assert.deepEqual(log[0], {
      errorType: "Runtime.ImportModuleError",
      errorMessage: "Cannot find module 'yaml'\nRequire stack:\n- /var/task/__index.js",
    });
    assert.deepEqual(phases, ["started", "failed", "started", "failed", "started", "failed"]);
    assert.equal(bed.of("invocation").filter(({ cold }) => cold).length, 3);
    assert.equal(bed.simulator.lambda.deadLetters.length, 1);
  });

  it("are not loaded from the machine during an invocation either", async () => {
    assert.equal(await failure('require("yaml")'), "MODULE_NOT_FOUND Cannot find module 'yaml'");
    await bed.close();
    assert.equal(await failure('await import("yaml")'), "MODULE_NOT_FOUND Cannot find module 'yaml'");
    await bed.close();
    const file = path.join(root, "package.json");
    assert.equal(await failure(`require("${file}")`), `MODULE_NOT_FOUND Cannot find module '${file}'`);
  });

  it("are found in the archive as Node.js finds them: by exports, by main, nested, as JSON", async () => {
    const found = await logged(
      `return [require("a"), require("a/sub"), require("@s/b").name, (await import("c")).default, require(require.resolve("d"))];`,
      {
        "node_modules/a/package.json":
          '{"exports":{".":{"import":"./no.mjs","require":"./a.cjs"},"./sub":"./deep/sub.js"}}',
        "node_modules/a/a.cjs": 'module.exports = "a with " + require("c");',
        "node_modules/a/deep/sub.js":
          'module.exports = "sub of " + require("../package.json").exports["./sub"];',
        "node_modules/a/node_modules/c/index.js": 'module.exports = "its own c";',
        "node_modules/@s/b/package.json": '{"main":"lib"}',
        "node_modules/@s/b/lib/index.js": 'exports.name = "b";',
        "node_modules/c/index.js": 'module.exports = "c";',
        "node_modules/d.js": 'module.exports = "d";',
      },
    );

    assert.deepEqual(found, ["a with its own c", "sub of ./deep/sub.js", "b", "c", "d"]);
  });

  it("run in the environment: at its time, with its variables and a state of their own", async () => {
    const found = await logged('const a = require("a"); a.count += 1; return a;', {
      "node_modules/a/index.js": `#!/usr/bin/env node
        const process = require("process");
        const { performance } = require("node:perf_hooks");
        exports.count = 0;
        exports.year = new Date().getFullYear();
        exports.isMain = require.main === module;
        exports.file = __filename;
        exports.hasClock = typeof performance.now() === "number" && process.pid > 0;`,
    });

    assert.deepEqual(found, {
      count: 1,
      year: 2026,
      isMain: false,
      file: "/var/task/node_modules/a/index.js",
      hasClock: true,
    });
  });

  it("read the files of the function, and no files of the machine", async () => {
    const home = path.join(root, "package.json");
    const found = await logged(
      `const fs = require("fs"), path = require("path"), later = require("node:fs/promises");
       const file = path.join(__dirname, "data.json");
       const failed = (run) => { try { run(); return "read"; } catch (error) { return error.code; } };
       return [
         fs.readFileSync(file, "utf8"), fs.existsSync(file), fs.statSync(file).size, fs.readdirSync("/var/task").sort().join(),
         await later.readFile(file, "utf8"), (await fs.promises.stat(file)).size,
         failed(() => fs.readFileSync(${JSON.stringify(home)})), fs.existsSync(${JSON.stringify(home)}),
         await later.readFile(${JSON.stringify(home)}).catch((error) => error.code),
       ];`,
      { "data.json": "{}" },
    );

    assert.deepEqual(found, [
      ...["{}", true, 2, "__index.js,data.json", "{}", 2],
      ...["ENOENT", false, "ENOENT"],
    ]);
  });

  it("may be Node.js's own, by import too", async () => {
    assert.deepEqual(
      await logged('return [(await import("node:path")).posix.sep, require("os").EOL, typeof fetch];'),
      ["/", "\n", "function"],
    );
  });

  it("are named in the error where only Lambda could load them", async () => {
    const files = {
      "node_modules/a/package.json": '{"type":"module","exports":{"import":"./index.js"}}',
      "node_modules/a/index.js": "export const a = 1;",
    };
    const text = 'return await import("a").then(() => "loaded", (error) => error.message);';

    assert.match(
      String(await logged(text, files)),
      /^a is an ES module, which Lambda loads, but the simulator cannot/,
    );
  });

  it("may be wrong in other ways, which have error types of their own", async () => {
    const syntax = await play({ "__index.js": "exports.handler = async () => {" });
    await bed.close();
    const handler = await play({ "__index.js": "exports.other = async () => {};" });
    await bed.close();
    const thrown = await play({ "__index.js": 'throw new RangeError("no");' });

    assert.equal(syntax.log[0]?.["errorType"], "Runtime.UserCodeSyntaxError");
    assert.equal(handler.log[0]?.["errorType"], "Runtime.HandlerNotFound");
    assert.deepEqual(thrown.log[0], { errorType: "RangeError", errorMessage: "no" });
  });
});
