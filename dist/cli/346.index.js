export const id = 346;
export const ids = [346];
export const modules = {

/***/ 3346:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  mcp: () => (/* binding */ mcp_mcp)
});

// EXTERNAL MODULE: ./node_modules/@modelcontextprotocol/sdk/dist/esm/server/mcp.js + 57 modules
var mcp = __webpack_require__(2371);
// EXTERNAL MODULE: ./node_modules/@modelcontextprotocol/sdk/dist/esm/server/stdio.js + 1 modules
var stdio = __webpack_require__(9424);
// EXTERNAL MODULE: ./node_modules/zod/v4/classic/schemas.js + 4 modules
var schemas = __webpack_require__(1514);
// EXTERNAL MODULE: ./lib/core/version.js
var version = __webpack_require__(8067);
// EXTERNAL MODULE: ./lib/cli/exit-status.js
var exit_status = __webpack_require__(7679);
;// CONCATENATED MODULE: ./lib/cli/tool-commands.js

/** What begins with a dash would be an option. */
const Word = schemas/* string */.YjP().min(1).max(1000).regex(/^[^-]/, 'a name that does not begin with a dash');
const file = Word.describe('Path of a training config, from the working directory');
const files = schemas/* array */.YOg(Word)
    .min(1)
    .max(100)
    .describe('Paths of training configs or folders, from the working directory');
/** The commands that read and answer; none that writes. */
const toolCommands = [
    {
        name: 'estimate',
        description: 'Memory per GPU, GPU-hours, wall-clock time and cost of training configs, each with its range and what was assumed. One JSON object a config.',
        inputSchema: { files },
        args: (input) => ['estimate', '--json', ...schemas/* object */.Ikc({ files }).parse(input).files],
    },
    {
        name: 'diff',
        description: 'What a pull request with the changes of the working tree, or between two commits, would be told: the verdict (pass, waiting, fail), what changed, what it costs and what to do. JSON.',
        inputSchema: {
            base: Word.optional().describe('Commit or branch that the change goes to; the default branch if not given'),
            head: Word.optional().describe('Commit or branch with the change; the working tree if not given. Needs base'),
        },
        args: (input) => {
            const { base, head } = schemas/* object */.Ikc({ base: Word.optional(), head: Word.optional() }).parse(input);
            return ['diff', '--json', ...[base, head].filter((name) => name !== undefined)];
        },
    },
    {
        name: 'fit',
        description: 'The smallest changes that make a config fit its GPU, or another one, with the lines to edit. JSON.',
        inputSchema: { file, gpu: Word.optional().describe('Name of the GPU to fit on, such as H100 or RTX 4090') },
        args: (input) => {
            const { file: path, gpu } = schemas/* object */.Ikc({ file, gpu: Word.optional() }).parse(input);
            return ['fit', '--json', ...(gpu === undefined ? [] : ['--gpu', gpu]), path];
        },
    },
    {
        name: 'explain',
        description: 'How every figure of a config comes about: formulas with their numbers and sources, and who states each value.',
        inputSchema: { file },
        args: (input) => ['explain', schemas/* object */.Ikc({ file }).parse(input).file],
    },
];

;// CONCATENATED MODULE: ./lib/cli/commands/mcp.js






/**
 * `scalegate mcp`: estimate, diff, fit and explain as tools for an agent, over standard input and output, in the working
 * directory. Ends when the agent closes the connection. Nothing is written, and nothing of a config is run.
 */
async function mcp_mcp(run, terminal) {
    const server = new mcp/* McpServer */._({ name: 'scalegate', version: version/* version */.r });
    for (const { name, description, inputSchema, args } of toolCommands) {
        server.registerTool(name, { description, inputSchema, annotations: { readOnlyHint: true, openWorldHint: false } }, async (input) => answerOf(args(schemas/* record */.g1P(schemas/* string */.YjP(), schemas/* unknown */.L5J()).parse(input)), run, terminal));
    }
    const ended = new Promise((resolve) => {
        server.server.onclose = resolve;
    });
    process.stdin.on('end', () => void server.close());
    await server.connect(new stdio/* StdioServerTransport */.S());
    await ended;
    return exit_status/* exitStatus */.$.pass;
}
/** What the command printed. One that cannot read its input is an error; a verdict is an answer, whichever it is. */
async function answerOf(args, run, { directory, today, env }) {
    const out = [];
    const err = [];
    const screen = (lines) => ({ colour: false, width: 120, print: (text) => lines.push(text) });
    // Standard input is the agent's
    const input = () => Promise.resolve('');
    const status = await run(args, { directory, today, env, input, out: screen(out), err: screen(err) });
    const isError = status === exit_status/* exitStatus */.$.unusable;
    return { content: [{ type: 'text', text: (isError ? [...out, ...err] : out).join('\n') }], isError };
}


/***/ })

};
