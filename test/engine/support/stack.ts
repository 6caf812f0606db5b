import { execFileSync, spawn } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import packageJson from "../../../package.json";
import { root } from "../../support/deployment";

/** The result of a run of `pulumi`. */
export interface Said {
  readonly code: number | null;
  readonly output: string;
  /** The standard output alone, without warnings of npm for example. */
  readonly answer: string;
}

/** A resource of a stack's state. */
export interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
}

/** Environment variables that the engine tests need. */
const needed = ["AWS_ENDPOINT_URL", "PULUMI_BACKEND_URL", "PULUMI_CONFIG_PASSPHRASE"];

/** Files and folders of the repository that make a program. */
const parts = [
  "Pulumi.yaml",
  "Pulumi.dev.yaml",
  "index.ts",
  "package.json",
  "tsconfig.json",
  "tsconfig.program.json",
  "components",
  "contract",
  "dist/arguments",
  "dist/handler",
  "dist/policy",
  "policy",
  "program",
  "timing",
];

/** Folder of the programs other than the repository's own. */
const programs = "test/engine/programs";

/** A stack of this repository's program or of another program, deployed by the real engine from its own folder. */
export class Stack {
  readonly folder = mkdtempSync(path.join(tmpdir(), "graceful-asg-"));
  private readonly modules = path.join(this.folder, "node_modules");

  private constructor(
    private name: string,
    private readonly environment: Readonly<Record<string, string>>,
  ) {}

  /**
   * Makes the stack; nothing is deployed yet. Stacks of the repository's program have the configuration of its dev stack;
   * each takes another name, and another Region if a test counts the resources that it leaves behind.
   */
  static async create(
    name: string,
    {
      environment = {},
      program,
      region = "us-east-1",
    }: { environment?: Record<string, string>; program?: string; region?: string } = {},
  ): Promise<Stack> {
    const missing = needed.filter((variable) => !process.env[variable]);
    if (missing.length > 0) {
      throw new Error(
        `The engine tests need ${missing.join(", ")} in their environment: an AWS endpoint such as moto's, a Pulumi backend such as file:///tmp/state, a passphrase.`,
      );
    }
    const stack = new Stack(name, environment);
    for (const part of parts) {
      const from = path.join(root, part);
      cpSync(from, path.join(stack.folder, part), { recursive: true, force: true, errorOnExist: false });
    }
    if (program !== undefined) {
      // At the same path as here, so that its imports find the same modules.
      cpSync(path.join(root, programs), path.join(stack.folder, programs), { recursive: true });
      writeFileSync(path.join(stack.folder, "index.ts"), `export * from "./${programs}/${program}";\n`);
    } else if (name !== "dev") {
      cpSync(path.join(stack.folder, "Pulumi.dev.yaml"), path.join(stack.folder, `Pulumi.${name}.yaml`));
    }
    stack.useOwnSdk();
    const { code, output } = await stack.pulumi("stack", "init", name);
    if (code !== 0) throw new Error(output);
    await stack.configure("aws:region", region);
    return stack;
  }

  /** Runs `npx pulumi` in the stack's folder. */
  pulumi(...args: string[]): Promise<Said> {
    const child = spawn("npx", ["pulumi", ...args, "--color", "never", "--non-interactive"], {
      cwd: this.folder,
      env: { ...process.env, ...this.environment, PULUMI_SKIP_UPDATE_CHECK: "true" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    let answer = "";
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      answer += chunk.toString();
    });
    child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
    return new Promise((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (code) => {
        resolve({ code, output, answer });
      });
    });
  }

  up(...args: string[]): Promise<Said> {
    return this.pulumi("up", "--yes", "--skip-preview", "--stack", this.name, ...args);
  }

  preview(...args: string[]): Promise<Said> {
    return this.pulumi("preview", "--stack", this.name, ...args);
  }

  destroy(...args: string[]): Promise<Said> {
    return this.pulumi("destroy", "--yes", "--skip-preview", "--stack", this.name, ...args);
  }

