import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { Book } from "../lib/book.mjs";
import { startBrowser } from "../lib/browser.mjs";
import { inspect, rules, sheets } from "../lib/rules.mjs";
import { bad, good, write } from "./selftest/pages.mjs";

const pages = Object.fromEntries(Object.entries(bad).map(([rule, cases]) => [`${rule}.html`, cases.map(([body]) => body).join("\n")]));
const search = ["good.html#sums", "part/one.html#", "nowhere.html#", "part/one.html#nowhere"]
  .map(target => target.split("#")).map(([p, h]) => ({ p, h }));
const folder = write({
  ...pages,
  "good.html": good,
  "long.html": '<p style="break-before: page">Two.</p><p style="break-before: page">Three.</p>',
  "good.ipynb": "{}",
  "00-start-here.html": "",
  "part/one.html": '<p id="what&#39;s-new">A part.</p>',
  "part/chapter.ipynb": "{}",
  "search.js": `window.bookSearch = ${JSON.stringify(search)};`,
});
const book = new Book(folder);
const browser = await startBrowser();

after(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

it("every rule has pages that it refuses", () => assert.deepEqual(Object.keys(bad), Object.keys(rules)));

it("a search that leads nowhere is refused", () => assert.deepEqual(book.deadEntries().map(fault => fault.split(" leads")[0]), [
  "search.js: nowhere.html", "search.js: part/one.html#nowhere",
]));

it("a book that is not there, or has no page, is named", () => {
  const empty = write({ "notes.txt": "" });
  assert.throws(() => new Book(path.join(empty, "nowhere")), /There is no folder .*nowhere\. Write the book with/);
  assert.throws(() => new Book(empty), /holds no page/);
  rmSync(empty, { recursive: true });
});

it("a browser that is not there is named", async () => {
  const { CHROMIUM, PATH } = process.env;
  try {
    process.env.CHROMIUM = "/nowhere/chromium";
    await assert.rejects(startBrowser(), /The variable CHROMIUM names \/nowhere\/chromium, which is no program/);
    delete process.env.CHROMIUM;
    process.env.PATH = folder;
    await assert.rejects(startBrowser(), /No Chromium on the path .* Install one, or name its program in the variable CHROMIUM/);
  } finally {
    process.env.PATH = PATH;
    if (CHROMIUM !== undefined) process.env.CHROMIUM = CHROMIUM;
    else delete process.env.CHROMIUM;
  }
});

it("a good page passes, and what it asks the network for is known", async () => {
  const { faults, measures } = await inspect(browser, book, "good.html");
  assert.deepEqual(Object.values(faults).flat(), []);
  assert.deepEqual(measures.refused, ["example.org"]);
  assert.ok(measures.firstPaint > 0);
});

it("the sheets of a PDF are counted", async () => {
  assert.equal(await sheets(browser, book, "good.html"), 1);
  assert.equal(await sheets(browser, book, "long.html"), 3);
});

for (const [rule, cases] of Object.entries(bad)) {
  describe(`the rule that a page ${rules[rule]} refuses`, () => {
    let faults;
    before(async () => ({ faults } = await inspect(browser, book, `${rule}.html`)));
    for (const [body, words] of cases) {
      it(body.slice(0, 100), () => {
        const said = faults[rule].join("\n");
        assert.ok(said.includes(words), `nothing says ${words}:\n${said}`);
      });
    }
    it("and no other rule does", () => {
      const others = Object.entries(faults).filter(([other]) => other !== rule).flatMap(([, found]) => found);
      assert.deepEqual(others, []);
    });
  });
}
