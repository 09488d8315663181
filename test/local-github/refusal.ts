/** An answer other than success, in GitHub's own shape; thrown by whoever finds the reason. */
export class Refusal extends Error {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: object;

  constructor(status: number, message: string, extra: RefusalExtra = {}) {
    super(message);
    this.status = status;
    this.headers = extra.headers ?? {};
    this.body = {
      message,
      ...(extra.errors === undefined ? {} : { errors: extra.errors }),
      documentation_url: 'https://docs.github.com/rest',
    };
  }
}

export interface RefusalExtra {
  readonly headers?: Readonly<Record<string, string>>;
  readonly errors?: readonly ValidationError[];
}

interface ValidationError {
  readonly resource: string;
  readonly field: string;
  readonly code: string;
  readonly message: string;
}

export function notFound(): Refusal {
  return new Refusal(404, 'Not Found');
}

/** The header names the permissions that would have sufficed, as GitHub's does. */
export function notPermitted(permissions: readonly string[]): Refusal {
  const accepted = permissions.map((permission) => permission.replace(':', '=')).join('; ');
  return new Refusal(403, 'Resource not accessible by integration', {
    headers: { 'x-accepted-github-permissions': accepted },
  });
}
