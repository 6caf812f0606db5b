import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chownSync, existsSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { subject } from "../support/cases";
import { Counter, action, pause, type Machine } from "../support/shells";

const canMount = triesToMount();

/** Tests of the guard where it cannot keep its files. */
export const places = subject("the guard that keeps its state", given, (it) => {
  for (const [what, options, filled] of [
    ["is full", "size=64k", true],
    ["can only be read", "size=64k,ro", false],
    ["has no file left", "size=64k,nr_inodes=2", false],
    ["has no room for the whole script", "size=16k", false],
  ] as const) {
    it.where(
      canMount,
      `uses the next place where a place ${what}, says why, and finds the run there again`,
      async ({ counter, disk, kept, machine, place }) => {
        disk("first", options, filled);
        const places = [place("first"), place("second")];
        const source = { script: counter.script(`echo out\nexit 4\n${"# long\n".repeat(4_000)}`) };
        const first = await machine.run(source, action, { places });
        const second = await machine.run(source, action, { places });

        assert.deepEqual([first.code, second.code, counter.runs], [80, 80, 1]);
        assert.match(first.output, /^graceful-asg: cannot keep the run in \S+first: ./m);
        for (const { output } of [first, second]) assert.match(output, /^out\n.*ended with exit code 4$/m);
        assert.deepEqual(kept("second"), ["1.output", "1.result", "1.run", "1.script"]);
        assert.ok(!kept("first").some((name) => name.endsWith(".script")), kept("first").join());
      },
    );
  }

  it("runs a script that no place can keep, says so, and knows its exit code", async ({
    counter,
    machine,
    place,
  }) => {
    writeFileSync(place("file"), "in the way");
    const places = [path.join(place("file"), "a"), path.join(place("file"), "b")];
    const script =
      "#!/bin/bash -u\n" + counter.script('echo "out $-"\ncat\nsleep 20 > /dev/null 2>&1 &\nexit 6');
    const first = await machine.run({ script }, action, { places });

    assert.deepEqual([first.code, counter.runs], [80, 1]);
    assert.match(first.output, /no place can keep the run/);
    assert.match(first.output, /^out \S*u\S*\ngraceful-asg: the terminate script ended with exit code 6$/m);
    assert.ok(first.took < 10);
    assert.equal((await machine.run({ script: "exit 0" }, action, { places })).code, 0);
  });

  it("ends a script in time that no place can keep, and survives a script that kills its own group", async ({
    machine,
    place,
  }) => {
    const places = [path.join(place("file"), "a")];
    writeFileSync(place("file"), "in the way");
    const slow = machine.run(
      { script: "trap 'exit 9' TERM\nsleep 30 &\nwait", times: { timeout: 5 } },
      action,
      {
        places,
      },
    );
    const rude = await machine.run({ script: "kill -9 0" }, action, { places });

    assert.match((await slow).output, /ended with exit code 9$/m);
    assert.match(rude.output, /ended with exit code 137$/m);
  });

  it.where(
    canMount,
    "lets the script go on where its output fills the disk, and keeps the result elsewhere",
    async ({ counter, disk, kept, machine, place }) => {
      disk("first", "size=128k");
      const places = [place("first"), place("second")];
      const script =
        "set -e\nhead -c 1000000 /dev/zero | tr '\\0' x\necho\necho still here\n" + counter.script();
      const first = await machine.run({ script }, action, { places });
      const second = await machine.run({ script }, action, { places });

      assert.deepEqual([first.code, second.code, counter.runs], [0, 0, 1]);
      for (const { output } of [first, second]) assert.match(output, /the rest of the output is lost/);
      assert.deepEqual(kept("second"), ["1.result"]);
      assert.equal(statSync(place("second")).mode & 0o777, 0o700);
      assert.ok(!kept("first").includes("1.result.new"));
    },
  );

  it.where(
    canMount,
    "reports a success where there is no room for the result anywhere",
    async ({ counter, disk, machine, place }) => {
      disk("first", "size=128k");
      const script = counter.script(`dd if=/dev/zero of=${place("first")}/filler bs=4k 2> /dev/null\ntrue`);
      const { code, output, took } = await machine.run({ script }, action, { places: [place("first")] });

      assert.deepEqual([code, counter.runs], [0, 1], output);
      assert.match(output, /the result of the run cannot be recorded anywhere/);
      assert.ok(took < 10);
    },
  );

  it("gives a run a number that no place has", async ({ counter, kept, machine, place }) => {
    const first = place("first");
    const second = place("second");
    await machine.run({ script: counter.script() }, { ...action, action: "a" }, { places: [second] });
    await machine.run({ script: counter.script() }, { ...action, action: "b" }, { places: [first, second] });
    await machine.run({ script: counter.script() }, { ...action, action: "a" }, { places: [first, second] });

    assert.equal(counter.runs, 2);
    assert.ok(kept("first").includes("2.run") && kept("second").includes("1.run"));
  });

  it("drops its run where another place has got the run at the same moment", async ({
    counter,
    kept,
    machine,
    place,
  }) => {
    const places = [place("first"), place("second")];
    await machine.run({ script: counter.script("exit 5") }, action, { places: [place("second")] });
    const { code } = await machine.run({ script: counter.script() }, action, {
      places,
      // As if the other run had not been there a moment ago.
      edit: (text) => text.replace("find_run() {", `find_run() { [ "$runner" ] || { newest=0; return 1; }`),
    });

    assert.deepEqual([code, counter.runs], [80, 1]);
    while (kept("first").length > 0) await pause(0.1);
  });

  it.where(
    process.getuid?.() === 0,
    "trusts no place that somebody else has made",
    async ({ counter, kept, machine, place }) => {
      const forged = path.join(place("first"), action.instance, action.hook);
      mkdirSync(forged, { recursive: true });
      writeFileSync(
        path.join(forged, "1.run"),
        [action.action, "", 1, 1, action.sent, "", 0, "end", ""].join("\n"),
      );
      writeFileSync(path.join(forged, "1.result"), "0\n1\n1\n\nend\n");
      chownSync(place("first"), 65534, 65534);
      mkdirSync(place("third"));
      symlinkSync(place("third"), place("link"));
      const places = [place("first"), place("link"), place("second")];
      const { code, output } = await machine.run({ script: counter.script("exit 3") }, action, { places });

      assert.deepEqual([code, counter.runs], [80, 1]);
      assert.match(output, /cannot keep the run in \S+first: it is not ours/);
      assert.match(output, /cannot keep the run in \S+link: it is not ours/);
      assert.ok(kept("second").includes("1.run"));
    },
  );

  it("decodes scripts of any length without base64", async ({ counter, machine, without }) => {
    const tools = without("base64");
    for (const remark of ["#", "##", "###"]) {
      const source = { script: counter.script(`${remark}\nexit 5`) };
      const { output } = await machine.run(source, { ...action, action: remark }, { tools });

      assert.match(output, /ended with exit code 5$/m);
      assert.doesNotMatch(output, /cannot keep the run/);
    }
  });

  for (const missing of [
    ["base64"],
    ["setsid"],
    ["setsid", "perl"],
    ["setsid", "perl", "python3"],
    ["sync"],
    ["ln"],
    ["mkdir"],
    ["mkfifo"],
    ["mv"],
    ["wc"],
    ["curl", "wget", "python3"],
    ["date"],
  ]) {
    it(`runs the script and returns its result without ${missing.join(", ")}`, async ({
      machine,
      without,
    }) => {
      const text = Array.from({ length: 256 }, (_, byte) => String.fromCodePoint(byte + 1)).join("");
      const encoded = Buffer.from(text).toString("base64");
      const group = Buffer.from("grüße, ÿ").toString("base64");
      const script = `printf %s "$GRACEFUL_GROUP"\ncat << 'END' | tr -d '\\n' | /usr/bin/base64 -w 0; echo\n${text}\nEND\nexit 5`;
      const { code, output } = await machine.run(
        { script },
        { ...action, groupBase64: group },
        { tools: without(...missing) },
      );

      assert.equal(code, 80, output);
      assert.match(output, /ended with exit code 5$/m);
      assert.ok(output.includes("grüße, ÿ"), output);
      // The guard's own line about its state may come in the middle of the script's output.
      const own = output.replace("graceful-asg: the result of the run cannot be recorded anywhere\n", "");
      const printed = /grüße, ÿ(\S+)/.exec(own)?.[1] ?? "";
      assert.equal(
        Buffer.from(printed, "base64").toString(),
        Buffer.from(encoded, "base64").toString().replaceAll("\n", ""),
      );
    });
  }
});

