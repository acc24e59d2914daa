import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { brotliDecompressSync, gunzipSync } from "node:zlib";

const root = fileURLToPath(new URL("../..", import.meta.url));
const made = [];
after(() => made.forEach((folder) => rmSync(folder, { recursive: true })));

/** A copy of what the script reads, to build from and to break. */
function project() {
  const folder = mkdtempSync(join(tmpdir(), "bundle-"));
  made.push(folder);
  cpSync(join(root, "nginx"), join(folder, "nginx"), { recursive: true });
  cpSync(join(root, "scripts/build-bundle"), join(folder, "scripts/build-bundle"));
  cpSync(join(root, "scripts/deploy"), join(folder, "scripts/deploy"), { recursive: true });
  const at = (path) => join(folder, path);
  return {
    folder,
    bundle: at("dist/bundle"),
    read: (path) => readFileSync(at(path), "utf8"),
    write: (path, text) => writeFileSync(at(path), text),
    build: (env = {}) => spawnSync(at("scripts/build-bundle"), { encoding: "utf8", env: { ...process.env, ...env } }),
    versions: () => readdirSync(at("dist/bundle/assets")).sort(),
  };
}

/** Every file below a folder, by its path. */
function files(folder) {
  const names = readdirSync(folder, { recursive: true }).filter((name) => statSync(join(folder, name)).isFile());
  return new Map(names.sort().map((name) => [name, readFileSync(join(folder, name))]));
}

test("the page names its assets by their version, and they are there", () => {
  const { build, bundle, versions } = project();
  const done = build();
  assert.equal(done.status, 0, done.stderr);
  const [version, ...others] = versions();
  assert.deepEqual(others, []);
  assert.match(version, /^[0-9a-f]{12}$/);
  const html = readFileSync(join(bundle, "main/index.html"), "utf8");
  assert.equal(html.includes("VERSION"), false);
  const named = [...html.matchAll(/"\.\.\/\.\.\/\.\.\/(assets\/[^"]+)"/g)].map(([, name]) => name);
  assert.ok(named.length > 10);
  for (const name of named) assert.ok(existsSync(join(bundle, name)), name);
});

test("every file has its gzip and, with the program, its brotli form", () => {
  const { build, bundle } = project();
  build();
  const all = files(bundle);
  const brotli = spawnSync("brotli", ["--version"]).status === 0;
  for (const [name, content] of all) {
    if (/\.(gz|br)$/.test(name)) continue;
    assert.deepEqual(gunzipSync(all.get(`${name}.gz`)), content, name);
    if (brotli) assert.deepEqual(brotliDecompressSync(all.get(`${name}.br`)), content, name);
  }
});

test("scripts are served without their comments, and are the same program line for line", () => {
  const { build, bundle, versions, folder } = project();
  build();
  const served = join(bundle, "assets", versions()[0], "main");
  const source = join(folder, "nginx/bundle/main");
  for (const [name, content] of files(served)) {
    if (!/\.(js|css)$/.test(name)) continue;
    const [told, written] = [content.toString().split("\n"), readFileSync(join(source, name), "utf8").split("\n")];
    assert.equal(told.length, written.length, name);
    told.forEach((line, index) => assert.ok(line === "" || line === written[index].trim(), `${name}:${index + 1}`));
    assert.doesNotMatch(content.toString(), /^\s*(\/\/|\/\*\*?$|\* )/m, name);
  }
  // What a compiler makes of both, with no comment at all.
  const [one, two] = [source, served].map((from, index) => {
    const to = join(folder, `compiled-${index}`);
    const scripts = [...files(from).keys()].filter((name) => name.endsWith(".js")).map((name) => join(from, name));
    spawnSync("tsc", ["--allowJs", "--removeComments", "--target", "es2022", "--module", "es2022", "--rootDir", from, "--outDir", to, ...scripts]);
    return files(to);
  });
  assert.ok(one.size > 10);
  assert.deepEqual(two, one);
});

