import type { Transition } from "../../../contract";
import type { AnnounceArgs, LaunchArgs, LaunchWords, TerminateArgs, TerminateWords } from "../../arguments";
import { container } from "./container";
import { httpReady } from "./httpReady";
import { systemdUnit } from "./systemdUnit";
import { windowsService } from "./windowsService";
import type { Word } from "./word";

export { unitNames } from "./systemdUnit";
export { serviceNames } from "./windowsService";
export type { Word, WordTimes } from "./word";

type OwnScripts = Pick<TerminateWords & LaunchWords, "script" | "powershell">;

const script: Word<OwnScripts> = {
  platform: "Linux",
  use: "script for Linux",
  script: ({ script: text }) => text,
};

const powershell: Word<OwnScripts> = {
  platform: "Windows",
  use: "powershell for Windows",
  script: ({ powershell: text }) => text,
};

/** The ways to say how an instance learns that it was chosen. */
export const announceWords: Readonly<Record<"script" | "powershell", Word<AnnounceArgs>>> = {
  script,
  powershell,
};

/** The words of each transition. */
export interface WordsOf {
  readonly terminate: Readonly<Record<keyof TerminateWords, Word<TerminateArgs>>>;
  readonly launch: Readonly<Record<keyof LaunchWords, Word<LaunchArgs>>>;
}

/** All words, by the arguments that they are. */
export const words: WordsOf & Readonly<Record<Transition, unknown>> = {
  terminate: { script, powershell, systemdUnit, container, windowsService },
  launch: { script, powershell, httpReady },
};
