import { describeStepIn } from "./step";

describeStepIn({ name: "bash", interpreter: "/bin/bash" });
