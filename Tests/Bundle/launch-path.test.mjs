import assert from "node:assert/strict";
import { test } from "node:test";
import { parseLaunchPath } from "../../nginx/bundle/main/session/launch-address.js";

const launch = "Ab3_-ZKx09qWeRtYuIoPaS";

test("App and launch are read from the path of the page", () => {
  assert.deepEqual(parseLaunchPath(`/a/main/${launch}/`), { app: "main", launch });
  assert.deepEqual(parseLaunchPath(`/a/video-2/${launch}/`), { app: "video-2", launch });
});

test("the path may lie in a folder", () => {
  assert.deepEqual(parseLaunchPath(`/clinic/a/main/${launch}/`), { app: "main", launch });
});

const wrong = [
  "/",
  "/a/main/",
  `/a/main/${launch}`,
  `/a/main/${launch}/session`,
  `/a/main/${launch.slice(1)}/`,
  `/a/main/x${launch}/`,
  `/a/main/${launch.slice(1)}+/`,
  `/a//${launch}/`,
  `/a/Main/${launch}/`,
  `/b/main/${launch}/`,
];
for (const path of wrong) {
  test(`${path} is not the path of a launch`, () => assert.equal(parseLaunchPath(path), null));
}