  configure(key: string, value: string, ...flags: string[]): Promise<Said> {
    return this.pulumi("config", "set", "--stack", this.name, ...flags, key, value);
  }

  /** Renames the stack, in its project or into a project of another name. */
  async rename(name: string, project?: string): Promise<void> {
    const target = project === undefined ? name : `organization/${project}/${name}`;
    const { code, output } = await this.pulumi("stack", "rename", "--stack", this.name, target);
    if (code !== 0) throw new Error(output);
    this.name = name;
    if (project === undefined) return;
    const file = path.join(this.folder, "Pulumi.yaml");
    writeFileSync(file, readFileSync(file, "utf8").replace(/^name: .*$/m, `name: ${project}`));
    await this.pulumi("stack", "select", name);
  }

  /** Has the program run with the oldest SDK that this package allows, until `useOwnSdk`. */
  useOldestSdk(): void {
    const { "@pulumi/aws": aws, "@pulumi/pulumi": pulumi } = packageJson.peerDependencies;
    const wanted = [`@pulumi/aws@${aws.replace("^", "")}`, `@pulumi/pulumi@${pulumi.replace("^", "")}`];
    const folder = path.join(this.folder, "oldest");
    execFileSync("npm", ["install", "--no-save", "--silent", "--prefix", folder, ...wanted]);
    rmSync(this.modules);
    for (const parent of ["", "@pulumi"]) {
      mkdirSync(path.join(this.modules, parent));
      for (const name of readdirSync(path.join(root, "node_modules", parent))) {
        const older = path.join(folder, "node_modules", parent, name);
        const target =
          existsSync(older) && parent !== "" ? older : path.join(root, "node_modules", parent, name);
        if (name !== "@pulumi") symlinkSync(target, path.join(this.modules, parent, name));
      }
    }
  }

  /** Has the program run with this repository's SDK. */
  useOwnSdk(): void {
    rmSync(this.modules, { recursive: true, force: true });
    symlinkSync(path.join(root, "node_modules"), this.modules);
  }

  async resources(): Promise<readonly StateResource[]> {
    const { answer } = await this.pulumi("stack", "export", "--stack", this.name);
    const state = JSON.parse(answer) as { deployment?: { resources?: StateResource[] } };
    return state.deployment?.resources ?? [];
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The steps of a change, as in `update aws:ssm/document:Document web-terminate`, without steps that change nothing. */
export function stepsIn(output: string): string[] {
  const steps = new Set<string>();
  for (const [, mark = "", type = "", name = ""] of output.matchAll(
    /^ (\+-|\+\+|--|[-+~]) {1,2}(\S+) (\S+) /gm,
  )) {
    steps.add(`${marks[mark] ?? mark} ${type} ${name}`);
  }
  return [...steps].sort();
}

const marks: Readonly<Record<string, string>> = {
  "+": "create",
  "-": "delete",
  "~": "update",
  "+-": "replace",
  "++": "replace",
  "--": "replace",
};

/** Warnings of a deployment, except warnings that come from an endpoint other than AWS. */
export function warningsIn(output: string): string[] {
  const found = new Set([...output.matchAll(/warning: (.*)$/gm)].map(([, text = ""]) => text));
  return [...found].filter(
    (text) =>
      !text.startsWith("using pulumi-resource-") &&
      !text.endsWith("as it was sent; going on as if it did") &&
      !text.endsWith("not validated, not sent"),
  );
}

/** The findings of policies, by policy: the resource, and then each line of the message. */
export function findingsIn(output: string): Record<string, string[][]> {
  const found: Record<string, string[][]> = {};
  for (const [, policy = "", resource = "", message = ""] of output.matchAll(
    /^ {8}- \[\w+\] (?: ?\[severity: \w+\])? {2}(\S+) {2}\((.*)\)\n((?: {10}\S.*\n)*)/gm,
  )) {
    const lines = message.trim().split(/\n */);
    (found[policy] ??= []).push([resource, ...lines]);
  }
  return found;
}
