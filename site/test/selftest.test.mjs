import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import { Book } from "../lib/book.mjs";
import { startBrowser } from "../lib/browser.mjs";
import { inspect, rules } from "../lib/rules.mjs";
import { bad, good, write } from "./selftest/pages.mjs";

const pages = Object.fromEntries(Object.entries(bad).map(([rule, cases]) => [`${rule}.html`, cases.map(([body]) => body).join("\n")]));
const folder = write({
  ...pages, "good.html": good, "good.ipynb": "{}", "00-start-here.html": "", "part/one.html": '<p id="sums">A part.</p>', "part/chapter.ipynb": "{}",
});
const book = new Book(folder);
const browser = await startBrowser();

after(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

it("every rule has pages that it refuses", () => assert.deepEqual(Object.keys(bad), Object.keys(rules)));

it("a good page passes, and what it asks the network for is known", async () => {
  const { faults, measures } = await inspect(browser, book, "good.html");
  assert.deepEqual(Object.values(faults).flat(), []);
  assert.deepEqual(measures.refused, ["example.org"]);
  assert.equal(measures.sheets, 1);
  assert.ok(measures.firstPaint > 0);
});

for (const [rule, cases] of Object.entries(bad)) {
  describe(`the rule that a page ${rules[rule]} refuses`, () => {
    let faults;
    before(async () => ({ faults } = await inspect(browser, book, `${rule}.html`)));
    for (const [body, words] of cases) {
      it(body.slice(0, 100), () => assert.ok(faults[rule].some(fault => fault.includes(words)), `nothing says ${words}:\n${faults[rule].join("\n")}`));
    }
    it("and no other rule does", () => {
      const others = Object.entries(faults).filter(([other]) => other !== rule).flatMap(([, found]) => found);
      assert.deepEqual(others, []);
    });
  });
}
