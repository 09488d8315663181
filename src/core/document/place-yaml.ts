import { isAlias, isMap, isScalar, isSeq, type Pair, type Scalar, type YAMLMap } from 'yaml';
import { documentLimits } from './document.ts';
import type { DocumentBuilder, Entry, PlacedValue } from './document-builder.ts';
import { includeKey } from './include-key.ts';
import { showText } from './show-value.ts';

/** Turns the library's nodes into plain data with places; an alias shares the value of its anchor. */
export class YamlPlacing {
  readonly #builder: DocumentBuilder;
  readonly #isYaml11: boolean;
  readonly #anchors = new Map<string, PlacedValue>();
  #aliases = 0;

  /** `isYaml11`: numbers are those of YAML 1.1, which PyYAML and so nearly every framework reads. */
  constructor(builder: DocumentBuilder, isYaml11: boolean) {
    this.#builder = builder;
    this.#isYaml11 = isYaml11;
  }

  place(node: unknown): PlacedValue {
    const offset = offsetOf(node);
    if (isAlias(node)) return this.#resolve(node.source, offset);
    const placed = this.#placeNode(node, offset);
    const anchor = isScalar(node) || isMap(node) || isSeq(node) ? node.anchor : undefined;
    if (anchor !== undefined) this.#anchors.set(anchor, placed);
    return placed;
  }

  #placeNode(node: unknown, offset: number): PlacedValue {
    if (isMap(node)) return this.#placeMap(node, offset);
    if (isSeq(node)) {
      return this.#builder.list(
        node.items.map((item) => this.place(item)),
        offset,
      );
    }
    const value = this.#builder.scalar(isScalar(node) ? this.#valueOf(node) : null, offset);
    const isInclude = isScalar(node) && node.tag === '!include';
    return isInclude ? this.#builder.map([{ key: includeKey, offset, value }], offset) : value;
  }

  #valueOf({ value, source, type }: Scalar): unknown {
    const number = this.#isYaml11 && type === 'PLAIN' ? yaml11Number(source ?? '') : null;
    return number ?? plainValue(value, source);
  }

  #placeMap(map: YAMLMap, offset: number): PlacedValue {
    const entries: Entry[] = [];
    const merged: PlacedValue[] = [];
    for (const { key, value } of map.items) {
      if (isMergeKey(key)) merged.push(...this.#mergeSources(this.place(value)));
      else entries.push({ key: this.#nameOf(key), offset: offsetOf(key), value: this.place(value) });
    }
    // The map's own keys win over merged ones, and earlier sources over later ones: https://yaml.org/type/merge.html
    const taken = new Set(entries.map(({ key }) => key));
    for (const source of merged) {
      for (const [key, value] of source.children) {
        if (taken.has(key)) continue;
        taken.add(key);
        entries.push({ key, offset: value.offset, value });
      }
    }
    return this.#builder.map(entries, offset);
  }

  #mergeSources(source: PlacedValue): PlacedValue[] {
    const sources = Array.isArray(source.value) ? [...source.children.values()] : [source];
    const maps = sources.filter(({ value }) => typeof value === 'object' && value !== null && !Array.isArray(value));
    if (maps.length < sources.length) {
      const hint = 'Expected << to name a map, or a list of maps.';
      this.#builder.report('invalid-yaml', source.offset, `Found ${this.#builder.found(source.offset)}.`, hint);
    }
    return maps;
  }

  #nameOf(key: unknown): string {
    if (isScalar(key)) return key.source ?? String(key.value);
    if (isAlias(key)) {
      const { value } = this.#resolve(key.source, offsetOf(key));
      if (typeof value === 'string') return value;
    }
    this.#builder.report('complex-key', offsetOf(key), 'A list or map stands as a key.', 'Expected text as the key.');
    return '';
  }

  #resolve(anchor: string, offset: number): PlacedValue {
    const target = this.#anchors.get(anchor);
    this.#aliases += 1;
    const { maxAliases } = documentLimits;
    if (this.#aliases === maxAliases + 1) {
      this.#builder.report('too-many-aliases', offset, `More than ${maxAliases} aliases are used.`, null);
    }
    if (target !== undefined) return { ...target, offset };
    const message = `No anchor ${showText(`&${anchor}`)} is complete before this alias.`;
    const hint = 'Expected an alias to an anchor such as &name that stands before it.';
    this.#builder.report('invalid-yaml', offset, message, hint);
    return this.#builder.scalar(null, offset);
  }
}

/**
 * Numbers that YAML 1.1 writes differently (https://yaml.org/type/int.html): `010` is octal, and `1:30` is of base 60.
 * Null for all others.
 */
function yaml11Number(source: string): number | null {
  if (/^[-+]?0[0-7_]{1,20}$/.test(source)) {
    const sign = source.startsWith('-') ? -1 : 1;
    return sign * Number.parseInt(source.replace(/^[-+]/, '').replaceAll('_', ''), 8);
  }
  if (!/^[-+]?[1-9][0-9_]{0,15}(?::[0-5]?[0-9]){1,4}$/.test(source)) return null;
  const digits = source.replace(/^[-+]/, '').replaceAll('_', '').split(':');
  return (source.startsWith('-') ? -1 : 1) * digits.reduce((sum, digit) => sum * 60 + Number(digit), 0);
}

/** `%YAML 1.1` brings dates and binary data: they stay the text that they are in the file. */
function plainValue(value: unknown, source: string | undefined): unknown {
  const isPlain = value === null || ['number', 'boolean', 'string'].includes(typeof value);
  return isPlain ? value : (source ?? null);
}

function isMergeKey(key: Pair['key']): boolean {
  return isScalar(key) && key.type === 'PLAIN' && key.source === '<<';
}

function offsetOf(node: unknown): number {
  return isAlias(node) || isScalar(node) || isMap(node) || isSeq(node) ? (node.range?.[0] ?? 0) : 0;
}
