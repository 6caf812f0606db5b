import { describeOutputIn } from "./output";
import { describeStepIn } from "./step";

const shell = { name: "bash", interpreter: "/bin/bash" };

describeStepIn(shell);
describeOutputIn(shell);
