/** How an output writes what others wrote: as code, and as text. */
export interface Writing {
  readonly code: (text: string) => string;
  readonly plain: (text: string) => string;
}

export function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1) || path;
}

const longestTitle = 140;

/** A finding's first sentence without its full stop, as long as a title may be. */
export function firstSentence(message: string, { plain }: Writing): string {
  const end = message.search(/\.(?:\s|$)/);
  const sentence = end === -1 ? message : message.slice(0, end);
  return plain(sentence.length > longestTitle ? cutAtWord(sentence.slice(0, longestTitle)) : sentence);
}

/** Whole figures of a list, else whole words. */
function cutAtWord(text: string): string {
  const list = text.lastIndexOf('; ');
  return `${text.slice(0, list > longestTitle / 3 ? list : text.lastIndexOf(' '))} …`;
}