test("what only looks like a comment stays", () => {
  const { build, bundle, versions, write } = project();
  const lines = ["const a = `", "  // text", "/* text */", "`;", "/** @type {1} */ (b);", "/* gone", "gone */ stays();", "  c(); // stays", "// gone", "/* gone */"];
  write("nginx/bundle/main/odd.js", lines.join("\n"));
  build();
  assert.deepEqual(readFileSync(join(bundle, "assets", versions()[0], "main/odd.js"), "utf8").split("\n"), [
    "const a = `", "  // text", "/* text */", "`;", "/** @type {1} */ (b);", "", "stays();", "c(); // stays", "", "",
  ]);
});

test("nginx may read everything", () => {
  const { build, bundle } = project();
  build();
  for (const name of readdirSync(bundle, { recursive: true })) {
    const mode = statSync(join(bundle, name)).mode;
    assert.ok(mode & 0o004, name);
  }
});

test("the same source makes the same bundle, byte for byte", () => {
  const [one, two] = [project(), project()];
  one.build();
  two.build();
  assert.deepEqual(files(one.bundle), files(two.bundle));
});

test("a changed asset makes a new version, and the old one stays for open pages", () => {
  const { build, read, write, versions } = project();
  build();
  const [first] = versions();
  write("nginx/bundle/main/view/shell.js", `${read("nginx/bundle/main/view/shell.js")}\nexport const changed = 1;\n`);
  assert.equal(build().status, 0);
  assert.equal(versions().length, 2);
  assert.ok(versions().includes(first));
});

test("documents and declarations are not served, and change no version", () => {
  const { build, bundle, read, write, versions } = project();
  const folder = "nginx/bundle/main/apps-api";
  assert.equal(build().status, 0);
  const names = [...files(bundle).keys()];
  assert.ok(names.some((name) => name.endsWith("/apps-api/apps-api.js")));
  assert.deepEqual(names.filter((name) => /\.(md|d\.ts)(\.|$)/.test(name)), []);
  for (const name of ["README.md", "apps-api.d.ts"]) write(`${folder}/${name}`, `${read(`${folder}/${name}`)}\nmore\n`);
  assert.equal(build().status, 0);
  assert.equal(versions().length, 1);
});

test("old versions go in the end", () => {
  const { build, read, write, versions } = project();
  const source = read("nginx/bundle/main/view/shell.js");
  for (let i = 0; i < 8; i += 1) {
    write("nginx/bundle/main/view/shell.js", `${source}\nexport const changed = ${i};\n`);
    build();
  }
  assert.equal(versions().length, 5);
  assert.ok(read("dist/bundle/main/index.html").match(/[0-9a-f]{12}/)[0]);
  assert.ok(versions().includes(read("dist/bundle/main/index.html").match(/assets\/([0-9a-f]{12})/)[1]));
});

test("without brotli there is a note, and no brotli form of an older page is left", () => {
  const { build, bundle } = project();
  build();
  const python = spawnSync("python3", ["-c", "import sys; print(sys.executable)"], { encoding: "utf8" }).stdout.trim();
  const folder = mkdtempSync(join(tmpdir(), "path-"));
  made.push(folder);
  spawnSync("ln", ["-s", python, join(folder, "python3")]);
  const done = build({ PATH: folder });
  assert.equal(done.status, 0, done.stderr);
  assert.match(done.stderr, /no `brotli`/);
  assert.equal([...files(bundle).keys()].some((name) => name.endsWith(".br")), false);
});

const page = "nginx/bundle/main/index.html";
/** Where the policy of an App's page stands. */
const policies = [
  "nginx/snippets/csp.conf", "scripts/deploy/apache/bundle.conf", "scripts/deploy/lighttpd/cgi.conf",
  "scripts/deploy/shared-hosting/htaccess",
];
const preload = (name) => `<link rel="modulepreload" href="../../../assets/VERSION/${name}">\n`;
const hash = (style) => `'sha256-${createHash("sha256").update(style).digest("base64")}'`;
const styleOf = (html) => /<style>([^]*?)<\/style>/.exec(html)[1];
/** What the build says that it wrote, but for the note on a program that is not there. */
const wrote = ({ stderr }) => [...stderr.matchAll(/wrote .* into ([^:\n]+)/g)].map(([, file]) => file).sort();

