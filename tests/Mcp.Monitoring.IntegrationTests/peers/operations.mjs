// Lists the operations at the given address with the given token, calls each with the given arguments, and prints what came back, as one JSON object. The client checks each answer against the schema of its tool.
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

const [, , address, token, incident, calls] = process.argv;
const client = new Client({ name: 'node-peer', version: '1.0.0' });
await client.connect(new StreamableHTTPClientTransport(new URL(address), { requestInit: { headers: { Authorization: `Bearer ${token}` } } }));

const said = { listed: (await client.listTools()).tools.map(({ name }) => name).sort(), tools: {} };
for (const { name, args } of JSON.parse(calls)) {
  const result = await client.callTool({ name, arguments: args });
  said.tools[name] = result.isError ? `refused: ${result.content[0].text}` : Object.keys(result.structuredContent).sort().join(' ');
}

said.prompts = (await client.listPrompts()).prompts.map(({ name }) => name);
said.prompt = (await client.getPrompt({ name: 'investigate_incident', arguments: { number: incident } })).messages[0].content.text;
said.resources = (await client.listResources()).resources.map(({ uri }) => uri);
said.templates = (await client.listResourceTemplates()).resourceTemplates.map(({ uriTemplate }) => uriTemplate);
said.status = JSON.parse((await client.readResource({ uri: 'monitoring://status' })).contents[0].text).level;
said.incident = JSON.parse((await client.readResource({ uri: `monitoring://incidents/${incident}` })).contents[0].text).incident.number;
await client.close();
console.log(JSON.stringify(said));
