import assert from "node:assert/strict";
import { whatLeavesUnserved } from "../../components/group/handover";

describe("an update of a live group", () => {
  const tags = (handler: string, role?: string) => ({
    tags: [
      { key: "graceful-asg:handler", value: handler, propagateAtLaunch: true },
      ...(role === undefined
        ? []
        : [{ key: "graceful-asg:instance-role", value: role, propagateAtLaunch: false }]),
      { key: "team", value: "web", propagateAtLaunch: true },
    ],
  });
  const found = (oldInputs: object, newInputs: object, formerHandlers: readonly string[] = []) =>
    whatLeavesUnserved("web", formerHandlers, { id: "web-1a2b3c4", oldInputs, newInputs });

  it("goes on where handler and role stay", () => {
    assert.equal(found(tags("own", "role"), tags("own", "role")), undefined);
    assert.equal(found(tags("own"), tags("own")), undefined);
  });

  it("is refused where another handler may not serve the running instances, with the list for formerHandlers", () => {
    const message = found(tags("own", "role"), tags("shared", "role"), ["older"]) ?? "";

    assert.match(
      message,
      /^formerHandlers is \["older"\]; it must name own, whose tag the running instances of web-1a2b3c4/,
    );
    assert.ok(
      message.includes('Give formerHandlers: ["older","own"] to GracefulAutoScalingGroup "web"'),
      message,
    );
    assert.equal(found(tags("own", "role"), tags("shared", "role"), ["older", "own"]), undefined);
  });

  it("is refused where the role of running instances would be deleted", () => {
    for (const after of [tags("own"), tags("own", "another")]) {
      const message = found(tags("own", "role"), after) ?? "";
      assert.match(
        message,
        /^the role role would be deleted, .* Rename GracefulAutoScalingGroup "web" in the same/,
      );
    }
    assert.equal(found(tags("own"), tags("own", "role")), undefined);
  });

  it("goes on in a preview that does not know the tags yet, and for a group without our tags", () => {
    assert.equal(found(tags("own", "role"), {}), undefined);
    assert.equal(found(tags("own", "role"), { tags: "unknown" }), undefined);
    assert.equal(found({}, tags("own", "role")), undefined);
  });
});
