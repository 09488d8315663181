import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDocument } from '../document/parse-document.ts';
import { valueAt } from '../document/value-at.ts';
import { OpenedFiles } from '../reading/opened-files.ts';
import { compose, type Source } from './compose.ts';
import { overlaid } from './layers.ts';

type Texts = Readonly<Record<string, string>>;

function sourceOf(path: string, text: string): Source {
  return { document: parseDocument(path, text).document!, text };
}

/** The config at the first path, put together with the others. */
function composed(texts: Texts, unread: Readonly<Record<string, string>> = {}, chosen = new Map<string, string>()) {
  const [path = '', text = ''] = Object.entries(texts)[0] ?? [];
  const opened = new OpenedFiles([
    ...Object.entries(unread).map(([name, why]) => [name, { unreadable: why }] as const),
    ...Object.entries(texts).map(([name, content]) => [name, { text: content }] as const),
  ]);
  const composition = compose(sourceOf(path, text), opened.source, undefined, chosen);
  const document = composition.layers.length === 0 ? null : composition.layers.reduce(overlaid);
  return {
    ...composition,
    codes: composition.problems.map(({ code }) => code),
    at: (key: string) => valueAt(document?.value, key.split('.')),
    placeOf: (key: string) => {
      const { path: file, line } = document!.placeOf(key.split('.'));
      return `${file}:${line}`;
    },
  };
}

describe('Hydra', () => {
  test('a config is put over its list, and where _self_ stands decides', () => {
    const files = { 'conf/model/a.yaml': 'x: 1\ny: 1' };
    expect(composed({ 'conf/c.yaml': 'defaults: [{model: a}]\nmodel: {x: 2}', ...files }).at('model.x')).toBe(2);
    expect(composed({ 'conf/c.yaml': 'defaults: [_self_, {model: a}]\nmodel: {x: 2}', ...files }).at('model.x')).toBe(
      1,
    );
  });

  test('every value keeps the place that sets it', () => {
    const { placeOf } = composed({
      'conf/c.yaml': 'defaults:\n  - model: a\nmodel:\n  x: 2',
      'conf/model/a.yaml': 'x: 1\ny: 1',
    });
    expect([placeOf('model.x'), placeOf('model.y')]).toEqual(['conf/c.yaml:4', 'conf/model/a.yaml:2']);
  });

  test.each([
    ['- db@copy: a', 'copy.x'],
    ['- db@_global_: a', 'x'],
    ['- db/a', 'db.x'],
    ['- db/a@_here_', 'x'],
    ['- /db: a', 'db.x'],
    ['- db: [a]', 'db.x'],
    ['- db: a.yaml', 'db.x'],
    ['- .@here: a', 'here.top'],
    ['- optional db: a', 'db.x'],
    ['- override db: a', 'db.x'],
  ])('%s puts the values under %s', (entry, key) => {
    const { at, codes } = composed({
      'conf/c.yaml': `defaults:\n  ${entry}`,
      'conf/db/a.yaml': 'x: 1',
      'conf/a.yaml': 'top: 1',
    });
    expect(codes).toEqual([]);
    expect(at(key)).toBe(1);
  });

  test.each([
    ['# @package _global_', 'x'],
    ['# @package other.place', 'other.place.x'],
    ['# a comment\n\n# @package _group_', 'db.x'],
  ])('the header %j puts the values of a file elsewhere', (header, key) => {
    const { at } = composed({ 'c.yaml': 'defaults: [{db: a}]', 'db/a.yaml': `${header}\nx: 1` });
    expect(at(key)).toBe(1);
  });

  test('files of a group have lists of their own, relative to it, and go where it goes', () => {
    const { at } = composed({
      'conf/c.yaml': 'defaults: [{server: a}]',
      'conf/server/a.yaml': 'defaults: [base, {db: b}, {/db@second: c}]\nport: 2',
      'conf/server/base.yaml': 'port: 1\nhost: h',
      'conf/server/db/b.yaml': 'x: 1',
      'conf/db/c.yaml': 'x: 2',
    });
    expect([at('server.port'), at('server.host'), at('server.db.x'), at('server.second.x')]).toEqual([2, 'h', 1, 2]);
  });

  test('an override in a file further down replaces what the list further up chose', () => {
    const { at, placeOf } = composed({
      'conf/c.yaml': 'defaults: [{model: small}, {exp: e}]',
      'conf/exp/e.yaml': '# @package _global_\ndefaults: [{override /model: big}]\nsteps: 3',
      'conf/model/small.yaml': 'layers: 2\nonly_small: 1',
      'conf/model/big.yaml': 'layers: 40',
    });
    expect([at('model.layers'), at('model.only_small'), at('steps')]).toEqual([40, undefined, 3]);
    expect(placeOf('model.layers')).toBe('conf/model/big.yaml:1');
  });

  test('the command line chooses before any override, and an option may follow another', () => {
    const texts = {
      'c.yaml': 'defaults: [{model: small}, {optim: "${model}_adam"}, {override model: small}]',
      'model/small.yaml': 'layers: 2',
      'model/big.yaml': 'layers: 40',
      'optim/small_adam.yaml': 'lr: 1',
      'optim/big_adam.yaml': 'lr: 2',
    };
    const { at } = composed(texts, {}, new Map([['model', 'big']]));
    expect([at('model.layers'), at('optim.lr')]).toEqual([40, 2]);
  });

  test.each(['- override hydra/launcher: x', '- hydra: y', '- model: null', '- model: ???', '- optional model: none'])(
    '%s asks for no file',
    (entry) => {
      expect(composed({ 'c.yaml': `defaults:\n  ${entry}\nx: 1` })).toMatchObject({ codes: [], layers: [{}] });
    },
  );

  test('folders of the search path, and those above a nested config, are looked in', () => {
    const above = composed({ 'conf/exp/e.yaml': 'defaults: [{/model: a}]', 'conf/model/a.yaml': 'x: 1' });
    const search = 'hydra: {searchpath: ["file://lib/conf"]}\ndefaults: [base]';
    const listed = composed({ 'own/c.yaml': search, 'lib/conf/base.yaml': 'x: 1' });
    expect([above.at('model.x'), listed.at('x')]).toEqual([1, 1]);
  });
});

