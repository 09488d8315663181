import { expect, test } from 'vitest';
import { harmlessLine } from './runner.ts';

test.each(['::set-env name=A::b', '  ::error::x', 'a\n::error::x', 'a\r\n::error::x', '##[error]x', 'a ##[error]x'])(
  'a line to the log is no command, whatever it holds: %j',
  (text) => {
    expect(harmlessLine(text)).toMatch(/^(?!\s*::)[^\r\n]*$/);
    expect(harmlessLine(text)).not.toContain('##[');
  },
);
