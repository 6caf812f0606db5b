import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import * as path from "node:path";
import packageJson from "../../package.json";
import { root } from "../support/deployment";
import { anchorsOf, linksOf, pages } from "../support/markdown";

/** Files that npm packs, whether or not they were built. */
function packed(): ReadonlySet<string> {
  const options = ["pack", "--dry-run", "--json", "--ignore-scripts"];
  const output = execFileSync("npm", options, {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [tarball] = JSON.parse(output) as { files: { path: string }[] }[];
  return new Set(tarball?.files.map((file) => file.path));
}

describe("links of the pages", () => {
  const links = pages.flatMap(linksOf);
  const nameOf = ({ line, page }: { line: number; page: string }) => `${page}:${line}`;

  it("are found", () => {
    assert.ok(links.length > 30, `${links.length} links`);
  });

  it("lead to a file, and to a heading of it", () => {
    const broken = links.filter(
      ({ anchor, target }) =>
        !existsSync(path.join(root, target)) || (anchor !== undefined && !anchorsOf(target).includes(anchor)),
    );

    assert.deepEqual(broken, []);
  });

  it("stay in the package, for the pages that npm packs", () => {
    const files = packed();
    const lost = links.filter(({ page, target }) => files.has(page) && !files.has(target));

    assert.ok(files.has("README.md") && files.has("docs/changes.md"));
    assert.deepEqual(lost.map(nameOf), []);
  });

  it("can be followed from npm's page, which resolves them in the repository", () => {
    assert.match(packageJson.repository.url, /^git\+https:\/\/github\.com\/[\w-]+\/[\w-]+\.git$/);
    const [, repository = ""] = /^git\+(.*)\.git$/.exec(packageJson.repository.url) ?? [];
    assert.equal(packageJson.homepage, `${repository}#readme`);
    assert.equal(packageJson.bugs, `${repository}/issues`);
  });
});
