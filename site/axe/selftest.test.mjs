import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { after, it } from "node:test";
import { findings, views } from "../lib/axe.mjs";
import { Book } from "../lib/book.mjs";
import { startBrowser } from "../lib/browser.mjs";
import { write } from "../test/selftest/pages.mjs";

const line = (day, night) => `<style>body { background: #fff; } p { color: ${day}; }
@media (prefers-color-scheme: dark) { body { color: #eee; background: #111; } p { color: ${night}; } }</style><p>A line.</p>`;
const pages = {
  "good.html": line("#222", "#eee"),
  "day.html": line("#aaa", "#eee"),
  "night.html": line("#222", "#444"),
  "narrow.html": `${line("#222", "#eee")}<style>@media (max-width: 500px) { p { color: #888; background: #777; } }</style>`,
  "button.html": '<button type="button"></button>',
  "moderate.html": "<h4>A heading of the wrong level</h4>",
};
const folder = write(pages);
const book = new Book(folder);
const browser = await startBrowser();

after(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

const expected = [
  ["good.html", "grave", () => false],
  ["day.html", "grave", ({ scheme }) => scheme === "light"],
  ["night.html", "grave", ({ scheme }) => scheme === "dark"],
  ["narrow.html", "grave", ({ width }) => width === 400],
  ["button.html", "grave", () => true],
  ["moderate.html", "others", () => true],
  ["moderate.html", "grave", () => false],
];
for (const [page, kind, isFound] of expected) {
  for (const view of views) {
    it(`${page}, ${view.scheme}, at ${view.width} px: ${kind} ${isFound(view) ? "findings" : "none"}`, async () => {
      const found = (await findings(browser, book, page, view))[kind];
      assert.equal(found.length, isFound(view) ? 1 : 0, found.join("\n"));
    });
  }
}
