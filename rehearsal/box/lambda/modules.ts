/** What `require` gives to code in an environment: Node.js itself, and a file system without a home folder. */
export function createRequire(local: (name: string) => unknown): (name: string) => unknown {
  return (name) => {
    if (name.startsWith(".")) return local(name);
    switch (name.replace(/^node:/, "")) {
      case "fs":
        return { promises: emptyFolder, readFileSync: () => undefined };
      case "fs/promises":
        return emptyFolder;
      default:
        // eslint-disable-next-line @typescript-eslint/no-require-imports -- hands on the modules of Node.js
        return require(name) as unknown;
    }
  };
}

/** In Lambda the SDK finds no files of its own; looking for them here must not take real time. */
const emptyFolder = {
  readFile: () => Promise.reject(Object.assign(new Error("ENOENT"), { code: "ENOENT" })),
};
