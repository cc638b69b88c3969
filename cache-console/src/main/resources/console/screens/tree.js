// The tree of names: how many keys and bytes each part of the names has.
import { count, number, percent, size } from '../base/formats.js';
import { html, useEffect, useMemo, useState } from '../base/html.js';
import { KeyTree, filterOf, folderId, hasMore, isLeaf, keyOf } from '../base/key-tree.js';
import { useKeys } from '../base/keyboard.js';
import { fragment, go } from '../base/router.js';
import { may, onOtherCaller, report, session, whyNot } from '../base/session.js';
import { useStore } from '../base/store.js';
import { Freshness } from '../parts/freshness.js';
import { Icon } from '../parts/icons.js';
import { focusGrid } from '../parts/grid.js';
import { KeyText } from '../parts/key-text.js';
import { Missing } from '../parts/list-states.js';
import { Notice } from '../parts/notice.js';
import { TreeGrid } from '../parts/tree-grid.js';
import { Waiting } from '../parts/waiting.js';

const DELIMITER = ':';
const SORT = 'size';
const SORTS = ['size', 'keys', 'name'];
const WAIT_MILLIS = 400;

/** What was shown last, so that the way back from a key leads to the same line. */
let kept = { id: '', /** @type {KeyTree | null} */ tree: null, active: { id: '', index: -1 } };

onOtherCaller(() => {
  kept.tree?.close();
  kept = { id: '', tree: null, active: { id: '', index: -1 } };
});

/** @param {{parameters: URLSearchParams, caller?: string}} properties */
export function TreeScreen({ parameters, caller }) {
  const root = { prefix: parameters.get('prefix') ?? '', prefix_base64: parameters.get('prefix_base64') ?? undefined };
  const delimiter = parameters.get('delimiter') || DELIMITER;
  const sort = SORTS.includes(parameters.get('sort')) ? parameters.get('sort') : SORT;
  const id = JSON.stringify([folderId(root.prefix, root.prefix_base64), delimiter, sort, caller]);
  // Who is asking is not known at first.
  return caller === undefined
    ? html`<${Waiting} what="the tree" />`
    : html`<${OneTree} key=${id} id=${id} root=${root} delimiter=${delimiter} sort=${sort} />`;
}

/** @param {{id: string, root: any, delimiter: string, sort: string}} properties */
function OneTree({ id, root, delimiter, sort }) {
  const { service } = useStore(session);
  const tree = useMemo(() => (kept.id === id && kept.tree ? kept.tree : new KeyTree(root, delimiter, sort)), [id]);
  const [, setVersion] = useState(0);
  const [marked, setMarked] = useState(kept.id === id ? kept.active : { id: '', index: -1 });
  useEffect(() => {
    tree.onChange = () => {
      setVersion((now) => now + 1);
      if (tree.failure?.status === 401) {
        report(tree.failure);
      }
    };
    if (!tree.top) {
      tree.load(false);
    }
    return () => {
      tree.onChange = () => {};
    };
  }, [tree]);
  kept = { id, tree, active: marked };
  useKeys(useMemo(() => ({ r: () => tree.load(false), ArrowDown: focusGrid }), [tree]));

  const rows = tree.rows();
  const found = rows.findIndex((row) => row.id === marked.id);
  // In place of a line that asks, or of a key that is gone, there is another one now.
  const active = found < 0 ? Math.min(marked.index, rows.length - 1) : found;
  const isAllowed = may(service, 'manage');
  const { top, failure } = tree;
  const change = (changes) => go(fragment('/tree', { ...filterOf(root), delimiter: delimiter === DELIMITER ? null : delimiter, sort: sort === SORT ? null : sort, ...changes }), { replace: true });
  const open = (row) => {
    if (row.kind !== 'name') {
      hasMore(row) && tree.more(row);
    } else if (isLeaf(row.child)) {
      go(keyOf(row.level, row.child));
    } else {
      tree.toggle(row);
    }
  };
  const columns = useMemo(() => columnsOf(tree, open), [tree, top]);
  return html`<section class="keys tree" aria-label="Tree of keys" aria-busy=${tree.isLoading}>
    <h1 class="unseen-title">Tree of keys</h1>
    <div class="tools">
      <${Path} root=${root} delimiter=${delimiter} sort=${sort} />
      <${Delimiter} value=${delimiter} onChange=${(value) => change({ delimiter: value === DELIMITER ? null : value })} />
    </div>
    ${failure && failure.status !== 401 && html`<${Notice} failure=${failure} dataAt=${tree.at} onRetry=${() => tree.load(false)} />`}
    ${top && html`<${Missing} reasons=${top.incomplete ?? []} />
      <div class="summary">
        <p role="status"><b>${count(top.keys, 'key')}</b> · ${size(top.bytes)} · <a href=${fragment('/keys', { ...filterOf(root), no_ttl: true })}>${number(top.never_expire)} never expire</a>
          ${' '}<span class="note">· ${count(top.total_children, 'name')} on this level</span></p>
        <span class="space"></span>
        <${Freshness} asOf=${top.as_of} isLoading=${tree.isLoading} onWalk=${() => tree.load(true)} onReload=${() => tree.load(false)} />
      </div>
      ${rows.length === 0
        ? html`<${Empty} top=${top} />`
        : html`<${TreeGrid} label="Tree of keys" columns=${columns} rows=${rows} sort=${sort} onSort=${(name) => change({ sort: name === SORT ? null : name })}
            active=${active} onActive=${(index) => setMarked({ id: rows[index].id, index })} isFolder=${isFolder}
            onToggle=${(row) => tree.toggle(row)} onOpen=${open} onDelete=${(row) => isAllowed && isFolder(row) && go(changeOf('delete', row.child))} />
          <${Actions} row=${rows[active]} refusal=${whyNot(service, 'manage')} delimiter=${delimiter} sort=${sort} />`}`}
    ${!top && !failure && html`<p class="empty" role="status">Asking for the tree…</p>`}
  </section>`;
}