describe('files that name their bases', () => {
  test.each([
    ['a/run.yaml', '_base_: ../base.yaml\ny: 2', 'base.yaml'],
    ['a/run.yaml', 'inherit_from: [../base.yaml]\ny: 2', 'base.yaml'],
    ['a/run.yaml', 'base_config: base.yaml\ny: 2', 'a/base.yaml'],
    ['a/run.yaml', 'base_config: configs/base.yaml\ny: 2', 'configs/base.yaml'],
    ['a/run.yaml', 'defaults: ../base.yaml\ny: 2', 'base.yaml'],
    ['a/run.json', '{"_base_": "base.yaml", "y": 2}', 'a/base.yaml'],
    ['a/run.toml', '_base_ = "base.yaml"\ny = 2', 'a/base.yaml'],
    ['a/run.py', "_base_ = ['./base.yaml']\ny = 2", 'a/base.yaml'],
  ])('%s: %j', (path, text, base) => {
    const { at, placeOf } = composed({ [path]: text, [base]: 'x: 1\ny: 1' });
    expect([at('x'), at('y'), placeOf('x')]).toEqual([1, 2, `${base}:1`]);
  });

  test('Python imports its bases, all names or some', () => {
    const text = 'with read_base():\n    from .base import *\n    from ..more import x, y\nz = 3\n';
    const { at } = composed({ 'a/run.py': text, 'a/base.py': 'x = 1\nw = 1', 'more.py': 'x = 2\nunused = 1' });
    expect([at('w'), at('x'), at('z'), at('unused')]).toEqual([1, 2, 3, undefined]);
  });

  test('a map that says so replaces that of the base', () => {
    const { at } = composed({ 'a.py': "_base_ = 'b.py'\nm = dict(_delete_=True, x=1)", 'b.py': 'm = dict(y=2)' });
    expect(at('m')).toEqual({ x: 1 });
  });

  test('a tag includes a file as one value; one that is missing leaves that value unknown', () => {
    const { at, placeOf, problems } = composed({ 'c/run.yaml': 'model: !include m.yaml\nx: 1', 'c/m.yaml': 'dim: 8' });
    expect([at('model.dim'), placeOf('model.dim'), problems]).toEqual([8, 'c/m.yaml:1', []]);
    const missing = composed({ 'c/run.yaml': 'model: !include m.yaml\nx: 1' });
    expect(missing).toMatchObject({ problems: [], unknown: [{ code: 'missing-include', key: 'model' }] });
    expect([missing.at('model'), missing.at('x')]).toEqual([undefined, 1]);
  });
});

