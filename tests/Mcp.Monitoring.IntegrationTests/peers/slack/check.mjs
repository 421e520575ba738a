// Asks Slack's own type definitions about messages: [{ "kind": "post" | "update" | "webhook", "payload": { … } }, …] in the file that is named.
// Prints, for each that they refuse, what they say: [{ "index": 3, "message": "…" }, …].
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const messages = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const file = fileURLToPath(new URL('messages.ts', import.meta.url));

// Slack's argument types also take blocks of which only the type is known: the blocks are asked about on their own.
const head = [
  "import type { ChatPostMessageArguments, ChatUpdateArguments } from '@slack/web-api';",
  "import type { IncomingWebhookSendArguments } from '@slack/webhook';",
  "import type { KnownBlock, MessageAttachment } from '@slack/types';",
  "interface Kinds { post: ChatPostMessageArguments; update: ChatUpdateArguments; webhook: IncomingWebhookSendArguments & Pick<ChatPostMessageArguments, 'mrkdwn'>; }",
  "type Attachment = Omit<MessageAttachment, 'blocks'> & { blocks: KnownBlock[] };",
];
const starts = [];
const values = messages.map(({ kind, payload }, i) => {
  const { blocks = [], attachments = [] } = payload;
  return [
    `const message${i}: Kinds['${kind}'] = ${JSON.stringify(payload)};`,
    `const blocks${i}: KnownBlock[] = ${JSON.stringify(blocks)};`,
    `const attachments${i}: Attachment[] = ${JSON.stringify(attachments)};`,
  ];
});
const body = values.flatMap((value, i) => value.map((line) => (starts.push(i), line)));
const text = [...head, ...body, 'export {};'].join('\n');

const options = { strict: true, noEmit: true, skipLibCheck: true, types: [], target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.Node16, moduleResolution: ts.ModuleResolutionKind.Node16 };
const host = ts.createCompilerHost(options);
const { fileExists, readFile, getSourceFile } = host;
host.fileExists = (name) => name === file || fileExists.call(host, name);
host.readFile = (name) => (name === file ? text : readFile.call(host, name));
host.getSourceFile = (name, version, ...rest) => (name === file ? ts.createSourceFile(name, text, version, true) : getSourceFile.call(host, name, version, ...rest));

const program = ts.createProgram([file], options, host);
const diagnostics = [...program.getOptionsDiagnostics(), ...program.getSyntacticDiagnostics(program.getSourceFile(file)), ...program.getSemanticDiagnostics(program.getSourceFile(file))];
console.log(JSON.stringify(diagnostics.map((diagnostic) => {
  const line = diagnostic.start === undefined ? -1 : ts.getLineAndCharacterOfPosition(diagnostic.file, diagnostic.start).line;
  return { index: starts[line - head.length] ?? -1, message: ts.flattenDiagnosticMessageText(diagnostic.messageText, ' ') };
})));
