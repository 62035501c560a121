import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { runInNewContext } from "node:vm";

export const repository = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");

/** The pages of a folder. A link that leaves the folder is followed as if the folder lay at the root of the repository, as out/ does. */
export class Book {
  #anchors = new Map();

  constructor(folder) {
    this.folder = path.resolve(folder);
    if (!existsSync(this.folder)) {
      throw new Error(`There is no folder ${this.folder}. Write the book with ./course run, or name its folder in the variable BOOK.`);
    }
    this.pages = readdirSync(this.folder, { recursive: true })
      .map(name => name.split(path.sep).join("/"))
      .filter(name => name.endsWith(".html"))
      .sort();
    if (this.pages.length === 0) {
      throw new Error(`The folder ${this.folder} holds no page (*.html). Write the book with ./course run.`);
    }
  }

  /** The book that the variable BOOK names, a folder below which all pages lie; ../out beside this folder where it names none. */
  static named() {
    return new Book(process.env.BOOK ?? path.join(repository, "out"));
  }

  file(page) {
    return path.join(this.folder, page);
  }

  url(page) {
    return pathToFileURL(this.file(page)).href;
  }

  bytes(page) {
    return statSync(this.file(page)).size;
  }

  /** What is wrong with a link's target, in words, or nothing. The page's own ids may be given, where scripts may have made some. */
  faultOf(page, target, ids) {
    if (target.trim() === "") return "leads nowhere: it is empty";
    const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(target)?.[1].toLowerCase();
    if (scheme === "data" || scheme === "mailto") return undefined;
    if (scheme === "http" || scheme === "https") return parses(target) ? undefined : "is no address of the web";
    if (scheme) return `has the scheme ${scheme}:, which leads nowhere in a book of files`;
    if (target.startsWith("/")) return "begins at the root of the disk; write it relative to the page";

    const [address, fragment] = split(target);
    let file = this.file(page);
    if (address !== "") {
      file = this.#place(path.resolve(path.dirname(file), decode(address)));
      if (!existsExactly(file)) return "leads to no file of the book or the repository";
      const instead = this.#pageOf(file);
      if (instead) return `leads to a notebook that has a page; link to ${instead}`;
    }
    if (fragment === "" || address === "" && fragment === "top") return undefined;
    const anchors = file === this.file(page) && ids || this.#anchorsOf(file);
    if (!anchors || anchors.has(decode(fragment))) return undefined;
    return `leads to no anchor: ${path.basename(file)} has no id "${decode(fragment)}"`;
  }

  /** Entries of the search, in search.js beside the pages, that lead nowhere; nothing where a book has no search. */
  deadEntries() {
    const file = path.join(this.folder, "search.js");
    if (!existsSync(file)) return [];
    const window = {};
    runInNewContext(readFileSync(file, "utf8"), { window });
    return [...window.bookSearch].flatMap(entry => {
      const target = entry.p + (entry.h ? `#${encodeURIComponent(entry.h)}` : ""), fault = this.faultOf("index.html", target);
      return fault ? [`search.js: ${target} ${fault}`] : [];
    });
  }

  #place(file) {
    const inBook = path.relative(this.folder, file);
    return inBook.startsWith("..") ? path.join(repository, path.relative(path.dirname(this.folder), file)) : file;
  }

  /** The page of a notebook, if the book has one: beside the notebook, or where the book keeps the pages of the notebook's folder. */
  #pageOf(file) {
    if (!file.endsWith(".ipynb")) return undefined;
    const inBook = path.relative(this.folder, file), inRepository = path.relative(repository, file);
    const own = inBook.startsWith("..") ? inRepository : inBook;
    const name = own.split(path.sep).join("/").replace(/\.ipynb$/, ".html");
    return [name, name.replace(/^notebooks\//, "")].find(candidate => this.pages.includes(candidate));
  }

  #anchorsOf(file) {
    if (!this.#anchors.has(file)) this.#anchors.set(file, readAnchors(file));
    return this.#anchors.get(file);
  }
}

function split(target) {
  const hash = target.indexOf("#");
  return hash < 0 ? [target.split("?")[0], ""] : [target.slice(0, hash).split("?")[0], target.slice(hash + 1)];
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function parses(target) {
  try {
    return /^localhost$|\./.test(new URL(target).hostname);
  } catch {
    return false;
  }
}

/** Whether a path exists in this spelling: some file systems do not tell a from A, and those who publish the book have others. */
function existsExactly(file) {
  const parent = path.dirname(file);
  if (parent === file || file === repository) return true;
  return existsSync(file) && readdirSync(parent).includes(path.basename(file)) && existsExactly(parent);
}

/** The anchors of a page or of a text in Markdown, as GitHub names them; nothing where a file has no anchors that can be known. */
function readAnchors(file) {
  if (file.endsWith(".html")) {
    return new Set([...readFileSync(file, "utf8").matchAll(/\sid="([^"]*)"/g)].map(match => characters(match[1])));
  }
  if (file.endsWith(".md")) {
    const headings = readFileSync(file, "utf8").replace(/^```[\s\S]*?^```/gm, "").matchAll(/^#{1,6}\s+(.*?)\s*#*$/gm);
    return new Set([...headings].map(match => match[1].toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, "").replace(/\s/g, "-")));
  }
  return undefined;
}

const named = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** An attribute's text with its character references resolved. */
const characters = text => text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) =>
  name ? named[name] ?? whole : String.fromCodePoint(hex ? parseInt(hex, 16) : Number(decimal)));