describe('what cannot be put together is a problem that shows the chain', () => {
  test.each<[string, Texts, string]>([
    ['missing-include', { 'a.yaml': '_base_: b.yaml', 'b.yaml': '_base_: c.yaml' }, '"a.yaml" → "b.yaml"'],
    ['missing-include', { 'a.yaml': 'defaults: [{model: x}]' }, '"model/x.yaml"'],
    ['include-cycle', { 'a.yaml': '_base_: b.yaml', 'b.yaml': '_base_: a.yaml' }, '"a.yaml" → "b.yaml" → "a.yaml"'],
    ['include-cycle', { 'a.yaml': 'defaults: [b]', 'b.yaml': 'defaults: [b]' }, '"b.yaml" → "b.yaml"'],
    ['outside-repository', { 'c/a.yaml': '_base_: ../../b.yaml' }, '"c/a.yaml"'],
    ['outside-repository', { 'a.yaml': 'defaults: /etc/passwd.yaml' }, '"/etc/passwd.yaml"'],
    ['outside-repository', { 'a.yaml': '_base_: ~/b.yaml' }, '"a.yaml"'],
    ['outside-repository', { 'a.yaml': 'defaults: [../../x]' }, '"a.yaml"'],
    ['outside-repository', { 'a.yaml': '_base_: "https://x/b.yaml"' }, '"a.yaml"'],
  ])('%s of %j', (code, texts, chain) => {
    const { problems } = composed(texts);
    expect(problems).toMatchObject([{ code, place: { line: 1 } }]);
    expect(problems[0]!.message + problems[0]!.hint!).toContain(chain);
  });

  test('a base that exists and cannot be read says why', () => {
    const link = composed({ 'a.yaml': '_base_: b.yaml' }, { 'b.yaml': 'is a symbolic link, which is not followed' });
    expect(link.problems).toMatchObject([{ code: 'unreadable-include' }]);
    expect(link.problems[0]!.message).toBe('"b.yaml" is a symbolic link, which is not followed ("a.yaml").');
  });
});

describe('whatever the files say, it ends, and never throws', () => {
  test('bases that double at every step', () => {
    const texts = Array.from({ length: 30 }, (_, step) => [
      `f${step}.yaml`,
      `_base_: [f${step + 1}.yaml, f${step + 1}.yaml]`,
    ]);
    expect(composed(Object.fromEntries([...texts, ['f30.yaml', 'x: 1']]) as Texts).codes).toEqual([
      'too-many-includes',
    ]);
  });

  test.each([
    ['blank lines', '\n'.repeat(4000)],
    ['comments between blank lines', '# x\n\n'.repeat(800)],
    ['spaces', `${' '.repeat(4000)}\n`],
  ])('a head of %s before the package', (_, head) => {
    const { at } = composed({ 'a.yaml': 'defaults: [b]\n', 'b.yaml': `${head}# @package model\nx: 1\n` });
    expect(at('model.x')).toBe(1);
  });

  test('a large base that is included often', () => {
    const large = Array.from({ length: 20_000 }, (_, key) => `key_number_${key}: 1`).join('\n');
    const { codes } = composed({ 'a.yaml': `_base_: [${Array(40).fill('b.yaml').join(',')}]`, 'b.yaml': large });
    expect(codes).toEqual(['too-large']);
  });

  const names = ['a', 'b', 'c', '__proto__', 'constructor'];
  const entry = fc.oneof(
    fc.constantFrom('_self_', ...names.map((name) => `${name}.yaml`), ...names, '/a@_global_', 'g/a'),
    fc
      .tuple(fc.constantFrom('g', 'override g', 'optional /g@x', '__proto__'), fc.constantFrom(...names))
      .map(([group, name]) => ({ [group]: name })),
  );
  const file = fc.record(
    {
      defaults: fc.array(entry, { maxLength: 4 }),
      _base_: fc.array(fc.constantFrom('a.yaml', 'b.yaml', '../c.yaml', 'g/a.yaml'), { maxLength: 3 }),
      x: fc.integer(),
      constructor: fc.constant({ prototype: { polluted: true } }),
      ['__proto__']: fc.constant({ polluted: true }),
    },
    { requiredKeys: [] },
  );

  test('arbitrary, cyclic and hostile lists', () => {
    const paths = ['a.yaml', 'b.yaml', 'c.yaml', 'g/a.yaml', 'g/b.yaml', 'g/constructor.yaml', '__proto__.yaml'];
    fc.assert(
      fc.property(fc.array(file, { minLength: 7, maxLength: 7 }), (files) => {
        const { layers } = composed(
          Object.fromEntries(paths.map((path, index) => [path, JSON.stringify(files[index])])),
        );
        expect(layers.length).toBeLessThan(70);
        expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
      }),
      { numRuns: 300 },
    );
  });

  test('of any number of bases the later wins, and the config itself over all', () => {
    const maps = fc.array(fc.dictionary(fc.constantFrom('x', 'y', 'z'), fc.integer()), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(maps, fc.nat(), (files, turn) => {
        const position = turn % files.length;
        const order = files.map((_, index) => (index === position ? '_self_' : `f${index}`));
        const texts = files.map((content, index) => [
          index === position ? 'run.yaml' : `f${index}.yaml`,
          JSON.stringify(index === position ? { defaults: order, ...content } : content),
        ]);
        const [own] = texts.splice(position, 1);
        const { at } = composed(Object.fromEntries([own!, ...texts]) as Texts);
        const expected = Object.assign({}, ...files) as Record<string, number>;
        for (const key of ['x', 'y', 'z']) expect(at(key)).toBe(expected[key]);
      }),
      { numRuns: 100 },
    );
  });
});
