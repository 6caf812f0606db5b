import { createRequire } from "node:module";
import { Option } from "commander";
import type * as Account from "./account";
import { consoleTerminal, type Terminal } from "./terminal";

/** A command on an account; gives the exit code. */
export type OnAccount = (
  commands: typeof Account,
  open: Account.OpenAccount,
  terminal: Terminal,
) => Promise<number>;

/** Runs a command on the account of the environment. */
export async function runOnAccount(run: OnAccount): Promise<void> {
  const commands = load();
  const { accountOpener, translated } = commands;
  process.exitCode = await translated(() => run(commands, accountOpener(), consoleTerminal));
}

/** Loads the commands with the SDK, which takes half a second, only for a command that needs them. */
function load(): typeof Account {
  // The SDK warns of versions of Node.js that its later versions will not run on; the SDK here is bundled.
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
  return createRequire(__filename)("./account") as typeof Account;
}

/** The Region of a command. */
export function region(): Option {
  return new Option("--region <name>", "Region (default: the Region of the environment or of the profile)");
}

/** Adds a value of an option that may be given several times. */
export function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}
