import { describeOutputIn } from "./output";
import { describeStepIn } from "./step";

const shell = { name: "dash", interpreter: "/bin/dash" };

describeStepIn(shell);
describeOutputIn(shell);
