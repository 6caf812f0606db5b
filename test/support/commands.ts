import { blocksOf, pages, type Block } from "./markdown";

/** Where the commands of a block are run, or why they are not. */
export type Handling =
  | {
      /** In a clone of this repository, or in a project that has the package. */
      readonly kind: "run";
      readonly where: "clone" | "project";
      /** Replacements by text of the block: for placeholders, and for commands that would take too long. */
      readonly instead?: Readonly<Record<string, string>>;
      /** Exit code, if not 0. */
      readonly code?: number;
      /** Pattern of the output. */
      readonly says: RegExp;
    }
  /** Run by a part of .ci/run, by name. */
  | { readonly kind: "part"; readonly parts: readonly string[] }
  | { readonly kind: "not here"; readonly because: string };

/** A block of commands with its handling. */
export interface HandledBlock {
  readonly block: Block;
  /** The commands as a shell takes them. */
  readonly commands: string;
  readonly handling: Handling;
}

const policies = /graceful-asg@v/;
/** The actions of all instances of a rehearsal were completed. */
const played = /CompleteLifecycleAction +[34]\n/;

/** How blocks are handled, by page and the beginning of a block's commands; the order is that in which they are run. */
const handlings: readonly (readonly [page: string, commands: string, handling: Handling])[] = [
  ["README.md", "npm ci && npm start", { kind: "run", where: "clone", says: played }],
  ["README.md", "npm ci && npm test", { kind: "part", parts: ["install", "test"] }],
  ["CONTRIBUTING.md", "npm ci\nnpm test", { kind: "part", parts: ["install", "test", "lint", "types"] }],
  [
    "README.md",
    "export PULUMI_CONFIG_PASSPHRASE",
    {
      kind: "run",
      where: "clone",
      // To the backend of the test, and not to the backend of this computer's user.
      instead: { "login --local": "login" },
      says: /aws:autoscaling:Group web created [^]*\+ \d+ created/,
    },
  ],
  [
    "policy/README.md",
    "npx pulumi preview --policy-pack policy\n",
    { kind: "run", where: "clone", says: policies },
  ],
  [
    "policy/README.md",
    "npx pulumi preview --policy-pack policy --policy-pack-config",
    { kind: "run", where: "clone", says: policies },
  ],
  [
    "docs/rehearsals.md",
    "npm start -- dev --instances 4 --picture",
    { kind: "run", where: "clone", says: played },
  ],
  [
    "docs/rehearsals.md",
    "npm start -- dev --instances 4 --fault script-fails",
    { kind: "run", where: "clone", code: 1, says: played },
  ],
  [
    "docs/rehearsals.md",
    "npm start -- dev --instances 4 --fault lost-hook-event",
    { kind: "run", where: "clone", says: played },
  ],
  ...["npx graceful-asg check", "npx graceful-asg status", "npx graceful-asg extend"].map(
    (commands): (typeof handlings)[number] => [
      "docs/operators.md",
      commands,
      { kind: "not here", because: "test/account runs it at the simulator" },
    ],
  ),
  [
    "docs/holding.md",
    "aws ec2 create-tags",
    { kind: "not here", because: "test/promises/holding sets the tag at the simulator" },
  ],
  [
    "docs/promises.md",
    "npm run chaos",
    {
      kind: "run",
      where: "clone",
      instead: { "--runs 10000": "--runs 40" },
      code: 1,
      says: /(0 broken promises[^]*){2}is broken/,
    },
  ],
  [
    "README.md",
    "npm install graceful-asg",
    {
      kind: "run",
      where: "project",
      instead: { "install graceful-asg": "install TARBALL" },
      says: /added \d+/,
    },
  ],
  [
    "README.md",
    "npx graceful-asg rehearse STACK",
    { kind: "run", where: "project", instead: { STACK: "dev" }, says: played },
  ],
  ["README.md", "npm install @pulumi/policy", { kind: "run", where: "project", says: policies }],
  [
    "policy/README.md",
    "npm install graceful-asg @pulumi/policy",
    { kind: "run", where: "project", instead: { "install graceful-asg": "install TARBALL" }, says: policies },
  ],
  [
    "docs/networks.md",
    "npx graceful-asg rehearse STACK --fault",
    { kind: "run", where: "project", instead: { STACK: "dev" }, says: played },
  ],
  [
    "docs/scripts.md",
    "npx graceful-asg rehearse dev --run-scripts",
    { kind: "run", where: "project", says: /ended with exit code 0/ },
  ],
  [
    "docs/instances.md",
    "aws autoscaling terminate-instance",
    { kind: "not here", because: "ends an instance of an AWS account" },
  ],
  ["docs/testing.md", "pip install", { kind: "part", parts: ["engine"] }],
];

/** All blocks of commands, in the order in which they are run. */
export function handledBlocks(): HandledBlock[] {
  const blocks = commandBlocks();
  return handlings.flatMap(([page, beginning, handling]) => {
    const [block, ...others] = blocks.filter(
      (one) => one.page === page && `${commandsIn(one)}\n`.startsWith(beginning),
    );
    if (block === undefined || others.length > 0)
      throw new Error(`${page} has not exactly one block that begins with ${JSON.stringify(beginning)}`);
    return [{ block, commands: commandsIn(block), handling }];
  });
}

/** Blocks that a reader would type into a shell. */
export function commandBlocks(): Block[] {
  return pages.flatMap(blocksOf).filter(({ language, text }) => language === "sh" || /^\$ /m.test(text));
}

/** The commands of a block: the text after the prompts, where there are prompts. */
function commandsIn({ language, text }: Block): string {
  if (language === "sh") return text;
  return [...text.matchAll(/^\$ (.*)$/gm)].map(([, command = ""]) => command).join("\n");
}
