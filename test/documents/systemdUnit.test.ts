import assert from "node:assert/strict";
import type { TerminateArgs } from "../../components";
import { untilEnd, words, type Script } from "../../components/documents";
import { isThere } from "../support/shells";
import { Systemd } from "../support/systemd";

type Word = Pick<TerminateArgs, "systemdUnit" | "adjustTimeoutStop">;

/** The script of the word, for a document whose script has some seconds. */
function scriptOf(word: Word, timeout: number): Script {
  const times = { untilEnd: untilEnd("Linux", timeout) };
  const text = words.terminate.systemdUnit.script({ ...word, timeout }, times);
  assert.ok(typeof text === "string");
  return { platform: "Linux", text };
}

describe("a systemd unit, with a real systemd", function () {
  this.timeout(120_000);
  let started: Systemd | undefined;
  let systemd: Systemd;
  let loop: string;

  before(async function () {
    try {
      systemd = started = await Systemd.start();
    } catch (error) {
      if (process.env["REQUIRE_SHELLS"]) throw error;
      console.log(`      left out: ${String(error)}`);
      this.skip();
    }
    loop = "while :; do sleep 0.1; done";
  });
  after(() => started?.stop());

  const stop = (word: Word | string, timeout = 20) =>
    systemd.step(scriptOf(typeof word === "string" ? { systemdUnit: word } : word, timeout), timeout);
  const stateOf = (unit: string) =>
    systemd.run(`systemctl show -p ActiveState -p Result -p TimeoutStopUSec ${unit}`);
  const endsAfter = (seconds: number, code = 0) =>
    systemd.program(`trap 'sleep ${seconds}; exit ${code}' TERM; ${loop}`);
  const stubborn = () => systemd.program(`trap '' TERM; ${loop}`);
  const service = (program: string, more = "") => `[Service]\nExecStart=${program}\nKillMode=mixed\n${more}`;
  const start = async (units: Readonly<Record<string, string>>, ...names: readonly string[]) => {
    await systemd.write(units);
    await systemd.expect(`systemctl start ${names.join(" ")}`);
  };

  it("has stopped cleanly where it ends in time", async () => {
    await start({ "good.service": service(endsAfter(1)) }, "good");

    const { code, output, took } = await stop("good");

    assert.equal(code, 0, output);
    assert.match(output, /good\.service has stopped$/m);
    assert.ok(took > 1, "it was not waited for");
    assert.match((await stateOf("good")).output, /^ActiveState=inactive$/m);
  });

  it("gets the time of the script where its own TimeoutStopSec is shorter, and is told of that before", async () => {
    await start({ "slow.service": service(endsAfter(4), "TimeoutStopSec=2s") }, "slow");

    const { code, output } = await stop("slow");

    assert.equal(code, 0, output);
    assert.match(
      output,
      /slow\.service: systemd would kill it after 2s, its TimeoutStopSec; it gets 17 s this time[\s\S]*stopping slow\.service[\s\S]*slow\.service has stopped/,
    );
  });

  it("has its own TimeoutStopSec again afterwards", async () => {
    await start({ "again.service": service(endsAfter(0), "TimeoutStopSec=2s") }, "again");

    await stop("again");

    assert.match((await stateOf("again")).output, /^TimeoutStopUSec=2s$/m);
    assert.equal((await systemd.expect("ls /run/systemd/system")).includes("again"), false);
  });

  it("is not stopped where its TimeoutStopSec may not be set", async () => {
    await start({ "kept.service": service(endsAfter(0), "TimeoutStopSec=2s") }, "kept");

    const { code, output } = await stop({ systemdUnit: "kept", adjustTimeoutStop: false });

    assert.equal(code, 80, output);
    assert.match(
      output,
      /kept\.service: systemd would kill it after 2s, its TimeoutStopSec, though it may take 17 s/,
    );
    assert.match(output, /nothing is stopped: raise TimeoutStopSec/);
    assert.match(
      (await stateOf("kept")).output,
      /^ActiveState=active\nResult=success$|^Result=success\nActiveState=active$/m,
    );
    assert.equal((await stop({ systemdUnit: "kept", adjustTimeoutStop: true })).code, 0);
  });

  it("is not stopped where another file decides on its TimeoutStopSec", async () => {
    await start({ "overruled.service": service(endsAfter(0), "TimeoutStopSec=2s") }, "overruled");
    await systemd.expect(
      "mkdir -p /run/systemd/system/overruled.service.d && printf '[Service]\\nTimeoutStopSec=3s\\n' > /run/systemd/system/overruled.service.d/zzzz.conf && systemctl daemon-reload",
    );

    const { code, output } = await stop("overruled");

    assert.equal(code, 80, output);
    assert.match(output, /its TimeoutStopSec stays at 3s/);
    assert.match((await stateOf("overruled")).output, /^ActiveState=active$/m);
  });

  it("keeps a TimeoutStopSec that is long enough", async () => {
    for (const [name, time] of Object.entries({ minutes: "1min 30s", hours: "2h", forever: "infinity" })) {
      await start({ [`${name}.service`]: service(endsAfter(0), `TimeoutStopSec=${time}`) }, name);

      const { code, output } = await stop({ systemdUnit: name, adjustTimeoutStop: false }, 60);

      assert.equal(code, 0, output);
    }
  });

  it("has failed where systemd killed it at its own TimeoutStopSec, though systemctl stop returns 0", async () => {
    await start({ "killed.service": service(stubborn(), "TimeoutStopSec=6s") }, "killed");
    // Somebody else has begun to stop it, so its time is over before the time of the script is.
    await systemd.expect("systemctl stop --no-block killed; sleep 4");

    const { code, output } = await stop("killed", 5);

    assert.equal(code, 80, output);
    assert.match(output, /killed\.service did not stop in time: systemd killed it, .* \(Result=timeout\)/);
  });

  it("has failed where a signal ended it", async () => {
    await start({ "shot.service": service(endsAfter(0), "ExecStop=/bin/kill -KILL $MAINPID") }, "shot");

    const { code, output } = await stop("shot");

    assert.equal(code, 80, output);
    assert.match(output, /shot\.service did not end cleanly \(Result=signal\)/);
  });

  it("has failed where it does not end within the time of the script, and is not killed by the return of its old timeout", async () => {
    await start({ "endless.service": service(stubborn(), "TimeoutStopSec=2s") }, "endless");

    const { code, output, took } = await stop("endless", 8);

    assert.equal(code, 80, output);
    assert.match(output, /endless\.service is still stopping \(stop-sigterm\), and its time is over/);
    assert.ok(took < 8, `${took}`);
    assert.doesNotMatch(output, /it gets SIGTERM/);
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.match((await stateOf("endless")).output, /^ActiveState=deactivating$/m);
    await systemd.expect("systemctl kill --signal=KILL endless; sleep 0.3; systemctl reset-failed");
  });

  it("has failed where its own stop ran into its TimeoutStopSec", async () => {
    await start(
      { "stuck.service": service(endsAfter(0), "TimeoutStopSec=18s\nExecStop=/bin/sleep 60") },
      "stuck",
    );

    const { code, output } = await stop("stuck", 8);

    assert.equal(code, 80, output);
    assert.match(output, /stuck\.service is still stopping \(stop\)/);
    await systemd.run("systemctl kill --signal=KILL stuck");
  });

  it("has failed where it ends with an exit code that its unit does not call clean", async () => {
    await start(
      {
        "java.service": service(endsAfter(0, 143)),
        "clean.service": service(endsAfter(0, 143), "SuccessExitStatus=143"),
      },
      "java clean",
    );

    const { code, output } = await stop("java");

    assert.equal(code, 80, output);
    assert.match(output, /java\.service ended with exit code 143 \(Result=exit-code\); SuccessExitStatus=/);
    assert.equal((await stop("clean")).code, 0);
  });

  it("has failed where there is none of this name, and no other unit is stopped", async () => {
    await start({ "other.service": service(endsAfter(0)) }, "other");

    const { code, output } = await stop("other missing gone@ gone@1");

    assert.equal(code, 80, output);
    assert.match(
      output,
      /there is no unit gone@\.service missing\.service gone@1\.service; nothing is stopped/,
    );
    assert.match((await stateOf("other")).output, /^ActiveState=active$/m);
  });

  it("need not be stopped where it has ended before, cleanly or not", async () => {
    await systemd.write({
      "before.service": service(endsAfter(0)),
      "failed.service": service("/bin/false"),
    });
    await systemd.run("systemctl start failed");
    await systemd.expect("systemctl mask --runtime later-masked; systemctl daemon-reload");
    await systemd.run("sleep 0.3");

    const { code, output } = await stop("before failed later-masked");

    assert.equal(code, 0, output);
    assert.match(output, /before\.service was inactive before; there is nothing to stop/);
    assert.match(output, /failed\.service was failed before; there is nothing to stop/);
    assert.match(output, /later-masked\.service was inactive before; there is nothing to stop/);
  });

  it("is not started again by its socket, which is stopped with it", async () => {
    const port = 47_813;
    const [used, running] = ["/run/used", "/run/running"];
    await start(
      {
        "web.socket": `[Socket]\nListenStream=127.0.0.1:${port}`,
        "web.service": service(
          systemd.program(`echo $$ >> ${running}; trap 'echo > ${used}; sleep 2; exit 0' TERM; ${loop}`),
        ),
      },
      "web.socket web.service",
    );
    const requests = systemd.run(
      `until [ -e ${used} ]; do sleep 0.1; done; for i in 1 2 3 4; do timeout 1 bash -c 'echo > /dev/tcp/127.0.0.1/${port}'; sleep 0.4; done`,
    );

    const { code, output } = await stop("web");
    await requests;

    assert.equal(code, 0, output);
    assert.match(output, /stopping web\.socket web\.service/);
    assert.match((await stateOf("web.socket")).output, /^ActiveState=inactive$/m);
    assert.equal((await systemd.expect(`cat ${running}`)).split("\n").length, 1);
  });

  it("is not started by a timer or a path either, though it does not run yet", async () => {
    await start(
      {
        "nightly.timer": "[Timer]\nOnActiveSec=1h",
        "nightly.service": service(endsAfter(0)),
        "drop.path": "[Path]\nPathExists=/run/drop",
        "drop.service": service(endsAfter(0)),
      },
      "nightly.timer drop.path",
    );

    const { code, output } = await stop("nightly drop");

    assert.equal(code, 0, output);
    for (const unit of ["nightly.timer", "drop.path"])
      assert.match((await stateOf(unit)).output, /^ActiveState=inactive$/m);
  });

  it("can be several, which stop side by side, and all instances of a template", async () => {
    await start(
      { "worker@.service": service(endsAfter(2)), "main.service": service(endsAfter(2)) },
      "worker@1 worker@two main",
    );

    const { code, output, took } = await stop("main worker@");

    assert.equal(code, 0, output);
    for (const unit of ["main", "worker@1", "worker@two"])
      assert.ok(output.includes(`${unit}.service has stopped`), output);
    assert.ok(took < 5, `${took}`);
  });

  it("can be a template without an instance", async () => {
    await systemd.write({ "idle@.service": service(endsAfter(0)) });

    const { code, output } = await stop("idle@");

    assert.equal(code, 0, output);
    assert.match(output, /idle@\.service has no instance/);
  });

  it("has failed where one of several has failed, and the others are waited for", async () => {
    await start({ "one.service": service(endsAfter(0, 3)), "two.service": service(endsAfter(2)) }, "one two");

    const { code, output } = await stop("one two");

    assert.equal(code, 80, output);
    assert.match(output, /one\.service ended with exit code 3/);
    assert.match(output, /two\.service has stopped/);
  });

  it("can be one that waits for its restart after a crash, and stays down", async () => {
    await start({ "flaky.service": service("/bin/false", "Restart=always\nRestartSec=60") }, "flaky");
    await systemd.run("sleep 0.5");

    const { code, output } = await stop("flaky");

    assert.equal(code, 0, output);
    assert.match(output, /flaky\.service has stopped/);
  });

  it("can be a oneshot that stays, whose ExecStop stops the application", async () => {
    await start(
      {
        "once.service":
          "[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=/bin/true\nExecStop=/bin/sh -c 'sleep 1; echo > /run/once'",
      },
      "once",
    );

    const { code, output } = await stop("once");

    assert.equal(code, 0, output);
    await systemd.expect("test -e /run/once");
  });

  it("has failed also where systemd forgets a unit that has failed", async () => {
    const program = endsAfter(0, 5);
    await systemd.write({ "forgotten.service": `CollectMode=inactive-or-failed\n${service(program)}` });
    await systemd.expect("systemctl start forgotten");

    const { code, output } = await stop("forgotten");

    assert.equal(code, 80, output);
    assert.match(output, /forgotten\.service ended with exit code 5/);
  });

  it("may be stopped by a plain script too, which does not notice that systemd killed it", async () => {
    await start({ "application.service": service(stubborn(), "TimeoutStopSec=1s") }, "application");

    const { code, output } = await systemd.step(
      { platform: "Linux", text: "systemctl stop application" },
      20,
    );

    assert.equal(code, 0, output);
    assert.match((await stateOf("application")).output, /^Result=timeout$/m);
  });

  for (const shell of ["/bin/bash", "/bin/busybox sh"]) {
    (isThere(shell) ? it : it.skip)(`is stopped by ${shell} as well`, async () => {
      await start({ "shell.service": service(endsAfter(1), "TimeoutStopSec=3s") }, "shell");
      const { platform, text } = scriptOf({ systemdUnit: "shell" }, 20);

      const { code, output } = await systemd.step({ platform, text: text.replace("/bin/sh", shell) }, 20);

      assert.equal(code, 0, output);
      assert.match(output, /it gets 17 s this time[\s\S]*shell\.service has stopped/);
    });
  }

  it("leaves nothing behind in the place for settings of this boot", async () => {
    const left = await systemd.expect("ls /run/systemd/system");

    assert.doesNotMatch(left, /(good|slow|again|kept|worker@1|forgotten)\.service\.d/);
  });
});