test("the project's own files are as the build would write them", () => {
  const { build, folder } = project();
  const before = files(join(folder, "nginx"));
  const done = build();
  assert.equal(done.status, 0, done.stderr);
  assert.deepEqual(wrote(done), []);
  assert.deepEqual(files(join(folder, "nginx")), before);
});

test("a changed inline style is allowed by its hash in all four places, and only it", () => {
  const { build, read, write } = project();
  const before = styleOf(read(page));
  write(page, read(page).replace("<style>", "<style>\n/* changed */"));
  const done = build();
  assert.equal(done.status, 0, done.stderr);
  assert.deepEqual(wrote(done), policies);
  assert.match(done.stderr, /csp\.conf: load it anew where it is served/);
  for (const file of policies) {
    assert.ok(read(file).includes(`style-src 'self' ${hash(styleOf(read(page)))}; connect-src`), file);
    assert.equal(read(file).includes(hash(before)), false, file);
  }
  assert.deepEqual(wrote(build()), [], "once");
});

test("so is a changed style of nginx's error page", () => {
  const { build, read, write } = project();
  write("nginx/snippets/http-error-page.conf", read("nginx/snippets/http-error-page.conf").replace("default ':root", "default ' :root"));
  const done = build();
  assert.equal(done.status, 0, done.stderr);
  assert.deepEqual(wrote(done), ["nginx/snippets/errors.conf"]);
  const [, style] = /\$welkin_error_style \{\s*default '([^']*)'/.exec(read("nginx/snippets/http-error-page.conf"));
  assert.ok(style.startsWith(" :root"));
  assert.ok(read("nginx/snippets/errors.conf").includes(`style-src ${hash(style)}; base-uri`));
});

test("a lost list of modules is written as it was", () => {
  const { build, read, write } = project();
  const before = read(page);
  write(page, before.replace(/<link rel="modulepreload".*\n/g, ""));
  const done = build();
  assert.equal(done.status, 0, done.stderr);
  assert.deepEqual(wrote(done), [page]);
  assert.equal(read(page), before);
});

