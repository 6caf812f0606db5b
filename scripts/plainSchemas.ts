import { readFile } from "node:fs/promises";
import type { Plugin } from "esbuild";

/**
 * Writes the computed keys of the SDK's schemas as they are. The values are constants, but esbuild cannot know that, and
 * so keeps the schemas of all calls: for EC2 alone half a megabyte that would be loaded at each start.
 */
export const plainSchemas: Plugin = {
  name: "plain schemas",
  setup: ({ onLoad }) => {
    onLoad({ filter: /@aws-sdk[\\/]client-[\w-]+[\\/]dist-es[\\/]schemas[\\/]/ }, async ({ path: file }) => {
      const text = await readFile(file, "utf8");
      const constants = new Map(
        [...text.matchAll(/^const (_\w+) = ("[^"]*");$/gm)].map(([, name = "", value = ""]) => [name, value]),
      );
      const plain = text.replaceAll(/\[(_\w+)\]:/g, (key, name: string) =>
        constants.has(name) ? `${constants.get(name) ?? ""}:` : key,
      );
      return { contents: plain };
    });
  },
};