/** @param {any} row */
function isFolder(row) {
  return row.kind === 'name' && !isLeaf(row.child);
}

/** @param {'delete' | 'refresh'} action @param {any} child */
function changeOf(action, child) {
  return fragment('/change', { action, ...filterOf(child) });
}

/** @param {KeyTree} tree @param {(row: any) => void} open */
function columnsOf(tree, open) {
  const figure = (show) => (row) => row.kind === 'name' && show(row.child);
  return [
    { name: 'name', title: 'Name', sort: 'name', cell: (row) => html`<${Name} row=${row} open=${open} />` },
    { name: 'total', title: 'Keys', sort: 'keys', cell: figure((child) => number(child.keys)) },
    { name: 'bytes', title: 'Size', sort: 'size', cell: figure((child) => size(child.bytes)) },
    { name: 'share', title: 'Share', cell: figure((child) => html`<${Share} share=${tree.top?.bytes > 0 ? child.bytes / tree.top.bytes : 0} />`) },
    { name: 'never', title: 'Never expire', cell: figure((child) => number(child.never_expire)) },
  ];
}

/** Of all bytes that are shown. @param {{share: number}} properties */
function Share({ share }) {
  return html`<span class="share-bar" aria-hidden="true"><span style=${{ width: `${Math.min(100, share * 100)}%` }}></span></span><span>${percent(Math.min(1, share))}</span>`;
}

/** @param {{row: any, open: (row: any) => void}} properties */
function Name({ row, open }) {
  const { kind, child, level } = row;
  const indent = { paddingLeft: `${Math.min(8, row.depth - 1) * 18}px` };
  if (kind !== 'name') {
    const left = kind === 'more' ? level.data.total_children - level.data.children.length : 0;
    const text = kind === 'wait' ? 'Asking…' : kind === 'failure' ? html`<span><${KeyText} text=${level.failure.message} /> Ask again</span>` : `${number(left)} more names${hasMore(row) ? ': show more' : '; sort them, or list the folder above'}`;
    return html`<span class="tree-name" style=${indent}><span class="twist"></span>
      ${hasMore(row) ? html`<button class="link" tabindex="-1" onClick=${() => open(row)}>${text}</button>` : html`<span class="note">${text}</span>`}</span>`;
  }
  const name = child.name === '' ? html`<span class="note">(no name)</span>` : html`<${KeyText} text=${child.name} />`;
  return isLeaf(child)
    ? html`<span class="tree-name" style=${indent}><span class="twist"></span><${Icon} name="key" /><a tabindex="-1" href=${keyOf(level, child)}>${name}</a></span>`
    : html`<span class="tree-name" style=${indent}>
        <button class="folder" tabindex="-1" onClick=${() => open(row)}><span class="twist" aria-hidden="true">${row.isOpen ? '▾' : '▸'}</span><${Icon} name="folder" />${name}</button>
        ${child.is_key && html`<a tabindex="-1" class="also" href=${keyOf(level, child)}>also a key</a>`}</span>`;
}

