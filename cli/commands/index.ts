import type { Command } from "commander";
import { check } from "./check";
import { drill } from "./drill";
import { explain } from "./explain";
import { rehearse } from "./rehearse";
import { extend, release, retry } from "./operate";
import { status } from "./status";

/** The commands, in the order in which the help lists them. */
export const commands: readonly (() => Command)[] = [
  rehearse,
  check,
  status,
  explain,
  drill,
  release,
  extend,
  retry,
];
