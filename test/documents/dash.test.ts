import { describeStepIn } from "./step";

describeStepIn({ name: "dash", interpreter: "/bin/dash" });
