/** Of a pipeline. The second stage has neither embedding nor head, and may have more layers than those that do. */
export type Stage = 'only' | 'first' | 'second' | 'last';
