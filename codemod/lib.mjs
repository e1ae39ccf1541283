import { execFileSync, execSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

export const git = (root, ...args) => execFileSync('git', ['-C', root, ...args], { encoding: 'utf8', maxBuffer: 1 << 28 });
export const tracked = (root) => git(root, 'ls-files').split('\n').filter(Boolean);
export const read = (root, f) => readFileSync(path.join(root, f), 'utf8');
export const write = (root, f, s) => {
  mkdirSync(path.dirname(path.join(root, f)), { recursive: true });
  writeFileSync(path.join(root, f), s);
};
export const isSource = (f) => /\.(tsx?|mts|js|mjs)$/.test(f);
export const isText = (f) => /\.(tsx?|js|mjs|md|json|sh)$/.test(f) || f === '.ci/run';
export const parse = (f, s) =>
  ts.createSourceFile(f, s, ts.ScriptTarget.Latest, true, f.endsWith('x') ? ts.ScriptKind.TSX : f.endsWith('js') ? ts.ScriptKind.JS : ts.ScriptKind.TS);

const esc = (s) => s.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
export const applyEdits = (s, edits) => {
  let out = '';
  let at = 0;
  for (const { start, end, text } of [...edits].sort((a, b) => a.start - b.start)) {
    if (start < at) throw new Error('overlapping edits');
    out += s.slice(at, start) + text;
    at = end;
  }
  return out + s.slice(at);
};
export const relative = (from, to) => {
  const r = path.posix.relative(path.posix.dirname(from), to);
  return r.startsWith('.') ? r : `./${r}`;
};

/** Moves files (old → new, both relative to the root) and rewrites every path that names one. */
export function moveFiles(root, moves) {
  if (moves.size === 0) return 0;
  const all = tracked(root);
  const dirs = new Map();
  // A folder moved when all tracked files of it went to one folder.
  const byDir = new Map();
  for (const f of all) {
    for (let d = path.posix.dirname(f); d !== '.'; d = path.posix.dirname(d)) {
      const e = byDir.get(d) ?? new Set();
      byDir.set(d, e);
      const to = moves.get(f) ?? f;
      const rest = f.slice(d.length + 1);
      // The folder's own new name: what is left when the tail is taken off, if the depth is the same.
      const depth = rest.split('/').length;
      e.add(to.split('/').slice(0, -depth).join('/'));
    }
  }
  for (const [d, set] of byDir) if (set.size === 1 && !set.has(d)) dirs.set(d, [...set][0]);
  const map = (p) => moves.get(p) ?? dirs.get(p) ?? p;
  const names = [...moves.keys(), ...[...dirs.keys()].map((d) => `${d}/`)].sort((a, b) => b.length - a.length);
  const textPattern = new RegExp(`(?<![\\w./-])(?:${names.map(esc).join('|')})(?![\\w-])`, 'g');
  const replaceText = (s) => s.replace(/(?<![\w.\/-])(?:src|test|docs|bench)\/[\w./-]*\w\/?/g, (m) => {
    const tail = m.endsWith('/');
    const bare = tail ? m.slice(0, -1) : m;
    const to = map(bare);
    return to === bare ? m : tail ? `${to}/` : to;
  });
  const dirOfSrc = new Map([...moves].filter(([a]) => a.startsWith('src/')).map(([a, b]) => [a.slice(4), b.slice(4)]));
  for (const [from, to] of moves) mkdirSync(path.join(root, path.posix.dirname(to)), { recursive: true });
  for (const [from, to] of moves) renameSync(path.join(root, from), path.join(root, to));
  const known = new Set(all);
  for (const d of byDir.keys()) known.add(d);
  for (const f of all) {
    if (!isText(f) || f === 'package-lock.json') continue;
    const now = map(f);
    const before = read(root, now);
    let s = before;
    if (isSource(f)) {
      const sf = parse(f, s);
      const edits = [];
      const visit = (n) => {
        if (ts.isStringLiteralLike(n) || ts.isTemplateHead(n)) {
          const t = n.text;
          const quote = s[n.getStart(sf)];
          const inner = n.getStart(sf) + 1;
          let to = t;
          if (/^\.\.?\//.test(t) && !/\s/.test(t)) {
            const tail = t.endsWith('/') ? '/' : '';
            const target = path.posix.normalize(path.posix.join(path.posix.dirname(f), t)).replace(/\/$/, '');
            const asTs = target.replace(/\.js$/, '.ts');
            if (known.has(target)) to = relative(now, map(target)) + tail;
            else if (target !== asTs && known.has(asTs) && moves.has(asTs)) to = relative(now, map(asTs)).replace(/\.ts$/, '.js');
            else if (target === '.') to = path.posix.relative(path.posix.dirname(now), '.') + tail;
            else if (map(f) !== f) {
              // Something beside the repository (dist, node_modules, a package): keep what it points at.
              const other = target.split('/')[0];
              if (['dist', 'node_modules', 'bin', 'package.json', 'build.js', 'docs'].includes(other)) to = relative(now, target) + tail;
            }
            if (to.replace(/^\.\//, '') === t.replace(/^\.\//, '')) to = t;
          } else if (ts.isCallExpression(n.parent) && n.parent.arguments.some((a) => a.getText(sf) === 'import.meta.dirname') && known.has(path.posix.join(path.posix.dirname(f), t)))
            to = path.posix.relative(path.posix.dirname(now), map(path.posix.join(path.posix.dirname(f), t)));
          else if (dirOfSrc.has(t)) to = dirOfSrc.get(t);
          else if (/^[\w-]+\.tsx?$/.test(t) && moves.has(path.posix.join(path.posix.dirname(f), t))) to = path.posix.relative(path.posix.dirname(now), moves.get(path.posix.join(path.posix.dirname(f), t)));
          else to = replaceText(t);
          if (to !== t && s.slice(inner, inner + t.length) === t) edits.push({ start: inner, end: inner + t.length, text: to });
        }
        ts.forEachChild(n, visit);
      };
      visit(sf);
      s = applyEdits(s, edits);
    }
    s = replaceText(s);
    if (s !== before) write(root, now, s);
  }
  return moves.size;
}

/** Moves top-level declarations of one file into another, and every import of them. */
export function moveDeclarations(root, from, names, to) {
  if (!existsSync(path.join(root, from))) return `no file ${from}`;
  const wanted = new Set(names);
  const src = read(root, from);
  const sf = parse(from, src);
  const nameOf = (st) =>
    ts.isVariableStatement(st) ? st.declarationList.declarations.map((d) => d.name.getText(sf)) : st.name ? [st.name.text] : [];
  const taken = sf.statements.filter((st) => nameOf(st).some((n) => wanted.has(n)));
  const found = new Set(taken.flatMap(nameOf));
  const missing = [...wanted].filter((n) => !found.has(n));
  if (taken.length === 0) return `nothing of ${names} in ${from}`;
  const isExported = (st) => st.modifiers?.some((m) => m.kind === ts.SyntaxKind.ExportKeyword);
  const isType = (st) => ts.isInterfaceDeclaration(st) || ts.isTypeAliasDeclaration(st);
  const textOf = (st) => src.slice(st.getFullStart(), st.end).trim();
  const edits = taken.map((st) => ({ start: st.getFullStart(), end: st.end, text: '' }));
  const target = existsSync(path.join(root, to)) ? read(root, to) : '';
  const localDecl = new Map();
  for (const st of sf.statements) for (const n of nameOf(st)) localDecl.set(n, st);
  const imports = importsOf(sf, src);
  const used = (nodes) => {
    const set = new Set();
    const visit = (n) => {
      if (ts.isIdentifier(n)) set.add(n.text);
      ts.forEachChild(n, visit);
    };
    for (const n of nodes) visit(n);
    return set;
  };
  const usedThere = used(taken);
  const usedHere = used(sf.statements.filter((st) => !taken.includes(st) && !ts.isImportDeclaration(st)));
  const needThere = [];
  for (const n of usedThere) {
    if (found.has(n)) continue;
    const im = imports.get(n);
    if (im) needThere.push({ ...im, local: n, from: im.from.startsWith('.') ? path.posix.join(path.posix.dirname(from), im.from) : im.from });
    else if (localDecl.has(n) && !ts.isImportDeclaration(localDecl.get(n))) {
      if (!isExported(localDecl.get(n))) return `cannot move ${names}: ${from} keeps ${n} to itself`;
      needThere.push({ from, imported: n, local: n, type: isType(localDecl.get(n)) });
    }
  }
  const needHere = [...found].filter((n) => usedHere.has(n)).map((n) => ({ from: to, imported: n, local: n, type: isType(localDecl.get(n)) }));
  const unused = new Set([...imports.keys()].filter((n) => !usedHere.has(n)));
  // The source file without what went, with the imports it needs now.
  let rest = applyEdits(src, edits);
  rest = setImports(from, rest, needHere, unused);
  const exported = (t) => t;
  let there = target === '' ? '' : target.trimEnd();
  there = `${there}\n\n${taken.map((st) => exported(textOf(st))).join('\n\n')}\n`.trimStart();
  there = setImports(to, there, needThere.filter((i) => i.from !== to), new Set(), true);
  const restSf = parse(from, rest);
  const isEmpty = restSf.statements.every((st) => ts.isImportDeclaration(st));
  write(root, to, there);
  if (isEmpty) git(root, 'rm', '-qf', from);
  else write(root, from, rest);
  git(root, 'add', '-A');
  // Everybody else's imports.
  for (const f of tracked(root)) {
    if (!/\.tsx?$/.test(f) || (f === from && !isEmpty)) continue;
    const s = read(root, f);
    const fsf = parse(f, s);
    const moved = [];
    const cut = [];
    for (const st of fsf.statements) {
      if (!ts.isImportDeclaration(st) || !ts.isStringLiteral(st.moduleSpecifier)) continue;
      const spec = st.moduleSpecifier.text;
      if (!spec.startsWith('.') || path.posix.join(path.posix.dirname(f), spec) !== from) continue;
      const bindings = st.importClause?.namedBindings;
      if (!bindings || !ts.isNamedImports(bindings)) continue;
      for (const el of bindings.elements) {
        const imported = (el.propertyName ?? el.name).text;
        if (!found.has(imported)) continue;
        moved.push({ from: to, imported, local: el.name.text, type: el.isTypeOnly || st.importClause.isTypeOnly });
        cut.push(el.name.text);
      }
    }
    if (moved.length === 0) continue;
    write(root, f, setImports(f, s, f === to ? [] : moved, new Set(cut), false, from));
  }
  return missing.length > 0 ? `missing in ${from}: ${missing}` : null;
}

function importsOf(sf, src) {
  const map = new Map();
  for (const st of sf.statements) {
    if (!ts.isImportDeclaration(st) || !st.importClause) continue;
    const from = st.moduleSpecifier.text;
    const { name, namedBindings } = st.importClause;
    if (name) map.set(name.text, { from, imported: 'default', type: st.importClause.isTypeOnly });
    if (namedBindings && ts.isNamedImports(namedBindings))
      for (const el of namedBindings.elements)
        map.set(el.name.text, { from, imported: (el.propertyName ?? el.name).text, type: el.isTypeOnly || st.importClause.isTypeOnly });
  }
  return map;
}

/** Drops some imported names (of one module, where `only` says so) and adds others. `from` of those is a path in the repository or a package. */
export function setImports(f, s, add, drop, keepUnused = false, only = null) {
  const sf = parse(f, s);
  const edits = [];
  const modules = new Map();
  const put = (spec, el) => {
    const list = modules.get(spec) ?? [];
    if (!list.some((o) => o.imported === el.imported && o.local === el.local)) list.push(el);
    modules.set(spec, list);
  };
  let first = null;
  for (const st of sf.statements) {
    if (!ts.isImportDeclaration(st)) continue;
    const clause = st.importClause;
    if (!clause?.namedBindings || !ts.isNamedImports(clause.namedBindings) || clause.name) continue;
    const spec = st.moduleSpecifier.text;
    const target = spec.startsWith('.') ? path.posix.join(path.posix.dirname(f), spec) : spec;
    for (const el of clause.namedBindings.elements) {
      if (drop.has(el.name.text) && (only === null || only === target)) continue;
      put(spec, { imported: (el.propertyName ?? el.name).text, local: el.name.text, type: el.isTypeOnly || clause.isTypeOnly });
    }
    first ??= st.getStart(sf);
    edits.push({ start: st.getStart(sf), end: st.end + (s[st.end] === '\n' ? 1 : 0), text: '' });
  }
  for (const a of add) {
    const spec = /^(src|test|bench|docs)\//.test(a.from) ? relative(f, a.from) : a.from;
    put(spec, a);
  }
  const lines = [...modules].filter(([, els]) => els.length > 0).map(([spec, els]) => {
    const allTypes = els.every((e) => e.type);
    const names = els.map((e) => `${!allTypes && e.type ? 'type ' : ''}${e.imported === e.local ? e.local : `${e.imported} as ${e.local}`}`).join(', ');
    return `import ${allTypes ? 'type ' : ''}{ ${names} } from '${spec}';\n`;
  });
  let out = applyEdits(s, edits);
  const head = lines.join('');
  const at = first ?? 0;
  const shift = edits.filter((e) => e.start < at).reduce((n, e) => n + e.end - e.start, 0);
  out = out.slice(0, at - shift) + head + (first === null && head !== '' ? '\n' : '') + out.slice(at - shift);
  return out;
}

// ---------------------------------------------------------------- renaming

export function program(root) {
  const config = ts.readConfigFile(path.join(root, 'tsconfig.json'), ts.sys.readFile).config;
  const { options, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  return ts.createProgram(fileNames, { ...options, noEmit: true });
}

const containersOf = (d) => {
  const names = [];
  for (let n = d.parent; n; n = n.parent) {
    if ((ts.isInterfaceDeclaration(n) || ts.isClassDeclaration(n) || ts.isTypeAliasDeclaration(n) || ts.isFunctionDeclaration(n)) && n.name) names.push(n.name.text);
    if (ts.isVariableDeclaration(n) && ts.isIdentifier(n.name)) names.push(n.name.text);
  }
  return names;
};
const isProperty = (d) =>
  ts.isPropertySignature(d) || ts.isPropertyDeclaration(d) || ts.isMethodSignature(d) || ts.isMethodDeclaration(d) || ts.isPropertyAssignment(d) ||
  ts.isShorthandPropertyAssignment(d) || ts.isGetAccessor(d) || ts.isSetAccessor(d) || ts.isEnumMember(d) || ts.isJsxAttribute(d);
const isTop = (d) => {
  let n = d.parent;
  if (ts.isVariableDeclaration(d)) n = d.parent?.parent?.parent;
  return n !== undefined && ts.isSourceFile(n);
};
const nameNode = (d) => d.name ?? d;

/** `rules`: { decl, local, prop, words, scopedWords }; see renames.mjs. */
export function renameStage(root, rules, { verify = true } = {}) {
  const p = program(root);
  const c = p.getTypeChecker();
  const own = new Set(tracked(root).map((f) => path.join(root, f)));
  const rel = (f) => path.relative(root, f);
  const files = p.getSourceFiles().filter((sf) => own.has(sf.fileName));
  const unresolved = (s) => (s && s.flags & ts.SymbolFlags.Alias ? c.getAliasedSymbol(s) : s);
  const usedRules = new Set();
  const conflicts = [];

  const wordsFor = (file) => {
    const scoped = (rules.scopedWords ?? []).filter(([prefix]) => prefix.test(file)).map(([, w]) => w);
    return Object.assign({}, rules.words, ...scoped);
  };
  const wordCache = new Map();
  const byWords = (name, file) => {
    const key = file;
    let words = wordCache.get(key);
    if (!words) wordCache.set(key, (words = wordsFor(file)));
    const parts = name.split(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/);
    let changed = false;
    const out = parts.map((part, i) => {
      const to = Object.hasOwn(words, part.toLowerCase()) ? words[part.toLowerCase()] : null;
      if (to === null || (part.length > 1 && part === part.toUpperCase())) return part;
      changed = true;
      const cap = /^[A-Z]/.test(part);
      return cap ? to[0].toUpperCase() + to.slice(1) : to;
    });
    return changed ? out.join('') : null;
  };
  const overrides = new Map();
  const declRule = (d) => {
    if (overrides.has(d)) return overrides.get(d);
    const node = nameNode(d);
    const name = node.text;
    if (name === undefined || !ts.isIdentifier(node)) return null;
    const file = rel(d.getSourceFile().fileName);
    if (rules.area && !rules.area.test(file)) return null;
    if (isProperty(d)) {
      for (const k of [...containersOf(d).map((n) => `${n}.${name}`), `${file}:${name}`, name])
        if (rules.prop && Object.hasOwn(rules.prop, k)) {
          usedRules.add(`prop ${k}`);
          if (k === name) return typedRule(d) ?? rules.prop[k];
          return rules.prop[k];
        }
      return typedRule(d);
    }
    const top = isTop(d);
    const table = top ? rules.decl : rules.local;
    for (const k of [`${file}:${name}`, ...(top ? [] : containersOf(d).map((n) => `${n}/${name}`)), name]) {
      if (k === name && !top) {
        const typed = typedRule(d);
        if (typed) return typed;
      }
      if (table && Object.hasOwn(table, k)) {
        usedRules.add(`${top ? 'decl' : 'local'} ${k}`);
        return table[k];
      }
    }
    return (top ? null : typedRule(d)) ?? byWords(name, file);
  };
  const typeCache = new Map();
  const typedRule = (d) => {
    const node = nameNode(d);
    if (!ts.isIdentifier(node)) return null;
    const f = rel(d.getSourceFile().fileName);
    if (ts.isObjectLiteralExpression(d.parent ?? d) && d.parent.properties.some(ts.isSpreadAssignment))
      for (const [n, where, to] of rules.spreads ?? []) if (n.test(node.text) && where.test(f)) return to;
    if (ts.isObjectLiteralExpression(d.parent ?? d))
      for (const [n, sibling, to] of rules.siblings ?? [])
        if (n.test(node.text) && d.parent.properties.some((q) => q.name && sibling.test(q.name.getText()))) return to;
    const candidates = (rules.typed ?? []).filter(([n, , , where]) => n.test(node.text) && (!where || where.test(f)));
    if (candidates.length === 0) return null;
    let type = typeCache.get(d);
    if (type === undefined) {
      const t = c.getTypeAtLocation(d);
      const annotated = d.type ? d.type.getText() : '';
      type = [annotated, c.typeToString(t, undefined, ts.TypeFormatFlags.NoTruncation)].map((x) => x.replace(/( \| (null|undefined))+$/, ''));
      typeCache.set(d, type);
    }
    for (const [, re, to] of candidates) if (type.some((x) => re.test(x))) return to;
    return null;
  };
  const targetOf = (sym) => {
    const s = unresolved(sym);
    const ds = (s?.declarations ?? []).filter((d) => own.has(d.getSourceFile().fileName));
    if (ds.length === 0 || ds.length !== s.declarations.length) return null;
    const to = new Set(ds.map((d) => declRule(d)));
    if (to.size > 1) {
      const d = ds[0];
      conflicts.push(`${rel(d.getSourceFile().fileName)} ${s.name}: ${[...to].join(' | ')} (${ds.map((x) => rel(x.getSourceFile().fileName) + ':' + containersOf(x)[0]).join(', ')})`);
      return null;
    }
    const [one] = to;
    return one === s.name ? null : one;
  };
  const contextual = (literal, name) => {
    while (ts.isSpreadAssignment(literal.parent) && ts.isObjectLiteralExpression(literal.parent.parent)) literal = literal.parent.parent;
    const t = c.getContextualType(literal);
    const s = t && c.getPropertyOfType(c.getNonNullableType(t), name);
    if (s) return s;
    if (t?.isUnion()) for (const m of t.types) { const q = c.getPropertyOfType(m, name); if (q) return q; }
    return null;
  };
  const propOf = (pattern, name) => {
    const t = c.getTypeAtLocation(pattern);
    return c.getPropertyOfType(t, name) ?? c.getPropertyOfType(c.getApparentType(t), name);
  };
  const propertySymbol = (node) => {
    const parent = node.parent;
    if ((ts.isPropertyAssignment(parent) || ts.isMethodDeclaration(parent) || ts.isShorthandPropertyAssignment(parent) || ts.isGetAccessor(parent) || ts.isSetAccessor(parent)) && ts.isObjectLiteralExpression(parent.parent))
    {
      const typed = contextual(parent.parent, node.text);
      if (typed) return typed;
      // A dictionary: its keys are data.
      const t = c.getContextualType(parent.parent);
      if (t && c.getIndexInfoOfType(c.getNonNullableType(t), ts.IndexKind.String)) return undefined;
      return c.getSymbolAtLocation(node);
    }
    return c.getSymbolAtLocation(node);
  };
  let sites = []; // {file,start,end,kind,sym,text}
  let editsBy = new Map();
  const keyOf = (sym) => {
    const s = unresolved(sym);
    return (s?.declarations ?? []).filter((d) => own.has(d.getSourceFile().fileName)).map((d) => [d.getSourceFile().fileName, nameNode(d).getStart()]);
  };
  const collect = () => { sites = []; editsBy = new Map();
  for (const sf of files) {
    const edits = [];
    editsBy.set(sf.fileName, edits);
    const add = (node, text, valueOffset = 0) => {
      edits.push({ start: node.getStart(sf), end: node.end, text, valueOffset });
    };
    const visit = (n) => {
      if (ts.isIdentifier(n) || ts.isPrivateIdentifier(n)) one(n);
      else if (ts.isStringLiteral(n)) {
        const rule = (rules.strings ?? []).find(([re, from]) => from === n.text && re.test(rel(sf.fileName)) && (!rules.area || rules.stringsNow));
        if (rule && !ts.isImportDeclaration(n.parent)) edits.push({ start: n.getStart(sf) + 1, end: n.end - 1, text: rule[2] });
        else if (ts.isLiteralTypeNode(n.parent)) literalType(n);
      }
      ts.forEachChild(n, visit);
    };
    const literalType = (n) => {
      let up = n.parent.parent;
      if (ts.isUnionTypeNode(up)) up = up.parent;
      let of = null;
      if (ts.isIndexedAccessTypeNode(up)) of = up.objectType;
      else if (ts.isTypeReferenceNode(up) && /^(Pick|Omit)$/.test(up.typeName.getText(sf))) of = up.typeArguments[0];
      else if (ts.isExpressionWithTypeArguments(up) && /^(Pick|Omit)$/.test(up.expression.getText(sf))) of = up.typeArguments[0];
      if (!of) return;
      const s = c.getPropertyOfType(c.getApparentType(c.getTypeFromTypeNode(of)), n.text);
      const to = s && targetOf(s);
      if (to) edits.push({ start: n.getStart(sf) + 1, end: n.end - 1, text: to });
    };
    const one = (n) => {
      const parent = n.parent;
      if (ts.isShorthandPropertyAssignment(parent) && parent.name === n) {
        const v = c.getShorthandAssignmentValueSymbol(parent);
        const pr = propertySymbol(n);
        const vt = targetOf(v) ?? n.text;
        const pt = (pr && targetOf(pr)) ?? n.text;
        const isSame = vt === pt;
        sites.push({ file: sf.fileName, start: n.getStart(sf), key: keyOf(v), sym: v, name: n.text, offset: isSame ? 0 : pt.length + 2, isShorthand: true });
        if (vt !== n.text || pt !== n.text) add(n, isSame ? vt : `${pt}: ${vt}`);
        return;
      }
      if (ts.isBindingElement(parent) && parent.name === n && !parent.propertyName && ts.isObjectBindingPattern(parent.parent) && !parent.dotDotDotToken) {
        const v = c.getSymbolAtLocation(n);
        const pr = propOf(parent.parent, n.text);
        const vt = targetOf(v) ?? n.text;
        const pt = (pr && targetOf(pr)) ?? n.text;
        const isSame = vt === pt;
        sites.push({ file: sf.fileName, start: n.getStart(sf), key: keyOf(v), sym: v, name: n.text, offset: isSame ? 0 : pt.length + 2 });
        if (vt !== n.text || pt !== n.text) add(n, isSame ? vt : `${pt}: ${vt}`, isSame ? 0 : pt.length + 2);
        return;
      }
      if (ts.isImportSpecifier(parent) || ts.isExportSpecifier(parent)) {
        const hasAs = parent.propertyName !== undefined;
        if (hasAs && parent.name === n && ts.isImportSpecifier(parent)) {
          // A local alias of its own: words only.
          const to = byWords(n.text, rel(sf.fileName));
          if (to) add(n, to);
          return;
        }
        const s = ts.isExportSpecifier(parent) && !parent.parent.parent.moduleSpecifier ? c.getExportSpecifierLocalTargetSymbol(parent) : c.getSymbolAtLocation(n);
        const to = targetOf(s);
        if (to) add(n, to);
        return;
      }
      const isProp = (ts.isPropertyAssignment(parent) || ts.isMethodDeclaration(parent) || ts.isGetAccessor(parent) || ts.isSetAccessor(parent)) && parent.name === n;
      let s;
      if (isProp) s = propertySymbol(n);
      else if (ts.isBindingElement(parent) && parent.propertyName === n) s = propOf(parent.parent, n.text);
      else s = c.getSymbolAtLocation(n);
      if (!s) return;
      // A name that an import gave another: the alias is renamed where it is declared.
      if (s.flags & ts.SymbolFlags.Alias) {
        const d = s.declarations?.[0];
        if (d && ts.isNamespaceImport(d)) {
          const to = rules.namespace?.[n.text];
          if (to) add(n, to);
          return;
        }
        if (d && (ts.isImportSpecifier(d) && d.propertyName)) {
          const to = byWords(n.text, rel(sf.fileName));
          if (to) add(n, to);
          return;
        }
      }
      const to = targetOf(s);
      if (!isProp) {
        const isPropertyName = (ts.isPropertyAccessExpression(parent) && parent.name === n) || ts.isPropertySignature(parent) || ts.isMethodSignature(parent) || (ts.isBindingElement(parent) && parent.propertyName === n) || ts.isJsxAttribute(parent) || ts.isPropertyDeclaration(parent) || ts.isQualifiedName(parent);
        sites.push({ file: sf.fileName, start: n.getStart(sf), key: keyOf(s), sym: s, name: n.text, offset: 0, isPropertyName });
      }
      if (to) add(n, to);
    };
    visit(sf);
  }
  };
  collect();
  // A local that would take the name of something else that its scope knows gets another, or keeps its own.
  const containerOf = (d) => {
    let n = d.parent;
    while (n && !ts.isSourceFile(n) && !ts.isFunctionLike(n) && !(ts.isBlock(n) && !ts.isParameter(d)) && !ts.isForOfStatement(n) && !ts.isForStatement(n)) n = n.parent;
    return n;
  };
  for (let round = 0; round < 3; round += 1) {
    let changed = false;
    const byFile = Map.groupBy(sites, (x) => x.file);
    for (const [, list] of byFile) {
      const finals = list.map((x) => ({ ...x, final: x.sym ? targetOf(x.sym) ?? x.name : x.name, id: x.key.join('|') }));
      const seen = new Set();
      for (const x of finals) {
        if (x.final === x.name || seen.has(x.id) || !x.sym) continue;
        seen.add(x.id);
        const d = unresolved(x.sym)?.declarations?.[0];
        if (!d || isProperty(d) || d.getSourceFile().fileName !== x.file) continue;
        if (isTop(d) && (ts.isVariableDeclaration(d) ? d.parent.parent : d).modifiers?.some((m) => m.kind === ts.SyntaxKind.ExportKeyword)) continue;
        const box = containerOf(d);
        if (!box) continue;
        const [from, to] = [box.getFullStart(), box.end];
        // Names of types and of values do not meet.
        const meets = (name) => finals.some((y) => y.final === name && y.id !== x.id && y.start >= from && y.start < to && !y.isPropertyName);
        if (!meets(x.final)) continue;
        const alternatives = [...((rules.alternatives ?? {})[x.final] ?? []), x.name];
        const free = alternatives.find((a) => a === x.name || !meets(a));
        overrides.set(d, free === x.name ? null : free);
        if (free === x.name) conflicts.push(`kept ${rel(x.file)} ${x.name}: ${x.final} is taken`);
        changed = true;
      }
    }
    if (!changed) break;
    collect();
  }
  let count = 0;
  const texts = new Map();
  for (const sf of files) {
    const edits = editsBy.get(sf.fileName);
    if (edits.length === 0) continue;
    count += edits.length;
    const unique = [...new Map(edits.map((e) => [e.start, e])).values()].sort((a, b) => a.start - b.start);
    editsBy.set(sf.fileName, unique);
    texts.set(sf.fileName, applyEdits(sf.text, unique));
    writeFileSync(sf.fileName, texts.get(sf.fileName));
  }
  const problems = [...new Set(conflicts)];
  if (verify && count > 0) {
    const place = (file, pos) => {
      let shift = 0;
      for (const e of editsBy.get(file) ?? []) {
        if (e.start >= pos) {
          if (e.start === pos) return pos + shift + (e.valueOffset ?? 0);
          break;
        }
        shift += e.text.length - (e.end - e.start);
      }
      return pos + shift;
    };
    const q = program(root);
    const d = q.getTypeChecker();
    const nodes = new Map();
    const nodeAt = (file, pos) => {
      let m = nodes.get(file);
      if (!m) {
        m = new Map();
        const sf = q.getSourceFile(file);
        const walk = (n) => {
          if (ts.isIdentifier(n) || ts.isPrivateIdentifier(n)) m.set(n.getStart(sf), n);
          ts.forEachChild(n, walk);
        };
        walk(sf);
        nodes.set(file, m);
      }
      return m.get(pos);
    };
    const un = (s) => (s && s.flags & ts.SymbolFlags.Alias ? d.getAliasedSymbol(s) : s);
    for (const site of sites) {
      const at = place(site.file, site.start);
      const real = site.offset > 0 && !(editsBy.get(site.file) ?? []).some((e) => e.start === site.start && e.valueOffset) ? at + site.offset : at;
      const node = nodeAt(site.file, real);
      if (!node) {
        problems.push(`lost ${rel(site.file)} ${site.name} at ${site.start}`);
        continue;
      }
      let s = node.parent && ts.isShorthandPropertyAssignment(node.parent) ? d.getShorthandAssignmentValueSymbol(node.parent) : d.getSymbolAtLocation(node);
      const now = (un(s)?.declarations ?? []).filter((x) => own.has(x.getSourceFile().fileName)).map((x) => `${x.getSourceFile().fileName}:${nameNode(x).getStart()}`);
      const then = site.key.map(([f, pos]) => `${f}:${place(f, pos)}`);
      if (now.sort().join() !== then.sort().join()) {
        const { line } = q.getSourceFile(site.file).getLineAndCharacterOfPosition(real);
        problems.push(`binding changed ${rel(site.file)}:${line + 1} ${site.name} → ${node.text}`);
      }
    }
    const diags = files.flatMap((sf) => {
      const f = q.getSourceFile(sf.fileName);
      return [...q.getSyntacticDiagnostics(f)];
    });
    for (const x of diags.slice(0, 20)) problems.push(`syntax ${x.file && rel(x.file.fileName)}: ${ts.flattenDiagnosticMessageText(x.messageText, ' ')}`);
  }
  const names = new Map();
  for (const sf of files) for (const e of editsBy.get(sf.fileName) ?? []) {
    const from = sf.text.slice(e.start, e.end);
    const to = names.get(from) ?? new Map();
    names.set(from, to);
    to.set(e.text, (to.get(e.text) ?? 0) + 1);
  }
  const old = new Map(files.map((sf) => [rel(sf.fileName), { text: sf.text, edits: editsBy.get(sf.fileName) ?? [] }]));
  return { count, problems, usedRules, names, old };
}

/** Comment ranges of a source. */
export function commentsOf(f, s) {
  const sf = parse(f, s);
  const ranges = new Map();
  const add = (list) => {
    for (const r of list ?? []) ranges.set(r.pos, r.end);
  };
  const walk = (n) => {
    if (n.kind !== ts.SyntaxKind.JsxText) {
      add(ts.getLeadingCommentRanges(s, n.getFullStart()));
      add(ts.getTrailingCommentRanges(s, n.end));
    }
    for (const child of n.getChildren(sf)) walk(child);
  };
  walk(sf);
  return { sf, ranges: [...ranges].map(([pos, end]) => ({ pos, end })).sort((a, b) => a.pos - b.pos) };
}

/** Names of what a file declares at its top. */
export function declarations(f, s) {
  const sf = parse(f, s);
  return sf.statements.flatMap((st) => (ts.isVariableStatement(st) ? st.declarationList.declarations.map((d) => d.name.getText(sf)) : !ts.isImportDeclaration(st) && st.name ? [st.name.text] : []));
}
