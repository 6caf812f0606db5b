import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import * as path from "node:path";
import type { GracefulAutoScalingGroupArgs } from "../../components";

/** A callback of a user. */
export type IsBusy = NonNullable<GracefulAutoScalingGroupArgs["isBusy"]>;

/** A package of a test: its package.json, and the text of index.js or of several files. */
export interface Package {
  readonly manifest?: Readonly<Record<string, unknown>>;
  readonly files: string | Readonly<Record<string, string | Buffer>>;
}

/** A project of a user, in a folder of its own with no `node_modules` above it. */
export class UserProject {
  readonly folder = realpathSync(mkdtempSync(path.join(tmpdir(), "graceful-asg-")));

  /** Writes a file. */
  write(name: string, content: string | Buffer): this {
    const file = path.join(this.folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
    return this;
  }

  /** Puts a package into a folder, as in `node_modules/queue`. */
  install(place: string, { files, manifest = {} }: Package): this {
    const name = place.slice(place.lastIndexOf("node_modules/") + "node_modules/".length);
    this.write(`${place}/package.json`, JSON.stringify({ name, version: "1.0.0", ...manifest }));
    for (const [file, content] of Object.entries(typeof files === "string" ? { "index.js": files } : files))
      this.write(`${place}/${file}`, content);
    return this;
  }

  /** Links a folder to another, as workspaces and pnpm do. */
  link(place: string, target: string): this {
    const link = path.join(this.folder, place);
    mkdirSync(path.dirname(link), { recursive: true });
    symlinkSync(path.join(this.folder, target), link, "junction");
    return this;
  }

  /** The callback of a program in JavaScript; `program` is its folder, and the text exports `isBusy`. */
  isBusy(text: string, program = "."): IsBusy {
    this.write(`${program}/index.js`, text);
    const load = createRequire(path.join(this.folder, program, "package.json"));
    return (load("./index.js") as { isBusy: IsBusy }).isBusy;
  }

  /** Runs code in the folder of the program, as Pulumi does. */
  async run<Result>(run: () => Promise<Result>, program = "."): Promise<Result> {
    const usual = process.cwd();
    process.chdir(path.join(this.folder, program));
    try {
      return await run();
    } finally {
      process.chdir(usual);
    }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
