// Runs inside a page: what of the rules needs a layout. Each function gives a list of { element, found }.
globalThis.pageRules = (() => {
  const collapse = text => text.replace(/\s+/g, " ").trim();
  const shorten = text => text.length > 60 ? text.slice(0, 57) + "..." : text;

  /** An element as a selector that leads to it, and the beginning of its text. */
  function nameOf(element) {
    const steps = [];
    for (let at = element; at?.nodeType === 1 && at !== document.body && steps.length < 4; at = at.parentElement) {
      if (at.id) {
        steps.unshift(`#${at.id}`);
        break;
      }
      const classes = [...at.classList].map(name => `.${name}`).join("");
      const alike = [...(at.parentElement?.children ?? [])].filter(other => other.tagName === at.tagName);
      steps.unshift(at.localName + classes + (alike.length > 1 ? `:nth-of-type(${alike.indexOf(at) + 1})` : ""));
    }
    const drawing = element.localName === "svg" ? element : element.matches("figure, .figure") ? element.querySelector("svg") : null;
    const text = shorten(collapse(drawing?.querySelector("title")?.textContent ?? element.innerText ?? element.textContent));
    return (steps.join(" > ") || element.localName) + (text ? ` "${text}"` : "");
  }

  const isShown = element => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });

  function textNodes(root) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const nodes = [];
    while (walker.nextNode()) if (walker.currentNode.data.trim() !== "") nodes.push(walker.currentNode);
    return nodes;
  }

  /** Whatever a reader can open is open, and the page is drawn. */
  async function settle() {
    for (const details of document.querySelectorAll("details")) details.open = true;
    await document.fonts.ready;
    await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  }

  const tex = [/\\[a-zA-Z]+/, /\\[()[\]]/, /[\^_]\{/, /\$(?!\s)[^$]*[^$\s]\$(?!\d)/];
  const typed = "code, pre, annotation, annotation-xml, script, style, title, desc, textarea, .tex-unknown";
  const texIn = text => tex.map(pattern => pattern.exec(text)?.[0]).find(Boolean);

  /** TeX that a reader sees as it was typed, or hears: in prose, in a formula's own letters, in a drawing, in what names an element. */
  function rawTeX() {
    const findings = [...document.querySelectorAll(".tex-unknown")]
      .map(element => ({ element: nameOf(element), found: "TeX that the converter does not know" }));
    const blocks = new Map();
    for (const node of textNodes(document.body)) {
      const parent = node.parentElement;
      if (parent.closest(typed) || !isShown(parent)) continue;
      let block = parent;
      if (!parent.closest("math")) {
        while (block.parentElement && /^(inline|contents)/.test(getComputedStyle(block).display)) block = block.parentElement;
      }
      blocks.set(block, (blocks.get(block) ?? "") + node.data);
    }
    for (const [block, text] of blocks) {
      const found = texIn(text);
      if (found) findings.push({ element: nameOf(block), found: `the reader sees ${shorten(collapse(found))}` });
    }
    for (const element of document.querySelectorAll("[alt], [aria-label], [title]")) {
      for (const name of ["alt", "aria-label", "title"]) {
        const found = texIn(element.getAttribute(name) ?? "");
        if (found) findings.push({ element: nameOf(element), found: `${name} says ${shorten(collapse(found))}` });
      }
    }
    return findings;
  }

  const cuts = element => getComputedStyle(element).overflowX !== "visible";

  /** What makes the document wider than the window: the outermost elements that stick out. What scrolls or is cut in its box does not. */
  function wide() {
    const root = document.scrollingElement;
    if (root.scrollWidth <= window.innerWidth) return [];
    const outside = [];
    (function visit(element) {
      const right = element.getBoundingClientRect().right + window.scrollX;
      if (right > window.innerWidth + 0.5) outside.push({ element: nameOf(element), found: `it reaches to ${Math.round(right)} px` });
      else if (!cuts(element)) for (const child of element.children) visit(child);
    })(document.body);
    return outside.length > 0 ? outside : [{ element: "body", found: `the document is ${root.scrollWidth} px wide` }];
  }

  /** On paper nothing scrolls: what an element hides is lost. */
  function clipped() {
    return [...document.body.querySelectorAll("*")]
      .filter(element => element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 1 && cuts(element) && isShown(element))
      .map(element => ({ element: nameOf(element), found: `${element.scrollWidth} px of content in ${element.clientWidth} px` }));
  }

  /** Figures that a page of paper cuts, or that none holds. */
  function cutFigures(pageHeight) {
    const findings = [];
    for (const figure of document.querySelectorAll("figure, .figure")) {
      if (!isShown(figure)) continue;
      const height = figure.getBoundingClientRect().height, rule = getComputedStyle(figure).breakInside;
      const found = height > pageHeight ? `${Math.round(height)} px high, and a page has ${pageHeight}`
        : rule.startsWith("avoid") ? undefined : `a page may end inside it (break-inside: ${rule})`;
      if (found) findings.push({ element: nameOf(figure), found });
    }
    return findings;
  }

  /** How large each text of a drawing is on the screen: the size in the drawing, times the scale of the drawing. */
  function smallText(least) {
    const smallest = new Map();
    for (const node of [...document.querySelectorAll("svg")].flatMap(textNodes)) {
      const element = node.parentElement, drawing = element.closest("svg");
      if (!element.closest("text, foreignObject") || !isShown(element)) continue;
      const matrix = (element.closest("text") ?? element.closest("foreignObject")).getScreenCTM();
      const size = parseFloat(getComputedStyle(element).fontSize) * Math.sqrt(Math.abs(matrix.a * matrix.d - matrix.b * matrix.c));
      if (size < least - 0.05 && size < (smallest.get(drawing)?.size ?? Infinity)) smallest.set(drawing, { size, element });
    }
    return [...smallest].map(([drawing, { size, element }]) => ({
      element: nameOf(drawing),
      found: `its smallest text, "${shorten(collapse(element.textContent))}", has ${size.toFixed(1)} px`,
    }));
  }

  /** Every link of the page, with the element that it stands in, and every reference to an element of this page. */
  function links() {
    const all = [];
    for (const element of document.querySelectorAll("*")) {
      for (const name of ["href", "xlink:href", "src", "poster", "data"]) {
        if (name === "data" && element.localName !== "object" || !element.hasAttribute(name)) continue;
        all.push({ element: nameOf(element), target: element.getAttribute(name) });
      }
      for (const part of (element.getAttribute("srcset") ?? "").split(",").filter(text => text.trim() !== "")) {
        all.push({ element: nameOf(element), target: part.trim().split(/\s/)[0] });
      }
      if (element.namespaceURI !== "http://www.w3.org/2000/svg") continue;
      for (const { value } of element.attributes) {
        const reference = /^url\(["']?(#[^"')]+)["']?\)/.exec(value);
        if (reference) all.push({ element: nameOf(element), target: reference[1] });
      }
    }
    return all;
  }

  const ids = () => [...document.querySelectorAll("[id]")].map(element => element.id);

  /** Elements that share an id with an earlier one. */
  function repeatedIds() {
    const seen = new Set();
    return [...document.querySelectorAll("[id]")].filter(element => seen.size === seen.add(element.id).size)
      .map(element => ({ element: nameOf(element), found: `the id "${element.id}" is taken` }));
  }

  const firstPaint = () => performance.getEntriesByName("first-contentful-paint")[0]?.startTime;

  return { settle, rawTeX, wide, clipped, cutFigures, smallText, links, ids, repeatedIds, firstPaint };
})();
