import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { Book } from "../lib/book.mjs";
import { startBrowser } from "../lib/browser.mjs";
import { inspect, rules } from "../lib/rules.mjs";
import { table } from "../lib/table.mjs";

const book = Book.named();
const browser = await startBrowser();
const measured = [];

after(async () => {
  await browser.close();
  console.log(table(
    ["page", "kB", "first paint, ms", "sheets of A4", "asks in vain"],
    measured.map(({ page, bytes, firstPaint, sheets, refused }) =>
      [page, Math.round(bytes / 1000), Math.round(firstPaint), sheets, refused.join(" ")])));
});

it("the search leads to places that exist", () => assert.deepEqual(book.deadEntries(), []));

for (const page of book.pages) {
  describe(page, () => {
    let faults;
    before(async () => {
      const { measures, ...found } = await inspect(browser, book, page);
      measured.push({ page, ...measures });
      faults = found.faults;
    });
    for (const [rule, statement] of Object.entries(rules)) {
      it(statement, () => assert.ok(faults[rule].length === 0, faults[rule].join("\n")));
    }
  });
}
