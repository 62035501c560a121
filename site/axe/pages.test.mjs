import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { findings, views } from "../lib/axe.mjs";
import { Book } from "../lib/book.mjs";
import { startBrowser } from "../lib/browser.mjs";

const book = Book.named();
const browser = await startBrowser();
after(() => browser.close());

for (const page of book.pages) {
  describe(page, () => {
    for (const view of views) {
      it(`is open to everybody, ${view.scheme}, at ${view.width} px`, async t => {
        const { grave, others } = await findings(browser, book, page, view);
        for (const finding of others) t.diagnostic(finding);
        assert.ok(grave.length === 0, grave.join("\n"));
      });
    }
  });
}
