// The tree of names that keys make: levels are asked for when they are opened.
import { address, get } from './api.js';
import { keyFragment } from './router.js';
import { serviceTime } from './service-time.js';

const FIRST = 200;
const MORE = 2_000;
/** The most names of one answer. */
const MOST = 10_000;

/**
 * @typedef {object} Row what one line of the tree shows
 * @property {string} id of its folder, or of the line; no two are the same
 * @property {'name' | 'wait' | 'more' | 'failure'} kind
 * @property {number} depth 1 is the first level
 * @property {number} index within its level, from 0
 * @property {number} siblings of its level, itself included
 * @property {number} parent the index of the line of its folder; -1 for none
 * @property {any} [child] of the API, for a name
 * @property {any} [level] in which it is
 * @property {string} parentId
 * @property {boolean} [isOpen]
 */

/** @param {string} prefix @param {string} [base64] if it is not text */
export function folderId(prefix, base64) {
  return base64 ? `base64 ${base64}` : `text ${prefix}`;
}

/** Whether a name is just a key. @param {any} child */
export function isLeaf(child) {
  return child.is_key && child.keys === 1;
}

export class KeyTree {
  /** By the id of its folder. @type {Map<string, {node: any, data: any, failure: any, isLoading: boolean, limit: number}>} */
  #levels = new Map();

  /** @type {Set<string>} */
  #open = new Set();

  #abort = new AbortController();

  /**
   * @param {{prefix: string, prefix_base64?: string}} root
   * @param {string} delimiter
   * @param {string} sort
   */
  constructor(root, delimiter, sort) {
    this.root = root;
    this.rootId = folderId(root.prefix, root.prefix_base64);
    this.delimiter = delimiter;
    this.sort = sort;
    /** When the first level came. */
    this.at = 0;
    /** Called when there is something new to show. */
    this.onChange = () => {};
  }

  /** The answer about the first level; null until it is there. */
  get top() {
    return this.#levels.get(this.rootId)?.data ?? null;
  }

  /** Why the first level is not known, or not as of now. */
  get failure() {
    return this.#levels.get(this.rootId)?.failure ?? null;
  }

  get isLoading() {
    return [...this.#levels.values()].some((level) => level.isLoading);
  }

  close() {
    this.#abort.abort();
  }

  /** Asks for all levels that are shown. @param {boolean} fresh whether the service walks all servers before */
  async load(fresh) {
    await this.#fetch(this.rootId, this.root, fresh);
    for (const row of this.rows().filter((shown) => shown.isOpen)) {
      await this.#fetch(row.id, row.child, false);
    }
  }

  /** @param {Row} row of a folder */
  toggle(row) {
    if (this.#open.delete(row.id)) {
      this.onChange();
    } else {
      this.#open.add(row.id);
      this.#fetch(row.id, row.child, false);
    }
  }

  /** Asks for more names of the level that a line ends, or again for one that failed. @param {Row} row */
  more(row) {
    const level = this.#levels.get(row.parentId);
    if (row.kind === 'more') {
      level.limit = Math.min(MOST, level.limit + MORE);
    }
    this.#fetch(row.parentId, level.node, false);
  }

  async #fetch(id, node, fresh) {
    const level = this.#levels.get(id) ?? { node, data: null, failure: null, isLoading: false, limit: FIRST };
    this.#levels.set(id, level);
    level.isLoading = true;
    this.onChange();
    try {
      const prefix = node.prefix_base64 ? { prefix_base64: node.prefix_base64 } : { prefix: node.prefix };
      const asked = { ...prefix, delimiter: this.delimiter, sort: this.sort, limit: level.limit, fresh: fresh || undefined };
      level.data = await get(address('tree/', asked), this.#abort.signal);
      level.failure = null;
      if (id === this.rootId) {
        this.at = serviceTime();
      }
    } catch (failure) {
      if (failure.name !== 'AbortError') {
        level.failure = failure;
      }
    }
    level.isLoading = false;
    if (!this.#abort.signal.aborted) {
      this.onChange();
    }
  }

  /** All lines, from top to bottom. @returns {Row[]} */
  rows() {
    /** @type {Row[]} */
    const rows = [];
    this.#add(rows, this.rootId, 1, -1);
    return rows;
  }

  #add(rows, id, depth, parent) {
    const level = this.#levels.get(id);
    const children = level?.data?.children ?? [];
    const rest = this.#rest(level);
    const siblings = children.length + (rest && depth > 1 || rest === 'more' ? 1 : 0);
    children.forEach((child, index) => {
      const own = folderId(child.prefix, child.prefix_base64);
      const isOpen = !isLeaf(child) && this.#open.has(own);
      rows.push({ id: own, kind: 'name', depth, index, siblings, parent, child, level: level.data, parentId: id, isOpen });
      if (isOpen) {
        this.#add(rows, own, depth + 1, rows.length - 1);
      }
    });
    // What is wrong with the first level stands above the tree.
    if (siblings > children.length) {
      rows.push({ id: `${rest} ${id}`, kind: rest, depth, index: children.length, siblings, parent, level, parentId: id });
    }
  }

  /** What stands at the end of a level; undefined if nothing does. */
  #rest(level) {
    if (level?.failure) {
      return 'failure';
    }
    if (!level?.data) {
      return 'wait';
    }
    return level.data.truncated ? 'more' : undefined;
  }
}

/** Whether a line can be asked to show more. @param {Row} row */
export function hasMore(row) {
  return row.kind === 'failure' || (row.kind === 'more' && row.level.limit < MOST);
}

/** The view of the key that a name is. @param {any} level @param {any} child */
export function keyOf(level, child) {
  const key = level.prefix + child.name;
  if (!level.prefix_base64 && !child.name_base64) {
    return keyFragment({ key });
  }
  const bytes = bytesOf(level.prefix, level.prefix_base64) + bytesOf(child.name, child.name_base64);
  return keyFragment({ key, key_base64: btoa(bytes) });
}

/** Each byte as a character. @param {string} text @param {string | undefined} base64 */
function bytesOf(text, base64) {
  return base64 ? atob(base64) : String.fromCharCode(...new TextEncoder().encode(text));
}

/** The filter that has the keys of a folder. @param {any} child */
export function filterOf(child) {
  return child.prefix_base64 ? { prefix_base64: child.prefix_base64 } : { prefix: child.prefix };
}
