import assert from "node:assert/strict";
import { test } from "node:test";
import { WriteGate } from "../../nginx/bundle/main/guard/write-gate.js";

/** A gate without any page: the test is the worker. */
function rig(state) {
  const parts = { state, asked: [], takenBack: 0, blocked: 0, answer: () => {} };
  const gate = new WriteGate({
    state: () => parts.state,
    asker: {
      ask: (question) => new Promise((resolve) => { parts.asked.push(question); parts.answer = resolve; }),
      takeBack() { parts.takenBack += 1; parts.answer(false); },
    },
    onBlocked: () => { parts.blocked += 1; },
  });
  return { gate, parts };
}

test("what may be written, and who is asked before", async () => {
  for (const [state, may, questions] of [["same", true, 0], ["free", true, 0], ["different", false, 0], ["unknown", true, 1], ["unknown", false, 1]]) {
    const { gate, parts } = rig(state);
    const asking = gate.ask("Save?");
    parts.answer(may);
    assert.equal(await asking, may, state);
    assert.deepEqual(parts.asked, Array(questions).fill("Save?"), state);
    assert.equal(parts.blocked, state === "different" ? 1 : 0, state);
    assert.equal(gate.isBlocked, state === "different");
  }
});

test("another patient who comes on screen during the question stops the write, whatever was answered", async () => {
  const { gate, parts } = rig("unknown");
  const asking = gate.ask("Save?");
  parts.state = "different";
  parts.answer(true);
  assert.equal(await asking, false);
  assert.equal(parts.blocked, 1);
});

test("a question stands until another patient is on screen, or what it is about is gone", async () => {
  const { gate, parts } = rig("unknown");
  const asking = gate.ask("Save?");
  for (const state of ["unknown", "same"]) {
    parts.state = state;
    gate.update();
    assert.equal(parts.takenBack, 0);
  }
  parts.state = "different";
  gate.update();
  assert.deepEqual([parts.takenBack, await asking], [1, false]);
  gate.takeBack();
  assert.equal(parts.takenBack, 2);
});
