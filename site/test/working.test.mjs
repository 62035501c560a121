import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, describe, it } from "node:test";
import { Book } from "../lib/book.mjs";
import { startBrowser, withPage } from "../lib/browser.mjs";

// What a reader can work: sliders, questions before their answers, the search.
const book = Book.named();
const browser = await startBrowser();
after(() => browser.close());

const withThe = text => book.pages.filter(page => readFileSync(book.file(page), "utf8").includes(text));
const open = (page, width, look) => withPage(browser, book.url(page), { width }, look);

it("at least five pages have a slider", () => assert.ok(withThe('class="slider-data"').length >= 5));

describe("a slider", () => {
  for (const page of withThe('class="slider-data"')) {
    for (const width of [1280, 400]) {
      it(`${page} at ${width} px redraws, and says what is shown`, () => open(page, width, async (tab, { errors }) => {
        const said = await tab.evaluate(() => [...document.querySelectorAll(".slider")].map(slider => {
          const input = slider.querySelector("input");
          const shown = [...slider.querySelectorAll("svg")].find(svg => svg.getBoundingClientRect().width > 0);
          const seen = () => [
            slider.querySelector("output").textContent,
            input.getAttribute("aria-valuetext"),
            shown.getAttribute("aria-label"),
            slider.querySelector("figcaption").textContent,
            [...shown.querySelectorAll("g path")].map(path => path.getAttribute("d")).join(),
          ];
          const move = value => {
            input.value = value;
            input.dispatchEvent(new Event("input", { bubbles: true }));
            return seen();
          };
          const at = +input.value, first = move(at), last = move(input.max), again = move(at);
          return { visible: input.getBoundingClientRect().width > 0, first, last, again };
        }));
        for (const { visible, first, last, again } of said) {
          assert.ok(visible, "its control is to be seen");
          const names = ["the value", "the value as it is read aloud", "the label", "the caption", "the drawing"];
          first.forEach((what, i) => assert.notEqual(last[i], what, `${names[i]} stays as it was`));
          assert.equal(last[0], last[1]);
          assert.deepEqual(again, first, "back where it was, it shows what it showed");
        }
        assert.deepEqual(errors, []);
      }));
    }
  }
});

describe("a question before its answer", () => {
  for (const page of withThe(" data-answer=")) {
    it(`${page}: a choice says whether it is right, and opens the answer`, () => open(page, 1280, async (tab, { errors }) => {
      const questions = await tab.evaluate(() => [...document.querySelectorAll(".predict[data-answer]")].map(question => {
        const answer = question.querySelector("details"), buttons = [...question.querySelectorAll("button")];
        answer.open = false; // the browser's rules have opened all
        const verdicts = buttons.map(button => { button.click(); return button.dataset.verdict; });
        return { verdicts, right: "abcd".indexOf(question.dataset.answer), open: answer.open };
      }));
      for (const { verdicts, right, open } of questions) {
        assert.ok(verdicts.length >= 2);
        assert.deepEqual(verdicts, verdicts.map((_, i) => i === right ? "right" : "no"));
        assert.ok(open);
      }
      assert.deepEqual(errors, []);
    }));
  }
});

it("the search finds a section by a word of its text, from a page in a folder too", async () => {
  for (const page of ["index.html", book.pages.find(name => name.startsWith("exercises/"))]) {
    await open(page, 1280, async (tab, { errors }) => {
      await tab.type("#search", "pinsker");
      await tab.waitForSelector("#found a");
      const links = await tab.$$eval("#found a", found => found.map(link => link.href));
      assert.ok(links.some(link => decodeURIComponent(link).endsWith("02-gibbs-inequality.html#Pinsker's-inequality")), links.join("\n"));
      assert.deepEqual(errors, []);
    });
  }
});
