import { errorText } from './queue/error-text.ts';

/**
 * What a line of the log may hold beside its message: no objects, so that no payload, request or config can get into it.
 * Errors are written as their text without what looks like a secret, and where they happened.
 */
export type Fields = Readonly<Record<string, string | number | boolean | null>> & { readonly error?: never };

type Write = (fields: Fields, message: string, error?: unknown) => void;

export interface Log {
  readonly debug: Write;
  readonly info: Write;
  readonly warn: Write;
  readonly error: Write;
}

/** As pino has them, the logger that Probot brings. */
type Logger = Readonly<Record<keyof Log, (fields: object, message: string) => void>>;

export function createLog(logger: Logger): Log {
  const writer =
    (level: keyof Log): Write =>
    (fields, message, error) => {
      logger[level](
        error === undefined ? fields : { ...fields, error: errorText(error), at: placesOf(error) },
        message,
      );
    };
  return { debug: writer('debug'), info: writer('info'), warn: writer('warn'), error: writer('error') };
}

/** The stack without its first lines, which repeat the message; null where GitHub or the network failed, not we. */
function placesOf(error: unknown): string | null {
  if (!(error instanceof Error) || 'status' in error) return null;
  const places = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return places
    .slice(0, 8)
    .map((line) => line.trim())
    .join(' ');
}