/** What can be done with the line that is marked. */
function Actions({ row, refusal, delimiter, sort }) {
  if (!row || row.kind !== 'name') {
    return html`<p class="actions note">Mark a name to see what can be done with its keys.</p>`;
  }
  const { child, level } = row;
  const name = html`<b class="mono"><${KeyText} text=${isLeaf(child) ? level.prefix + child.name : child.prefix} /></b>`;
  if (isLeaf(child)) {
    return html`<p class="actions" aria-label="Selected key">${name}<a class="button" href=${keyOf(level, child)}>Open the key</a></p>`;
  }
  return html`<p class="actions">${name}
    ${child.is_key && html`<a class="button" href=${keyOf(level, child)}>Open the key</a>`}
    <a class="button" href=${fragment('/keys', filterOf(child))}>List</a>
    <a class="button" href=${fragment('/tree', { ...filterOf(child), delimiter: delimiter === DELIMITER ? null : delimiter, sort: sort === SORT ? null : sort })}>Only this</a>
    ${child.never_expire > 0 && html`<a class="button" href=${fragment('/keys', { ...filterOf(child), no_ttl: true })}>Never expiring</a>`}
    <a class="button" href=${fragment('/analysis', filterOf(child))}>Analyse</a>
    ${refusal === ''
      ? html`<a class="button" href=${changeOf('refresh', child)}>New lifetime…</a><a class="button danger" href=${changeOf('delete', child)}>Delete…</a>`
      : html`<span class="note">${refusal}</span>`}
  </p>`;
}

/** The folders above, up to all keys. @param {{root: any, delimiter: string, sort: string}} properties */
function Path({ root, delimiter, sort }) {
  const to = (prefix) => fragment('/tree', { prefix, delimiter: delimiter === DELIMITER ? null : delimiter, sort: sort === SORT ? null : sort });
  const steps = root.prefix_base64 ? [] : root.prefix.split(delimiter).slice(0, -1).map((_, index, all) => all.slice(0, index + 1).join(delimiter) + delimiter);
  const isWhole = root.prefix === '' && !root.prefix_base64;
  const rest = root.prefix_base64 ? '(bytes)' : root.prefix.slice(steps.at(-1)?.length ?? 0);
  return html`<nav class="path" aria-label="Folders above">
    ${isWhole ? html`<b aria-current="page">All keys</b>` : html`<a href=${to('')}>All keys</a>`}
    ${steps.map((prefix, index) => {
      const name = html`<${KeyText} text=${prefix.slice(steps[index - 1]?.length ?? 0)} />`;
      return html`<span aria-hidden="true">›</span>${index === steps.length - 1 && rest === '' ? html`<b aria-current="page">${name}</b>` : html`<a href=${to(prefix)}>${name}</a>`}`;
    })}
    ${rest !== '' && html`<span aria-hidden="true">›</span><b aria-current="page"><${KeyText} text=${rest} /></b>`}
  </nav>`;
}

/** @param {{value: string, onChange: (value: string) => void}} properties */
function Delimiter({ value, onChange }) {
  const [text, setText] = useState(value);
  useEffect(() => {
    if (text === value || text === '') {
      return undefined;
    }
    const timer = setTimeout(() => onChange(text), WAIT_MILLIS);
    return () => clearTimeout(timer);
  }, [text]);
  return html`<label class="delimiter">Delimiter
    <input size="3" value=${text} spellcheck=${false} autocomplete="off" onInput=${(event) => setText(event.target.value)} /></label>`;
}

/** @param {{top: any}} properties */
function Empty({ top }) {
  return html`<div class="empty" data-state=${top.complete ? 'empty' : 'unknown'}>
    <p><b>${top.complete ? 'There are no keys here.' : 'No key is known.'}</b></p>
    <p class="note">${top.complete ? 'Keys appear here when an application stores some.' : 'That does not mean that there is none: see above.'}</p>
  </div>`;
}
