import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
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

test("a changed inline style fails, with the right hash, and leaves the bundle alone", () => {
  const { build, bundle, read, write } = project();
  build();
  const before = files(bundle);
  write("nginx/bundle/main/index.html", read("nginx/bundle/main/index.html").replace("<style>", "<style>\n/* changed */"));
  const done = build();
  assert.equal(done.status, 1);
  const told = [...done.stderr.matchAll(/index\.html needs ('sha256-[A-Za-z0-9+/]{43}=') in (\S+)/g)];
  assert.deepEqual(told.map(([, , file]) => file).sort(), [
    "nginx/snippets/csp.conf", "scripts/deploy/apache/bundle.conf", "scripts/deploy/lighttpd/cgi.conf",
    "scripts/deploy/shared-hosting/htaccess",
  ]);
  assert.deepEqual(files(bundle), before);
  for (const [, hash, file] of told) {
    assert.equal(build().status, 1);
    write(file, read(file).replace(/'sha256-[^']+'/, hash));
  }
  assert.equal(build().status, 0);
});

test("so does a changed style of nginx's error page", () => {
  const { build, read, write } = project();
  write("nginx/snippets/http-error-page.conf", read("nginx/snippets/http-error-page.conf").replace("default ':root", "default ' :root"));
  const done = build();
  assert.equal(done.status, 1);
  assert.match(done.stderr, /http-error-page\.conf needs 'sha256-[^']+' in nginx\/snippets\/errors\.conf/);
});

const broken = [
  ["a script that is not there", "app.js\"", "gone.js\"", /main\/gone\.js, which is not there/],
  ["a module that is not preloaded", /<link rel="modulepreload"[^>]*shell\.js">/, "", /does not preload main\/view\/shell\.js/],
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
