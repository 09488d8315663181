/** An answer of GitHub that may be given again. */
export interface KnownAnswer {
  /** null for what never changes and need not be asked for again. */
  readonly etag: string | null;
  readonly status: number;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | number | undefined>>;
  /** As JSON, so that whoever is given the answer may change it. */
  readonly text: string;
}

/** Answers within a budget of characters: those that were not used for the longest time go first. */
export interface AnswerCache {
  get(key: string): KnownAnswer | undefined;
  set(key: string, answer: KnownAnswer): void;
}

/** `maxLength`: characters of all answers together, about their bytes in memory. */
export function createAnswerCache(maxLength: number): AnswerCache {
  // A Map keeps the order in which its keys came
  const answers = new Map<string, KnownAnswer>();
  let length = 0;

  function forget(key: string): void {
    length -= answers.get(key)?.text.length ?? 0;
    answers.delete(key);
  }

  return {
    get(key) {
      const answer = answers.get(key);
      if (answer === undefined) return undefined;
      answers.delete(key);
      answers.set(key, answer);
      return answer;
    },
    set(key, answer) {
      forget(key);
      // One that would throw out most others is not worth it
      if (answer.text.length > maxLength / 4) return;
      answers.set(key, answer);
      length += answer.text.length;
      for (const oldest of answers.keys()) {
        if (length <= maxLength) break;
        forget(oldest);
      }
    },
  };
}