function given(machine: Machine) {
  const place = (name: string) => path.join(machine.folder, name);
  const kept = (name: string) => {
    const folder = path.join(place(name), action.instance, action.hook);
    return existsSync(folder) ? readdirSync(folder).sort() : [];
  };
  /** A file system of its own, full or not. */
  const disk = (name: string, options: string, filled = false) => {
    machine.mount(place(name), options);
    if (filled) fill(name);
  };
  const fill = (name: string) => {
    try {
      execFileSync("dd", ["if=/dev/zero", `of=${place(name)}/filler`, "bs=4k"], { stdio: "ignore" });
    } catch {
      // dd ends when there is no room left.
    }
  };
  /** The usual tools without the missing tools. */
  const without = (...missing: string[]) => {
    const folder = place("tools");
    mkdirSync(folder);
    for (const from of ["/usr/sbin", "/usr/bin", "/sbin", "/bin"]) {
      for (const tool of readdirSync(from)) {
        const link = path.join(folder, tool);
        if (!missing.includes(tool) && !existsSync(link)) symlinkSync(path.join(from, tool), link);
      }
    }
    return () => folder;
  };

  return { counter: new Counter(machine), disk, kept, machine, place, without };
}

/** Whether this computer lets the tests have file systems of their own. */
function triesToMount(): boolean {
  try {
    execFileSync("unshare", ["-m", "mount", "-t", "tmpfs", "none", "/mnt"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
