import type { Tools } from "./tools";

/** Packages of a project, with their versions. */
export type Dependencies = Readonly<Record<string, string>>;

/** A kind of project, made as Pulumi's templates make it. */
export interface Kind {
  readonly name: string;
  /** Files by path; the files of the Pulumi project are in `folder`. */
  files(dependencies: Dependencies): Readonly<Record<string, string>>;
  /** Where Pulumi.yaml is, below the folder in which packages are installed. */
  readonly folder: string;
  install(tools: Tools): readonly string[];
  /** The beginning of a command line that runs a package's program. */
  exec(tools: Tools): readonly string[];
}

const args = `{
  vpcId: "vpc-0123456789abcdef0",
  subnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
  instance: { disableApiTermination: true, disableApiStop: true },
  minSize: 1,
  maxSize: 2,
  targetGroup: { port: 8080, deregistrationDelay: 30 },
  terminate: { systemdUnit: "application", timeout: 120 },
}`;

const esModule = `import { GracefulAutoScalingGroup } from "graceful-asg";

const web = new GracefulAutoScalingGroup("web", ${args});
export const timeline = web.timeline;
`;

const commonJs = `const { GracefulAutoScalingGroup } = require("graceful-asg");

const web = new GracefulAutoScalingGroup("web", ${args});
exports.timeline = web.timeline;
`;

/** Settings of the template aws-typescript: libraries are checked too, and `exports` of packages are not known. */
const tsconfig = {
  compilerOptions: {
    strict: true,
    outDir: "bin",
    target: "es2020",
    module: "commonjs",
    moduleResolution: "node",
    sourceMap: true,
    experimentalDecorators: true,
    pretty: true,
    noFallthroughCasesInSwitch: true,
    noImplicitReturns: true,
    forceConsistentCasingInFileNames: true,
  },
  files: ["index.ts"],
};

const esmTsconfig = {
  compilerOptions: { strict: true, target: "es2022", module: "nodenext", moduleResolution: "nodenext" },
  files: ["index.ts"],
};

const typescriptTools = { typescript: "^5.9.0", "@types/node": "^20.0.0" };
const npm = {
  folder: ".",
  install: () => ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefer-offline"],
  exec: () => ["npx", "--no-install"],
};

/** Kinds that are tried. */
export const kinds: readonly Kind[] = [
  {
    name: "TypeScript",
    ...npm,
    files: (dependencies) => typescript("of-typescript", dependencies),
  },
  {
    name: "TypeScript, ES modules",
    ...npm,
    files: (dependencies) => ({
      "Pulumi.yaml": project("of-typescript-modules"),
      "package.json": json({
        name: "of-typescript-modules",
        main: "index.ts",
        type: "module",
        dependencies,
        devDependencies: { ...typescriptTools, "ts-node": "^10.9.2" },
      }),
      "tsconfig.json": json(esmTsconfig),
      "index.ts": esModule,
    }),
  },
  {
    name: "JavaScript",
    ...npm,
    files: (dependencies) => ({
      "Pulumi.yaml": project("of-javascript"),
      "package.json": json({ name: "of-javascript", main: "index.js", dependencies }),
      "index.js": commonJs,
    }),
  },
  {
    name: "JavaScript, ES modules",
    ...npm,
    files: (dependencies) => ({
      "Pulumi.yaml": project("of-modules"),
      "package.json": json({ name: "of-modules", main: "index.js", type: "module", dependencies }),
      "index.js": esModule,
    }),
  },
  {
    name: "TypeScript, pnpm",
    folder: ".",
    install: ({ folder, pnpm }) => [pnpm, "install", "--silent", "--store-dir", `${folder}/store`],
    exec: ({ pnpm }) => [pnpm, "exec"],
    files: (dependencies) => ({
      ...typescript("of-pnpm", dependencies),
      // pnpm ends with an error unless the project says whether the scripts of a package may run.
      "pnpm-workspace.yaml": "allowBuilds:\n  protobufjs: false\n",
    }),
  },
  {
    name: "TypeScript, workspace",
    ...npm,
    folder: "packages/infrastructure",
    files: (dependencies) => ({
      "package.json": json({ name: "root", private: true, workspaces: ["packages/*"] }),
      ...Object.fromEntries(
        Object.entries(typescript("of-workspace", dependencies)).map(([file, text]) => [
          `packages/infrastructure/${file}`,
          text,
        ]),
      ),
    }),
  },
];

function typescript(name: string, dependencies: Dependencies): Readonly<Record<string, string>> {
  return {
    "Pulumi.yaml": project(name),
    "package.json": json({ name, main: "index.ts", dependencies, devDependencies: typescriptTools }),
    "tsconfig.json": json(tsconfig),
    "index.ts": esModule,
  };
}

function project(name: string): string {
  return `name: ${name}\nruntime: nodejs\n`;
}

function json(content: object): string {
  return `${JSON.stringify(content, undefined, 2)}\n`;
}