test("a new module is preloaded where it is needed, and a module that is gone is not", () => {
  const { build, read, write, folder } = project();
  write("nginx/bundle/main/view/one.js", "export const one = 1;");
  write("nginx/bundle/main/view/two.js", "import {\n  one,\n} from './one.js';\nexport const two = one;");
  write("nginx/bundle/main/calls/three.js", "export { two } from '../view/two.js';");
  const calls = "nginx/bundle/main/calls/calls-app.js";
  write(calls, `import "./three.js";\n${read(calls)}`);
  assert.deepEqual(wrote(build()), [page]);
  const list = (html, id) => new RegExp(`<template id="${id}-modules">\n([^]*?)</template>`).exec(html)[1];
  for (const name of ["main/view/one.js", "main/view/two.js", "main/calls/three.js"]) {
    assert.ok(list(read(page), "calls").includes(preload(name)), name);
    assert.equal(read(page).split(preload(name)).length, 2, `${name}: there alone`);
  }
  write("nginx/bundle/main/app.js", `${read("nginx/bundle/main/app.js")}\nimport './view/two.js';`);
  build();
  assert.equal(list(read(page), "calls").includes("view/two.js"), false, "the page loads it already");
  assert.ok(read(page).indexOf(preload("main/view/two.js")) < read(page).indexOf("<template"));
  for (const file of ["nginx/bundle/main/app.js", calls]) write(file, read(file).replace(/^import ['"].*$/gm, ""));
  rmSync(join(folder, "nginx/bundle/main/view/two.js"));
  rmSync(join(folder, "nginx/bundle/main/calls/three.js"));
  assert.equal(build().status, 0);
  assert.equal(/view\/(one|two)\.js|three\.js/.test(read(page)), false);
});

test("a module that only a type is taken from is not preloaded for it", () => {
  const { build, read, write } = project();
  write("nginx/bundle/main/view/typed.js", "/** @typedef {number} Typed */");
  const calls = "nginx/bundle/main/calls/calls-app.js";
  write(calls, `${read(calls)}\nexport const one = /** @type {import("../view/typed.js").Typed} */ (1);\n`);
  assert.deepEqual(wrote(build()), []);
  assert.equal(read(page).includes("typed.js"), false);
  write(calls, `${read(calls)}\nexport const typed = () => import("../view/typed.js"); // beside a comment\n`);
  assert.deepEqual(wrote(build()), [page]);
  assert.ok(read(page).includes(preload("main/view/typed.js")));
});

test("another App needs nothing but its own files", () => {
  const { build, bundle, folder, read, write } = project();
  mkdirSync(join(folder, "nginx/bundle/video/late"), { recursive: true });
  const video = "nginx/bundle/video/index.html";
  const before = '<!doctype html>\n<title>Video</title>\n<style>p { color: teal }</style>\n' +
    '<script type="module" src="../../../assets/VERSION/video/app.js"></script>\n<p>Video</p>\n';
  write(video, before);
  write("nginx/bundle/video/app.js", 'import "../main/view/dom.js";\nawait import("./late/late.js");');
  write("nginx/bundle/video/late/late.js", "export {};");
  const done = build();
  assert.equal(done.status, 0, done.stderr);
  assert.deepEqual(wrote(done), [video, ...policies].sort());
  const lines = preload("main/view/dom.js") + preload("video/late/late.js");
  assert.equal(read(video), before.replace("</script>\n", `</script>\n${lines}`));
  for (const file of policies) {
    const both = [hash("p { color: teal }"), hash(styleOf(read(page)))].sort().join(" ");
    assert.ok(read(file).includes(`style-src 'self' ${both}; connect-src`), file);
  }
  assert.ok(existsSync(join(bundle, "video/index.html")));
  assert.deepEqual(wrote(build()), []);
});

test("nothing is written where something is wrong", () => {
  const { build, bundle, folder, read, write } = project();
  build();
  write(page, read(page).replace("<style>", "<style>\n/* changed */").replace(preload("main/view/shell.js"), ""));
  write("nginx/bundle/main/view/dom.js", `import "./gone.js";\n${read("nginx/bundle/main/view/dom.js")}`);
  const before = [files(bundle), files(join(folder, "nginx")), files(join(folder, "scripts"))];
  const done = build();
  assert.equal(done.status, 1);
  assert.equal(done.stderr, "build-bundle: main/view/dom.js imports gone.js, which is missing\n");
  assert.deepEqual([files(bundle), files(join(folder, "nginx")), files(join(folder, "scripts"))], before);
});

test("a policy that has no place for the hash is named", () => {
  const { build, read, write } = project();
  write("scripts/deploy/lighttpd/cgi.conf", read("scripts/deploy/lighttpd/cgi.conf").replace("style-src 'self'", "style-src-elem 'self'"));
  const done = build();
  assert.equal(done.status, 1);
  assert.match(done.stderr, /^build-bundle: scripts\/deploy\/lighttpd\/cgi\.conf has no policy with style-src 'self'/);
});

const broken = [
  ["a script that is not there", "app.js\"", "gone.js\"", /main\/gone\.js, which is missing/],
  ["an asset without its version", "../../../assets/VERSION/main/icon.svg", "/icon.svg", /\/icon\.svg is not/],
];
for (const [name, from, to, message] of broken) {
  test(`the build fails on ${name}`, () => {
    const { build, read, write } = project();
    write("nginx/bundle/main/index.html", read("nginx/bundle/main/index.html").replace(from, to));
    const done = build();
    assert.equal(done.status, 1);
    assert.match(done.stderr, message);
  });
}

test("and on a file name that nginx would not serve", () => {
  const { build, write } = project();
  write("nginx/bundle/main/my file.js", "");
  const done = build();
  assert.equal(done.status, 1);
  assert.match(done.stderr, /my file\.js: nginx would not serve/);
});
