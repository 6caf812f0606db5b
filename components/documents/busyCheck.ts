import { answerLines, checkCodes, platforms, stepNames } from "../../contract";
import { base64Lines } from "./base64";
import { noScriptOn, shells } from "./shells";
import type { Script, ScriptPlatform } from "./source";

/** Seconds that a check may take; the agent takes no less than 5. */
export const checkTimeout = 10;

/** Longest check, bytes: Windows takes 32,767 characters for a command line, in which each byte takes some three. */
export const maxCheckSize = 8_000;

/**
 * Content of the SSM document that asks an instance whether it is busy. The document reports success with a line that
 * says the answer: a check that says idle is no failure in the history of commands or in the metrics of Run Command.
 */
export function busyCheckContent(script: Script): string {
  return JSON.stringify({
    schemaVersion: "2.2",
    description: "graceful-asg: asks an instance of an Auto Scaling group whether it is busy.",
    mainSteps: platforms.map((platform) => ({
      name: stepNames[platform],
      action: shells[platform].action,
      precondition: { StringEquals: ["platformType", platform] },
      inputs: {
        timeoutSeconds: String(checkTimeout),
        runCommand: platform === script.platform ? texts[script.platform](script.text) : noScriptOn(platform),
      },
    })),
  });
}

/** Writes the text of the step, for each platform. */
const texts: Readonly<Record<ScriptPlatform, (text: string) => string[]>> = {
  Linux: (text) => [
    "#!/bin/sh",
    `CHECK64='${base64Lines(text.replaceAll("\r\n", "\n")).join("\n")}'`,
    "export HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "cd /",
    // What the check writes is not kept: it would stand between the agent and the answer.
    'check=$(printf "%s\\n" "$CHECK64" | base64 -d) || exit 2',
    'sh -c "$check" > /dev/null 2>&1 < /dev/null',
    "code=$?",
    `if [ "$code" -eq ${checkCodes.busy} ]; then echo '${answerLines.busy}'; exit 0; fi`,
    `if [ "$code" -eq ${checkCodes.idle} ]; then echo '${answerLines.idle}'; exit 0; fi`,
    'echo "graceful-asg: the check ended with $code"',
    "exit 2",
  ],
  Windows: (text) => [
    `$encoded = '${Buffer.from(text, "utf16le").toString("base64")}'`,
    "& powershell.exe -NoProfile -NonInteractive -ExecutionPolicy Bypass -EncodedCommand $encoded *> $null",
    "$code = $LASTEXITCODE",
    `if ($code -eq ${checkCodes.busy}) { Write-Output '${answerLines.busy}'; exit 0 }`,
    `if ($code -eq ${checkCodes.idle}) { Write-Output '${answerLines.idle}'; exit 0 }`,
    'Write-Output "graceful-asg: the check ended with $code"',
    "exit 2",
  ],
};
