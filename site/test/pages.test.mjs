import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { Book } from "../lib/book.mjs";
import { startBrowser } from "../lib/browser.mjs";
import { inspect, rules, sheets } from "../lib/rules.mjs";
import { table } from "../lib/table.mjs";

const book = Book.named();
const browser = await startBrowser();
const measured = [];

after(async () => {
  await browser.close();
  console.log(table(["page", "kB", "first paint, ms", "asks in vain"], measured.map(({ page, bytes, firstPaint, refused }) =>
    [page, Math.round(bytes / 1000), Math.round(firstPaint ?? 0), refused.join(" ")])));
});

it("the search leads to places that exist", () => assert.deepEqual(book.deadEntries(), []));

it("the heaviest page becomes a PDF", async () => {
  const heaviest = book.pages.reduce((most, page) => book.bytes(page) > book.bytes(most) ? page : most);
  assert.ok(await sheets(browser, book, heaviest) > 0);
});

describe("the pages", { concurrency: 2 }, () => {
  for (const page of book.pages) {
    describe(page, () => {
      let faults;
      before(async () => {
        const found = await inspect(browser, book, page);
        measured.push({ page, ...found.measures });
        faults = found.faults;
      });
      for (const [rule, statement] of Object.entries(rules)) {
        it(statement, () => assert.ok(faults[rule].length === 0, faults[rule].join("\n")));
      }
    });
  }
});
