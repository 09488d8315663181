import table from './class-defaults.json' with { type: 'json' };

/**
 * Defaults of the configuration classes, by model type: a file leaves out what equals them, in its parts above all. Figures
 * read from transformers 5.18.0, src/transformers/models/<model type>/configuration_<model type>.py; only keys that are
 * read here, and none that the class computes from others.
 */
export const classDefaults: Readonly<Record<string, Readonly<Record<string, unknown>>>> = table;
