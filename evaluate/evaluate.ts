import { Monitor, startEngine, type LogEntry } from "./engine";
import { runProgram } from "./languageHost";
import { failureOf } from "./failure";
import type { Project } from "./project";
import { createProvider, type Account, type Assumptions } from "./provider";
import type { Fields } from "./fields";
import type { Registration } from "./registration";

/** How a program is evaluated, if not as the first deployment to an ordinary account. */
export interface EvaluateOptions {
  readonly account?: Partial<Account>;
  /** Whether ids and names stay unknown, as in the preview of a new stack. */
  readonly preview?: boolean;
  /** Outputs of other stacks by the stacks' names, as the program gives them. Defaults to none. */
  readonly stackOutputs?: Readonly<Record<string, Fields>>;
  /** Called with the messages of the program. Defaults to none. */
  readonly onLog?: (entry: LogEntry) => void;
}

/** What a program registers, and the assumptions for it. */
export interface Evaluation {
  readonly registrations: readonly Registration[];
  readonly assumptions: Assumptions;
  /** Where the program believes that it runs. */
  readonly account: Account;
}

/**
 * Runs a project's program with the configuration of its stack and returns the resources that it registers. The program
 * runs as in a preview: a value that nobody can know yet is unknown to it. Most ids and names are known, as other
 * resources have to refer to them.
 * @throws ProjectError for a program that fails
 */
export async function evaluate(
  project: Project,
  { account, onLog = () => undefined, preview = false, stackOutputs = {} }: EvaluateOptions = {},
): Promise<Evaluation> {
  const where = { id: "123456789012", region: regionOf(project), partition: "aws", ...account };
  const { assumptions, provider } = createProvider({
    account: where,
    folder: project.folder,
    preview,
    stackOutputs,
  });
  const monitor = new Monitor({
    project: project.name,
    stack: project.stack,
    folder: project.folder,
    provider,
  });
  const errors: string[] = [];
  const engine = await startEngine(monitor, (entry) => {
    if (entry.severity === "error") errors.push(entry.message);
    else onLog(entry);
  });
  try {
    const end = await runProgram(project, engine.address, (message) => {
      onLog({ severity: "info", message });
    });
    if (end.failed && errors.length === 0) errors.push(end.errorOutput);
    else onLog({ severity: "info", message: end.errorOutput });
    const failure = failureOf(errors, project);
    if (failure !== undefined) throw failure;
    return { registrations: monitor.registrations, assumptions, account: where };
  } finally {
    engine.close();
  }
}

/** The Region as the AWS provider finds it. */
function regionOf({ config }: Project): string {
  const { AWS_DEFAULT_REGION, AWS_REGION } = process.env;
  return config["aws:region"] ?? AWS_REGION ?? AWS_DEFAULT_REGION ?? "us-east-1";
}
