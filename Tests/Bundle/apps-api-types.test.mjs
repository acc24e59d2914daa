import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import * as library from "../../nginx/bundle/main/apps-api/apps-api.js";

const file = fileURLToPath(new URL("../../nginx/bundle/main/apps-api/apps-api.js", import.meta.url));
const { AppsApi, AppsApiError } = library;

/** An object with these names: as a literal of type Record it must have exactly the declared ones. */
const names = (list) => `{ ${list.map((name) => `${name}: true`).join(", ")} }`;
const members = Object.getOwnPropertyNames(AppsApi.prototype).filter((name) => name !== "constructor");
const errorMembers = Object.keys(new AppsApiError("closed")).filter((name) => !(name in Error.prototype));

// `@implements` in apps-api.js, under scripts/check, compares the types of the members.
const program = `
import * as library from ${JSON.stringify(file)};
import { AppsApi, AppsApiError, CallResult, HostState } from ${JSON.stringify(file)};

export const exported: Record<keyof typeof library, true> = ${names(Object.keys(library))};
export const members: Record<Exclude<keyof AppsApi, keyof EventTarget>, true> = ${names(members)};
export const errorMembers: Record<Exclude<keyof AppsApiError, keyof Error>, true> = ${names(errorMembers)};

export async function use(api: AppsApi): Promise<number | string> {
  api.setHostOrigin("https://coach.welkinhealth.com");
  api.addEventListener("connect", (event: Event) => void event);
  api.addEventListener("state", ({ detail }) => detail?.pageType.length);
  api.addEventListener("notification", ({ detail }) => void [detail.event, detail.params["number"], detail.id?.length]);
  api.addEventListener("connect", null);
  const result: CallResult = await api.navigateTo("patient", "id");
  await api.navigateTo("inbox");
  const state: HostState | null = api.state;
  // @ts-expect-error the state may not be known
  api.addEventListener("state", ({ detail }) => detail.pageType);
  // @ts-expect-error a patient has an id
  void api.navigateTo("patient");
  // @ts-expect-error the inbox has none
  void api.navigateTo("inbox", "id");
  // @ts-expect-error no such page
  void api.navigateTo("search");
  // @ts-expect-error for reading
  api.state = null;
  // @ts-expect-error for reading
  if (state) state.pageId = "id";
  // @ts-expect-error no such option
  new AppsApi({ timeout: 5 });
  // @ts-expect-error no such code
  new AppsApiError("late");
  if (result.kind === "done") return result.status;
  // @ts-expect-error sent has no status
  result.status;
  return state?.frame ?? new AppsApiError("no_host").code;
}
new AppsApi();
new AppsApi({ hostOrigin: "https://coach.welkinhealth.com", window, replyTimeout: 1, hostTimeout: 1 });
`;

test("the declarations name what the module has, no more and no less, and serve a program in TypeScript", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "types-"));
  t.after(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "program.ts"), program);
  const done = spawnSync("tsc", [
    "--noEmit", "--strict", "--target", "es2022", "--module", "es2022", "--moduleResolution", "node",
    "--typeRoots", folder, "--exactOptionalPropertyTypes", join(folder, "program.ts"),
  ], { encoding: "utf8" });
  assert.equal(done.status, 0, done.stdout || String(done.error));
});

test("the module needs no other", () => {
  assert.doesNotMatch(readFileSync(file, "utf8"), /^\s*(import|export .* from)\b|\bimport\((?!".\/apps-api\.js"\)\.)/m);
});
