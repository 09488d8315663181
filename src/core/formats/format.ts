import type { Document, KeyPath, Writable } from '../document/document.ts';
import type { StatedRun } from '../run/facts.ts';
import type { RunField } from '../run/fields.ts';
import type { Problem } from '../problem.ts';

/** What reading one config gives: a run, or null with the problems that prevented it. */
export interface ReadResult {
  readonly run: StatedRun | null;
  readonly problems: readonly Problem[];
}

/** How a config states a field: the key, and the value in the dialect's own words. */
export interface Spelling {
  readonly keys: KeyPath;
  readonly value: Writable;
}

/** A dialect: the config format of one training framework. Pure; it reads what is written and assumes nothing. */
export interface Format {
  /** Folder, registered name and readme title are this one string. */
  readonly name: string;
  /** The framework as people call it. */
  readonly title: string;
  /** Syntaxes that the framework's loader reads; `jsonc` is JSON with comments and trailing commas. */
  readonly syntaxes: readonly ('yaml' | 'json' | 'jsonc' | 'toml' | 'shell' | 'python')[];
  /** Its loader refuses a file in which a key stands twice, as OmegaConf's does; PyYAML and Python's json take the last. */
  readonly duplicateKeys?: 'refused';
  /**
   * Keys that hardly any other file has. A file that does not parse is held for a config of this dialect, and
   * reported, when its text has one of them at the start of a line, indented or not, or as a quoted key.
   * Scripts have none: any text is one.
   */
  readonly signature: readonly string[];
  /**
   * Its files say how to launch a training that other files describe. They are read where a config names them; one
   * that names no config is no training run of its own.
   */
  readonly launcher?: true;
  /** Whether the content is a config of this dialect; the file's name is no evidence. */
  recognize(document: Document): boolean;
  /** Names of the configs that a file holds beside each other; each is read on its own, under its recipe path. */
  recipes?(document: Document): readonly string[];
  /** Paths in the repository that this config names and that must be read with it. */
  references(document: Document): readonly string[];
  /** `referenced` holds the documents of {@link references} that exist, by path. */
  read(document: Document, referenced: ReadonlyMap<string, Document>): ReadResult;
  /**
   * How a config states that a field has a value: what a suggestion tells people to write. Null where it cannot say so
   * with one key; a dialect without it gets no suggestions.
   */
  spell?(field: RunField, value: Writable): Spelling | null;
}
