import { parentPort } from 'node:worker_threads';
import type { FileContent } from '../../core/source-file.ts';
import type { Evaluate } from '../../workspace/evaluate.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import type { Answer, Asked, Question, Said, Turn } from './messages.ts';

/** The thread's side of evaluation-thread.ts: what it is to read it asks for, so that it has neither network nor files. */
export function serveEvaluations(evaluate: Evaluate): void {
  const open = new Map<number, (answer: Answer | null) => void>();
  let questions = 0;
  let asked: Asked[] = [];

  function ask(id: number, ask: Question): Promise<Answer> {
    questions += 1;
    asked.push({ id, question: questions, ask });
    return new Promise((resolve, reject) => {
      open.set(questions, (answer) => {
        if (answer === null) reject(new Error('there is no answer'));
        else resolve(answer);
      });
    });
  }

  function workspace(id: number, side: 'base' | 'head'): Workspace {
    // Each question has an answer of its kind
    return {
      list: async () => (await ask(id, { about: 'list', side })) as readonly string[],
      read: async (paths) => (await ask(id, { about: 'read', side, paths })) as ReadonlyMap<string, FileContent>,
    };
  }

  async function begin({ id, sources, today }: Extract<Turn, { kind: 'evaluate' }>): Promise<void> {
    try {
      const hub = async (url: string) => (await ask(id, { about: 'hub', url })) as FileContent;
      const all = { ...sources, base: workspace(id, 'base'), head: workspace(id, 'head'), hub };
      say({ kind: 'evaluated', id, evaluation: await evaluate(all, today) });
    } catch (error) {
      say({ kind: 'failed', id, error });
    }
  }

  function wait(): void {
    say({ kind: 'waits', asked });
    asked = [];
  }

  parentPort?.on('message', (turn: Turn) => {
    if (turn.kind === 'evaluate') void begin(turn);
    else {
      open.get(turn.question)?.(turn.answer);
      open.delete(turn.question);
    }
    // After everything that follows from the message without another one
    setImmediate(wait);
  });
  wait();
}

function say(said: Said): void {
  parentPort?.postMessage(said);
}
