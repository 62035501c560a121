import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const dot = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==";
const drawing = inside => `<svg viewBox="0 0 200 40" width="200" height="40" role="img" aria-label="A drawing">${inside}</svg>`;

/** What is right in a page, and near to what is wrong. */
export const good = `
<style>
pre { overflow-x: auto; }
.hidden { display: none; }
.for-ears { position: absolute; width: 1px; height: 1px; overflow: hidden; white-space: nowrap; }
@media print {
  figure { break-inside: avoid; }
  pre { white-space: pre-wrap; }
}
</style>
<p id="sums">A book for $5 or $10, a formula
<math><semantics><mi>π</mi><annotation encoding="application/x-tex">\\pi_{i}</annotation></semantics></math>,
and what one types: <code>\\pi_{i}</code>.</p>
<p><a href="#sums">Here</a>, <a href="#top">above</a>, <a href="https://example.org/a?b=c#d">there</a>,
<a href="mailto:a@example.org">someone</a>, <a href="part/one.html#what's-new">a part</a>, <a href="part/chapter.ipynb">no page</a>,
<a href="../docs/guide.md">the repository</a>.</p>
<pre>A line of output that is far wider than any narrow window, and that scrolls in a box of its own, as wide as it may ever become.</pre>
<p class="hidden">\\alpha that nobody sees.</p>
<p class="for-ears">Words for those who hear the page, and they may be longer than a pixel.</p>
<details><summary>More</summary><p>What a reader opens.</p></details>
<figure>${drawing('<text x="10" y="20" font-size="11">word</text>')}<figcaption>A figure.</figcaption></figure>
<p><img src="${dot}" alt="A dot"></p>
<p><img src="https://example.org/dot.gif" alt="What only a network brings"></p>`;

/** What each rule refuses, and what it says then. */
export const bad = {
  tex: [
    ["<p>The mean <em>\\mu</em> of all.</p>", "sees \\mu."],
    ["<p>The mean $m$ of all.</p>", "sees $m$."],
    ["<p>The mean $m <em>n</em>$ of all.</p>", "sees $m n$."],
    ["<p>The mean \\(m\\) of all.</p>", "sees \\(."],
    ["<p>The mean x_{i} of all.</p>", "sees _{."],
    ["<p>The mean <math><mtext>\\operator</mtext><mi>x</mi></math>.</p>", "sees \\operator."],
    ["<details><summary>More</summary><p>The mean \\nu of all.</p></details>", "sees \\nu."],
    [drawing('<text x="10" y="20" font-size="12">x^{2}</text>'), "sees ^{."],
    [`<p><img src="${dot}" alt="The mean \\xi"></p>`, "alt says \\xi."],
    ['<p>The mean <span class="tex-unknown">mu</span>.</p>', "the converter does not know"],
  ],
  fit: [
    ['<table><tr><td><div style="width: 600px">A cell.</div></td></tr></table>', "at 400 px: it reaches to 6"],
    ['<div style="width: 900px">A box.</div>', "at 800 px: it reaches to 9"],
    ['<div style="width: 1300px">A box.</div>', "at 1280 px: it reaches to 13"],
  ],
  links: [
    ['<p><a href="nowhere.html">nowhere</a></p>', "nowhere.html leads to no file"],
    ['<p><a href="GOOD.html">elsewhere</a></p>', "GOOD.html leads to no file"],
    ['<p><a href="">nowhere</a></p>', "leads nowhere: it is empty"],
    ['<p><a href="#nowhere">nowhere</a></p>', "#nowhere leads to no anchor"],
    ['<p><a href="good.html#nowhere">nowhere</a></p>', 'good.html has no id "nowhere"'],
    ['<p><a href="good.ipynb">a notebook</a></p>', "has a page; link to good.html"],
    ['<p><a href="../notebooks/00-start-here.ipynb">a notebook</a></p>', "has a page; link to 00-start-here.html"],
    ['<p><a href="../docs/nowhere.md">nowhere</a></p>', "../docs/nowhere.md leads to no file"],
    ['<p><a href="../docs/guide.md#nowhere">nowhere</a></p>', 'guide.md has no id "nowhere"'],
    ['<p><a href="https://">nowhere</a></p>', "https:// is no address"],
    ['<p><a href="javascript:void 0">nothing</a></p>', "has the scheme javascript:"],
    ['<p><a href="/good.html">the root</a></p>', "/good.html begins at the root"],
    [drawing('<rect width="9" height="9" clip-path="url(#nothing)"/>'), "#nothing leads to no anchor"],
  ],
  ids: [
    [`${drawing('<g id="a"></g>')}<script>document.body.append(document.createElement("p"));
      document.body.lastChild.id = "a";</script>`, 'the id "a" is taken'],
  ],
  html: [
    ["<p>A list in a line: <ul><li>An item.</li></ul>", "<p> is implicitly closed"],
    ["<ul><p>A line.</p></ul>", "<p> element is not permitted"],
    ["<p>A <b>word.</p>", "<b>"],
    ["<p>1 < 2</p>", 'Raw "<" must be encoded'],
    [`<p><img src="${dot}"></p>`, '<img> is missing required "alt"'],
    ['<p>A <button type="press">button</button>.</p>', 'invalid value "press"'],
    ['<p id="named" role="note" aria-labelledby="nobody">A line.</p>', 'references missing id "nobody"'],
  ],
  weight: [[`<!--${" ".repeat(1_500_000)}-->`, "it has 1.50 MB"]],
  text: [
    ['<svg viewBox="0 0 720 40" width="100%" role="img" aria-label="Small"><text y="20" font-size="12">a</text></svg>', '"a", has 6.'],
    [drawing('<text x="10" y="20" font-size="12">c<tspan font-size="8">b</tspan></text>'), '"b", has 8.0 px'],
    [drawing('<g transform="rotate(90) scale(0.5)"><text x="10" y="-20" font-size="14">d</text></g>'), '"d", has 7.0 px'],
  ],
  errors: [
    ['<script>throw new Error("out of luck");</script>', "out of luck"],
    ['<script>console.error("out of words");</script>', "out of words"],
    ['<script>fetch("data:text/plain,x").then(() => Promise.reject(new Error("out of promises")));</script>', "out of promises"],
  ],
  paper: [
    [`<pre style="overflow-x: auto">${"A line that ends beyond the sheet. ".repeat(9)}</pre>`, "px of content in"],
    ["<figure><p>A drawing.</p></figure>", "a page may end inside it"],
    ['<figure style="break-inside: avoid; height: 1200px"><p>A drawing.</p></figure>', "px high, and a page has"],
  ],
};

/** Writes pages, given as the name and the text below the heading of each, to a new folder. */
export function write(pages) {
  const folder = mkdtempSync(path.join(tmpdir(), "pages-"));
  for (const [name, body] of Object.entries(pages)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, name.endsWith(".html") ? framed(name, body) : body);
  }
  return folder;
}

const framed = (name, body) => `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${name}</title>
</head>
<body>
<main>
<h1>${name}</h1>
${body}
</main>
</body>
</html>
`;
