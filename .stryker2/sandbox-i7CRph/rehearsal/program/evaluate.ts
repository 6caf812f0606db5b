// @ts-nocheck
import { statSync } from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import type { Account } from "./provider";
import { ProjectError, type Project } from "./project";
import { record } from "./record";
import type { Registration } from "./registration";

/** How a program is evaluated, if not as the first deployment to an ordinary account. */
export interface EvaluateOptions {
  readonly account?: Partial<Account>;
  /** Whether ids and names stay unknown, as in the preview of a new stack. */
  readonly preview?: boolean;
}

/** Runs a project's program with the configuration of its stack and returns the resources that it registers. */
export async function evaluate(
  project: Project,
  { account, preview = false }: EvaluateOptions = {},
): Promise<readonly Registration[]> {
  return inFolderOf(project, async () => {
    const { registrations } = await record(
      {
        project: project.name,
        stack: project.stack,
        config: project.config,
        account: {
          id: "123456789012",
          region: project.config["aws:region"] ?? "us-east-1",
          partition: "aws",
          ...account,
        },
        preview,
      },
      () => {
        loadAfresh(project);
      },
    );
    return registrations;
  });
}

/** Runs code in the folder of the program's entry point, as Pulumi does: files and packages are looked for from there. */
async function inFolderOf<Result>({ main }: Project, run: () => Promise<Result>): Promise<Result> {
  const usual = process.cwd();
  const isFolder = statSync(main, { throwIfNoEntry: false })?.isDirectory();
  process.chdir(isFolder ? main : path.dirname(main));
  try {
    return await run();
  } finally {
    process.chdir(usual);
  }
}

/** Loads the entry point of the program anew, whether or not an earlier evaluation has loaded it. */
function loadAfresh({ main, root }: Project): void {
  const load = createRequire(path.join(root, "package.json"));
  Reflect.deleteProperty(load.cache, load.resolve(main));
  try {
    load(main);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ERR_REQUIRE_ESM")) throw error;
    throw new ProjectError(
      `${main} is an ES module, which cannot be rehearsed. Remove "type": "module" from package.json.`,
    );
  }
}
