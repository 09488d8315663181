import type { Output } from '../output.ts';
import { html } from './html/html.ts';
import { json } from './json/json.ts';
import { junit } from './junit/junit.ts';
import { markdown } from './markdown/markdown.ts';
import { sarif } from './sarif/sarif.ts';
import { text } from './text/text.ts';
import { unix } from './unix/unix.ts';

/** What `scalegate diff --format` can print; the first is the default. */
export const outputs: readonly Output[] = [text, json, junit, markdown, html, sarif, unix];
