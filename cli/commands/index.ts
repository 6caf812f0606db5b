import type { Command } from "commander";
import { drill } from "./drill";
import { explain } from "./explain";
import { rehearse } from "./rehearse";
import { extend, release, retry } from "./operate";
import { status } from "./status";

/** The commands, in the order in which the help lists them. */
export const commands: readonly (() => Command)[] = [
  rehearse,
  status,
  explain,
  drill,
  release,
  extend,
  retry,
];
