/** How a document's step for Linux, and a step for Windows, holds the script: lines of base64. */
const scripts = [/^SCRIPT64='([A-Za-z0-9+/=\n]*)'$/m, /^\$Script64 = @'\n([A-Za-z0-9+/=\n]*)\n'@$/m];

/** The script that the text of a step of our documents holds; undefined for the text of another document. */
export function scriptIn(text: string): string | undefined {
  for (const pattern of scripts) {
    const encoded = pattern.exec(text)?.[1];
    if (encoded !== undefined) return Buffer.from(encoded, "base64").toString("utf8");
  }
  return undefined;
}

const before = "graceful-asg: ";
const after = " once per lifecycle action.";

/** The description of a document of ours, by what its script does. */
export function describeDocument(does: string): string {
  return `${before}${does}${after}`;
}

/** What the script of a document of ours does, as its description says; undefined for another document. */
export function doesIn(description: string): string | undefined {
  return description.startsWith(before) && description.endsWith(after)
    ? description.slice(before.length, -after.length)
    : undefined;
}
