import fc from "fast-check";

// Where CI is set, properties draw the same examples each time, so that a commit's result is its own.
if (process.env["CI"]) fc.configureGlobal({ seed: 1 });
