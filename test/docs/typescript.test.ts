import assert from "node:assert/strict";
import * as path from "node:path";
import ts from "typescript";
import { root } from "../support/deployment";
import { blocksOf, pages, type Block } from "../support/markdown";

const blocks = pages.flatMap(blocksOf).filter(({ language }) => language === "ts");

/** Settings of a careful user; the package is this repository's sources. */
const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.Node16,
  moduleResolution: ts.ModuleResolutionKind.Node16,
  strict: true,
  noUncheckedIndexedAccess: true,
  esModuleInterop: true,
  resolveJsonModule: true,
  skipLibCheck: true,
  noEmit: true,
  types: ["node"],
  paths: {
    "graceful-asg": [path.join(root, "components/index.ts")],
    "graceful-asg/policy": [path.join(root, "policy/index.ts")],
  },
};

describe("blocks of TypeScript in the pages", function () {
  this.timeout(60_000);

  it("are found", () => {
    const withBlocks = new Set(blocks.map(({ page }) => page));

    for (const page of ["README.md", "policy/README.md", "docs/callbacks.md"])
      assert.ok(withBlocks.has(page), page);
  });

  it("compile, and a block that is wrong does not", () => {
    const wrong = { page: "wrong.md", line: 3, language: "ts", text: "const seconds: number = userData;" };
    const complaints = complaintsAbout([...blocks.map(asModule), wrong]);

    assert.deepEqual(
      complaints.filter((one) => !one.startsWith("wrong.md:3: ")),
      [],
    );
    assert.equal(complaints.length, 1);
  });
});

/** A block that shows arguments only is a part of an object. */
function asModule(block: Block): Block {
  const isPart = /^\w+: /.test(block.text);
  const text = isPart
    ? `({ ${block.text} }) satisfies Partial<import("graceful-asg").GracefulAutoScalingGroupArgs>;`
    : block.text;
  return { ...block, text: `${text}\nexport {};` };
}

function complaintsAbout(all: readonly Block[]): string[] {
  const files = new Map(all.map((block, index) => [path.join(root, "docs", `block-${index}.ts`), block]));
  const host = ts.createCompilerHost(options);
  const { fileExists, getSourceFile } = host;
  host.fileExists = (file) => files.has(file) || fileExists(file);
  host.getSourceFile = (file, version, ...rest) => {
    const block = files.get(file);
    return block === undefined
      ? getSourceFile(file, version, ...rest)
      : ts.createSourceFile(file, block.text, version);
  };
  const names = [path.join(root, "test/docs/ambient.d.ts"), ...files.keys()];
  const program = ts.createProgram(names, options, host);
  return ts.getPreEmitDiagnostics(program).map(({ file, messageText, start = 0 }) => {
    const block = files.get(file?.fileName ?? "");
    const place =
      block === undefined || file === undefined
        ? (file?.fileName ?? "")
        : `${block.page}:${block.line + file.getLineAndCharacterOfPosition(start).line}`;
    return `${place}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
  });
}
