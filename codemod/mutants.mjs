import ts from 'typescript';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { applyEdits, parse, read, tracked, write } from './lib.mjs';

const patchesIn = (f, s) => {
  const sf = parse(f, s);
  const list = [];
  const visit = (n) => {
    if (ts.isObjectLiteralExpression(n)) {
      const p = Object.fromEntries(n.properties.filter(ts.isPropertyAssignment).map((x) => [x.name.getText(sf), x.initializer]));
      if (p.file && p.find && p.replace && ts.isStringLiteralLike(p.file)) list.push({ file: p.file.text, find: p.find, replace: p.replace });
    }
    ts.forEachChild(n, visit);
  };
  visit(sf);
  return { sf, list };
};
const quoted = (text) => `'${text.replace(/\\/g, '\\\\').replace(/'/g, "\\'").replace(/\n/g, '\\n')}'`;

/** Torture's mutants are patches of the sources: what they look for, and put in its place, follows the names. */
export function updateMutants(root, old) {
  for (const f of tracked(root).filter((x) => x.startsWith('test/torture/') && x.endsWith('.ts'))) {
    const s = read(root, f);
    const { sf, list } = patchesIn(f, s);
    const edits = [];
    for (const { file, find, replace } of list) {
      const o = old.get(file);
      if (!o) continue;
      const dict = new Map();
      const members = new Map();
      for (const e of o.edits) if (!e.text.includes(':')) (o.text[e.start - 1] === '.' && o.text[e.start - 2] !== '.' ? members : dict).set(o.text.slice(e.start, e.end), e.text);
      const words = (t) => t.replace(/(\.?)([A-Za-z_$][\w$]*)/g, (_, dot, w) => dot + ((dot ? members : dict).get(w) ?? w));
      if (ts.isStringLiteralLike(find)) {
        const at = o.text.indexOf(find.text);
        let to = words(find.text);
        if (at >= 0) {
          const end = at + find.text.length;
          to = applyEdits(find.text, o.edits.filter((e) => e.start >= at && e.end <= end).map((e) => ({ start: e.start - at, end: e.end - at, text: e.text })));
        }
        if (to !== find.text) edits.push({ start: find.getStart(sf), end: find.end, text: quoted(to) });
      } else if (find.kind === ts.SyntaxKind.RegularExpressionLiteral) {
        const to = words(find.text);
        if (to !== find.text) edits.push({ start: find.getStart(sf), end: find.end, text: to });
      }
      if (ts.isStringLiteralLike(replace)) {
        const to = words(replace.text);
        if (to !== replace.text) edits.push({ start: replace.getStart(sf), end: replace.end, text: quoted(to) });
      }
    }
    if (edits.length) write(root, f, applyEdits(s, edits));
  }
}

/** After formatting: what is written over several lines is looked for as it stands now. Returns what is not found. */
export function checkMutants(root, { fix = true } = {}) {
  const lost = [];
  for (const f of tracked(root).filter((x) => x.startsWith('test/torture/') && x.endsWith('.ts'))) {
    const s = read(root, f);
    const { sf, list } = patchesIn(f, s);
    const edits = [];
    for (const { file, find } of list) {
      if (!existsSync(path.join(root, file))) { lost.push(`${f}: no file ${file}`); continue; }
      const src = read(root, file);
      if (ts.isStringLiteralLike(find)) {
        if (src.includes(find.text)) continue;
        const loose = new RegExp(find.text.trim().split(/\s+/).map((w) => w.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\\\(/g, '\\(\\s*').replace(/\\\)/g, ',?\\s*\\)')).join('\\s+'));
        const m = loose.exec(src);
        if (m && fix) edits.push({ start: find.getStart(sf), end: find.end, text: quoted(m[0]) });
        else lost.push(`${f}: ${file}: ${find.text.slice(0, 90)}`);
      } else if (find.kind === ts.SyntaxKind.RegularExpressionLiteral) {
        const m = /^\/([\s\S]*)\/([a-z]*)$/.exec(find.text);
        if (!new RegExp(m[1], m[2]).test(src)) lost.push(`${f}: ${file}: ${find.text}`);
      }
    }
    if (edits.length) write(root, f, applyEdits(s, edits));
  }
  return lost;
}
