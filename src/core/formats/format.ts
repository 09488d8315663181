import type { Part } from '../compose/include.ts';
import type { Document, KeyPath, Writable } from '../document/document.ts';
import type { Fact, StatedRun } from '../run/facts.ts';
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

/** A command that starts a training, as far as it names configs. */
export interface Launch {
  /** The configs that it names, weakest first, each as the paths that it may have. */
  readonly configs: readonly (readonly string[])[];
  /** What the command changes in them; null where it changes nothing. */
  readonly overrides: Document | null;
  /** Options of Hydra's groups that it chooses, by group; those that it adds to the list have a plus in front. */
  readonly choices: ReadonlyMap<string, string>;
  /** What the flags of its launcher say, which is weaker than the config: `accelerate launch --use_fsdp`. */
  readonly launcher?: ReadResult;
  /** Paths that the files of its launcher may have, where a file has several commands: an accelerate file. */
  readonly launcherFiles?: readonly string[];
  /** What the command says of its own GPUs, where a file has several. */
  readonly gpus?: Fact<number> | null;
  /** Where the command names no config: the paths of its program, which may itself (`@hydra.main`), and a name for it. */
  readonly program?: { readonly paths: readonly string[]; readonly configName: string | null };
  /** The configs are named, and it is not known by which command. */
  readonly isNamedOnly?: true;
}

/** A dialect: the config format of one training framework. Pure; it reads what is written and assumes nothing. */
export interface Format {
  /** Folder, registered name and readme title are this one string. */
  readonly name: string;
  /** The framework as people call it. */
  readonly title: string;
  /** Syntaxes that the framework's loader reads; `jsonc` is JSON with comments and trailing commas. */
  readonly syntaxes: readonly ('yaml' | 'json' | 'jsonc' | 'json5' | 'toml' | 'settings' | 'shell' | 'python')[];
  /**
   * Its loader refuses a file in which a key stands twice, as OmegaConf's does, or two files of one run that state the
   * same key (GPT-NeoX). PyYAML and Python's json take the last.
   */
  readonly duplicateKeys?: 'refused' | 'refused-between-files';
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
  /** Its files describe a model and no training: memory and hours are nothing that they could say. */
  readonly describesModel?: true;
  /** Why no estimate counts the models that it trains and nobody describes, as a clause; absent where they should be known. */
  readonly notEstimated?: string;
  /** What it reads is guessed: a file is one only where no other dialect knows it. */
  readonly guesses?: true;
  /** Keys under which nothing is read: what is included there and missing is let be. */
  readonly unreadKeys?: readonly string[];
  /**
   * The files that a config builds on, and its own place among them, where the dialect has a way of its own to name them
   * besides those that `core/compose` knows; null where this one names none.
   */
  parts?(document: Document): readonly Part[] | null;
  /** Of a launcher: the commands that start a training with a config. */
  launches?(document: Document): readonly Launch[];
  /** Whether the content is a config of this dialect, put together with what it includes; the file's name is no evidence. */
  recognize(document: Document): boolean;
  /** Names of the configs that a file holds beside each other; each is read on its own, under its recipe path. */
  recipes?(document: Document): readonly string[];
  /** Paths in the repository that this config names, and does not include, and that must be read with it. */
  references(document: Document): readonly string[];
  /** `referenced` holds the documents of {@link references} that exist, by path. */
  read(document: Document, referenced: ReadonlyMap<string, Document>): ReadResult;
  /**
   * How a config states that a field has a value: the keys that a suggestion tells people to write. Null where it cannot
   * say so; a dialect without it gets no suggestions.
   */
  spell?(field: RunField, value: Writable): readonly Spelling[] | null;
}
