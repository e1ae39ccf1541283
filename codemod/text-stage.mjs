import ts from 'typescript';
import { applyEdits, commentsOf, read, tracked, write } from './lib.mjs';
import { apply } from './comments.mjs';
const isTitleCall = (n) => {
  let e = n.expression;
  while (ts.isCallExpression(e) || ts.isPropertyAccessExpression(e)) e = e.expression;
  return ts.isIdentifier(e) && /^(test|it|describe|suite)$/.test(e.text);
};
export function textStage(root, names = new Map(), basenames = new Map()) {
  const files = (t) => t.replace(/(?<![\w\/-])([\w-]+\.tsx?)\b/g, (w) => basenames.get(w) ?? w);
  const unique = new Map([...names].filter(([from, to]) => to.size === 1 && /[a-z][A-Z]|^[A-Z][a-z]{4,}/.test(from) && !/^(Place|Places|Parts|Look|Looks|Found|Asked|Left|Desk|Weather|Order|Search|Writer|Counter|Latest|Trouble|Where|Reading|Levels|Partner|Channel|Foreign|Newer|Watch|Float|Shown|Dice)$/.test(from)).map(([from, to]) => [from, [...to.keys()][0]]));
  const inTicks = (s) => s.replace(/`[^`\n]+`/g, (m) => m.replace(/(?<![-\w'"])[A-Za-z]\w*/g, (w) => unique.get(w) ?? w));
  let n = 0;
  const titles = new Map();
  for (const f of tracked(root)) {
    if (!/\.(tsx?|js)$/.test(f) || f.startsWith('docs/pages/fault-rows')) continue;
    const s = read(root, f);
    const { sf, ranges } = commentsOf(f, s);
    const edits = [];
    for (const { pos, end } of ranges) {
      const before = s.slice(pos, end);
      // Names of types in the text follow the identifiers already; only words do here.
      const after = rewrap(before, apply(files(inTicks(before)), f), column(s, pos));
      if (after !== before) edits.push({ start: pos, end, text: after });
    }
    if (f.startsWith('test/')) {
      // Programs that tests write and run.
      const code = (x) => {
        if ((ts.isNoSubstitutionTemplateLiteral(x) || ts.isTemplateExpression(x)) && /\bimport [{*]|\bimport\(/.test(x.getText(sf))) {
          const parts = ts.isTemplateExpression(x) ? [x.head, ...x.templateSpans.map((t) => t.literal)] : [x];
          for (const part of parts) {
            const [a, z] = [part.getStart(sf) + 1, part.end - 1];
            const raw = s.slice(a, z);
            const to = raw.replace(/(?<![-\w'".\/])[A-Za-z]\w*/g, (w) => (w.length > 7 && /[a-z][A-Z]|^[A-Z]/.test(w) ? unique.get(w) : undefined) ?? w);
            if (to !== raw) edits.push({ start: a, end: z, text: to });
          }
        }
        ts.forEachChild(x, code);
      };
      code(sf);
      const visit = (x) => {
        if (ts.isCallExpression(x) && isTitleCall(x)) {
          const [t] = x.arguments;
          if (t && (ts.isStringLiteralLike(t))) {
            const raw = s.slice(t.getStart(sf) + 1, t.end - 1);
            const to = apply(raw, f);
            if (to !== raw) { edits.push({ start: t.getStart(sf) + 1, end: t.end - 1, text: to }); titles.set(t.text, apply(t.text, f)); }
          }
        }
        ts.forEachChild(x, visit);
      };
      visit(sf);
    }
    if (edits.length) { n += edits.length; write(root, f, applyEdits(s, edits)); }
  }
  // The catalogue of faults names tests by their titles.
  const rows = 'docs/pages/fault-rows.ts';
  if (tracked(root).includes(rows)) {
    let s = read(root, rows);
    for (const [a, c] of [...titles].sort((x, y) => y[0].length - x[0].length)) s = s.split(a).join(c);
    write(root, rows, s);
  }
  return n;
}
const column = (s, pos) => pos - (s.lastIndexOf('\n', pos - 1) + 1);
/** Longer words may not fit in 120 columns: a block comment is filled again, a line comment goes on in a next line. */
function rewrap(before, after, indent) {
  if (before === after) return after;
  const fits = after.split('\n').every((l, i) => (i === 0 ? indent : 0) + l.length <= 122);
  if (fits) return after;
  if (after.startsWith('/**')) {
    const pad = ' '.repeat(indent);
    const lines = after.replace(/^\/\*\*\s?/, '').replace(/\s*\*\/$/, '').split('\n').map((l) => l.replace(/^\s*\* ?/, ''));
    const out = [];
    let para = '';
    const flush = () => { if (para) out.push(...fill(para, 120 - indent - 3)); para = ''; };
    for (const l of lines) {
      if (l.trim() === '' ) { flush(); out.push(''); }
      else if (/^(Source|- |\* |\d+\. )/.test(l)) { flush(); para = l; }
      else para = para ? `${para} ${l.trim()}` : l.trim();
    }
    flush();
    while (out[0] === '') out.shift();
    return `/**\n${out.map((l) => `${pad} *${l ? ` ${l}` : ''}`).join('\n')}\n${pad} */`;
  }
  if (after.startsWith('//')) return fill(after.slice(2).trim(), 117 - indent).map((l) => `// ${l}`).join(`\n${' '.repeat(indent)}`);
  return after;
}
function fill(text, width) {
  const out = [];
  let line = '';
  for (const w of text.split(/\s+/)) {
    if (line && line.length + 1 + w.length > width) { out.push(line); line = w; }
    else line = line ? `${line} ${w}` : w;
  }
  if (line) out.push(line);
  return out;
}
