import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, it } from "node:test";
import katex from "katex";
import temml from "temml";
import { Book } from "../lib/book.mjs";

const named = { amp: "&", lt: "<", gt: ">", quot: '"', nbsp: "\u00a0" };
const book = Book.named();
const formulas = distinct(book.pages.flatMap(page => read(readFileSync(book.file(page), "utf8"), page)));
const counts = { formulas: formulas.length, signsOfTemml: 0, signsOfKatex: 0, shapeOfTemml: 0, shapeOfKatex: 0 };

after(() => console.log(JSON.stringify(counts)));

it("the book has formulas", () => assert.ok(formulas.length > 1000, `${formulas.length} formulas`));

it("a formula has the signs that Temml and KaTeX give it, in their order, and the shape that one of them gives it", () => {
  const faults = [];
  for (const { tex, display, math, page } of formulas) {
    const own = parts(math);
    const ofTemml = parts(temml.renderToString(tex, { displayMode: display, throwOnError: true }));
    const ofKatex = parts(katex.renderToString(tex, { displayMode: display, throwOnError: true, output: "mathml" }));
    const same = {
      signsOfTemml: own.signs === ofTemml.signs, signsOfKatex: own.signs === ofKatex.signs,
      shapeOfTemml: own.shape === ofTemml.shape, shapeOfKatex: own.shape === ofKatex.shape,
    };
    for (const [name, holds] of Object.entries(same)) counts[name] += holds ? 1 : 0;
    if (!same.signsOfTemml) faults.push(`${page}: ${tex}\n  signs  ${own.signs}\n  Temml  ${ofTemml.signs}`);
    if (!same.signsOfKatex) faults.push(`${page}: ${tex}\n  signs  ${own.signs}\n  KaTeX  ${ofKatex.signs}`);
    // Temml hangs the power of a bracket on the whole bracket, KaTeX on the closing sign, as here. In the fractions of a display
    // KaTeX writes the limits of a sum below it and leaves it to the browser to move them, Temml writes them beside it, as here.
    if (!same.shapeOfTemml && !same.shapeOfKatex) {
      faults.push(`${page}: ${tex}\n  shape  ${own.shape}\n  Temml  ${ofTemml.shape}\n  KaTeX  ${ofKatex.shape}`);
    }
  }
  assert.equal(faults.length, 0, faults.join("\n"));
});

/** The formulas of a page, each with the TeX that goes with it. */
function read(html, page) {
  const formula = /<math\b([^>]*)>(?:(?!<\/math>)[\s\S])*?<annotation encoding="application\/x-tex">([^<]*)<\/annotation><\/semantics><\/math>/g;
  return [...html.matchAll(formula)]
    .map(([math, attributes, tex]) => ({ tex: characters(tex), display: attributes.includes('display="block"'), math, page }));
}

function distinct(all) {
  return [...new Map(all.map(formula => [`${formula.display} ${formula.tex}`, formula])).values()];
}

/** The signs of a formula as one text, and its elements that are no rows, in order. */
function parts(math) {
  const signs = [], shape = [];
  const elements =
    /<(mi|mn|mo|mtext)\b[^>]*>([^<]*)<\/\1>|<(mfrac|msqrt|mroot|msub|msup|msubsup|munder|mover|munderover|mtable|mtr|mtd)\b/g;
  for (const [, token, text, element] of math.replace(/<annotation[\s\S]*?<\/annotation>/g, "").matchAll(elements)) {
    if (token) signs.push(characters(text));
    else shape.push(element);
  }
  return { signs: plain(signs.join("")), shape: shape.join(" ") };
}

/**
 * What the three write differently and mean alike: faces of letters (as characters, or as an attribute), spaces and what is not seen,
 * single and double bars, and the accents.
 */
function plain(text) {
  const alike = { "∣": "|", "∥": "‖", "^": "ˆ", "\u0302": "ˆ", "~": "˜", "\u0303": "˜", "¯": "ˉ", "\u0304": "ˉ", "\u0305": "ˉ", "‾": "ˉ" };
  return [...text.replace(/[\u00af\u02c6\u02dc]/g, sign => ({ "¯": "ˉ", "ˆ": "^", "˜": "~" })[sign]).normalize("NFKC")]
    .map(sign => alike[sign] ?? sign).join("").replace(/[\s\u2061-\u2064\u200b\ufe0e]/g, "");
}

/** A text with its character references resolved. */
function characters(text) {
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) =>
    name ? named[name] ?? whole : String.fromCodePoint(hex ? parseInt(hex, 16) : Number(decimal)));
}
